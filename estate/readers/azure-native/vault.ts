import { reader } from "./resource";

/** `azure-native:recoveryservices:Vault` */
export const readVault = reader(
    "vault",
    { armType: "Microsoft.RecoveryServices/vaults", names: ["vaultName"] },
    ({ properties, identity }) => ({ ...identity, location: properties.planned("location").text() }),
);

/** `azure-native:dataprotection:BackupVault` */
export const readBackupVault = reader(
    "backup vault",
    { armType: "Microsoft.DataProtection/backupVaults", names: ["vaultName"] },
    ({ properties, identity }) => ({ ...identity, location: properties.planned("location").text() }),
);
