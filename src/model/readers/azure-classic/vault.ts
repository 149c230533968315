import { ABSENT, known } from "../../values";
import { BACKUP_VAULT, VAULT } from "../../ids/resource-types";
import { locationOf, numberSetting, textSetting } from "../reader";
import {
    alert,
    customerKey,
    flagSwitch,
    identitiesOf,
    redundancyOf,
    statedRedundancy,
    wordSwitch,
} from "../vault-settings";
import { reader } from "./resource";

/** `azure:recoveryservices/vault:Vault`, which has no setting for the days of soft delete */
export const readVault = reader("vault", { armType: VAULT, names: ["name"] }, ({ resource, properties }) => ({
    location: locationOf(resource, properties),
    softDelete: flagSwitch(properties, "softDeleteEnabled"),
    softDeleteDays: undefined,
    immutability: textSetting(properties.planned("immutability")),
    setsRedundancy: known(true),
    redundancy: statedRedundancy(textSetting(properties.planned("storageModeType"))),
    crossRegionRestore: flagSwitch(properties, "crossRegionRestoreEnabled"),
    publicNetworkAccess: flagSwitch(properties, "publicNetworkAccessEnabled"),
    customerKey: customerKey(properties.planned("encryption", "keyId")),
    alerts: [
        alert("failed jobs", flagSwitch(properties, "monitoring", "alertsForAllJobFailuresEnabled")),
        alert("replication issues", flagSwitch(properties, "monitoring", "alertsForAllReplicationIssuesEnabled")),
        alert("failover issues", flagSwitch(properties, "monitoring", "alertsForAllFailoverIssuesEnabled")),
    ],
    guarded: undefined,
    identities: identitiesOf(properties),
    regionOfChoice: ABSENT,
}));

/**
 * `azure:dataprotection/backupVault:BackupVault`. Its key is a resource of its own (VLT-10), and there is no setting
 * for alerts.
 */
export const readBackupVault = reader(
    "backup vault",
    { armType: BACKUP_VAULT, names: ["name"] },
    ({ resource, properties }) => ({
        location: locationOf(resource, properties),
        softDelete: wordSwitch(properties, { on: "On", off: "Off" }, "softDelete"),
        softDeleteDays: numberSetting(properties.planned("retentionDurationInDays")),
        immutability: textSetting(properties.planned("immutability")),
        redundancy: redundancyOf(
            properties.planned("datastoreType").text(),
            textSetting(properties.planned("redundancy")),
        ),
        crossRegionRestore: flagSwitch(properties, "crossRegionRestoreEnabled"),
        publicNetworkAccess: undefined,
        customerKey: undefined,
        alerts: [],
        guarded: undefined,
    }),
);
