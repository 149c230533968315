import {
    armId,
    columnsOf,
    flag,
    isObject,
    list,
    MalformedRow,
    number,
    objectAt,
    optional,
    optionalArmId,
    required,
    text,
    type Columns,
} from "./columns";
import { DEFAULT_TIER_TAG } from "../model/protection/tier-tag";
import { isOfType, parseArmId } from "../model/ids/arm-id";
import { VM_TYPE } from "../model/ids/resource-types";
import { known, valueOf } from "../model/values";
import { diskProtection } from "../model/readers/disk-backup-state";
import { protection, WAITING_FOR_DELETION } from "../model/readers/vm-backup-state";
import type {
    InventoryBackupItem,
    InventoryDiskBackup,
    InventoryVm,
    InventoryRecoveryPlan,
    InventoryReplicatedItem,
    InventoryVault,
} from "./document";

/** The columns that every query has. */
export interface RowIdentity {
    readonly id: string;
    /** In lower case. */
    readonly subscription: string;
}

/** @throws MalformedRow */
export function identityOf(row: unknown): RowIdentity {
    const columns = columnsOf(row);
    return { id: armId(columns, "id"), subscription: required(columns, "subscriptionId").toLowerCase() };
}

/** From a row of subscriptions.kql, in lower case; its id ends with the subscription, so it is no resource's. @throws MalformedRow */
export function readableSubscriptionOf(row: unknown): string {
    return required(columnsOf(row), "subscriptionId").toLowerCase();
}

/** The subscription that a row is about, where at least that can be read of it. */
export function subscriptionOf(row: unknown): string | undefined {
    const text = isObject(row) ? row["subscriptionId"] : undefined;
    return typeof text === "string" && text !== "" ? text.toLowerCase() : undefined;
}

/** From a row of machines.kql. @throws MalformedRow */
export function vmOf(row: unknown, source: number): InventoryVm {
    const columns = columnsOf(row);
    return {
        id: armId(columns, "id"),
        source,
        ...optional("location", text(columns, "location")),
        ...optional("osDisk", optionalArmId(columns, "osDisk")),
        dataDisks: (list(columns, "dataDisks") ?? []).map((disk, index) => {
            const place = `dataDisks[${index}]`;
            const columnsOfDisk = objectAt(disk, place);
            const managed = columnsOfDisk["managedDisk"];
            return {
                ...optional("lun", number(columnsOfDisk, "lun", `${place}.`)),
                ...(managed === undefined || managed === null
                    ? {}
                    : { id: armId(objectAt(managed, `${place}.managedDisk`), "id", `${place}.managedDisk.`) }),
            };
        }),
        ...optional("tags", tags(columns)),
    };
}

/** From a row of vaults.kql. @throws MalformedRow */
export function vaultOf(row: unknown, source: number): InventoryVault {
    const columns = columnsOf(row);
    return {
        id: armId(columns, "id"),
        source,
        kind: vaultKind(required(columns, "type")),
        ...optional("location", text(columns, "location")),
    };
}

function vaultKind(type: string): InventoryVault["kind"] {
    switch (type.toLowerCase()) {
        case "microsoft.recoveryservices/vaults":
            return "Recovery Services vault";
        case "microsoft.dataprotection/backupvaults":
            return "Backup vault";
        default:
            throw new MalformedRow('"type" is not that of a vault.');
    }
}

/** From a row of backup-items.kql. @throws MalformedRow */
export function backupItemOf(row: unknown, source: number): InventoryBackupItem {
    const columns = columnsOf(row);
    const level = required(columns, "level");
    if (level !== "machine" && level !== "file") {
        throw new MalformedRow('"level" is neither "machine" nor "file".');
    }
    const state = flag(columns, "waitsForDeletion") === true ? WAITING_FOR_DELETION : text(columns, "state");
    return {
        id: armId(columns, "id"),
        source,
        // The agent names a computer, not a VM in Azure.
        ...optional(
            "machine",
            level === "machine" ? optionalArmId(columns, "machine") : vmId(text(columns, "machine")),
        ),
        level,
        ...(state === undefined ? {} : { active: valueOf(protection(known(state)).active) === true, state }),
        ...optional("policy", optionalArmId(columns, "policy")),
    };
}

/** Undefined where the text does not name a VM. */
function vmId(text: string | undefined): string | undefined {
    const id = text === undefined ? undefined : parseArmId(text);
    return id !== undefined && isOfType(id, VM_TYPE) ? text : undefined;
}

/** From a row of disk-backups.kql. @throws MalformedRow */
export function diskBackupOf(row: unknown, source: number): InventoryDiskBackup {
    const columns = columnsOf(row);
    const state = text(columns, "state");
    return {
        id: armId(columns, "id"),
        source,
        ...optional("disk", optionalArmId(columns, "disk")),
        ...(state === undefined ? {} : { active: valueOf(diskProtection(known(state)).active) === true, state }),
        ...optional("policy", optionalArmId(columns, "policy")),
    };
}

/** From a row of replicated-items.kql. @throws MalformedRow */
export function replicatedItemOf(row: unknown, source: number): InventoryReplicatedItem {
    const columns = columnsOf(row);
    const kind = text(columns, "kind");
    const azureToAzure = kind === undefined ? undefined : kind.toLowerCase() === "a2a";
    const activeLocation = text(columns, "activeLocation");
    const disks = list(columns, "disks") ?? [];
    const diskIds = disks.map((disk, index) => armId(objectAt(disk, `disks[${index}]`), "diskId", `disks[${index}].`));
    return {
        id: armId(columns, "id"),
        source,
        // Elsewhere a VM has an id of another kind, and so have its disks.
        ...optional("machine", azureToAzure === false ? undefined : optionalArmId(columns, "machine")),
        ...optional("azureToAzure", azureToAzure),
        // Nothing is replicated without a disk: an empty list is one that Azure has not filled in yet, or an unmanaged
        // VM's.
        ...optional("disks", diskIds.length === 0 ? undefined : diskIds),
        ...optional(
            "failedOver",
            activeLocation === undefined ? undefined : activeLocation.toLowerCase() === "recovery",
        ),
        ...optional("group", text(columns, "consistencyGroup")),
        ...optional("recoveryLocation", text(columns, "recoveryLocation")),
        ...optional("policy", optionalArmId(columns, "policy")),
        ...optional("health", text(columns, "health")),
    };
}

/** From a row of recovery-plans.kql. @throws MalformedRow */
export function recoveryPlanOf(row: unknown, source: number): InventoryRecoveryPlan {
    const columns = columnsOf(row);
    const groups = list(columns, "planGroups");
    if (groups === undefined) {
        throw new MalformedRow('"planGroups" is missing.');
    }
    return {
        id: armId(columns, "id"),
        source,
        items: groups.flatMap((group, at) => {
            const path = `planGroups[${at}]`;
            return (list(objectAt(group, path), "replicationProtectedItems", `${path}.`) ?? []).map((item, index) => {
                const place = `${path}.replicationProtectedItems[${index}]`;
                return armId(objectAt(item, place), "id", `${place}.`);
            });
        }),
    };
}

function tags(columns: Columns): InventoryVm["tags"] {
    const value = columns["tags"];
    if (value === undefined || value === null || value === "") {
        return undefined;
    }
    // As from states: no tag but the tier.
    const tier = Object.entries(objectAt(value, "tags")).find(([name]) => name.toLowerCase() === DEFAULT_TIER_TAG);
    return tier === undefined
        ? undefined
        : { [tier[0]]: typeof tier[1] === "string" ? tier[1] : JSON.stringify(tier[1] ?? "") };
}
