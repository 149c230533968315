import type { ArmId, Subscription } from "./ids/arm-id";
import type { Value } from "./values";
import type { EmbeddedIn, Lifetime, Reference, Target, Urn } from "./planned-resource";
import type { Provider } from "./ids/type-token";

/** Where knowledge of a resource outside of the stack came from. */
export interface Origin {
    /** `stack "prod" of "replication"` */
    readonly source: string;
    /** True where that is another stack; false for what was read from Azure, whoever has set it up. */
    readonly isStack: boolean;
    /** `2026-11-22T21:04:00Z` */
    readonly readAt: string;
    readonly ageHours: number;
    /** The age up to which it counts without a remark. */
    readonly maximumAgeHours: number;
}

/** What every resource has, whoever's shape it was read from. */
export interface AzureResource {
    /** Azure's words for what it is, in messages. */
    readonly kind: string;
    /** Which provider's words the program has for it: guidance has to speak them. */
    readonly provider: Provider;
    /** Undefined for a resource that lies outside of this stack. */
    readonly urn: Urn | undefined;
    /** The name in the program; undefined outside of the stack. */
    readonly pulumiName: string | undefined;
    /** Azure's name. */
    readonly azureName: Value<string>;
    /** From the read-back, or computed from the inputs; then the subscription may be missing. */
    readonly id: Value<ArmId>;
    /** In which subscription it is, also where the id is not known. */
    readonly subscription: Subscription;
    /** The resources that the name of its resource group was made from. */
    readonly groupFrom: readonly Urn[];
    /** The same for the name of the resource that it is in, such as a vault; none for what is in a group alone. */
    readonly parentFrom: readonly Urn[];
    /** Whether it is there already; undefined where the plan does not tell. */
    readonly lifetime: Lifetime;
    /** The plan changes it in place, and what Azure answered is known all the same, because an old state tells it. */
    readonly isUpdated: boolean;
    /** Left out of this plan by `--target`, so it may come to be or not (SEE-15). */
    readonly skipped: boolean;
    readonly protect: boolean;
    /** Properties under `ignoreChanges`. */
    readonly ignoreChanges: readonly string[];
    /** Undefined for a separate resource; else the URN is the template's. */
    readonly embeddedIn: EmbeddedIn | undefined;
    /** For a resource outside of this stack that an inventory has. */
    readonly origin?: Origin;
}

/**
 * It exists, and the plan does not change it. A preview by itself does not show that for resources of the classic provider:
 * only the steps of a plan tell an update of one.
 */
export function isLeftAlone({ lifetime, isUpdated }: AzureResource): boolean {
    return lifetime === "existing" && !isUpdated;
}

/** Of many, one that the plan creates or changes, if there is any: for what a finding rests on, it is as good as all of them. */
export function firstChanged(resources: readonly AzureResource[]): readonly AzureResource[] {
    const changed = resources.find((resource) => !isLeftAlone(resource));
    return changed === undefined ? [] : [changed];
}

export type Tags = Value<ReadonlyMap<string, Value<string>>>;

/** An Azure VM. */
export interface VirtualMachine extends AzureResource {
    readonly kind: "VM";
    readonly tags: Tags;
    readonly location: Value<string>;
    /** The places for disks that it tells itself, the OS disk's first. */
    readonly diskPlaces: readonly DiskPlace[];
    /** False where separate resources attach disks, so that another stack may attach more. */
    readonly placesAreAll: boolean;
    /** `Standard_D4s_v5` */
    readonly size: Value<string>;
    readonly isSpot: Value<boolean>;
    /** `NVMe` or `SCSI` */
    readonly diskController: Value<string>;
    /** True where it is bound to a dedicated host or a group of them. */
    readonly onDedicatedHost: Value<boolean>;
    /** `TrustedLaunch`, `ConfidentialVM`, `Standard` */
    readonly securityType: Value<string>;
    readonly encryptedAtHost: Value<boolean>;
    readonly image: VmImage;
    readonly networkInterfaces: Value<readonly Reference[]>;
    /** Its availability zone, `1`; absent for a VM in none, unknown while it is Azure that chooses. */
    readonly zone: Value<string>;
    /** `Windows` or `Linux`; absent where only the image tells. */
    readonly osType: Value<string>;
    /** True in an edge zone, or an extended location of another kind. */
    readonly inEdgeZone: Value<boolean>;
}

