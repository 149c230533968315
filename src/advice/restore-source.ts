import type { RestoreSource } from "../model/disks/restored-disk";

/**
 * Where a restored disk comes from: `an Azure Backup recovery point of VM "web" (2026-03-01 08:40 UTC)`.
 *
 * @param vm the name of the VM that was backed up, quoted
 */
export function sourceInWords({ kind, backup, byAzureBackup }: RestoreSource, vm: string): string {
    switch (kind) {
        case "restore point": {
            if (backup === undefined) {
                return byAzureBackup ? "an Azure Backup recovery point" : "a restore point";
            }
            const taken = backup.moment === undefined ? "" : ` (${backup.moment} UTC)`;
            return `an Azure Backup recovery point of VM ${vm}${taken}`;
        }
        case "snapshot":
            return byAzureBackup ? "a snapshot of Azure Backup" : "a snapshot";
        case "imported VHD":
            return byAzureBackup ? "an Azure Backup recovery point (imported VHD)" : "an imported VHD";
        case "unnamed":
            return byAzureBackup ? "an Azure Backup recovery point" : "a source that the plan does not name";
    }
}
