import { any, type Answer, type OpenQuestion } from "./answers";
import { AssignedProtection, type AssignedScope, type Service } from "./protection/assigned-protection";
import { nameOf, RESOURCE_GROUP, subscriptionKey, type ArmId, type Subscription } from "./ids/arm-id";
import { diskIdOf, type AttachedDisk } from "./disks/attached-disks";
import { BACKUP_POLICY, BackupPolicies, type FollowedPolicy } from "./protection/backup-policies";
import { ConsistencyGroups, groupOfVault } from "./protection/consistency-groups";
import { DiskBackups } from "./protection/disk-backups";
import { displayName, VmNames } from "./ids/display-name";
import { Entities, type TemplateGap, type UnreadResource } from "./entities";
import { ABSENT, known, mapValue, unknown, valueOf, type Value } from "./values";
import { ResourceIndex, type Link } from "./link";
import { pushTo, getOrCreate } from "./lists";
import { normaliseLocation } from "./places/location";
import { Locks, type LockedScope } from "./protection/locks";
import { vmDisk, type VmDisk } from "./disks/vm-disks";
import { VmLinks } from "./protection/vm-links";
import type {
    AzureResource,
    BackupItem,
    BackupPolicy,
    BackupVault,
    Disk,
    DiskBackup,
    Entity,
    Kind,
    Lock,
    VirtualMachine,
    VmExtension,
    PolicyAssignment,
    RecoveryPlan,
    ReplicatedItem,
    ReplicationCluster,
    ResourceGroup,
    ResourceGuardProxy,
    ScaleSet,
    Vault,
} from "./resources";
import { NetworkInterfaces, type VmNetwork } from "./places/network-interfaces";
import {
    NOTHING_RELATED,
    type ExternalResources,
    type RelatedResources,
    type ReferredKind,
} from "./external-resources";
import { targetOf, type PlannedResource, type Urn } from "./planned-resource";
import { LooseRestores, possibleRestores, type PossibleRestore } from "./disks/possible-restores";
import { Protections } from "./protection/protections";
import { readerOf } from "./readers";
import { RecoveryPlans } from "./protection/recovery-plans";
import { ReplicatedVm } from "./protection/replicated-vm";
import { Regions, FABRIC, PROTECTION_CONTAINER, type Located, type ReplicationKind } from "./places/regions";
import { REPLICATED_ITEM, ReplicatedDisks, type Coverage } from "./protection/replicated-disks";
import { RestoreSources } from "./disks/restore-sources";
import { restoredAttachments, type RestoredAttachment } from "./disks/restored-attachments";
import { StorageAccounts } from "./places/storage-accounts";
import { isResourceGroup } from "./ids/type-token";
import { ofUnknownTypes, type ResourceOfUnknownType } from "./unknown-types";
import { BACKUP_VAULT, VAULT, Vaults } from "./protection/vaults";

const NO = { answer: "no" } as const;
const SCALE_SET = "Microsoft.Compute/virtualMachineScaleSets";

/** What a replicated item names instead of a VM. */
export type NamedScaleSet =
    | { readonly state: "named"; readonly name: string; readonly isUniform: Value<boolean> }
    | { readonly state: "undecided"; readonly property: string }
    | { readonly state: "none" };

/**
 * All that one plan or state says about VMs and what protects them, linked. Built once a round and shared by
 * every stack policy of that round; each lookup is a map, so that a policy stays linear in what it looks at.
 */