/** What a VM is made from, as conditions of Azure Policy see it (VMB-34). */
export interface VmImage {
    /** The names of an image of the Marketplace; absent for any other. */
    readonly publisher: Value<string>;
    readonly offer: Value<string>;
    readonly sku: Value<string>;
    /** True with an image that has an ID instead: one of a gallery, or a managed image. */
    readonly isOwn: Value<boolean>;
    /** True for a VM without an image, which boots from a disk that is attached. */
    readonly bootsFromDisk: Value<boolean>;
    /** The property that names the image. */
    readonly property: string;
}

export interface DiskPlace {
    readonly role: "os" | "data";
    /** Undefined for the OS disk, and where the plan does not know it. */
    readonly lun: number | undefined;
    /** `implicit`: Azure makes the disk together with the VM, no resource of the program is it. */
    readonly origin: "explicit" | "implicit";
    readonly disk: Reference;
    /** The resource that gives the VM this disk, where it is not the VM itself. */
    readonly attachedBy: string | undefined;
    /** The name under which Azure makes an implicit disk, where the program gives one. */
    readonly diskName: Value<string>;
    /** True where the list of data disks is unknown as a whole: the place then stands for any number of disks. */
    readonly isWholeList: boolean;
    /** How a data disk that the VM brings along is made (RD-06), else absent. */
    readonly creation: Creation;
    readonly settings: PlaceSettings;
}

/** What the VM says of the disk in a place. A disk that is a separate resource has the last word on size and kind. */
export interface PlaceSettings {
    /** GiB */
    readonly size: Value<number>;
    /** `Premium_LRS`, `UltraSSD_LRS`… */
    readonly sku: Value<string>;
    /** `None`, `ReadOnly`, `ReadWrite` */
    readonly caching: Value<string>;
    readonly writeAccelerated: Value<boolean>;
    /** On the host's own storage, gone with it. */
    readonly ephemeral: Value<boolean>;
    /** A blob in a storage account. */
    readonly unmanaged: Value<boolean>;
    /** By Azure Disk Encryption, from within the VM. */
    readonly encryptedInGuest: Value<boolean>;
    /** The disk encryption set with the customer's key. */
    readonly encryptionSet: Reference;
}

/** A resource that gives a VM a data disk. */
export interface DiskAttachment extends AzureResource {
    readonly kind: "disk attachment";
    readonly vm: Reference;
    readonly place: DiskPlace;
}

/** How a disk comes into being. */
export interface Creation {
    /** `Empty`, `Copy`, `Restore`… */
    readonly option: Value<string>;
    /** The snapshot, disk restore point or disk that it is made from. */
    readonly source: Reference;
}

/** A managed disk that is a separate resource. */
export interface Disk extends AzureResource {
    readonly kind: "disk";
    readonly tags: Tags;
    readonly creation: Creation;
    /** True where the pack, which sees secrets, has said that it is restored. */
    readonly isKnownRestored?: boolean;
    /** `Windows` or `Linux`; set on OS disks. */
    readonly osType: Value<string>;
    readonly location: Value<string>;
    /** GiB */
    readonly size: Value<number>;
    /** `Premium_LRS`, `UltraSSD_LRS`… */
    readonly sku: Value<string>;
    /** More than one for a disk that several VMs share. */
    readonly maxShares: Value<number>;
    /** The disk encryption set with the customer's key. */
    readonly encryptionSet: Reference;
    /** By Azure Disk Encryption, from within the VM. */
    readonly encryptedInGuest: Value<boolean>;
    /** `AzureActiveDirectory` where only Entra ID lets anyone read the disk. */
    readonly accessMode: Value<string>;
    /** False where it can be exported over any network; absent means that. */
    readonly isPrivate: Value<boolean>;
}

export interface NetworkInterface extends AzureResource {
    readonly kind: "network interface";
    readonly addresses: Value<readonly Address[]>;
}

/** An IP configuration of a network interface. */
export interface Address {
    /** `IPv4` or `IPv6`; absent means IPv4. */
    readonly version: Value<string>;
    readonly isPublic: Value<boolean>;
    readonly inSecurityGroup: Value<boolean>;
    readonly subnet: Reference;
}

