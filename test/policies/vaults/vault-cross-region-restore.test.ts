import { ref, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    classicBackupVault,
    classicVault,
    deployed,
    nativeBackupVault,
    nativeVault,
    updated,
    withBackupPolicy,
    withBlobPolicy,
    withClassicReplicationPolicy,
    withDiskBackup,
    withFabric,
} from "../../harness/vaults";

const ZONE = { "shared-settings": { acceptedRedundancies: ["ZoneRedundant"] } };

function native(redundancySettings: Properties): Program {
    return nativeVault({ redundancySettings });
}

function geoBackup(featureSettings: Properties): Program {
    return nativeBackupVault({
        storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
        featureSettings,
    });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR504",
    example: native({ standardTierStorageRedundancy: "GeoRedundant" }),
    fixed: { program: native({ standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" }) },
    shows: ["vault.properties.redundancySettings.standardTierStorageRedundancy"],
    holds: [
        { name: "a vault of Site Recovery, once deployed", round: deployed(withFabric(nativeVault({}))) },
        { name: "a classic vault of Site Recovery", round: withClassicReplicationPolicy(classicVault({})) },
        { name: "a Backup vault for disks, once deployed", round: deployed(withDiskBackup(geoBackup({}))) },
        { name: "it is on", round: native({ crossRegionRestore: "Enabled" }) },
        { name: "it is on, once deployed", round: deployed(native({ crossRegionRestore: "Enabled" })) },
        { name: "it is on, Backup vault", round: geoBackup({ crossRegionRestoreSettings: { state: "Enabled" } }) },
        { name: "zone-redundant, Backup vault", round: nativeBackupVault({}) },
        {
            name: "operational backups only",
            round: classicBackupVault({ datastoreType: "OperationalStore", redundancy: "GeoRedundant" }),
        },
        {
            name: "a redundancy that is not known, but it is on",
            round: native({ standardTierStorageRedundancy: ref("rg.id"), crossRegionRestore: "Enabled" }),
        },
        { name: "geo-redundant, which is not accepted: BCDR503 says so", round: nativeVault({}), configuration: ZONE },
    ],
    violated: [
        { name: "nothing is set: geo-redundant without it", round: nativeVault({}), on: ["vault"] },
        { name: "nothing is set, classic", round: classicVault({}), on: ["vault"] },
        { name: "it is off", round: native({ crossRegionRestore: "Disabled" }), on: ["vault"] },
        { name: "geo-redundant Backup vault", round: geoBackup({}), on: ["vault"] },
        {
            name: "geo-redundant classic Backup vault",
            round: classicBackupVault({ redundancy: "GeoRedundant" }),
            on: ["vault"],
        },
        {
            name: "it is off, once deployed",
            round: deployed(native({ crossRegionRestore: "Disabled" })),
            on: ["vault"],
        },
        { name: "nothing is set, at the preview of an update", round: updated(nativeVault({})), on: ["vault"] },
    ],
    undecided: [
        {
            name: "it is not known",
            round: native({ crossRegionRestore: ref("rg.id") }),
            waitsFor: '"vault": properties.redundancySettings.crossRegionRestore',
        },
        {
            name: "a redundancy that is not known, and it is off",
            round: native({ standardTierStorageRedundancy: ref("rg.id"), crossRegionRestore: "Disabled" }),
            waitsFor: '"vault": properties.redundancySettings.standardTierStorageRedundancy',
        },
    ],
    limits: [
        {
            allowed: { name: "a vault of Site Recovery", round: withFabric(nativeVault({})) },
            refused: {
                name: "a vault of Site Recovery with a policy of Azure Backup",
                round: withBackupPolicy(withFabric(nativeVault({}))),
                on: ["vault"],
            },
        },
        {
            allowed: { name: "a Backup vault for disks", round: withDiskBackup(geoBackup({})) },
            refused: {
                name: "a Backup vault for disks and blobs",
                round: withBlobPolicy(withDiskBackup(geoBackup({}))),
                on: ["vault"],
            },
        },
        {
            allowed: {
                name: "zone-redundant without it",
                round: native({ standardTierStorageRedundancy: "ZoneRedundant" }),
            },
            refused: {
                name: "geo-redundant without it",
                round: native({ standardTierStorageRedundancy: "GeoRedundant" }),
                on: ["vault"],
            },
        },
        {
            allowed: { name: "on, classic", round: classicVault({ crossRegionRestoreEnabled: true }) },
            refused: { name: "off, classic", round: classicVault({ crossRegionRestoreEnabled: false }), on: ["vault"] },
        },
    ],
});
