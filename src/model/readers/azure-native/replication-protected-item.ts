import { ABSENT, known, mapValue, valueOf, type Value } from "../../values";
import type { DiskList, ReplicationHealth } from "../../resources";
import {
    isSet,
    reference,
    targetOf,
    type Lifetime,
    type PlannedProperties,
    type PlannedResource,
    type Reference,
    type Target,
} from "../../planned-resource";
import type { Property } from "../../property-bag";
import { fabricAbove } from "../../places/fabric";
import { FABRIC, VAULT } from "../../ids/resource-types";
import { autoProtection } from "../auto-protection";
import { fixedAtEnabling } from "../fixed-at-enabling";
import { NO_HEALTH } from "../replication-health";
import { diskList, kept, takenAtEnabling } from "./replicated-disks";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ReplicationProtectedItem`; the vault's name is in `resourceName` (TOK-09). */
export const readReplicationProtectedItem = reader(
    "replicated item",
    {
        armType:
            "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        names: ["resourceName", "fabricName", "protectionContainerName", "replicatedProtectedItemName"],
    },
    ({ resource, properties, identities, identity }) => {
        const item = properties.below("properties");
        const details = item.below("providerSpecificDetails");
        const fixed = (name: string): Property => takenAtEnabling(resource, details, identity.lifetime, name);
        return {
            vm: reference(resource, details.planned("fabricObjectId")),
            isAzureToAzure: mapValue(details.planned("instanceType").text(), (type) => type === "A2A"),
            failedOver: failedOver(item, identity.lifetime),
            failoverVm: asReadBack(details, "recoveryFabricObjectId"),
            recoveryLocation: asReadBack(details, "recoveryFabricLocation"),
            primaryLocation: asReadBack(details, "primaryFabricLocation"),
            sourceFabric: identities.namedAbove(resource, properties, ["resourceName", "fabricName"], FABRIC),
            targetFabric: targetFabric(resource, item, details),
            targetGroup: targetGroup(resource, details),
            targetZone: fixed("recoveryAvailabilityZone").text(),
            hasTargetNetwork: hasTargetNetwork(resource, details),
            toEdgeZone: fixed("recoveryExtendedLocation").exists(),
            disks: disks(resource, details, identity.lifetime),
            listedDisks: mapValue(details.configured("vmManagedDisks").list(), (list) =>
                list.map((disk) => reference(resource, disk.at("diskId"))),
            ),
            listFrom: resource.dependenciesOf("properties"),
            policy: reference(resource, item.planned("policyId")),
            cluster: reference(resource, kept(resource, details.planned("protectionClusterId"))),
            vault: identities.vaultOf(resource, properties, "resourceName", VAULT),
            group: consistencyGroup(resource, properties),
            askedGroup: details.configured("multiVmGroupName").text(),
            autoProtection: autoProtection(details),
            isHighChurn: mapValue(
                asReadBack(details, "churnOptionSelected"),
                (churn) => churn.toLowerCase() === "high",
            ),
            recoverySize: asReadBack(details, "recoveryAzureVMSize"),
            health: health(item, details, identity.lifetime),
        };
    },
);

/** Azure also makes groups by itself, which nobody has asked for. */
function consistencyGroup(resource: PlannedResource, properties: PlannedProperties): Value<string> {
    const tells = (name: string): Value<string> =>
        fixedAtEnabling(resource, properties, "properties", "providerSpecificDetails", name).text();
    const isAzuresOwn = valueOf(tells("multiVmGroupCreateOption"))?.toLowerCase() === "autocreated";
    return isAzuresOwn ? ABSENT : tells("multiVmGroupName");
}

/** Only the read-back tells (RD-17); while it is unknown the item is, or will be, on the side it was set up for. */
function failedOver(item: PlannedProperties, lifetime: Lifetime): Value<boolean> {
    const location = item.readBack("activeLocation").text();
    if (location.state === "known") {
        return known(location.value.toLowerCase() === "recovery");
    }
    return location.state === "unknown" && lifetime !== "new" ? location : known(false);
}

/** Only the read-back tells, and only of an item that is there. */
function health(item: PlannedProperties, details: PlannedProperties, lifetime: Lifetime): ReplicationHealth {
    if (lifetime === "new") {
        return NO_HEALTH;
    }
    const elements = (property: Property): readonly Property[] => valueOf(property.list()) ?? [];
    const text = (property: Property): string => valueOf(property.text()) ?? "";
    return {
        state: item.readBack("replicationHealth").text(),
        errors: elements(item.readBack("healthErrors")).map((error) => ({
            code: text(error.at("errorCode")),
            message: text(error.at("errorMessage")) || text(error.at("summaryMessage")),
        })),
        disksToResync: elements(details.readBack("protectedManagedDisks"))
            .filter((disk) => valueOf(disk.at("resyncRequired").flag()) === true)
            .map((disk) => text(disk.at("diskName")) || text(disk.at("diskId"))),
        unprotectedLuns: elements(details.readBack("unprotectedDisks"))
            .filter((disk) => text(disk.at("diskAutoProtectionStatus")).toLowerCase() !== "enabled")
            .flatMap((disk) => valueOf(disk.at("diskLunId").number()) ?? []),
    };
}

/** The program names the container on the other side, which lies in the fabric. */
function targetFabric(resource: PlannedResource, item: PlannedProperties, details: PlannedProperties): Target {
    const answer = item.readBack("recoveryFabricId");
    const container = details.planned("recoveryContainerId");
    return fabricAbove(targetOf(reference(resource, answered(answer, container))));
}

/** Asked for under one name, answered under another. */
function targetGroup(resource: PlannedResource, details: PlannedProperties): Reference {
    const answer = details.readBack("recoveryAzureResourceGroupId");
    return reference(resource, answered(answer, details.configured("recoveryResourceGroupId")));
}

/** Named for the VM or for one of its network interfaces. */
function hasTargetNetwork(resource: PlannedResource, details: PlannedProperties): Value<boolean> {
    const answer = details.readBack("selectedRecoveryAzureNetworkId");
    const interfaces = valueOf(details.readBack("vmNics").list()) ?? [];
    return interfaces.some((each) => valueOf(each.at("recoveryVMNetworkId").text()) !== undefined)
        ? known(true)
        : isSet(reference(resource, answered(answer, details.configured("recoveryAzureNetworkId"))));
}

function answered(answer: Property, asked: Property): Property {
    return answer.state === "known" ? answer : asked;
}

function asReadBack(details: PlannedProperties, name: string): Value<string> {
    const text = details.readBack(name).text();
    return text.state === "known" ? text : ABSENT;
}

/** For the disk, or for the VM as a whole. */
function encryptionKeys(details: PlannedProperties, disk: Property): Value<boolean> {
    const whole = details.configured("diskEncryptionInfo").exists();
    return valueOf(whole) === false ? disk.at("diskEncryptionInfo").exists() : whole;
}

/** Unmanaged disks have a separate list; an item with that one is not without a list. */
function disks(resource: PlannedResource, details: PlannedProperties, lifetime: Lifetime): DiskList {
    const list = diskList(
        resource,
        details,
        lifetime,
        "vmManagedDisks",
        "protectedManagedDisks",
        lifetime === "new" ? (disk) => encryptionKeys(details, disk) : undefined,
    );
    const unmanaged = details.configured("vmDisks").list();
    const hasUnmanaged = unmanaged.state === "unknown" || (unmanaged.state === "known" && unmanaged.value.length > 0);
    return list.state === "none" && hasUnmanaged ? { state: "unmanaged" } : list;
}