export class Estate {
    /** The VMs of the stack, then those outside of it that items of the stack protect. */
    readonly vms: readonly VirtualMachine[];
    readonly replicatedItems: readonly ReplicatedItem[];
    readonly backupItems: readonly BackupItem[];
    readonly diskBackupInstances: readonly DiskBackup[];
    readonly recoveryPlans: readonly RecoveryPlan[];
    readonly locks: readonly Lock[];
    /** True where the stack has anything of Azure Backup: a vault, an item, or an assignment that turns it on. */
    readonly isBackedUpHere: Value<boolean>;
    readonly storageAccounts: StorageAccounts;
    /** Everything that was read in this stack, in URN order. */
    readonly entities: readonly Entity[];
    /** What could not be read or linked, because of a bug of this pack. */
    readonly unread: readonly UnreadResource[];
    /** Resources that may make or protect a VM, of types that no reader knows. */
    readonly unknownTypes: readonly ResourceOfUnknownType[];
    /** What templates and generic resources hold that could not be looked at. */
    readonly gaps: readonly TemplateGap[];
    /** How many references lead out of this stack. */
    readonly externalReferences: number;
    /** How many of the resources that count were left out by `--target`. */
    readonly skippedResources: number;
    /** False where resources count but no resource policy ran, so that outputs alone had to do. */
    readonly inputsCollected: boolean;
    /** The URN of the stack itself, for findings about all of it. */
    readonly stackUrn: Urn | undefined;
    /** True where more is known than this stack. */
    readonly knowsOthers: boolean;
    /** What is old or missing in what is known of other stacks, in a sentence each. */
    readonly knowledgeNotices: readonly string[];
    /** What disks are made from. */
    readonly sources: RestoreSources;

    /** The Recovery Services vaults of the stack. */
    readonly vaults: readonly Vault[];
    readonly backupVaults: readonly BackupVault[];

    /** Made where a policy asks for it: it takes the regions of all. */
    private vaultsByPlace: ReadonlyMap<string, readonly Vault[]> | undefined;
    private readonly read: Entities;
    private readonly names: VmNames;
    private readonly recoveryServices: Vaults<Vault, BackupItem | ReplicatedItem>;
    private readonly dataProtection: Vaults<BackupVault, DiskBackup>;
    private readonly backupPolicies: BackupPolicies;
    private readonly scaleSets: ResourceIndex<ScaleSet>;
    private readonly links: VmLinks;
    private readonly disks: ResourceIndex<Disk>;
    private readonly lists: ReplicatedDisks;
    private readonly plans: RecoveryPlans;
    private readonly groups: ConsistencyGroups;
    private readonly regions: Regions;
    private readonly resourceGroups: ResourceIndex<ResourceGroup>;
    // What several policies ask of a VM or an item is found once.
    private readonly vmDisks = new Map<VirtualMachine, readonly VmDisk[]>();
    private readonly kinds = new Map<ReplicatedItem, Value<ReplicationKind>>();
    private readonly networks = new Map<VirtualMachine, VmNetwork>();
    private readonly restores = new Map<VirtualMachine, readonly RestoredAttachment[]>();
    /** Made where a VM has a place of which nothing is known. */
    private looseRestores: LooseRestores | undefined;
    private readonly replicatedVms = new Map<VirtualMachine, ReplicatedVm>();
    private readonly locksByVm: Locks;
    private readonly assigned: AssignedProtection;
    private readonly external: ExternalResources | undefined;
    private readonly extensions = new Map<VirtualMachine, VmExtension[]>();
    /** Network interfaces and the groups that they are in. */
    readonly network: NetworkInterfaces;
    private readonly vmBackups = new Protections<BackupItem>();
    private readonly fileBackups = new Protections<BackupItem>();
    private readonly diskBackups = new Protections<DiskBackup>();
    private readonly replications = new Protections<ReplicatedItem>();
    private readonly backupsOfDisks: DiskBackups;
    private readonly vmOfItem = new Map<ReplicatedItem | BackupItem, Link<VirtualMachine>>();
    private readonly vmsOfDiskBackup = new Map<DiskBackup, readonly Link<VirtualMachine>[]>();

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
        const entities = new Entities(resources, former?.read);
        this.read = entities;
        this.stackUrn = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
        const vms = new ResourceIndex(entities.of("VM"), "Microsoft.Compute/virtualMachines");
        const externalOf = <K extends ReferredKind>(kind: K) => external?.of(kind, this.stackUrn);
        const disks = new ResourceIndex(entities.of("disk"), "Microsoft.Compute/disks", externalOf("disk"));
        const links = new VmLinks(vms, disks, entities.of("disk attachment"), external);
        for (const item of entities.of("backup item")) {
            const link = links.ofBackupItem(item);
            this.vmOfItem.set(item, link);
            this.vmBackups.add(item, link, and(isLevel(item, "VM"), item.active));
            this.fileBackups.add(item, link, and(isLevel(item, "file"), item.active));
        }
        for (const backup of entities.of("disk backup")) {
            const ofVms = links.ofDiskBackup(backup);
            this.vmsOfDiskBackup.set(backup, ofVms);
            ofVms.forEach((link) => this.diskBackups.add(backup, link, backup.active));
        }
        for (const item of entities.of("replicated item")) {
            const link = links.ofReplicatedItem(item);
            this.vmOfItem.set(item, link);
            // After a failover it is the other side that runs; this VM is not replicated then.
            // A preview that changes the item does not tell the side: it counts meanwhile, and BCDR416 asks.
            const counts = known(valueOf(item.failedOver) !== true);
            this.replications.add(item, link, counts);
        }

