import { reader } from "./resource";

/** `azure:recoveryservices/vault:Vault` */
export const readVault = reader(
    "vault",
    { armType: "Microsoft.RecoveryServices/vaults", names: ["name"] },
    ({ properties, identity }) => ({ ...identity, location: properties.planned("location").text() }),
);

/** `azure:dataprotection/backupVault:BackupVault` */
export const readBackupVault = reader(
    "backup vault",
    { armType: "Microsoft.DataProtection/backupVaults", names: ["name"] },
    ({ properties, identity }) => ({ ...identity, location: properties.planned("location").text() }),
);