/** Puts a network interface into an application security group, in the classic provider. */
export interface SecurityGroupAssociation extends AzureResource {
    readonly kind: "security group association";
    readonly networkInterface: Reference;
}

/** An agent or script in a VM. */
export interface VmExtension extends AzureResource {
    readonly kind: "VM extension";
    readonly vm: Target;
    readonly publisher: Value<string>;
    readonly type: Value<string>;
    /** Which volumes Azure Disk Encryption is asked to encrypt: `OS`, `Data`, `All`, or `None` where it is to decrypt. */
    readonly encryptedVolumes: Value<string>;
}

/** An item of Azure Backup in a Recovery Services vault. */
export interface BackupItem extends AzureResource {
    readonly kind: "backup item";
    /** What it protects: the whole VM, or something in it or beside it (files, shares, databases). */
    readonly level: Value<"VM" | "file">;
    readonly vm: VmReference;
    readonly names: ItemNames;
    /** False once backup is stopped, paused, suspended or about to be deleted. */
    readonly active: Value<boolean>;
    /** Azure's word for the state of protection: `Protected`, `ProtectionStopped`, `ScheduledForDeferredDelete`… */
    readonly state: Value<string>;
    /** The Recovery Services vault that it is in. */
    readonly vault: Target;
    /** The policy that it follows. */
    readonly policy: Reference;
    readonly disks: Value<DiskSelection>;
    /** `2024-10-01`: the API through which the program asks for it; absent where nothing tells. */
    readonly apiVersion: Value<string>;
}

/** The data disks of a VM that an item backs up, by LUN; the OS disk always is backed up (VMB-29). */
export type DiskSelection =
    | { readonly selected: "all" }
    | { readonly selected: "only"; readonly luns: readonly number[] }
    | { readonly selected: "all but"; readonly luns: readonly number[] };

/** How an item says which VM it is about: by its id, by the names in its own path, or both. */
export interface VmReference extends Reference {
    /** Group and name of the VM, where the item's name holds them (ARM-04). */
    readonly named: Value<VmName>;
    /** The resources that the item's own names were made from. */
    readonly namedFrom: readonly Urn[];
}

/** What the program calls an item and its container; absent where the provider makes the names itself. */
export interface ItemNames {
    readonly item: Value<ItemName>;
    readonly container: Value<ItemName>;
}

export interface ItemName {
    readonly text: string;
    /** Undefined where the name is of no form that Azure accepts. */
    readonly vm: VmName | undefined;
}

export interface VmName {
    readonly resourceGroup: string;
    readonly name: string;
}

/** An instance of Azure Disk Backup in a Backup vault. */
export interface DiskBackup extends AzureResource {
    readonly kind: "disk backup";
    readonly disk: Reference;
    readonly active: Value<boolean>;
    /** Azure's word for the state of protection: `ProtectionConfigured`, `ProtectionStopped`… */
    readonly state: Value<string>;
    /** The Backup vault that it is in. */
    readonly vault: Target;
    /** The policy that it follows. */
    readonly policy: Reference;
    /** The group into which its snapshots go (DKB-06). */
    readonly snapshotGroup: Target;
}

