import { ABSENT, known, mapValue, unknown, valueOf, type Value } from "../../values";
import type { BackupItem, ItemName, VmName } from "../../resources";
import { reference, type PlannedProperties } from "../../planned-resource";
import { VAULT } from "../../ids/resource-types";
import { diskSelection } from "../disk-selection";
import { protection, WAITING_FOR_DELETION } from "../vm-backup-state";
import { apiVersion, reader } from "./resource";

/** `azure-native:recoveryservices:ProtectedItem` */
export const readProtectedItem = reader(
    "backup item",
    {
        armType: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
        names: ["vaultName", "fabricName", "containerName", "protectedItemName"],
    },
    ({ resource, properties, identities }) => {
        const item = properties.below("properties");
        return {
            level: level(properties, item),
            vm: {
                ...reference(resource, item.planned("sourceResourceId")),
                named: vmName(properties),
                namedFrom: [
                    ...resource.dependenciesOf("protectedItemName"),
                    ...resource.dependenciesOf("containerName"),
                ],
            },
            names: {
                item: itemName(properties.configured("protectedItemName").text()),
                container: itemName(properties.configured("containerName").text()),
            },
            ...stateOf(item),
            vault: identities.vaultOf(resource, properties, "vaultName", VAULT),
            policy: reference(resource, item.planned("policyId")),
            disks: disks(item),
            apiVersion: apiVersion(resource, properties),
        };
    },
);

/** The types whose restore is a restore of the VM; all others hold files, shares or databases. */
const VM_TYPES = new Set([
    "microsoft.compute/virtualmachines",
    "microsoft.classiccompute/virtualmachines",
    "azureiaasvmprotecteditem",
]);

function level(properties: PlannedProperties, item: PlannedProperties): BackupItem["level"] {
    const type = item.planned("protectedItemType").text();
    switch (type.state) {
        case "known":
            return known(VM_TYPES.has(type.value.toLowerCase()) ? "VM" : "file");
        case "unknown":
        case "absent": {
            const name = vmName(properties);
            if (name.state === "known") {
                return known("VM");
            }
            return type.state === "unknown" ? type : name.state === "unknown" ? name : known("file");
        }
    }
}

/** `vm;iaasvmcontainerv2;{group};{VM}` or the container's name of the same form (ARM-04). */
function vmName(properties: PlannedProperties): Value<VmName> {
    let undecided: Value<VmName> = ABSENT;
    for (const property of ["protectedItemName", "containerName"]) {
        const text = properties.configured(property).text();
        if (text.state === "unknown") {
            undecided = unknown(text.property);
        }
        const name = text.state === "known" ? parseVmName(text.value) : undefined;
        if (name !== undefined) {
            return known(name);
        }
    }
    return undecided;
}

function parseVmName(text: string): VmName | undefined {
    const [kind, container, resourceGroup, name, ...more] = text.split(";");
    const isVm = /^(vm|iaasvmcontainer)$/i.test(kind ?? "") && /^iaasvmcontainer(v2)?$/i.test(container ?? "");
    return isVm && resourceGroup && name && more.length === 0 ? { resourceGroup, name } : undefined;
}

/** Absent for a name that is not meant to be a VM's. */
function itemName(text: Value<string>): Value<ItemName> {
    return text.state === "known" && !/^(vm|iaasvmcontainer);/i.test(text.value)
        ? ABSENT
        : mapValue(text, (name) => ({ text: name, vm: parseVmName(name) }));
}

function disks(item: PlannedProperties): BackupItem["disks"] {
    const exclusion = item.planned("extendedProperties", "diskExclusionProperties");
    const includes = exclusion.at("isInclusionList").flag();
    const selected = mapValue(includes, (each) => (each ? "only" : "all but"));
    return diskSelection(exclusion.at("diskLunList"), selected.state === "absent" ? known("all but") : selected);
}

/** An item that waits for its deletion may still call itself protected (RD-15). */
function stateOf(item: PlannedProperties): Pick<BackupItem, "active" | "state"> {
    const scheduled = item.planned("isScheduledForDeferredDelete").flag();
    if (valueOf(scheduled) === true) {
        return protection(known(WAITING_FOR_DELETION));
    }
    const stated = protection(item.planned("protectionState").text());
    return scheduled.state === "unknown" && valueOf(stated.active) !== false
        ? { ...stated, active: scheduled }
        : stated;
}
