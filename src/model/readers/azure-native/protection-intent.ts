import { ABSENT, known } from "../../values";
import { reference } from "../../planned-resource";
import { VAULT } from "../../ids/resource-types";
import { protection } from "../vm-backup-state";
import { apiVersion, reader } from "./resource";

/** `azure-native:recoveryservices:ProtectionIntent`: asks Azure Backup to protect a VM, which is as good as an item. */
export const readProtectionIntent = reader(
    "backup item",
    {
        armType: "Microsoft.RecoveryServices/vaults/backupFabrics/backupProtectionIntent",
        names: ["vaultName", "fabricName", "intentObjectName"],
    },
    ({ resource, properties, identities }) => {
        const type = properties.planned("properties", "protectionIntentItemType").text();
        const isVm = type.state === "known" && type.value.toLowerCase() === "azureresourceitem";
        return {
            level: known(isVm ? "VM" : "file"),
            vm: {
                ...reference(resource, properties.planned("properties", "sourceResourceId")),
                named: ABSENT,
                namedFrom: [],
            },
            names: { item: ABSENT, container: ABSENT },
            ...protection(ABSENT),
            vault: identities.vaultOf(resource, properties, "vaultName", VAULT),
            policy: reference(resource, properties.planned("properties", "policyId")),
            disks: known({ selected: "all" }),
            apiVersion: apiVersion(resource, properties),
        };
    },
);