/** A Site Recovery replicated item. */
export interface ReplicatedItem extends AzureResource {
    readonly kind: "replicated item";
    readonly vm: Reference;
    /** True for VMs of Azure that are replicated to Azure; only their disks are listed by id. */
    readonly isAzureToAzure: Value<boolean>;
    /** Failed over and not yet re-protected: it is the other side that runs. */
    readonly failedOver: Value<boolean>;
    /** The VM on the other side, after a failover. */
    readonly failoverVm: Value<string>;
    /** Region of the other side. */
    readonly recoveryLocation: Value<string>;
    /** Region of this side, as Azure has it. */
    readonly primaryLocation: Value<string>;
    /** The fabric that stands for the region of the VM. */
    readonly sourceFabric: Target;
    /** The fabric that stands for the region of the other side. */
    readonly targetFabric: Target;
    /** The resource group in which a failover makes the VM. */
    readonly targetGroup: Reference;
    /** The availability zone in which a failover makes the VM; absent for none. */
    readonly targetZone: Value<string>;
    readonly toEdgeZone: Value<boolean>;
    /** Whether it says into which network a failover puts the VM. */
    readonly hasTargetNetwork: Value<boolean>;
    readonly disks: DiskList;
    /** The disks that the program asks for, whatever Azure makes of that; absent where it lists none. */
    readonly listedDisks: Value<readonly Reference[]>;
    /** The resources that the property with this list was made from. */
    readonly listFrom: readonly Urn[];
    /** The replication policy that it follows. */
    readonly policy: Reference;
    /** The cluster whose shared disks it replicates, too. */
    readonly cluster: Reference;
    /** The Recovery Services vault that it is in. */
    readonly vault: Target;
    /** Name of its multi-VM consistency group, which is fixed when replication is enabled. */
    readonly group: Value<string>;
    /** The group that the program asks for. */
    readonly askedGroup: Value<string>;
    /** Whether Site Recovery picks up data disks that are added later (INT-16). */
    readonly autoProtection: Value<boolean>;
    /** True where Azure has settled that it replicates with high churn. */
    readonly isHighChurn: Value<boolean>;
    /** Size of the VM that a failover would make, where Site Recovery has settled it. */
    readonly recoverySize: Value<string>;
    readonly health: ReplicationHealth;
}

export function isReplicatedItem(resource: AzureResource): resource is ReplicatedItem {
    return resource.kind === "replicated item";
}

/** How replication fares by Azure's own answer (RD-17). A new item has none yet. */
export interface ReplicationHealth {
    /** `Normal`, `Warning`, `Critical` */
    readonly state: Value<string>;
    readonly errors: readonly HealthError[];
    /** Names of disks that have to be replicated all over again. */
    readonly disksToResync: readonly string[];
    /** LUNs of data disks that are not replicated and that nothing will pick up. */
    readonly unprotectedLuns: readonly number[];
}

export interface HealthError {
    readonly code: string;
    readonly message: string;
}

/**
 * The disks that replication knows, from the one place that counts. What a program wrote into an item that exists says
 * nothing: Azure takes the list when replication is enabled, and no later edit of it re-protects anything.
 */
export type DiskList =
    /** Unmanaged disks, which have no ids. */
    | { readonly state: "unmanaged" }
    /** The list with which replication will be enabled, or was. */
    | { readonly state: "listed"; readonly disks: readonly ReplicatedDisk[]; readonly property: string }
    /** A new item without one, which Azure refuses. */
    | { readonly state: "none" }
    | { readonly state: "unknown"; readonly property: string };

/** A disk in the list of a replicated item or of a cluster, with what is set up for it. */
export interface ReplicatedDisk {
    readonly disk: Reference;
    /** The storage account, the cache, that takes the disk's changes before they go to the other side. */
    readonly stagingAccount: Reference;
    /** The disk encryption set on the other side. */
    readonly encryptionSet: Reference;
    /** Whether a new item names keys of Azure Disk Encryption for the other side. */
    readonly encryptionKeys: Value<boolean>;
    /** `Premium_LRS`…, of the disk that a failover makes; absent means as the disk itself. */
    readonly targetType: Value<string>;
    /** The same of the replica that it is made from. */
    readonly replicaType: Value<string>;
    readonly access: ReplicaAccess;
}

/** Over which networks replica and disk on the other side can be exported (A2A-70). */
export interface ReplicaAccess {
    /** `AllowAll`, `AllowPrivate` or `DenyAll` */
    readonly policy: Value<string>;
    readonly takesPublicTraffic: Value<boolean>;
    readonly diskAccess: Reference;
}

/**
 * Has Site Recovery replicate a VM by itself. The replicated item that comes of it is no resource of the program, and how it
 * fares, or is set up in the end, cannot be seen from here (INT-95).
 */
export interface ReplicationIntent extends AzureResource {
    readonly kind: "replication intent";
    readonly vm: Reference;
    /** The disks that it asks for; `none` where it leaves them to Site Recovery. */
    readonly disks: DiskList;
    /** Whether Site Recovery picks up data disks that are added later (INT-16). */
    readonly autoProtection: Value<boolean>;
    /** The Recovery Services vault that it is in. */
    readonly vault: Target;
}

/** What Site Recovery replicates a VM by. */
export type VmReplication = ReplicatedItem | ReplicationIntent;

