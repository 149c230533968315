import { mapKnown } from "../../known";
import {
    reference,
    targetOf,
    type PlannedProperties,
    type PlannedResource,
    type Reference,
} from "../../planned-resource";
import { isBackedUp } from "../disk-backup-state";
import { reader } from "./resource";

/** `azure:dataprotection/backupInstanceDisk:BackupInstanceDisk` (facts 5.3) */
export const readBackupInstanceDisk = reader(
    "disk backup",
    { armType: "Microsoft.DataProtection/backupVaults/backupInstances", parent: "vaultId", names: ["name"] },
    ({ resource, properties, identity }) => ({
        ...identity,
        disk: reference(resource, properties.planned("diskId")),
        active: isBackedUp(properties.readBack("protectionState").text()),
        vault: targetOf(reference(resource, properties.planned("vaultId"))),
        snapshotGroup: snapshotGroup(resource, properties),
    }),
);

/** The group is given by its name, beside the disk's own subscription or another one. */
function snapshotGroup(resource: PlannedResource, properties: PlannedProperties): Reference {
    const name = properties.planned("snapshotResourceGroupName");
    const subscription = properties.planned("snapshotSubscriptionId").text();
    const id = mapKnown(name.text(), (group) =>
        subscription.state === "known" ? `/subscriptions/${subscription.value}/resourceGroups/${group}` : "",
    );
    const { property, dependencies } = reference(resource, name);
    return {
        id: id.state === "known" && id.value === "" ? { state: "unknown", property } : id,
        property,
        dependencies,
    };
}
