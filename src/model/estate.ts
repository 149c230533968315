import type { Answer, OpenQuestion } from "./answers";
import type { AttachedDisk } from "./disks/attached-disks";
import type { PossibleRestore } from "./disks/possible-restores";
import type { RestoredAttachment } from "./disks/restored-attachments";
import type { VmDisk } from "./disks/vm-disks";
import type { TemplateGap } from "./entities";
import type { Subscription } from "./ids/arm-id";
import type { Link } from "./link";
import type { VmNetwork } from "./places/network-interfaces";
import type { Located, ReplicationKind } from "./places/regions";
import type { AssignedScope, Service } from "./protection/assigned-protection";
import type { FollowedPolicy } from "./protection/backup-policies";
import type { LockedScope } from "./protection/locks";
import type { Coverage } from "./protection/replicated-disks";
import type { ReplicatedVm } from "./protection/replicated-vm";
import type { NamedScaleSet } from "./protection/scale-sets";
import type {
    AzureResource,
    BackupItem,
    BackupPolicy,
    BackupVault,
    Disk,
    DiskBackup,
    Lock,
    PolicyAssignment,
    RecoveryPlan,
    ReplicatedItem,
    ReplicationCluster,
    ResourceGroup,
    ResourceGuardProxy,
    Vault,
    VmExtension,
} from "./resources";
import type { Value } from "./values";
import { Attachments } from "./disks/attachments";
import type { Disks } from "./disks/disks";
import { RestoreSources } from "./disks/restore-sources";
import { Restores } from "./disks/restores";
import { Entities, type UnreadResource } from "./entities";
import type { ExternalResources } from "./external-resources";
import { ExternalView } from "./external-view";
import { RESOURCE_GROUP } from "./ids/arm-id";
import { VmNames } from "./ids/display-name";
import { isResourceGroup } from "./ids/type-token";
import { ResourceIndex } from "./link";
import { NetworkInterfaces } from "./places/network-interfaces";
import { Regions } from "./places/regions";
import { ResourceGroups } from "./places/resource-groups";
import { StorageAccounts } from "./places/storage-accounts";
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
class Parts {
    /** The VMs of the stack, then those outside of it that items of the stack protect. */
    readonly vms: readonly VirtualMachine[];
    /** What to call VMs and disks, so that none is taken for another one of the same name. */
    readonly names: VmNames;
    readonly disks: Disks;
    readonly restores: Restores;
    readonly extensions: VmExtensions;
    readonly network: NetworkInterfaces;

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

    readonly read: Entities;

    /**
     * @param former the same stack at another time; what has not changed since is shared with it
     * @param external what is known beyond the stack: lookups find it, lists and so the policies' rounds do not hold it
     * @param left resources of the stack that were left out of these, because with them no estate can be built
     */
    constructor(
        resources: readonly PlannedResource[],
        former?: Parts,
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
        const linkedInStack = linkItems(stack, links, attachments);
        const related = relatedResources(stack, attachments, linkedInStack, view, former?.read);
        const linked = joined(linkedInStack, linkItems(related, links, attachments));
        const all = withRelated(stack, related);

        const items = new ResourceIndex(all.of("replicated item"), REPLICATED_ITEM);
        const lists = new ReplicatedDisks(all, items, disks);
        this.disks = attachments.settled(() => disksByOwner(linked, lists));
        this.restores = new Restores(new RestoreSources(stack), this.disks, stack.of("disk"));
        this.extensions = new VmExtensions(stack.of("VM extension"), vms);
        this.network = new NetworkInterfaces(stack, view);
        this.vms = [...vms.all, ...linked.externalVms];
        this.names = new VmNames(this.vms);

        this.regions = new Regions(stack, view, groups);
        this.resourceGroups = new ResourceGroups(groups, this.regions);
        this.storageAccounts = new StorageAccounts(stack);

        this.assignedProtection = new AssignedProtection(stack, groups, this.regions, view);
        this.backup = new Backup(
            stack,
            all,
            linked,
            disks,
            this.disks,
            this.assignedProtection,
            isBackupUsed(stack, this.assignedProtection, view),
        );
        this.backupPolicies = new BackupPolicies(stack, all, view);
        this.replication = new Replication(stack, linked, lists, this.disks, this.regions);
        this.protectedVms = new ProtectedVms(linked);
        this.scaleSets = new ScaleSets(stack.of("scale set"), this.protectedVms);
        this.vaults = new Vaults(stack, all, this.regions);
        this.consistencyGroups = new ConsistencyGroups(all.of("replicated item"), this.vaults);
        this.recoveryPlans = new RecoveryPlans(stack, all, items);
        this.locks = new Locks(stack.of("lock"), vms, groups, view);

        this.read = stack;
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

    /** The resources of the stack of one kind. */
    all<K extends Kind>(kind: K): readonly OfKind<K>[] {
        return this.read.of(kind);
    }
}

/** The parts, and what has been asked of them all at once. */
export class Estate {
    private readonly parts: Parts;
    readonly vms: readonly VirtualMachine[];
    readonly replicatedItems: readonly ReplicatedItem[];
    readonly backupItems: readonly BackupItem[];
    readonly diskBackupInstances: readonly DiskBackup[];
    readonly recoveryPlans: readonly RecoveryPlan[];
    readonly locks: readonly Lock[];
    readonly isBackedUpHere: Value<boolean>;
    readonly storageAccounts: StorageAccounts;
    readonly entities: readonly Entity[];
    readonly unread: readonly UnreadResource[];
    readonly unknownTypes: readonly ResourceOfUnknownType[];
    readonly gaps: readonly TemplateGap[];
    readonly externalReferences: number;
    readonly skippedResources: number;
    readonly inputsCollected: boolean;
    readonly stackUrn: Urn | undefined;
    readonly knowsOthers: boolean;
    readonly knowledgeNotices: readonly string[];
    readonly sources: RestoreSources;
    readonly vaults: readonly Vault[];
    readonly backupVaults: readonly BackupVault[];
    readonly network: NetworkInterfaces;

