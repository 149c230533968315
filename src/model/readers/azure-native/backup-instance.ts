import { reference, targetOf, type PlannedProperties, type PlannedResource, type Target } from "../../planned-resource";
import { BACKUP_VAULT } from "../../ids/resource-types";
import { diskProtection } from "../disk-backup-state";
import { reader } from "./resource";

/** `azure-native:dataprotection:BackupInstance`: Azure Disk Backup where its source is a disk. */
export const readBackupInstance = reader(
    "disk backup",
    { armType: "Microsoft.DataProtection/backupVaults/backupInstances", names: ["vaultName", "backupInstanceName"] },
    ({ resource, properties, identities }) => ({
        disk: reference(resource, properties.planned("properties", "dataSourceInfo", "resourceID")),
        ...diskProtection(properties.readBack("properties", "currentProtectionState").text()),
        vault: identities.vaultOf(resource, properties, "vaultName", BACKUP_VAULT),
        policy: reference(resource, properties.planned("properties", "policyInfo", "policyId")),
        snapshotGroup: snapshotGroup(resource, properties),
    }),
);

/** The operational store's parameters name the group into which Disk Backup puts its snapshots. */
function snapshotGroup(resource: PlannedResource, properties: PlannedProperties): Target {
    const stores = properties.planned("properties", "policyInfo", "policyParameters", "dataStoreParametersList");
    const list = stores.list();
    const [first] = list.state === "known" ? list.value : [];
    return targetOf(reference(resource, first === undefined ? stores : first.at("resourceGroupId")));
}
