import type { ArmId } from "./arm-id";
import type { Known } from "./known";
import type { Reference, Urn } from "./planned-resource";

/** What every resource has, whoever's shape it was read from. */
export interface AzureResource {
    /** Undefined for a resource that lies outside of this stack. */
    readonly urn: Urn | undefined;
    /** The name in the program; undefined outside of the stack. */
    readonly pulumiName: string | undefined;
    /** Azure's name. */
    readonly azureName: Known<string>;
    /** From the read-back, or computed from the inputs; then the subscription may be missing. */
    readonly id: Known<ArmId>;
    /** Left out of this plan by `--target`, so it may come to be or not (SEE-15). */
    readonly skipped: boolean;
}

export type Tags = Known<ReadonlyMap<string, Known<string>>>;

/** An Azure VM. */
export interface Machine extends AzureResource {
    readonly kind: "machine";
    readonly tags: Tags;
    /** The places for disks in its storage profile, the OS disk's first. */
    readonly diskPlaces: readonly DiskPlace[];
}

export interface DiskPlace {
    readonly role: "os" | "data";
    /** Undefined for the OS disk, and where the plan does not know it. */
    readonly lun: number | undefined;
    /** `implicit`: Azure makes the disk together with the machine, no resource of the program is it. */
    readonly origin: "explicit" | "implicit";
    readonly disk: Reference;
    /** True where the list of data disks is unknown as a whole: the place then stands for any number of disks. */
    readonly isWholeList: boolean;
    /** How a data disk that the machine brings along is made (RD-06), else absent. */
    readonly creation: Creation;
}

/** How a disk comes into being. */
export interface Creation {
    /** `Empty`, `Copy`, `Restore`… */
    readonly option: Known<string>;
    /** The snapshot, disk restore point or disk that it is made from. */
    readonly source: Reference;
}

/** A managed disk that is a resource of its own. */
export interface Disk extends AzureResource {
    readonly kind: "disk";
    readonly tags: Tags;
    readonly creation: Creation;
    /** `Windows` or `Linux`; set on OS disks. */
    readonly osType: Known<string>;
}

/** An item of Azure Backup in a Recovery Services vault. */
export interface BackupItem extends AzureResource {
    readonly kind: "backup item";
    /** What it protects: the whole machine, or something in it or beside it (files, shares, databases). */
    readonly level: Known<"machine" | "file">;
    readonly machine: MachineReference;
    /** False once backup is stopped, paused, suspended or about to be deleted. */
    readonly active: Known<boolean>;
}

/** How an item says which machine it is about: by its id, by the names in its own path, or both. */
export interface MachineReference extends Reference {
    /** Group and name of the machine, where the item's name holds them (ARM-04). */
    readonly named: Known<MachineName>;
    /** The resources that the item's own names were made from. */
    readonly namedFrom: readonly Urn[];
}

export interface MachineName {
    readonly resourceGroup: string;
    readonly name: string;
}

/** An instance of Azure Disk Backup in a Backup vault. */
export interface DiskBackup extends AzureResource {
    readonly kind: "disk backup";
    readonly disk: Reference;
    readonly active: Known<boolean>;
    /** The group into which its snapshots go (DKB-06). */
    readonly snapshotGroup: Reference;
}

/** A Site Recovery replicated item. */
export interface ReplicatedItem extends AzureResource {
    readonly kind: "replicated item";
    readonly machine: Reference;
    /** Failed over and not yet re-protected: it is the other side that runs. */
    readonly failedOver: Known<boolean>;
}

/** A Recovery Services vault. */
export interface Vault extends AzureResource {
    readonly kind: "vault";
}

export type Entity = Machine | Disk | BackupItem | DiskBackup | ReplicatedItem | Vault;
