import { ABSENT, known, mapKnown, valueOf, type Known } from "../../known";
import type { DiskList, ReplicationHealth } from "../../model";
import {
    reference,
    targetOf,
    type Lifetime,
    type PlannedProperties,
    type PlannedResource,
    type Reference,
    type Target,
} from "../../planned-resource";
import type { Property } from "../../property-bag";
import { FABRIC, fabricAbove } from "../../regions";
import { VAULT } from "../../vaults";
import { NO_HEALTH } from "../replication-health";
import { diskList } from "./replicated-disks";
import { reader } from "./resource";

const DETAILS = ["properties", "providerSpecificDetails"] as const;

/** `azure-native:recoveryservices:ReplicationProtectedItem` (facts 5.4); the vault's name is in `resourceName` (TOK-09). */
export const readReplicationProtectedItem = reader(
    "replicated item",
    {
        armType:
            "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        names: ["resourceName", "fabricName", "protectionContainerName", "replicatedProtectedItemName"],
    },
    ({ resource, properties, identities, identity }) => ({
        ...identity,
        machine: reference(resource, properties.planned(...DETAILS, "fabricObjectId")),
        isAzureToAzure: mapKnown(properties.planned(...DETAILS, "instanceType").text(), (type) => type === "A2A"),
        failedOver: failedOver(properties, identity.lifetime),
        failoverMachine: asReadBack(properties, [...DETAILS, "recoveryFabricObjectId"]),
        recoveryLocation: asReadBack(properties, [...DETAILS, "recoveryFabricLocation"]),
        primaryLocation: asReadBack(properties, [...DETAILS, "primaryFabricLocation"]),
        sourceFabric: identities.namedAbove(resource, properties, ["resourceName", "fabricName"], FABRIC),
        targetFabric: targetFabric(resource, properties),
        targetGroup: targetGroup(resource, properties),
        disks: disks(resource, properties, identity.lifetime),
        listedDisks: mapKnown(properties.configured(...DETAILS, "vmManagedDisks").list(), (list) =>
            list.map((disk) => reference(resource, disk.at("diskId"))),
        ),
        policy: reference(resource, properties.planned("properties", "policyId")),
        cluster: reference(resource, properties.planned(...DETAILS, "protectionClusterId")),
        vault: identities.vaultOf(resource, properties, "resourceName", VAULT),
        group: properties.planned(...DETAILS, "multiVmGroupName").text(),
        autoProtection: autoProtection(properties),
        recoverySize: asReadBack(properties, [...DETAILS, "recoveryAzureVMSize"]),
        health: health(properties, identity.lifetime),
    }),
);

/** Only the read-back tells (RD-17); while it is unknown the item is, or will be, on the side it was set up for. */
function failedOver(properties: PlannedProperties, lifetime: Lifetime): Known<boolean> {
    const location = properties.readBack("properties", "activeLocation").text();
    if (location.state === "known") {
        return known(location.value.toLowerCase() === "recovery");
    }
    return location.state === "unknown" && lifetime !== "new" ? location : known(false);
}

/** Left out it is off. */
function autoProtection(properties: PlannedProperties): Known<boolean> {
    const setting = properties.planned(...DETAILS, "autoProtectionOfDataDisk").text();
    return setting.state === "absent" ? known(false) : mapKnown(setting, (text) => text.toLowerCase() === "enabled");
}

/** Only the read-back tells, and only of an item that is there. */
function health(properties: PlannedProperties, lifetime: Lifetime): ReplicationHealth {
    if (lifetime === "new") {
        return NO_HEALTH;
    }
    const list = (...path: readonly string[]): readonly Property[] =>
        valueOf(properties.readBack(...path).list()) ?? [];
    const text = (property: Property): string => valueOf(property.text()) ?? "";
    return {
        state: properties.readBack("properties", "replicationHealth").text(),
        errors: list("properties", "healthErrors").map((error) => ({
            code: text(error.at("errorCode")),
            message: text(error.at("errorMessage")) || text(error.at("summaryMessage")),
        })),
        disksToResync: list(...DETAILS, "protectedManagedDisks")
            .filter((disk) => valueOf(disk.at("resyncRequired").flag()) === true)
            .map((disk) => text(disk.at("diskName")) || text(disk.at("diskId"))),
        unprotectedLuns: list(...DETAILS, "unprotectedDisks")
            .filter((disk) => text(disk.at("diskAutoProtectionStatus")).toLowerCase() !== "enabled")
            .flatMap((disk) => valueOf(disk.at("diskLunId").number()) ?? []),
    };
}

/** The program names the container on the other side, which lies in the fabric. */
function targetFabric(resource: PlannedResource, properties: PlannedProperties): Target {
    const answer = properties.readBack("properties", "recoveryFabricId");
    const container = properties.planned(...DETAILS, "recoveryContainerId");
    return fabricAbove(targetOf(reference(resource, answered(answer, container))));
}

/** Asked for under one name, answered under another (facts 5.4). */
function targetGroup(resource: PlannedResource, properties: PlannedProperties): Reference {
    const answer = properties.readBack(...DETAILS, "recoveryAzureResourceGroupId");
    return reference(resource, answered(answer, properties.configured(...DETAILS, "recoveryResourceGroupId")));
}

function answered(answer: Property, asked: Property): Property {
    return answer.state === "known" ? answer : asked;
}

function asReadBack(properties: PlannedProperties, path: readonly string[]): Known<string> {
    const text = properties.readBack(...path).text();
    return text.state === "known" ? text : ABSENT;
}

/** Unmanaged disks have a list of their own; an item with that one is not without a list. */
function disks(resource: PlannedResource, properties: PlannedProperties, lifetime: Lifetime): DiskList {
    const managed = [...DETAILS, "vmManagedDisks"];
    const list = diskList(resource, properties, lifetime, managed, [...DETAILS, "protectedManagedDisks"]);
    const unmanaged = properties.configured(...DETAILS, "vmDisks").list();
    const hasUnmanaged = unmanaged.state === "unknown" || (unmanaged.state === "known" && unmanaged.value.length > 0);
    return list.state === "none" && hasUnmanaged ? { state: "unmanaged" } : list;
}