    constructor(
        resources: readonly PlannedResource[],
        former?: Estate,
        external?: ExternalResources,
        left: readonly UnreadResource[] = [],
    ) {
        const parts = new Parts(resources, former?.parts, external, left);
        this.parts = parts;
        this.vms = parts.vms;
        this.replicatedItems = parts.replication.items;
        this.backupItems = parts.backup.items;
        this.diskBackupInstances = parts.backup.diskBackups;
        this.recoveryPlans = parts.recoveryPlans.all;
        this.locks = parts.locks.all;
        this.isBackedUpHere = parts.backup.isUsedHere;
        this.storageAccounts = parts.storageAccounts;
        this.entities = parts.entities;
        this.unread = parts.unread;
        this.unknownTypes = parts.unknownTypes;
        this.gaps = parts.gaps.all;
        this.externalReferences = parts.externalReferences;
        this.skippedResources = parts.skippedResources;
        this.inputsCollected = parts.inputsCollected;
        this.stackUrn = parts.stackUrn;
        this.knowsOthers = parts.external.isKnown;
        this.knowledgeNotices = parts.external.notices;
        this.sources = parts.restores.sources;
        this.vaults = parts.vaults.recoveryServicesVaults;
        this.backupVaults = parts.vaults.backupVaults;
        this.network = parts.network;
    }

    all<K extends Kind>(kind: K): readonly OfKind<K>[] {
        return this.parts.all(kind);
    }

    nameOf(vm: VirtualMachine): string {
        return this.parts.names.of(vm);
    }

    nameOfDisk(vm: VirtualMachine, attached: AttachedDisk): string {
        return this.parts.names.ofDisk(vm, attached);
    }

    attachedDisks(vm: VirtualMachine): readonly AttachedDisk[] {
        return this.parts.disks.attachedTo(vm);
    }

    disksOf(vm: VirtualMachine): readonly VmDisk[] {
        return this.parts.disks.of(vm);
    }

    extensionsOf(vm: VirtualMachine): readonly VmExtension[] {
        return this.parts.extensions.of(vm);
    }

    networkOf(vm: VirtualMachine): VmNetwork {
        return this.parts.network.of(vm);
    }

    restoredAttachments(vm: VirtualMachine): readonly RestoredAttachment[] {
        return this.parts.restores.of(vm);
    }

    possibleRestores(vm: VirtualMachine): readonly PossibleRestore[] {
        return this.parts.restores.possiblyOf(vm);
    }

    vmBackup(vm: VirtualMachine): Answer<BackupItem> {
        return this.parts.backup.ofWholeVm(vm);
    }

    fileBackup(vm: VirtualMachine): Answer<BackupItem> {
        return this.parts.backup.ofFiles(vm);
    }

    diskBackup(vm: VirtualMachine): Answer<DiskBackup> {
        return this.parts.backup.ofAnyDisk(vm);
    }

    possibleVmBackups(vm: VirtualMachine): readonly OpenQuestion[] {
        return this.parts.backup.possiblyOfWholeVm(vm);
    }

    diskOf(backup: DiskBackup): Link<Disk> {
        return this.parts.backup.diskOf(backup);
    }

    vmsWithDiskOf(backup: DiskBackup): readonly Link<VirtualMachine>[] {
        return this.parts.protectedVms.linksOf(backup);
    }

