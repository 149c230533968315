import { Attachments } from "./disks/attachments";
import type { Disks } from "./disks/disks";
import { RestoreSources } from "./disks/restore-sources";
import { Restores } from "./disks/restores";
import { Entities, type UnreadResource } from "./entities";
import { RELATED_KINDS, type ExternalResources, type ResourcesByKind } from "./external-resources";
import { ExternalView } from "./external-view";
import { RESOURCE_GROUP } from "./ids/resource-types";
import { VmNames } from "./ids/display-name";
import { isResourceGroup } from "./ids/type-token";
import { ResourceIndex } from "./link";
import { NetworkInterfaces } from "./places/network-interfaces";
import { Regions } from "./places/regions";
import { ResourceGroups } from "./places/resource-groups";
import { StorageAccounts } from "./places/storage-accounts";
import { Subnets } from "./places/subnets";
import type { PlannedResource, Urn } from "./planned-resource";
import { AssignedProtection } from "./protection/assigned-protection";
import { Backup, isBackupUsed } from "./protection/backup";
import { BackupPolicies } from "./protection/backup-policies";
import { ConsistencyGroups } from "./protection/consistency-groups";
import { joined, linkItems } from "./protection/linked-items";
import { Locks } from "./protection/locks";
import { ProtectedVms } from "./protection/protected-vms";
import { RecoveryPlans } from "./protection/recovery-plans";
import { REPLICATED_ITEM, ReplicatedDisks } from "./protection/replicated-disks";
import { disksByOwner, Replication } from "./protection/replication";
import { ScaleSets } from "./protection/scale-sets";
import { Vaults } from "./protection/vaults";
import { VmLinks } from "./protection/vm-links";
import { readerOf } from "./readers";
import { relatedResources, withRelated } from "./related-resources";
import type { Entity, Kind, OfKind, VirtualMachine } from "./resources";
import { TemplateGaps } from "./templates/template-gaps";
import { ofUnknownTypes, type ResourceOfUnknownType } from "./unknown-types";
import { VmExtensions } from "./vm-extensions";

/**
 * All that one plan or state says about VMs and what protects them, linked. Built once a round and shared by
 * every stack policy of that round; each lookup is a map, so that a policy stays linear in what it looks at.
 */
export class Estate {
    /** The VMs of the stack, then those outside of it that items of the stack protect. */
    readonly vms: readonly VirtualMachine[];
    /** What to call VMs and disks, so that none is taken for another one of the same name. */
    readonly names: VmNames;
    readonly disks: Disks;
    readonly restores: Restores;
    readonly extensions: VmExtensions;
    readonly network: NetworkInterfaces;
    readonly subnets: Subnets;

    readonly backup: Backup;
    readonly backupPolicies: BackupPolicies;
    readonly replication: Replication;
    readonly protectedVms: ProtectedVms;
    readonly scaleSets: ScaleSets;
    readonly consistencyGroups: ConsistencyGroups;
    readonly recoveryPlans: RecoveryPlans;
    readonly vaults: Vaults;
    readonly locks: Locks;
    /** What Azure Policy turns on by itself. */
    readonly assignedProtection: AssignedProtection;

    readonly regions: Regions;
    readonly resourceGroups: ResourceGroups;
    readonly storageAccounts: StorageAccounts;

    /** What is known of more than this stack. */
    readonly external: ExternalView;
    /** What templates and generic resources hold that could not be looked at. */
    readonly gaps: TemplateGaps;
    /** Everything that was read in this stack, in URN order. */
    readonly entities: readonly Entity[];
    /** What could not be read or linked, because of a bug of this pack. */
    readonly unread: readonly UnreadResource[];
    /** Resources that may make or protect a VM, of types that no reader knows. */
    readonly unknownTypes: readonly ResourceOfUnknownType[];
    /** How many references lead out of this stack. */
    readonly externalReferences: number;
    /** How many of the resources that count were left out by `--target`. */
    readonly skippedResources: number;
    /** False where resources count but no resource policy ran, so that outputs alone had to do. */
    readonly inputsCollected: boolean;
    /** The URN of the stack itself, for findings about all of it. */
    readonly stackUrn: Urn | undefined;

    private readonly read: Entities;
    private readonly related: ResourcesByKind;

