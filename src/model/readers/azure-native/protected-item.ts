import { ABSENT, known, mapKnown, unknown, valueOf, type Known } from "../../values";
import type { BackupItem, MachineName } from "../../resources";
import { reference, type PlannedProperties } from "../../planned-resource";
import { VAULT } from "../../protection/vaults";
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
            machine: {
                ...reference(resource, item.planned("sourceResourceId")),
                named: machineName(properties),
                namedFrom: [
                    ...resource.dependenciesOf("protectedItemName"),
                    ...resource.dependenciesOf("containerName"),
                ],
            },
            ...stateOf(item),
            vault: identities.vaultOf(resource, properties, "vaultName", VAULT),
            policy: reference(resource, item.planned("policyId")),
            disks: disks(item),
            apiVersion: apiVersion(resource, properties),
        };
    },
);

/** The types whose restore is a restore of the machine; all others hold files, shares or databases. */
const MACHINE_TYPES = new Set([
    "microsoft.compute/virtualmachines",
    "microsoft.classiccompute/virtualmachines",
    "azureiaasvmprotecteditem",
]);

function level(properties: PlannedProperties, item: PlannedProperties): BackupItem["level"] {
    const type = item.planned("protectedItemType").text();
    switch (type.state) {
        case "known":
            return known(MACHINE_TYPES.has(type.value.toLowerCase()) ? "machine" : "file");
        case "unknown":
        case "absent": {
            const name = machineName(properties);
            if (name.state === "known") {
                return known("machine");
            }
            return type.state === "unknown" ? type : name.state === "unknown" ? name : known("file");
        }
    }
}

/** `vm;iaasvmcontainerv2;{group};{machine}` or the container's name of the same form (ARM-04). */
function machineName(properties: PlannedProperties): Known<MachineName> {
    let undecided: Known<MachineName> = ABSENT;
    for (const property of ["protectedItemName", "containerName"]) {
        const text = properties.configured(property).text();
        if (text.state === "unknown") {
            undecided = unknown(text.property);
        }
        const name = text.state === "known" ? parseMachineName(text.value) : undefined;
        if (name !== undefined) {
            return known(name);
        }
    }
    return undecided;
}

function parseMachineName(text: string): MachineName | undefined {
    const [kind, container, resourceGroup, name, ...more] = text.split(";");
    const isMachine = /^(vm|iaasvmcontainer)$/i.test(kind ?? "") && /^iaasvmcontainer(v2)?$/i.test(container ?? "");
    return isMachine && resourceGroup && name && more.length === 0 ? { resourceGroup, name } : undefined;
}

function disks(item: PlannedProperties): BackupItem["disks"] {
    const exclusion = item.planned("extendedProperties", "diskExclusionProperties");
    const includes = exclusion.at("isInclusionList").flag();
    const selected = mapKnown(includes, (each) => (each ? "only" : "all but"));
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
