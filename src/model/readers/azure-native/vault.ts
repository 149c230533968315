import { mapValue, valueOf } from "../../values";
import type { Setting } from "../../resources";
import type { PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { BACKUP_VAULT, VAULT } from "../../ids/resource-types";
import { locationOf, numberSetting, textSetting } from "../reader";
import {
    alert,
    customerKey,
    enabledSwitch,
    givesAny,
    identitiesOf,
    redundancyOf,
    statedRedundancy,
    wordSwitch,
} from "../vault-settings";
import { reader } from "./resource";

const ALERTS = ["properties", "monitoringSettings", "azureMonitorAlertSettings"] as const;
const SOFT_DELETE = ["properties", "securitySettings", "softDeleteSettings"] as const;
const REDUNDANCY = ["properties", "redundancySettings"] as const;
const IMMUTABILITY = ["properties", "securitySettings", "immutabilitySettings", "state"] as const;

/** `azure-native:recoveryservices:Vault` */
export const readVault = reader("vault", { armType: VAULT, names: ["vaultName"] }, ({ resource, properties }) => ({
    location: locationOf(resource, properties),
    softDelete: enabledSwitch(properties, ...SOFT_DELETE, "softDeleteState"),
    softDeleteDays: numberSetting(properties.planned(...SOFT_DELETE, "softDeleteRetentionPeriodInDays")),
    immutability: textSetting(properties.planned(...IMMUTABILITY)),
    redundancy: statedRedundancy(textSetting(properties.planned(...REDUNDANCY, "standardTierStorageRedundancy"))),
    // What Azure answers is set whether the program sets it or not.
    setsRedundancy: givesAny(
        textSetting(properties.configured(...REDUNDANCY, "standardTierStorageRedundancy")),
        textSetting(properties.configured(...REDUNDANCY, "crossRegionRestore")),
    ),
    crossRegionRestore: enabledSwitch(properties, ...REDUNDANCY, "crossRegionRestore"),
    publicNetworkAccess: enabledSwitch(properties, "properties", "publicNetworkAccess"),
    customerKey: customerKey(properties.planned("properties", "encryption", "keyVaultProperties", "keyUri")),
    alerts: [
        alert("failed jobs", enabledSwitch(properties, ...ALERTS, "alertsForAllJobFailures")),
        alert("replication issues", enabledSwitch(properties, ...ALERTS, "alertsForAllReplicationIssues")),
        alert("failover issues", enabledSwitch(properties, ...ALERTS, "alertsForAllFailoverIssues")),
    ],
    guarded: {
        property: "properties.securitySettings.multiUserAuthorization",
        value: mapValue(
            properties.readBack("properties", "securitySettings", "multiUserAuthorization").text(),
            (state) => state.toLowerCase() === "enabled",
        ),
    },
    identities: identitiesOf(properties),
    // Since API 2026-07-01: in the package of that version, generic resources and templates.
    regionOfChoice: mapValue(
        properties.planned("properties", "regionOfChoiceSettings", "status").text(),
        (status) => status.toLowerCase() === "enabled",
    ),
}));

/** `azure-native:dataprotection:BackupVault` */
export const readBackupVault = reader(
    "backup vault",
    { armType: BACKUP_VAULT, names: ["vaultName"] },
    ({ resource, properties }) => ({
        location: locationOf(resource, properties),
        softDelete: wordSwitch(properties, { on: "On", off: "Off" }, ...SOFT_DELETE, "state"),
        softDeleteDays: numberSetting(properties.planned(...SOFT_DELETE, "retentionDurationInDays")),
        immutability: textSetting(properties.planned(...IMMUTABILITY)),
        redundancy: vaultRedundancy(properties.planned("properties", "storageSettings")),
        crossRegionRestore: enabledSwitch(
            properties,
            "properties",
            "featureSettings",
            "crossRegionRestoreSettings",
            "state",
        ),
        publicNetworkAccess: undefined,
        customerKey: backupVaultKey(properties),
        alerts: [alert("failed jobs", enabledSwitch(properties, ...ALERTS, "alertsForAllJobFailures"))],
        guarded: {
            property: "properties.isVaultProtectedByResourceGuard",
            value: properties.readBack("properties", "isVaultProtectedByResourceGuard").flag(),
        },
    }),
);

/** The first data store in the vault itself; a vault has one of each type. */
function vaultRedundancy(settings: Property): Setting<string> | undefined {
    const stores = settings.list();
    if (stores.state !== "known") {
        return { property: settings.path, value: stores };
    }
    const [first] = stores.value.flatMap((store) => {
        const redundancy = { property: store.at("type").path, value: store.at("type").text() };
        return redundancyOf(store.at("datastoreType").text(), redundancy) ?? [];
    });
    return first;
}

/** A key that is configured but switched off encrypts nothing. */
function backupVaultKey(properties: PlannedProperties): Setting<boolean> {
    const path = ["properties", "securitySettings", "encryptionSettings"] as const;
    const key = customerKey(properties.planned(...path, "keyVaultProperties", "keyUri"));
    const { property, value } = enabledSwitch(properties, ...path, "state");
    const given = valueOf(key.value) === true;
    return given && (value.state === "unknown" || valueOf(value) === false) ? { property, value } : key;
}
