import { BACKUP_VAULT, VAULT } from "../../vaults";
import { reader } from "./resource";

/** `azure-native:recoveryservices:Vault` */
export const readVault = reader("vault", { armType: VAULT, names: ["vaultName"] }, ({ properties, identity }) => ({
    ...identity,
    location: properties.planned("location").text(),
}));

/** `azure-native:dataprotection:BackupVault` */
export const readBackupVault = reader(
    "backup vault",
    { armType: BACKUP_VAULT, names: ["vaultName"] },
    ({ properties, identity }) => ({ ...identity, location: properties.planned("location").text() }),
);
