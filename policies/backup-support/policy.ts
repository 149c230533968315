import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, stackPolicy } from "../policy";
import { crashConsistentPolicyUnsupported } from "./crash-consistent-policy-unsupported";
import { diskBackupVaultInOtherRegion } from "./disk-backup-vault-in-other-region";
import { diskEncryptedInGuest } from "./disk-encrypted-in-guest";
import { diskOrMachineTooLarge } from "./disk-or-machine-too-large";
import { diskTakesEntraAccessOnly } from "./disk-takes-entra-access-only";
import { ephemeralOsDisk } from "./ephemeral-os-disk";
import { machineInTwoVaults } from "./machine-in-two-vaults";
import { sharedDiskUnderStandardPolicy } from "./shared-disk-under-standard-policy";
import { snapshotGroupIsDisksOwn } from "./snapshot-group-is-disks-own";
import { tooManyDisks } from "./too-many-disks";
import { trustedLaunchUnderStandardPolicy } from "./trusted-launch-under-standard-policy";
import { ultraDiskUnderStandardPolicy } from "./ultra-disk-under-standard-policy";
import { vaultInOtherRegion } from "./vault-in-other-region";

export const backupSupport = stackPolicy({
    name: "backup-support",
    displayName: "Supported by Azure Backup",
    description: "Azure Backup does not support this.",
    level: "mandatory",
    severity: "high",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",
    settings: NO_SETTINGS,
    rules: [
        vaultInOtherRegion,
        machineInTwoVaults,
        tooManyDisks,
        diskOrMachineTooLarge,
        ultraDiskUnderStandardPolicy,
        trustedLaunchUnderStandardPolicy,
        sharedDiskUnderStandardPolicy,
        ephemeralOsDisk,
        diskTakesEntraAccessOnly,
        crashConsistentPolicyUnsupported,
        diskBackupVaultInOtherRegion,
        snapshotGroupIsDisksOwn,
        diskEncryptedInGuest,
    ],
});