/** VMs whose shared disks are replicated together. */
export interface ReplicationCluster extends AzureResource {
    readonly kind: "protection cluster";
    readonly disks: DiskList;
    /** The replicated items of its VMs, as far as it names them itself. */
    readonly items: readonly Reference[];
    /** How many items it names. */
    readonly itemCount: Value<number>;
    /** How many nodes it names. */
    readonly nodeCount: Value<number>;
    /** The replication policy that it follows. */
    readonly policy: Reference;
}

/** A setting with the property in which the program makes it, because messages have to name that. */
export interface Setting<T> {
    /** As a person writes it in this provider's words: `properties.publicNetworkAccess`. */
    readonly property: string;
    readonly value: Value<T>;
}

/** A setting that is on or off. */
export interface Switch extends Setting<boolean> {
    /** What the program writes for either. */
    readonly words: { readonly on: string | boolean; readonly off: string | boolean };
}

/** What both kinds of vault are set to. A setting that nobody made is absent; one that a shape lacks is undefined. */
export interface VaultSettings {
    readonly location: Value<string>;
    readonly softDelete: Switch;
    /** For how many days deleted backups are kept. */
    readonly softDeleteDays: Setting<number> | undefined;
    /** `Disabled`, `Unlocked` or `Locked`. */
    readonly immutability: Setting<string>;
    /** How backups in the vault itself are stored: `GeoRedundant`… Undefined where it holds operational backups only. */
    readonly redundancy: Setting<string> | undefined;
    readonly crossRegionRestore: Switch;
    readonly publicNetworkAccess: Switch | undefined;
    /** Whether the program gives it a key of the customer's own. */
    readonly customerKey: Setting<boolean> | undefined;
    readonly alerts: readonly Alert[];
    /** What Azure answers about a resource guard; undefined where the provider does not read that back. */
    readonly guarded: Setting<boolean> | undefined;
}

/** A kind of Azure Monitor alert. */
export interface Alert extends Switch {
    readonly about: "failed jobs" | "replication issues" | "failover issues";
}

/** A Recovery Services vault. */
export interface Vault extends AzureResource, VaultSettings {
    readonly kind: "vault";
    /** Its managed identities; it has none where nobody gives it one. */
    readonly identities: Setting<readonly VaultIdentity[]>;
    /** Whether it may protect what is in another region. */
    readonly regionOfChoice: Value<boolean>;
    /** Whether the program sets redundancy or cross-region restore on the vault; the classic provider always does. */
    readonly setsRedundancy: Value<boolean>;
}

/** The older resource below a vault for its redundancy and cross-region restore (VLT-33). */
export interface VaultStorageSettings extends AzureResource {
    readonly kind: "vault storage settings";
    readonly vault: Target;
    /** Whether it sets either of them. */
    readonly setsRedundancy: Value<boolean>;
}

export type VaultIdentity = "system-assigned" | "user-assigned";

/** A vault of Azure Disk Backup and its like. */
export interface BackupVault extends AzureResource, VaultSettings {
    readonly kind: "backup vault";
}

/** Puts a vault under a resource guard (VLT-05). */
export interface ResourceGuardProxy extends AzureResource {
    readonly kind: "resource guard proxy";
    readonly guards: (Vault | BackupVault)["kind"];
    readonly vault: Target;
}

export interface ResourceGroup extends AzureResource {
    readonly kind: "resource group";
    readonly location: Value<string>;
}

export interface ReplicationFabric extends AzureResource {
    readonly kind: "replication fabric";
    readonly location: Value<string>;
}

export interface ReplicationPolicy extends AzureResource {
    readonly kind: "replication policy";
    /** True for VMs of Azure that are replicated to Azure; the other kinds have other limits. */
    readonly isAzureToAzure: Value<boolean>;
    /** How long recovery points are kept; 0 keeps the latest alone. */
    readonly historyMinutes: Setting<number>;
    /** How often a recovery point is application-consistent; 0 is never. */
    readonly appConsistentMinutes: Setting<number>;
}

export interface ContainerMapping extends AzureResource {
    readonly kind: "protection container mapping";
    readonly isAzureToAzure: Value<boolean>;
    /** Whether Site Recovery updates the Mobility agent on the VMs; absent means no. */
    readonly autoUpdate: Setting<boolean>;
    /** Whether it names the Automation account that does so. */
    readonly automationAccount: Setting<boolean>;
    /** `SystemAssignedIdentity` or `RunAsAccount`, which absent means. */
    readonly authentication: Setting<string>;
}

