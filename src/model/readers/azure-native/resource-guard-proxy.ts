import { BACKUP_VAULT, VAULT } from "../../ids/resource-types";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ResourceGuardProxy` (VLT-05) */
export const readResourceGuardProxy = reader(
    "resource guard proxy",
    { armType: `${VAULT}/backupResourceGuardProxies`, names: ["vaultName", "resourceGuardProxyName"] },
    ({ resource, properties, identities }) => ({
        guards: "vault" as const,
        vault: identities.vaultOf(resource, properties, "vaultName", VAULT),
    }),
);

/** `azure-native:dataprotection:DppResourceGuardProxy` (VLT-05) */
export const readDppResourceGuardProxy = reader(
    "resource guard proxy",
    { armType: `${BACKUP_VAULT}/backupResourceGuardProxies`, names: ["vaultName", "resourceGuardProxyName"] },
    ({ resource, properties, identities }) => ({
        guards: "backup vault" as const,
        vault: identities.vaultOf(resource, properties, "vaultName", BACKUP_VAULT),
    }),
);
