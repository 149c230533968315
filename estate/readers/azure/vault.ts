import { BACKUP_VAULT, VAULT } from "../../vaults";
import { locationOf } from "../reader";
import { reader } from "./resource";

/** `azure:recoveryservices/vault:Vault` */
export const readVault = reader("vault", { armType: VAULT, names: ["name"] }, ({ resource, properties, identity }) => ({
    ...identity,
    location: locationOf(resource, properties),
}));

/** `azure:dataprotection/backupVault:BackupVault` */
export const readBackupVault = reader(
    "backup vault",
    { armType: BACKUP_VAULT, names: ["name"] },
    ({ resource, properties, identity }) => ({ ...identity, location: locationOf(resource, properties) }),
);
