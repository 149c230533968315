import { BACKUP_VAULT, VAULT } from "../../vaults";
import { locationOf } from "../reader";
import { reader } from "./resource";

/** `azure-native:recoveryservices:Vault` */
export const readVault = reader(
    "vault",
    { armType: VAULT, names: ["vaultName"] },
    ({ resource, properties, identity }) => ({
        ...identity,
        location: locationOf(resource, properties),
    }),
);

/** `azure-native:dataprotection:BackupVault` */
export const readBackupVault = reader(
    "backup vault",
    { armType: BACKUP_VAULT, names: ["vaultName"] },
    ({ resource, properties, identity }) => ({ ...identity, location: locationOf(resource, properties) }),
);