    snapshotGroupOf(backup: DiskBackup): Link<ResourceGroup> {
        return this.parts.resourceGroups.ofSnapshots(backup);
    }

    protectionOfDisk(vm: VirtualMachine, attached: AttachedDisk): Answer<DiskBackup | PolicyAssignment> {
        return this.parts.backup.ofDisk(vm, attached);
    }

    backup(vm: VirtualMachine): Answer<BackupItem | DiskBackup | PolicyAssignment> {
        return this.parts.backup.of(vm);
    }

    hiddenProtection(vm: VirtualMachine): Answer {
        return this.parts.gaps.mayProtect(vm);
    }

    assignedProtection(vm: VirtualMachine, service: Service): Answer<PolicyAssignment> {
        return this.parts.assignedProtection.of(vm, service);
    }

    get assignedScopes(): readonly AssignedScope[] {
        return this.parts.assignedProtection.scopes;
    }

    mayBeLockedElsewhere(vm: VirtualMachine): boolean {
        return this.parts.locks.mayHoldFromElsewhere(vm);
    }

    replication(vm: VirtualMachine): Answer<ReplicatedItem> {
        return this.parts.replication.of(vm);
    }

    replicated(vm: VirtualMachine, items: readonly ReplicatedItem[]): ReplicatedVm {
        return this.parts.replication.replicatedVm(vm, items);
    }

    coverageOf(item: ReplicatedItem): Coverage {
        return this.parts.replication.coverageOf(item);
    }

    clusterOf(item: ReplicatedItem): Link<ReplicationCluster> {
        return this.parts.replication.clusterOf(item);
    }

    locationOf(resource: Located): Value<string> {
        return this.parts.regions.of(resource);
    }

    resourceGroupOf(resource: AzureResource): Link<ResourceGroup> {
        return this.parts.resourceGroups.of(resource);
    }

    targetGroupOf(item: ReplicatedItem): Link<ResourceGroup> {
        return this.parts.resourceGroups.afterFailover(item);
    }

    sourceLocationOf(item: ReplicatedItem): Value<string> {
        return this.parts.replication.sourceRegionOf(item);
    }

    targetLocationOf(item: ReplicatedItem): Value<string> {
        return this.parts.replication.targetRegionOf(item);
    }

    replicationKind(item: ReplicatedItem): Value<ReplicationKind> {
        return this.parts.replication.kindOf(item);
    }

    vmOf(item: ReplicatedItem | BackupItem): Link<VirtualMachine> {
        return this.parts.protectedVms.of(item);
    }

    scaleSetOf(item: ReplicatedItem): NamedScaleSet {
        return this.parts.scaleSets.of(item);
    }

    get locksOnAnything(): readonly Lock[] {
        return this.parts.locks.onAnything;
    }

    locksOver(vm: VirtualMachine): readonly LockedScope[] {
        return this.parts.locks.over(vm);
    }

    vaultOf(item: BackupItem | ReplicatedItem): Link<Vault> {
        return this.parts.vaults.of(item);
    }

    backupVaultOf(backup: DiskBackup): Link<BackupVault> {
        return this.parts.vaults.ofDiskBackup(backup);
    }

    backupsIn(vault: Vault | BackupVault): Answer<AzureResource> {
        return this.parts.vaults.backupsIn(vault);
    }

    guardsOf(vault: Vault | BackupVault): Answer<ResourceGuardProxy> {
        return this.parts.vaults.guardsOf(vault);
    }

    backupPolicyOf(item: BackupItem): Link<BackupPolicy> {
        return this.parts.backupPolicies.of(item);
    }

    policyFollowedBy(item: BackupItem): FollowedPolicy {
        return this.parts.backupPolicies.followedBy(item);
    }

    vaultsIn(location: string, subscription: Subscription): readonly Vault[] {
        return this.parts.vaults.inRegion(location, subscription);
    }

    consistencyGroup(item: ReplicatedItem): readonly ReplicatedItem[] | undefined {
        return this.parts.consistencyGroups.of(item);
    }

    possibleGroupMembers(item: ReplicatedItem): readonly ReplicatedItem[] {
        return this.parts.consistencyGroups.possiblyWith(item);
    }

    vmsOf(backup: DiskBackup): readonly VirtualMachine[] {
        return this.parts.protectedVms.withDiskOf(backup);
    }

    recoveryPlansWith(item: ReplicatedItem): readonly RecoveryPlan[] {
        return this.parts.recoveryPlans.holding(item);
    }

    inRecoveryPlan(items: readonly ReplicatedItem[]): Answer<RecoveryPlan> {
        return this.parts.recoveryPlans.holdingAny(items);
    }
}
