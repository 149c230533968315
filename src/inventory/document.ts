/**
 * An inventory says what protects which VMs outside of the current stack: what other stacks and the portal have set
 * up. Plain JSON in Azure's words, whoever wrote it; `inventory.schema.json` is its schema.
 */
export interface Inventory {
    /** Raised with every change that an older reader would misread. */
    readonly version: 1;
    /** Where the knowledge came from; each entry below names one by its index. */
    readonly sources: readonly InventorySource[];
    readonly machines: readonly InventoryVm[];
    readonly backupItems: readonly InventoryBackupItem[];
    readonly diskBackups: readonly InventoryDiskBackup[];
    readonly replicatedItems: readonly InventoryReplicatedItem[];
    readonly vaults: readonly InventoryVault[];
    readonly recoveryPlans: readonly InventoryRecoveryPlan[];
    // What the resources above refer to. Documents of before have none of these lists.
    readonly disks?: readonly InventoryDisk[];
    readonly backupPolicies?: readonly InventoryBackupPolicy[];
    readonly resourceGroups?: readonly InventoryPlace[];
    readonly fabrics?: readonly InventoryPlace[];
    readonly clusters?: readonly InventoryCluster[];
    readonly networkInterfaces?: readonly InventoryNetworkInterface[];
    readonly unidentified?: readonly InventoryUnidentified[];
}

export interface InventorySource {
    readonly kind: "state" | "azure";
    /** `stack "prod" of "recovery"`, `subscription 8e1c7a52-…`. */
    readonly name: string;
    /** When it was read, or, for a state, when it was written: `2026-11-22T21:04:00Z`. */
    readonly readAt: string;
    /** Why it could not be read, or not wholly: then what is not here may be there all the same. */
    readonly problem?: string;
    /**
     * `full`: what an entry of this source does not have is not set, unless `unknown` names it; and what this source has
     * of a kind that the document has a list for is in that list. Else what is missing is not known.
     */
    readonly detail?: "full";
    /** The scopes of its locks, and of its assignments of Azure Policy that turn something on; no other detail. */
    readonly reaches?: readonly InventoryReach[];
}

export interface InventoryReach {
    /** A lock, or the service that an assignment turns on. */
    readonly by: "lock" | "backup" | "disk backup" | "replication";
    /**
     * A subscription, resource group or resource, in lower case; absent where the source does not know it, and for a
     * management group.
     */
    readonly scope?: string;
}

/** Every id is an ARM id, as Azure writes it. */
interface InventoryEntry {
    readonly id: string;
    /** Index into `sources`. */
    readonly source: number;
    /** Properties that the source could not tell, where it tells all others. */
    readonly unknown?: readonly string[];
}

export interface InventoryVm extends InventoryEntry {
    readonly location?: string;
    readonly osDisk?: string;
    readonly dataDisks?: readonly { readonly lun?: number; readonly id?: string }[];
    readonly tags?: Readonly<Record<string, string>>;
}

export interface InventoryBackupItem extends InventoryEntry {
    /**
     * The VM that it is about; absent where the source does not tell. Here and below, `…` stands for a subscription
     * that the source does not know.
     */
    readonly machine?: string;
    readonly level: "machine" | "file";
    /** False where backup is stopped, suspended or waiting for deletion; absent where the source does not tell. */
    readonly active?: boolean;
    /** Azure's word: `Protected`, `ProtectionStopped`… */
    readonly state?: string;
    readonly policy?: string;
    /** Which data disks it backs up, by LUN; absent where it takes all. */
    readonly selectedDisks?: { readonly selected: "all" | "only" | "all but"; readonly luns?: readonly number[] };
    /** The API through which the program asks for it: `2024-10-01`. */
    readonly apiVersion?: string;
}

export interface InventoryDiskBackup extends InventoryEntry {
    readonly disk?: string;
    readonly active?: boolean;
    readonly state?: string;
    readonly policy?: string;
}

export interface InventoryReplicatedItem extends InventoryEntry {
    readonly machine?: string;
    /** False for VMs that are replicated to Azure from elsewhere. */
    readonly azureToAzure?: boolean;
    /** Ids of the disks that replication knows, without those of its cluster; absent where the source does not tell. */
    readonly disks?: readonly string[];
    /** Those of them for which a disk encryption set on the other side is named. */
    readonly encryptedDisks?: readonly string[];
    readonly failedOver?: boolean;
    /** Name of its multi-VM consistency group. */
    readonly group?: string;
    readonly recoveryLocation?: string;
    /** Region of this side. */
    readonly sourceLocation?: string;
    /** Id of the resource group in which a failover makes the VM. */
    readonly targetGroup?: string;
    /** Id of the protection cluster that it names. */
    readonly cluster?: string;
    /** The size of the VM that a failover makes. */
    readonly recoverySize?: string;
    /** Whether Site Recovery picks up data disks that are added later. */
    readonly autoProtection?: boolean;
    readonly policy?: string;
    /** `Normal`, `Warning`, `Critical`. */
    readonly health?: string;
}

export interface InventoryVault extends InventoryEntry {
    readonly kind: "Recovery Services vault" | "Backup vault";
    readonly location?: string;
}

export interface InventoryRecoveryPlan extends InventoryEntry {
    /** The replicated items in its groups. */
    readonly items: readonly string[];
}

export interface InventoryDisk extends InventoryEntry {
    /** `Empty`, `Copy`, `Restore`… */
    readonly createOption?: string;
    /** Id of what it was made from. */
    readonly createdFrom?: string;
    /** `Windows` or `Linux`; on OS disks. */
    readonly osType?: string;
    readonly location?: string;
    /** GiB */
    readonly size?: number;
    readonly sku?: string;
    readonly maxShares?: number;
    /** Id of the disk encryption set with the customer's key. */
    readonly encryptionSet?: string;
    /** By Azure Disk Encryption, from within the VM. */
    readonly encryptedInGuest?: boolean;
    readonly accessMode?: string;
    /** Only the names of the tags that tell where a disk comes from. */
    readonly tags?: Readonly<Record<string, string>>;
}

export interface InventoryBackupPolicy extends InventoryEntry {
    readonly type?: "V1" | "V2";
    readonly crashConsistentOnly?: boolean;
}

/** Something of which only its region matters. */
export interface InventoryPlace extends InventoryEntry {
    readonly location?: string;
}

export interface InventoryCluster extends InventoryEntry {
    /** The replicated items of its VMs, as far as it names them itself. */
    readonly items: readonly string[];
    /** Ids of the disks that are replicated for all of them. */
    readonly disks?: readonly string[];
}

export interface InventoryNetworkInterface extends InventoryEntry {
    readonly addresses?: readonly {
        readonly version?: string;
        readonly isPublic?: boolean;
        readonly inSecurityGroup?: boolean;
    }[];
}

/** What a source has without an id that is known: it may be, or may protect, anything that the others have. */
export interface InventoryUnidentified {
    /** Index into `sources`. */
    readonly source: number;
    readonly kind:
        | "backup item"
        | "disk backup"
        | "replicated item"
        | "disk"
        | "backup policy"
        | "resource group"
        | "replication fabric"
        | "network interface";
    readonly name: string;
    /** Id of the VM or disk that it protects, as far as the source tells. */
    readonly of?: string;
}
