import { RESOURCE_GROUP } from "../../ids/resource-types";
import { mapValue, valueOf } from "../../values";
import { reference, targetOf, type PlannedProperties, type PlannedResource, type Target } from "../../planned-resource";
import { diskProtection } from "../disk-backup-state";
import { reader } from "./resource";

/** `azure:dataprotection/backupInstanceDisk:BackupInstanceDisk` */
export const readBackupInstanceDisk = reader(
    "disk backup",
    { armType: "Microsoft.DataProtection/backupVaults/backupInstances", parent: "vaultId", names: ["name"] },
    ({ resource, properties }) => ({
        disk: reference(resource, properties.planned("diskId")),
        ...diskProtection(properties.readBack("protectionState").text()),
        vault: targetOf(reference(resource, properties.planned("vaultId"))),
        policy: reference(resource, properties.planned("backupPolicyId")),
        snapshotGroup: snapshotGroup(resource, properties),
    }),
);

/** The group is given by its name, in the provider's subscription or in one that is named. */
function snapshotGroup(resource: PlannedResource, properties: PlannedProperties): Target {
    const name = properties.planned("snapshotResourceGroupName");
    const subscription = valueOf(properties.planned("snapshotSubscriptionId").text());
    const { id, property, dependencies } = reference(resource, name);
    const group = mapValue(id, (text) => ({
        subscription,
        resourceGroup: undefined,
        type: RESOURCE_GROUP,
        names: [text],
    }));
    return { id: group, property, dependencies };
}
