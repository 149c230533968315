/**
 * An inventory says which machines are protected by what, outside of the stack at hand: what other stacks and the portal
 * have set up. Plain JSON in Azure's words, whoever wrote it; `inventory.schema.json` is its schema.
 */
export interface Inventory {
    /** Raised with every change that an older reader would misread. */
    readonly version: 1;
    /** Where the knowledge came from; each entry below names one by its index. */
    readonly sources: readonly InventorySource[];
    readonly machines: readonly InventoryMachine[];
    readonly backupItems: readonly InventoryBackupItem[];
    readonly diskBackups: readonly InventoryDiskBackup[];
    readonly replicatedItems: readonly InventoryReplicatedItem[];
    readonly vaults: readonly InventoryVault[];
    readonly recoveryPlans: readonly InventoryRecoveryPlan[];
}

export interface InventorySource {
    readonly kind: "state" | "azure";
    /** `stack "prod" of "recovery"`, `subscription 8e1c7a52-…`. */
    readonly name: string;
    /** When it was read, or, for a state, when it was written: `2026-11-22T21:04:00Z`. */
    readonly readAt: string;
    /** Why it could not be read, or not wholly: then what is not here may be there all the same. */
    readonly problem?: string;
}

/** Every id is an ARM id, as Azure writes it. */
interface InventoryEntry {
    readonly id: string;
    /** Index into `sources`. */
    readonly source: number;
}

export interface InventoryMachine extends InventoryEntry {
    readonly location?: string;
    readonly osDisk?: string;
    readonly dataDisks?: readonly { readonly lun?: number; readonly id?: string }[];
    readonly tags?: Readonly<Record<string, string>>;
}

export interface InventoryBackupItem extends InventoryEntry {
    /** The machine that it is about; absent where the source does not tell. */
    readonly machine?: string;
    readonly level: "machine" | "file";
    /** False where backup is stopped, suspended or waiting for deletion; absent where the source does not tell. */
    readonly active?: boolean;
    /** Azure's word: `Protected`, `ProtectionStopped`… */
    readonly state?: string;
    readonly policy?: string;
}

export interface InventoryDiskBackup extends InventoryEntry {
    readonly disk?: string;
    readonly active?: boolean;
    readonly state?: string;
    readonly policy?: string;
}

export interface InventoryReplicatedItem extends InventoryEntry {
    readonly machine?: string;
    /** False for machines that are replicated to Azure from elsewhere. */
    readonly azureToAzure?: boolean;
    /** Ids of the disks that replication knows; absent where the source does not tell. */
    readonly disks?: readonly string[];
    readonly failedOver?: boolean;
    /** Name of its multi-VM consistency group. */
    readonly group?: string;
    readonly recoveryLocation?: string;
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