/** The VMs of one side of replication, in a fabric. azure-native has no resource for it (TOK-08). */
export interface ProtectionContainer extends AzureResource {
    readonly kind: "protection container";
    readonly fabric: Target;
}

/** What is only looked up by its id: other resources name it. */
export interface NamedOnly extends AzureResource {
    readonly kind: "backup container" | "resource guard" | "resilience recovery plan" | "subnet";
}

/** Brings a resource into a virtual network by a private address. */
export interface PrivateEndpoint extends AzureResource {
    readonly kind: "private endpoint";
    readonly connections: Value<readonly PrivateConnection[]>;
}

export interface PrivateConnection {
    readonly to: Reference;
    /** The parts of the resource that are reached: `blob`, `AzureSiteRecovery`… */
    readonly parts: Value<readonly Value<string>[]>;
}

/** Gives VMs of one network, on one side of replication, another network on the other side. */
export interface NetworkMapping extends AzureResource {
    readonly kind: "network mapping";
    readonly sourceFabric: Target;
}

export interface StorageAccount extends AzureResource {
    readonly kind: "storage account";
    readonly location: Value<string>;
    /** `StorageV2`, `BlockBlobStorage`… */
    readonly accountKind: Value<string>;
    /** `Standard` or `Premium` */
    readonly tier: Value<string>;
    /** False where only Entra ID gives access to what is in it; absent means true. */
    readonly allowsSharedKey: Value<boolean>;
    readonly softDelete: Value<boolean>;
    readonly firewall: Firewall;
    /** False where only private endpoints lead to it, whatever its firewall says; absent means true. */
    readonly takesPublicTraffic: Value<boolean>;
    /** Whether it has private endpoints, as far as Azure tells; those of the stack are separate resources. */
    readonly hasPrivateEndpoints: Value<boolean>;
}

/** Who reaches a storage account. */
export interface Firewall {
    /** True where it refuses everybody who is not named. */
    readonly isClosed: Value<boolean>;
    /** True where the services of Azure that Microsoft trusts come through all the same. */
    readonly trustsAzureServices: Value<boolean>;
    /** The subnets that it names. Public addresses do not count within the region of the account (A2A-68). */
    readonly subnets: Value<readonly Reference[]>;
}

/** The settings for blobs of a storage account, where they are a separate resource. */
export interface BlobService extends AzureResource {
    readonly kind: "blob service";
    readonly account: Target;
    readonly softDelete: Value<boolean>;
}

/** The firewall of a storage account, where it is a separate resource. */
export interface AccountFirewall extends AzureResource {
    readonly kind: "storage account firewall";
    readonly account: Target;
    readonly firewall: Firewall;
}

export interface RecoveryPlan extends AzureResource {
    readonly kind: "recovery plan";
    readonly sourceFabric: Target;
    readonly targetFabric: Target;
    /** The zones that it fails over from and to, within a region. */
    readonly primaryZone: Value<string>;
    readonly recoveryZone: Value<string>;
    /** How many groups it starts, one after the other. */
    readonly bootGroups: Value<number>;
    /** How many replicated items its groups name, each once. */
    readonly instances: Value<number>;
    /** The replicated items in its groups. */
    readonly items: readonly Reference[];
}

/** A policy of Azure Backup in a Recovery Services vault. */
export interface BackupPolicy extends AzureResource {
    readonly kind: "backup policy";
    /** False for policies of file shares, databases and the like, which the limits of VM backup do not concern. */
    readonly isForVms: Value<boolean>;
    /** `V1` is a Standard policy, `V2` an Enhanced one; absent where it is not for VMs. */
    readonly type: Value<BackupPolicyType>;
    /** Whether its snapshots are taken without the agent, which only Enhanced policies allow (VMB-30). */
    readonly crashConsistentOnly: Value<boolean>;
    readonly frequency: Setting<BackupFrequency>;
    /** Hours from one backup to the next, where the frequency is hourly. */
    readonly hourlyInterval: Setting<number>;
    /** How long a restore point can be restored from at once, out of a snapshot. */
    readonly instantRestoreDays: Setting<number>;
    readonly dailyRetentionDays: Setting<number>;
    readonly weeklyRetentionDays: Setting<number>;
    /** Where its instant restore points go, if not into `AzureBackupRG_…`: what the group's name begins with. */
    readonly restorePointGroupPrefix: Value<string>;
    /** The Recovery Services vault that it is in. */
    readonly vault: Target;
}

