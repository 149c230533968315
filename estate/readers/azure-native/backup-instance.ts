import { known, type Known } from "../../known";
import { reference, type PlannedProperties, type PlannedResource, type Reference } from "../../planned-resource";
import { reader } from "./resource";

/** `azure-native:dataprotection:BackupInstance`: Azure Disk Backup where its source is a disk (facts 5.3). */
export const readBackupInstance = reader(
    "disk backup",
    { armType: "Microsoft.DataProtection/backupVaults/backupInstances", names: ["vaultName", "backupInstanceName"] },
    ({ resource, properties, identity }) => ({
        ...identity,
        disk: reference(resource, properties.planned("properties", "dataSourceInfo", "resourceID")),
        active: active(properties),
        snapshotGroup: snapshotGroup(resource, properties),
    }),
);

// Values of the read-back under which no backup is taken of the disk.
const INACTIVE = new Set([
    "notprotected",
    "protectionstopped",
    "backupschedulessuspended",
    "softdeleting",
    "softdeleted",
]);

function active(properties: PlannedProperties): Known<boolean> {
    const state = properties.readBack("properties", "currentProtectionState").text();
    return known(state.state !== "known" || !INACTIVE.has(state.value.toLowerCase()));
}

/** The operational store's parameters name the group into which Disk Backup puts its snapshots. */
function snapshotGroup(resource: PlannedResource, properties: PlannedProperties): Reference {
    const stores = properties.planned("properties", "policyInfo", "policyParameters", "dataStoreParametersList");
    const list = stores.list();
    const [first] = list.state === "known" ? list.value : [];
    return reference(resource, first === undefined ? stores : first.at("resourceGroupId"));
}
