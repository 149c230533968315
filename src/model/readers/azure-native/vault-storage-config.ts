import { VAULT } from "../../ids/resource-types";
import { textSetting } from "../reader";
import { givesAny } from "../vault-settings";
import { reader } from "./resource";

/** `Microsoft.RecoveryServices/vaults/backupstorageconfig`, which only templates and generic resources make (TOK-08). */
export const readBackupStorageConfig = reader(
    "vault storage settings",
    { armType: `${VAULT}/backupstorageconfig`, names: ["vaultName", "backupStorageConfigName"] },
    ({ resource, properties, identities }) => {
        const restore = properties.configured("properties", "crossRegionRestoreFlag");
        return {
            vault: identities.vaultOf(resource, properties, "vaultName", VAULT),
            setsRedundancy: givesAny(
                textSetting(properties.configured("properties", "storageModelType")),
                textSetting(properties.configured("properties", "storageType")),
                { property: restore.path, value: restore.flag() },
            ),
        };
    },
);