export type BackupPolicyType = "V1" | "V2";
export type BackupFrequency = "hourly" | "daily" | "weekly";

/** A policy of Azure Backup in a Backup vault. */
export interface DiskBackupPolicy extends AzureResource {
    readonly kind: "disk backup policy";
    /** False for policies of blobs, databases and the like. */
    readonly isForDisks: Value<boolean>;
    /** When it takes backups, as repeating ISO 8601 intervals. */
    readonly schedule: Setting<readonly Setting<string>[]>;
    readonly retentions: Setting<readonly DiskRetention[]>;
}

/** One policy of retention, and which backups it is for. */
export interface DiskRetention {
    /** An ISO 8601 duration. */
    readonly duration: Setting<string>;
    /** The default policy keeps all backups that no other takes; absent for a criterion of another kind. */
    readonly takes: Value<DiskRetentionTakes>;
}

export type DiskRetentionTakes =
    "the others" | "all" | "first of day" | "first of week" | "first of month" | "first of year";

export interface Snapshot extends AzureResource {
    readonly kind: "snapshot";
}

/** A restore point of a VM. */
export interface RestorePoint extends AzureResource {
    readonly kind: "restore point";
}

export interface RestorePointCollection extends AzureResource {
    readonly kind: "restore point collection";
    /** The VM whose restore points it holds. */
    readonly source: Reference;
}

/** A set of VMs. Those of a Flexible one are VMs like any other; those of a Uniform one have no separate ids. */
export interface ScaleSet extends AzureResource {
    readonly kind: "scale set";
    readonly isUniform: Value<boolean>;
}

/** An assignment of Azure Policy; some definitions turn protection on for every VM in their scope. */
export interface PolicyAssignment extends AzureResource {
    readonly kind: "policy assignment";
    /** A management group, subscription, resource group or resource. */
    readonly scope: Reference;
    /** Scopes below it that it leaves out. */
    readonly notScopes: readonly Reference[];
    /** False for an assignment that only reports. */
    readonly enforced: Value<boolean>;
    /** A definition, or an initiative of several. */
    readonly definition: Reference;
    readonly parameters: PolicyParameters;
}

/** Values by parameter, one text as a list of one. */
export type PolicyParameters = Value<ReadonlyMap<string, Value<readonly string[]>>>;

/** An initiative: several definitions that are assigned together. */
export interface PolicySet extends AzureResource {
    readonly kind: "policy set";
    readonly definitions: readonly { readonly id: Value<string>; readonly parameters: PolicyParameters }[];
}

/** Keeps something from being changed or deleted. */
export interface Lock extends AzureResource {
    readonly kind: "lock";
    /** The resource or group that is locked. */
    readonly scope: Target;
}

export type Entity =
    | VirtualMachine
    | Disk
    | DiskAttachment
    | NetworkInterface
    | SecurityGroupAssociation
    | VmExtension
    | BackupItem
    | DiskBackup
    | ReplicatedItem
    | ReplicationIntent
    | ReplicationCluster
    | ReplicationFabric
    | ReplicationPolicy
    | ContainerMapping
    | ProtectionContainer
    | StorageAccount
    | BlobService
    | AccountFirewall
    | RecoveryPlan
    | BackupPolicy
    | DiskBackupPolicy
    | Vault
    | BackupVault
    | ResourceGuardProxy
    | VaultStorageSettings
    | ResourceGroup
    | Snapshot
    | RestorePoint
    | RestorePointCollection
    | ScaleSet
    | PolicyAssignment
    | PolicySet
    | NamedOnly
    | PrivateEndpoint
    | NetworkMapping
    | Lock;

/** `VM`, `backup item`, `vault` and so on. */
export type Kind = Entity["kind"];

/** The resources of one kind. */
export type OfKind<K extends Kind> = Extract<Entity, { kind: K }>;