        this.links = links;
        this.disks = disks;
        const related = external === undefined ? NOTHING_RELATED : this.related(external, vms.all, former);
        this.addRelated(related);
        this.external = external;
        this.knowsOthers = external !== undefined;
        this.knowledgeNotices = external?.noticesFor(this.stackUrn) ?? [];
        this.backupsOfDisks = new DiskBackups([...entities.of("disk backup"), ...related.diskBackups], disks);
        const replicatedItems = [...entities.of("replicated item"), ...related.replicatedItems];
        const items = new ResourceIndex(replicatedItems, REPLICATED_ITEM);
        const clusters = [...entities.of("protection cluster"), ...related.clusters];
        this.lists = new ReplicatedDisks(clusters, items, disks);
        if (links.hasOpenPlaces) {
            links.settle(this.disksByOwner(replicatedItems));
        }
        this.plans = new RecoveryPlans([...entities.of("recovery plan"), ...related.recoveryPlans], items);
        const groups = new ResourceIndex(entities.of("resource group"), RESOURCE_GROUP, externalOf("resource group"));
        this.resourceGroups = groups;
        this.regions = new Regions(
            groups,
            new ResourceIndex(entities.of("replication fabric"), FABRIC, externalOf("replication fabric")),
            new ResourceIndex(entities.of("protection container"), PROTECTION_CONTAINER),
        );
        this.storageAccounts = new StorageAccounts(
            entities.of("storage account"),
            entities.of("blob service"),
            entities.of("storage account firewall"),
        );
        this.recoveryPlans = entities.of("recovery plan");
        this.locksByVm = new Locks(entities.of("lock"), vms, groups);
        this.assigned = new AssignedProtection(
            entities.of("policy assignment"),
            new ResourceIndex(entities.of("policy set"), "Microsoft.Authorization/policySetDefinitions"),
            groups,
            this.regions,
        );
        for (const extension of entities.of("VM extension")) {
            const { id, dependencies } = extension.vm;
            const of = id.state === "known" ? vms.matching(id.value) : vms.among(dependencies);
            of.forEach((vm) => pushTo(this.extensions, vm, extension));
        }
        this.network = new NetworkInterfaces(
            new ResourceIndex(
                entities.of("network interface"),
                "Microsoft.Network/networkInterfaces",
                externalOf("network interface"),
            ),
            entities.of("security group association"),
        );
        this.sources = new RestoreSources(entities);
        this.vms = [...vms.all, ...links.externalVms];
        this.names = new VmNames(this.vms);
        this.replicatedItems = entities.of("replicated item");
        this.backupItems = entities.of("backup item");
        this.diskBackupInstances = entities.of("disk backup");
        const hasBackup =
            entities.of("vault").length > 0 ||
            entities.of("backup vault").length > 0 ||
            this.backupItems.length > 0 ||
            this.diskBackupInstances.length > 0;
        const assignedHere = this.assigned.turnsOn(["backup", "disk backup"]);
        // Azure Backup that other stacks have may be meant for VMs of this one, too: their tags would say so.
        const subscriptions = vms.all.map(({ subscription }) => subscription);
        const isElsewhere =
            external?.hasBackups(this.stackUrn, subscriptions) === true && valueOf(assignedHere) === false;
        this.isBackedUpHere = hasBackup ? known(true) : isElsewhere ? unknown("tags") : assignedHere;
        this.locks = entities.of("lock");
        this.vaults = entities.of("vault");
        this.backupVaults = entities.of("backup vault");
        const proxies = entities.of("resource guard proxy");
        this.recoveryServices = new Vaults(
            new ResourceIndex([...this.vaults, ...related.vaults], VAULT),
            [...entities.of("backup item"), ...related.backupItems, ...replicatedItems],
            proxies.filter(({ guards }) => guards === "vault"),
        );
        this.groups = new ConsistencyGroups(replicatedItems, (item) => this.vaultOf(item));
        this.dataProtection = new Vaults(
            new ResourceIndex([...this.backupVaults, ...related.backupVaults], BACKUP_VAULT),
            [...entities.of("disk backup"), ...related.diskBackups],
            proxies.filter(({ guards }) => guards === "backup vault"),
        );
        this.backupPolicies = new BackupPolicies(
            new ResourceIndex(entities.of("backup policy"), BACKUP_POLICY, externalOf("backup policy")),
            [...entities.of("backup item"), ...related.backupItems],
        );
        this.scaleSets = new ResourceIndex(entities.of("scale set"), SCALE_SET);
        this.entities = entities.all;
        this.unread = left.length === 0 ? entities.unread : [...entities.unread, ...left];
        this.unknownTypes = ofUnknownTypes(resources);
        this.gaps = entities.gaps;
        this.externalReferences = [links, this.recoveryServices, this.dataProtection, this.backupPolicies].reduce(
            (sum, { externalReferences }) => sum + externalReferences,
            0,
        );
        this.skippedResources = entities.all.filter((entity) => entity.skipped).length;
        this.inputsCollected = resources.every(
            ({ type, inputs }) => inputs !== undefined || readerOf(type) === undefined || isResourceGroup(type),
        );
    }

    /** The VM whose item lists a disk, and no other VM's does. */
    private disksByOwner(items: readonly ReplicatedItem[]): ReadonlyMap<Disk, VirtualMachine> {
        const owners = new Map<Disk, VirtualMachine | undefined>();
        for (const item of items) {
            const vm = this.vmOf(item);
            const coverage = vm.state === "linked" ? this.lists.of(item) : undefined;
            const own = coverage?.state === "known" ? coverage.lists.filter(({ isShared }) => !isShared) : [];
            for (const { disk } of own.flatMap(({ named }) => named)) {
                if (vm.state === "linked" && disk.state === "linked") {
                    const isOnly = !owners.has(disk.to) || owners.get(disk.to) === vm.to;
                    owners.set(disk.to, isOnly ? vm.to : undefined);
                }
            }
        }
        return new Map([...owners].flatMap(([disk, owner]) => (owner === undefined ? [] : [[disk, owner] as const])));
    }

    /** What is known outside of the stack of anything in it. What the stack has itself counts once, as the stack tells it. */
    private related(
        external: ExternalResources,
        vms: readonly VirtualMachine[],
        former: Estate | undefined,
    ): RelatedResources {
        const { read, links, stackUrn } = this;
        const items = [...read.of("replicated item"), ...read.of("backup item"), ...read.of("disk backup")];
        const concerned = [
            ...vms.flatMap((vm) => [
                valueOf(vm.id),
                ...links.attachedDisks(vm).map((attached) => diskIdOf(vm, attached)),
            ]),
            ...links.externalVms.map(({ id }) => valueOf(id)),
            ...read.of("disk").map(({ id }) => valueOf(id)),
            ...items.flatMap(({ id, vault }) => [valueOf(id), valueOf(vault.id)]),
        ];
        const found = external.relatedTo({
            stack: stackUrn,
            ids: concerned.filter((id): id is ArmId => id !== undefined),
            groups: read.of("replicated item").flatMap((item) => groupOfVault(item) ?? []),
            vaults: [...read.of("vault"), ...read.of("backup vault")].flatMap(({ id }) => valueOf(id) ?? []),
        });
        // What the stack had before is its own, too: the inventory does not know yet that the plan deletes it.
        const notOwn = <K extends Kind>(
            kind: K,
            external: readonly Extract<Entity, { kind: K }>[],
        ): readonly Extract<Entity, { kind: K }>[] =>
            notIn([...read.of(kind), ...(former?.read.of(kind) ?? [])], external);
        return {
            backupItems: notOwn("backup item", found.backupItems),
            diskBackups: notOwn("disk backup", found.diskBackups),
            replicatedItems: notOwn("replicated item", found.replicatedItems),
            recoveryPlans: notOwn("recovery plan", found.recoveryPlans),
            vaults: notOwn("vault", found.vaults),
            backupVaults: notOwn("backup vault", found.backupVaults),
            clusters: notOwn("protection cluster", found.clusters),
        };
    }

    private addRelated({ backupItems, diskBackups, replicatedItems }: RelatedResources): void {
        for (const item of backupItems) {
            const link = this.links.ofExternalItem(item);
            this.vmOfItem.set(item, link);
            this.vmBackups.add(item, link, and(isLevel(item, "VM"), item.active));
            this.fileBackups.add(item, link, and(isLevel(item, "file"), item.active));
        }
        for (const backup of diskBackups) {
            const ofVms = this.links.ofDiskBackup(backup);
            this.vmsOfDiskBackup.set(backup, ofVms);
            ofVms.forEach((link) => this.diskBackups.add(backup, link, backup.active));
        }
        for (const item of replicatedItems) {
            const link = this.links.ofExternalItem(item);
            this.vmOfItem.set(item, link);
            this.replications.add(item, link, known(valueOf(item.failedOver) !== true));
        }
    }

    /** What to call a VM, so that it is not taken for another one of the same name. */
    nameOf(vm: VirtualMachine): string {
        return this.names.of(vm);
    }

    /** A disk of a VM by its name; one that Azure makes with the VM has none that the program knows. */
    nameOfDisk(vm: VirtualMachine, { place, disk }: AttachedDisk): string {
        switch (disk.state) {
            case "linked":
                return displayName(disk.to);
            case "external":
                return nameOf(disk.id);
            case "undecided":
            case "none":
                return `${this.nameOf(vm)}, LUN ${place.lun ?? "?"}`;
        }
    }

    /** The resources of the stack of one kind. */
    all<K extends Kind>(kind: K): readonly Extract<Entity, { kind: K }>[] {
        return this.read.of(kind);
    }

    attachedDisks(vm: VirtualMachine): readonly AttachedDisk[] {
        return this.links.attachedDisks(vm);
    }

    /** The disks of a VM with what is known of them, the OS disk among them. */
    disksOf(vm: VirtualMachine): readonly VmDisk[] {
        return getOrCreate(this.vmDisks, vm, () => this.attachedDisks(vm).map((attached) => vmDisk(vm, attached)));
    }

    /** The agents and scripts that the program puts into a VM. */
    extensionsOf(vm: VirtualMachine): readonly VmExtension[] {
        return this.extensions.get(vm) ?? [];
    }

    networkOf(vm: VirtualMachine): VmNetwork {
        return getOrCreate(this.networks, vm, () => this.network.of(vm));
    }

    /** The disks of a VM that were, or may have been, restored from a backup. */
    restoredAttachments(vm: VirtualMachine): readonly RestoredAttachment[] {
        return getOrCreate(this.restores, vm, () => restoredAttachments(this.attachedDisks(vm), this.sources));
    }

    /** The restored disks that a VM has, and those that it may have. */
    possibleRestores(vm: VirtualMachine): readonly PossibleRestore[] {
        const { sources, links } = this;
        const loose = (): LooseRestores =>
            (this.looseRestores ??= new LooseRestores(this.all("disk"), sources, (disk) => links.isAttached(disk)));
        const restores = this.restoredAttachments(vm);
        return possibleRestores(this.attachedDisks(vm), restores, sources, loose, (disk) =>
            links.isElsewhere(disk, vm),
        );
    }

    /** The VM-level backup items that protect this VM now. */
    vmBackup(vm: VirtualMachine): Answer<BackupItem> {
        return this.vmBackups.answer(vm);
    }

    /** Its file-level items (files, shares, in-guest workloads); restoring from them is harmless (INT-02). */
    fileBackup(vm: VirtualMachine): Answer<BackupItem> {
        return this.fileBackups.answer(vm);
    }

    /** The Disk Backup instances on disks of this machine. */
    diskBackup(vm: VirtualMachine): Answer<DiskBackup> {
        return this.diskBackups.answer(vm);
    }

    /** Items that may back this VM up, too, beside those that surely do. */
    possibleVmBackups(vm: VirtualMachine): readonly OpenQuestion[] {
        return this.vmBackups.possibleFor(vm);
    }

    /** The disk that an instance of Disk Backup protects. */
    diskOf({ disk }: DiskBackup): Link<Disk> {
        return this.disks.follow(disk);
    }

    /** The VMs that have this disk: several where it is shared. */
    vmsWithDiskOf(backup: DiskBackup): readonly Link<VirtualMachine>[] {
        return this.vmsOfDiskBackup.get(backup) ?? [];
    }

    /** The group into which an instance of Disk Backup puts its snapshots. */
    snapshotGroupOf({ snapshotGroup }: DiskBackup): Link<ResourceGroup> {
        return this.resourceGroups.followTarget(snapshotGroup);
    }

    /** The Disk Backup instances on one disk of a VM, and the assignments of Azure Policy that make one. */
    protectionOfDisk(vm: VirtualMachine, attached: AttachedDisk): Answer<DiskBackup | PolicyAssignment> {
        const { disk } = attached;
        const { id, urn, groupFrom, location } = vm;
        // A disk that Azure makes with a VM is in its group and region, but gets none of its tags.
        const place = disk.state === "linked" ? disk.to : { id, urn, groupFrom, location, tags: ABSENT };
        const ofDisk = this.diskBackup(vm).answer === "no" ? NO : this.backupsOfDisks.of(vm, attached);
        return any<DiskBackup | PolicyAssignment>([ofDisk, this.assigned.of(place, "disk backup")]);
    }

    /** All that backs a VM up, as a whole or by any of its disks. */
    backup(vm: VirtualMachine): Answer<BackupItem | DiskBackup | PolicyAssignment> {
        return any<BackupItem | DiskBackup | PolicyAssignment>([
            this.vmBackup(vm),
            this.diskBackup(vm),
            this.assignedProtection(vm, "backup"),
            this.assignedElsewhere(vm, "disk backup"),
            ...this.attachedDisks(vm).map((attached) => this.protectionOfDisk(vm, attached)),
        ]);
    }

    /** What templates and the like hold that is not known yet, and that was made from this VM: its protection, perhaps. */
    hiddenProtection(vm: VirtualMachine): Answer {
        const { urn } = vm;
        const about =
            urn === undefined
                ? []
                : this.gaps.filter(({ why, madeFrom }) => why === "not known" && madeFrom.includes(urn));
        const openQuestions = about.map(({ name, property }) => ({
            resource: vm,
            property: `what "${name}" holds (${property})`,
        }));
        return openQuestions.length === 0 ? NO : { answer: "unknown", openQuestions };
    }

    /** The assignments of Azure Policy that turn a service on for this VM by themselves. */
    assignedProtection(
        vm: VirtualMachine,
        service: "backup" | "replication" | "disk backup",
    ): Answer<PolicyAssignment> {
        const answer = this.assigned.of(vm, service);
        return answer.answer === "no" ? this.assignedElsewhere(vm, service) : answer;
    }

    /** An assignment of another stack may turn a service on for a VM of this one; more of it is not known here. */
    private assignedElsewhere(vm: VirtualMachine, service: Service): Answer {
        const mayBe = vm.urn !== undefined && this.external?.mayReach(service, this.stackUrn, vm.id) === true;
        return mayBe
            ? {
                  answer: "unknown",
                  openQuestions: [{ resource: vm, property: "assignments of Azure Policy in other stacks" }],
              }
            : NO;
    }

    /** Where the stack's own assignments turn something on. */
    get assignedScopes(): readonly AssignedScope[] {
        return this.assigned.scopes;
    }

    /** Whether a lock of another stack may hold a VM. */
    mayBeLockedElsewhere(vm: VirtualMachine): boolean {
        return vm.urn !== undefined && this.external?.mayReach("lock", this.stackUrn, vm.id) === true;
    }

    /** The items that replicate this VM. */
    replication(vm: VirtualMachine): Answer<ReplicatedItem> {
        return this.replications.answer(vm);
    }

    /** The VM together with what replication knows of its disks. */
    replicated(vm: VirtualMachine, items: readonly ReplicatedItem[]): ReplicatedVm {
        const former = this.replicatedVms.get(vm);
        // Each policy comes with the items that concern it: nearly always all of them, in a list of its own.
        if (former?.items.length === items.length && former.items.every((item, index) => item === items[index])) {
            return former;
        }
        const coverage = items.map((item) => this.lists.of(item));
        const replicated = new ReplicatedVm(vm, items, this.attachedDisks(vm), coverage);
        this.replicatedVms.set(vm, replicated);
        return replicated;
    }

    /** What replication of one item covers, its cluster's disks included. */
    coverageOf(item: ReplicatedItem): Coverage {
        return this.lists.of(item);
    }

    /** The protection cluster that an item is in. */
    clusterOf(item: ReplicatedItem): Link<ReplicationCluster> {
        return this.lists.clusterOf(item);
    }

    /** The region of a resource, as `westeurope`; absent where it lies outside of this stack. */
    locationOf(resource: Located): Value<string> {
        return this.regions.of(resource);
    }

    resourceGroupOf(resource: AzureResource): Link<ResourceGroup> {
        return this.regions.groupOf(resource);
    }

    /** Where a failover of this item would make its VM. */
    targetGroupOf(item: ReplicatedItem): Link<ResourceGroup> {
        return this.resourceGroups.follow(item.targetGroup);
    }

    /** The region from which an item replicates. */
    sourceLocationOf(item: ReplicatedItem): Value<string> {
        return this.regions.source(item, this.vmOf(item));
    }

    /** The region to which an item replicates. */
    targetLocationOf(item: ReplicatedItem): Value<string> {
        return this.regions.target(item);
    }

    /** Absent where that lies outside of this stack. */
    replicationKind(item: ReplicatedItem): Value<ReplicationKind> {
        return getOrCreate(this.kinds, item, () => this.regions.kind(item, this.vmOf(item)));
    }

    /** The VM that an item is about. */
    vmOf(item: ReplicatedItem | BackupItem): Link<VirtualMachine> {
        return this.vmOfItem.get(item) ?? { state: "none" };
    }

    /** The scale set, or the one of the scale set's VMs, that an item names instead of a VM. */
    scaleSetOf(item: ReplicatedItem): NamedScaleSet {
        const { id, dependencies } = targetOf(item.vm);
        const inStack = this.scaleSets.among(dependencies);
        if (id.state === "unknown") {
            const [only, ...others] = inStack;
            const link = this.vmOf(item);
            if (only === undefined || link.state === "linked") {
                return { state: "none" };
            }
            const isMeant = others.length === 0 && (link.state !== "undecided" || link.candidates.length === 0);
            return isMeant
                ? { state: "named", name: displayName(only), isUniform: only.isUniform }
                : { state: "undecided", property: id.property };
        }
        if (id.state === "absent" || !id.value.type.toLowerCase().startsWith(SCALE_SET.toLowerCase())) {
            return { state: "none" };
        }
        const [name = ""] = id.value.names;
        const [match] = this.scaleSets.matching({ ...id.value, type: SCALE_SET, names: [name] });
        // Only the VMs of a Uniform set have ids below the set.
        const isInstance = id.value.names.length > 1;
        const isUniform = isInstance ? known(true) : (match?.isUniform ?? unknown(item.vm.property));
        return { state: "named", name, isUniform };
    }

    /** Locks of which nobody can tell yet what they hold: it may be any VM. */
    get locksOnAnything(): readonly Lock[] {
        return this.locksByVm.onAnything;
    }

    /** What holds a VM: the locks on itself and those on its resource group. */
    locksOver(vm: VirtualMachine): readonly LockedScope[] {
        return this.locksByVm.over(vm);
    }

    /** The Recovery Services vault that an item is in. */
    vaultOf(item: BackupItem | ReplicatedItem): Link<Vault> {
        return this.recoveryServices.of(item);
    }

    /** The Backup vault that an instance of Disk Backup is in. */
    backupVaultOf(backup: DiskBackup): Link<BackupVault> {
        return this.dataProtection.of(backup);
    }

    /** The items that Azure Backup keeps in a vault. */
    backupsIn(vault: Vault | BackupVault): Answer<AzureResource> {
        return vault.kind === "vault" ? this.recoveryServices.backupsIn(vault) : this.dataProtection.backupsIn(vault);
    }

    /** What puts a vault under a resource guard. */
    guardsOf(vault: Vault | BackupVault): Answer<ResourceGuardProxy> {
        return vault.kind === "vault" ? this.recoveryServices.guardsOf(vault) : this.dataProtection.guardsOf(vault);
    }

    backupPolicyOf(item: BackupItem): Link<BackupPolicy> {
        return this.backupPolicies.of(item);
    }

    /** What is known of an item's policy, also where it is one that Azure makes with each vault. */
    policyFollowedBy(item: BackupItem): FollowedPolicy {
        return this.backupPolicies.followedBy(item);
    }

    /** The Recovery Services vaults of the stack in a region that can back up what is in this subscription. */
    vaultsIn(location: string, subscription: Subscription): readonly Vault[] {
        this.vaultsByPlace ??= this.placedVaults();
        return this.vaultsByPlace.get(placeOf(subscription, normaliseLocation(location))) ?? [];
    }

    private placedVaults(): ReadonlyMap<string, readonly Vault[]> {
        const placed = new Map<string, Vault[]>();
        for (const vault of this.vaults) {
            const region = this.locationOf(vault);
            if (region.state === "known") {
                pushTo(placed, placeOf(vault.subscription, region.value), vault);
            }
        }
        return placed;
    }

    /** The items of a multi-VM consistency group that this item is in with others. */
    consistencyGroup(item: ReplicatedItem): readonly ReplicatedItem[] | undefined {
        return this.groups.of(item);
    }

    /** Items that may be in the group of this one, which the plan does not tell. */
    possibleGroupMembers(item: ReplicatedItem): readonly ReplicatedItem[] {
        return this.groups.possiblyWith(item);
    }

    /** The VMs that have the disk of a Disk Backup instance. */
    vmsOf(backup: DiskBackup): readonly VirtualMachine[] {
        const links = this.vmsOfDiskBackup.get(backup) ?? [];
        return links.flatMap((link) => (link.state === "linked" ? [link.to] : []));
    }

    recoveryPlansWith(item: ReplicatedItem): readonly RecoveryPlan[] {
        const answer = this.plans.with(item);
        return answer.answer === "yes" ? answer.items : [];
    }

    /** Whether any recovery plan of the stack holds one of these items. */
    inRecoveryPlan(items: readonly ReplicatedItem[]): Answer<RecoveryPlan> {
        return any(items.map((item) => this.plans.with(item)));
    }
}

function notIn<T extends AzureResource>(own: readonly T[], external: readonly T[]): readonly T[] {
    if (own.length === 0 || external.length === 0) {
        return external;
    }
    const ids = new ResourceIndex(own, "");
    return external.filter(({ id }) => id.state !== "known" || ids.inSubscriptionOf(id.value).length === 0);
}

function isLevel(item: BackupItem, level: "VM" | "file"): Value<boolean> {
    return mapValue(item.level, (itemLevel) => itemLevel === level);
}

function and(a: Value<boolean>, b: Value<boolean>): Value<boolean> {
    if ((a.state === "known" && !a.value) || (b.state === "known" && !b.value)) {
        return known(false);
    }
    return a.state === "known" ? b : a;
}

/** A key for a region of a subscription. */
function placeOf(subscription: Subscription, region: string): string {
    return `${subscriptionKey(subscription)} ${region}`;
}
