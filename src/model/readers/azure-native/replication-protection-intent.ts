import type { DiskList } from "../../resources";
import { reference, type Lifetime, type PlannedProperties, type PlannedResource } from "../../planned-resource";
import { VAULT } from "../../ids/resource-types";
import { autoProtection } from "../auto-protection";
import { diskList } from "./replicated-disks";
import { reader } from "./resource";

/** `Microsoft.RecoveryServices/vaults/replicationProtectionIntents`, which only templates and generic resources make (TOK-08). */
export const readReplicationProtectionIntent = reader(
    "replication intent",
    { armType: `${VAULT}/replicationProtectionIntents`, names: ["resourceName", "intentObjectName"] },
    ({ resource, properties, identities, identity }) => {
        const details = properties.below("properties", "providerSpecificDetails");
        return {
            vm: reference(resource, details.planned("fabricObjectId")),
            disks: disks(resource, details, identity.lifetime),
            autoProtection: autoProtection(details),
            vault: identities.vaultOf(resource, properties, "resourceName", VAULT),
        };
    },
);

/** Azure accepts an intent without a list, unlike an item (A2A-72). */
function disks(resource: PlannedResource, details: PlannedProperties, lifetime: Lifetime): DiskList {
    return details.planned("vmManagedDisks").state === "absent"
        ? { state: "none" }
        : diskList(resource, details, lifetime, "vmManagedDisks", "vmManagedDisks");
}
