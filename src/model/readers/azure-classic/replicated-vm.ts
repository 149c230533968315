import { ABSENT, known, mapValue, valueOf, type Value } from "../../values";
import type { DiskList } from "../../resources";
import {
    isSet,
    nowhere,
    reference,
    targetOf,
    type Lifetime,
    type PlannedProperties,
    type PlannedResource,
} from "../../planned-resource";
import { FABRIC, VAULT } from "../../ids/resource-types";
import { fixedAtEnabling } from "../fixed-at-enabling";
import { untoldAccess } from "../disk-access";
import { NO_HEALTH } from "../replication-health";
import { reader } from "./resource";

/** `azure:siterecovery/replicatedVM:ReplicatedVM`: always between Azure regions or zones. */
export const readReplicatedVm = reader(
    "replicated item",
    {
        armType:
            "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
        names: ["recoveryVaultName", "sourceRecoveryFabricName", "sourceRecoveryProtectionContainerName", "name"],
    },
    ({ resource, properties, identities, identity }) => ({
        vm: reference(resource, properties.planned("sourceVmId")),
        isAzureToAzure: known(true),
        // The provider reads neither health nor side back.
        failedOver: known(false),
        failoverVm: ABSENT,
        recoveryLocation: ABSENT,
        primaryLocation: ABSENT,
        sourceFabric: identities.namedAbove(
            resource,
            properties,
            ["recoveryVaultName", "sourceRecoveryFabricName"],
            FABRIC,
        ),
        targetFabric: targetOf(reference(resource, properties.planned("targetRecoveryFabricId"))),
        targetGroup: reference(resource, properties.planned("targetResourceGroupId")),
        targetZone: properties.planned("targetZone").text(),
        hasTargetNetwork: isSet(reference(resource, properties.planned("targetNetworkId"))),
        toEdgeZone: mapValue(properties.planned("targetEdgeZone").text(), () => true),
        disks: disks(resource, properties, identity.lifetime),
        listedDisks: mapValue(properties.configured("managedDisks").list(), (list) =>
            list.map((disk) => reference(resource, disk.at("diskId"))),
        ),
        listFrom: resource.dependenciesOf("managedDisks"),
        policy: reference(resource, properties.planned("recoveryReplicationPolicyId")),
        cluster: nowhere("managedDisks"),
        vault: identities.vaultOf(resource, properties, "recoveryVaultName", VAULT),
        group: fixedAtEnabling(resource, properties, "multiVmGroupName").text(),
        askedGroup: properties.configured("multiVmGroupName").text(),
        // The provider has no such setting.
        autoProtection: known(false),
        // The provider does not read it back.
        isHighChurn: ABSENT,
        recoverySize: recoverySize(properties),
        health: NO_HEALTH,
    }),
);

/** A size that the program asks for is meant; only what Site Recovery has settled by itself is read. */
function recoverySize(properties: PlannedProperties): Value<string> {
    const size = properties.readBack("targetVirtualMachineSize").text();
    const isAskedFor = properties.configured("targetVirtualMachineSize").state !== "absent";
    return size.state === "known" && !isAskedFor ? size : ABSENT;
}

/** A change of the list makes a new item (INT-69), so an existing one's list is the one it was enabled with. */
function disks(resource: PlannedResource, properties: PlannedProperties, lifetime: Lifetime): DiskList {
    const property =
        lifetime === "existing" ? properties.readBack("managedDisks") : properties.configured("managedDisks");
    const list = property.list();
    if (lifetime === "changing" || list.state === "unknown") {
        return { state: "unknown", property: property.path };
    }
    const elements = valueOf(list) ?? [];
    if (elements.length > 0) {
        return {
            state: "listed",
            disks: elements.map((disk) => ({
                disk: reference(resource, disk.at("diskId")),
                stagingAccount: reference(resource, disk.at("stagingStorageAccountId")),
                encryptionSet: reference(resource, disk.at("targetDiskEncryptionSetId")),
                encryptionKeys: disk.at("targetDiskEncryption").exists(),
                targetType: disk.at("targetDiskType").text(),
                replicaType: disk.at("targetReplicaDiskType").text(),
                // The provider has no such property.
                access: untoldAccess(lifetime, nowhere(disk.path)),
            })),
            property: property.path,
        };
    }
    if ((valueOf(properties.planned("unmanagedDisks").list()) ?? []).length > 0) {
        return { state: "unmanaged" };
    }
    return lifetime === "new" ? { state: "none" } : { state: "unknown", property: property.path };
}