    /**
     * @param former the same stack at another time; what has not changed since is shared with it
     * @param external what is known beyond the stack: lookups find it, lists and so the policies' rounds do not hold it
     * @param left resources of the stack that were left out of these, because with them no estate can be built
     */
    constructor(
        resources: readonly PlannedResource[],
        former?: Estate,
        external?: ExternalResources,
        left: readonly UnreadResource[] = [],
    ) {
        const stack = new Entities(resources, former?.read);
        const stackUrn = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
        const view = new ExternalView(external, stackUrn);

        const vms = new ResourceIndex(stack.of("VM"), "Microsoft.Compute/virtualMachines");
        const disks = new ResourceIndex(stack.of("disk"), "Microsoft.Compute/disks", view.of("disk"));
        const groups = new ResourceIndex(stack.of("resource group"), RESOURCE_GROUP, view.of("resource group"));

        const attachments = new Attachments(vms, disks, stack.of("disk attachment"));
        const links = new VmLinks(vms, view);
        const linkedInStack = linkItems(stack, stack.of("replication intent"), links, attachments);
        const related = relatedResources(stack, attachments, linkedInStack, view, former?.read);
        const linked = joined(linkedInStack, linkItems(related, [], links, attachments));
        const all = withRelated(stack, related);

        const items = new ResourceIndex(all.of("replicated item"), REPLICATED_ITEM);
        const lists = new ReplicatedDisks(all, items, disks);
        this.disks = attachments.settled(() => disksByOwner(linked, lists));
        this.restores = new Restores(new RestoreSources(stack), this.disks, stack.of("disk"));
        this.extensions = new VmExtensions(stack.of("VM extension"), vms);
        this.network = new NetworkInterfaces(stack, view);
        this.subnets = new Subnets(stack);
        this.vms = [...vms.all, ...linked.externalVms];
        this.names = new VmNames(this.vms);

        this.regions = new Regions(stack, view, groups);
        this.resourceGroups = new ResourceGroups(groups, this.regions);
        this.storageAccounts = new StorageAccounts(stack);

        this.assignedProtection = new AssignedProtection(stack, groups, this.regions, view);
        this.vaults = new Vaults(stack, all, this.regions, this.assignedProtection.turnsOn(["backup"]));
        this.backup = new Backup(
            stack,
            all,
            linked,
            disks,
            this.disks,
            this.assignedProtection,
            isBackupUsed(stack, this.assignedProtection, view, this.vaults),
        );
        this.backupPolicies = new BackupPolicies(stack, all, view);
        this.replication = new Replication(stack, linked, lists, this.disks, this.regions);
        this.protectedVms = new ProtectedVms(linked);
        this.scaleSets = new ScaleSets(stack.of("scale set"), this.protectedVms);
        this.consistencyGroups = new ConsistencyGroups(all.of("replicated item"), this.vaults);
        this.recoveryPlans = new RecoveryPlans(stack, all, items);
        this.locks = new Locks(stack.of("lock"), vms, groups, view);

        this.read = stack;
        this.related = related;
        this.external = view;
        this.stackUrn = stackUrn;
        this.gaps = new TemplateGaps(stack.gaps);
        this.entities = stack.all;
        this.unread = left.length === 0 ? stack.unread : [...stack.unread, ...left];
        this.unknownTypes = ofUnknownTypes(resources);
        this.externalReferences = [attachments, links, this.vaults, this.backupPolicies].reduce(
            (sum, { externalReferences }) => sum + externalReferences,
            0,
        );
        this.skippedResources = stack.all.filter((entity) => entity.skipped).length;
        this.inputsCollected = resources.every(
            ({ type, inputs }) => inputs !== undefined || readerOf(type) === undefined || isResourceGroup(type),
        );
    }

    /** Whether the stack has any resource of these kinds, or an external one is about the stack. */
    hasAny(kinds: readonly Kind[]): boolean {
        return (
            kinds.some((kind) => this.read.of(kind).length > 0) ||
            RELATED_KINDS.some((kind) => kinds.includes(kind) && this.related.of(kind).length > 0)
        );
    }

    /** The resources of the stack of one kind. */
    all<K extends Kind>(kind: K): readonly OfKind<K>[] {
        return this.read.of(kind);
    }
}
