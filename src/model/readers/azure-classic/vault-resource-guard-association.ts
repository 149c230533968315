import { reference, targetOf } from "../../planned-resource";
import { VAULT } from "../../ids/resource-types";
import { constant, reader } from "./resource";

/** `azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation` (VLT-05) */
export const readVaultResourceGuardAssociation = reader(
    "resource guard proxy",
    { armType: `${VAULT}/backupResourceGuardProxies`, parent: "vaultId", names: [constant("VaultProxy")] },
    ({ resource, properties }) => ({
        guards: "vault" as const,
        vault: targetOf(reference(resource, properties.planned("vaultId"))),
    }),
);
