import type { Directory, Link } from "./link";
import type { BackupItem, BackupVault, DiskBackup, ReplicatedItem, Vault } from "./model";

export const VAULT = "Microsoft.RecoveryServices/vaults";
export const BACKUP_VAULT = "Microsoft.DataProtection/backupVaults";

/** Which vault each item is in. */
export class VaultLinks {
    private readonly ofItems = new Map<BackupItem | ReplicatedItem, Link<Vault>>();
    private readonly ofDiskBackups = new Map<DiskBackup, Link<BackupVault>>();

    /** How many items are in vaults outside of this stack. */
    readonly externalReferences: number;

    constructor(
        vaults: Directory<Vault>,
        backupVaults: Directory<BackupVault>,
        items: readonly (BackupItem | ReplicatedItem)[],
        diskBackups: readonly DiskBackup[],
    ) {
        items.forEach((item) => this.ofItems.set(item, vaults.followName(item.vault)));
        diskBackups.forEach((backup) => this.ofDiskBackups.set(backup, backupVaults.followName(backup.vault)));
        this.externalReferences = [...this.ofItems.values(), ...this.ofDiskBackups.values()].filter(
            ({ state }) => state === "external",
        ).length;
    }

    of(item: BackupItem | ReplicatedItem): Link<Vault> {
        return this.ofItems.get(item) ?? { state: "none" };
    }

    ofDiskBackup(backup: DiskBackup): Link<BackupVault> {
        return this.ofDiskBackups.get(backup) ?? { state: "none" };
    }
}
