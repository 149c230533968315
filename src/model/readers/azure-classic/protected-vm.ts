import { parseArmId } from "../../ids/arm-id";
import { ABSENT, known, mapValue, valueOf, type Value } from "../../values";
import type { BackupItem } from "../../resources";
import { nowhere, reference, type PlannedProperties } from "../../planned-resource";
import { VAULT } from "../../ids/resource-types";
import { diskSelection } from "../disk-selection";
import { protection } from "../vm-backup-state";
import { constant, reader } from "./resource";

const PROTECTED_ITEM = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems";

/** From the source, so that they cannot name anything else. */
const MADE_BY_PROVIDER: BackupItem["names"] = { item: ABSENT, container: ABSENT };

/** `azure:backup/protectedVM:ProtectedVM` */
export const readProtectedVm = reader(
    "backup item",
    {
        armType: PROTECTED_ITEM,
        names: ["recoveryVaultName", constant("Azure"), named("iaasvmcontainer"), named("vm")],
    },
    ({ resource, properties, identities }) => ({
        level: known("VM"),
        vm: { ...reference(resource, properties.planned("sourceVmId")), named: ABSENT, namedFrom: [] },
        names: MADE_BY_PROVIDER,
        ...protection(properties.planned("protectionState").text()),
        policy: reference(resource, properties.planned("backupPolicyId")),
        disks: disks(properties),
        apiVersion: API_VERSION,
        vault: identities.vaultOf(resource, properties, "recoveryVaultName", VAULT),
    }),
);

/** `azure:backup/protectedFileShare:ProtectedFileShare`: beside replication, it matters to nobody (INT-02). */
export const readProtectedFileShare = reader(
    "backup item",
    {
        armType: PROTECTED_ITEM,
        names: ["recoveryVaultName", constant("Azure"), "sourceStorageAccountId", "sourceFileShareName"],
    },
    ({ resource, properties, identities }) => ({
        level: known("file"),
        vm: { ...nowhere("sourceStorageAccountId"), named: ABSENT, namedFrom: [] },
        names: MADE_BY_PROVIDER,
        ...protection(ABSENT),
        policy: reference(resource, properties.planned("backupPolicyId")),
        disks: known({ selected: "all" }),
        apiVersion: API_VERSION,
        vault: identities.vaultOf(resource, properties, "recoveryVaultName", VAULT),
    }),
);

/** The item's own names hold group and name of the VM (ARM-04). */
function named(prefix: string): (properties: PlannedProperties) => Value<string> {
    return (properties) =>
        mapValue(properties.configured("sourceVmId").text(), (text) => {
            const vm = parseArmId(text);
            return `${prefix};iaasvmcontainerv2;${vm?.resourceGroup ?? ""};${vm?.names[0] ?? ""}`;
        });
}

/** An empty list selects nothing, as if it were not there. */
function disks(properties: PlannedProperties): BackupItem["disks"] {
    const included = properties.planned("includeDiskLuns");
    const isFilled = included.isFilled();
    if (isFilled.state === "unknown") {
        return isFilled;
    }
    return valueOf(isFilled) === true
        ? diskSelection(included, known("only"))
        : diskSelection(properties.planned("excludeDiskLuns"), known("all but"));
}

/** That of the provider's present generation; a plan does not tell it. */
const API_VERSION = known("2025-08-01");
