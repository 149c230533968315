import { ref, type Content, type Program } from "../../harness/program";
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

const LOCAL = { "shared-settings": { acceptedRedundancies: ["LocallyRedundant"] } };
const ZONE = { "shared-settings": { acceptedRedundancies: ["ZoneRedundant"] } };

function native(standardTierStorageRedundancy: Content): Program {
    return nativeVault({ redundancySettings: { standardTierStorageRedundancy } });
}

function nativeBackup(datastoreType: Content, type: string): Program {
    return nativeBackupVault({ storageSettings: [{ datastoreType, type }] });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR503",
    example: native("LocallyRedundant"),
    fixed: { program: native("ZoneRedundant") },
    holds: [
        { name: "a vault of Site Recovery, once deployed", round: deployed(withFabric(native("LocallyRedundant"))) },
        {
            name: "a classic vault of Site Recovery",
            round: withClassicReplicationPolicy(classicVault({ storageModeType: "LocallyRedundant" })),
        },
        {
            name: "a Backup vault for disks, once deployed",
            round: deployed(withDiskBackup(nativeBackup("VaultStore", "LocallyRedundant"))),
        },
        { name: "nothing is set: it is geo-redundant", round: nativeVault({}) },
        { name: "nothing is set, classic", round: classicVault({}) },
        {
            name: "a redundancy that is not told",
            round: native("Invalid"),
        },
        {
            name: "a redundancy that is not told, classic",
            round: classicVault({ storageModeType: "Invalid" }),
        },
        { name: "geo-redundant, once deployed", round: deployed(native("GeoRedundant")) },
        { name: "zone-redundant, Backup vault", round: nativeBackup("VaultStore", "ZoneRedundant") },
        { name: "redundant in both ways", round: native("ReadAccessGeoZoneRedundant") },
        {
            name: "operational backups only, which are not in the vault",
            round: nativeBackup("OperationalStore", "LocallyRedundant"),
        },
        {
            name: "operational backups only, classic",
            round: classicBackupVault({ datastoreType: "OperationalStore", redundancy: "LocallyRedundant" }),
        },
        { name: "locally redundant, where that is accepted", round: native("LocallyRedundant"), configuration: LOCAL },
    ],
    violated: [
        {
            name: "locally redundant, classic",
            round: classicVault({ storageModeType: "LocallyRedundant" }),
            on: ["vault"],
        },
        {
            name: "locally redundant, Backup vault",
            round: nativeBackup("VaultStore", "LocallyRedundant"),
            on: ["vault"],
        },
        {
            name: "locally redundant beside operational backups",
            round: nativeBackupVault({
                storageSettings: [
                    { datastoreType: "OperationalStore", type: "ZoneRedundant" },
                    { datastoreType: "VaultStore", type: "LocallyRedundant" },
                ],
            }),
            on: ["vault"],
        },
        {
            name: "locally redundant, classic Backup vault",
            round: classicBackupVault({ redundancy: "LocallyRedundant" }),
            on: ["vault"],
        },
        { name: "locally redundant, once deployed", round: deployed(native("LocallyRedundant")), on: ["vault"] },
        {
            name: "locally redundant, at the preview of an update",
            round: updated(native("LocallyRedundant")),
            on: ["vault"],
        },
        { name: "a redundancy that Azure does not have", round: native("Fourfold"), on: ["vault"] },
        {
            name: "zone-redundant, where geo-redundant is required",
            round: native("ZoneRedundant"),
            configuration: { "shared-settings": { acceptedRedundancies: ["GeoRedundant"] } },
            on: ["vault"],
        },
        { name: "Azure's own, where another is asked for", round: nativeVault({}), configuration: ZONE, on: ["vault"] },
    ],
    undecided: [
        {
            name: "a redundancy that is not known",
            round: native(ref("rg.id")),
            waitsFor: '"vault": properties.redundancySettings.standardTierStorageRedundancy',
        },
        {
            name: "a data store of which the type is not known",
            round: nativeBackup(ref("rg.id"), "LocallyRedundant"),
            waitsFor: '"vault": properties.storageSettings[0].datastoreType',
        },
        {
            name: "a redundancy that is not known, classic",
            round: classicVault({ storageModeType: ref("rg.id") }),
            waitsFor: '"vault": storageModeType',
        },
    ],
    limits: [
        {
            allowed: { name: "a vault of Site Recovery", round: withFabric(native("LocallyRedundant")) },
            refused: {
                name: "a vault of Site Recovery with a policy of Azure Backup",
                round: withBackupPolicy(withFabric(native("LocallyRedundant"))),
                on: ["vault"],
            },
        },
        {
            allowed: {
                name: "a Backup vault for disks",
                round: withDiskBackup(nativeBackup("VaultStore", "LocallyRedundant")),
            },
            refused: {
                name: "a Backup vault for disks and blobs",
                round: withBlobPolicy(withDiskBackup(nativeBackup("VaultStore", "LocallyRedundant"))),
                on: ["vault"],
            },
        },
        {
            allowed: { name: "zone-redundant", round: native("ZoneRedundant") },
            refused: { name: "locally redundant", round: native("LocallyRedundant"), on: ["vault"] },
        },
        {
            allowed: {
                name: "zone-redundant, where that is asked for",
                round: native("ZoneRedundant"),
                configuration: ZONE,
            },
            refused: {
                name: "geo-redundant, where zone-redundant is asked for",
                round: native("GeoRedundant"),
                configuration: ZONE,
                on: ["vault"],
            },
        },
    ],
});
