import { BACKUP_VAULT, VAULT } from "../../vaults";
import { reader } from "./resource";

/** `azure:recoveryservices/vault:Vault` */
export const readVault = reader("vault", { armType: VAULT, names: ["name"] }, ({ properties, identity }) => ({
    ...identity,
    location: properties.planned("location").text(),
}));

/** `azure:dataprotection/backupVault:BackupVault` */
export const readBackupVault = reader(
    "backup vault",
    { armType: BACKUP_VAULT, names: ["name"] },
    ({ properties, identity }) => ({ ...identity, location: properties.planned("location").text() }),
);
