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

const LOCKED = { "vault-immutability": { require: "Locked" } };

function native(state: Content): Program {
    return nativeVault({ securitySettings: { immutabilitySettings: { state } } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR502",
    example: nativeVault({}),
    fixed: { program: native("Unlocked") },
    holds: [
        { name: "a vault of Site Recovery, once deployed", round: deployed(withFabric(nativeVault({}))) },
        { name: "a classic vault of Site Recovery", round: withClassicReplicationPolicy(classicVault({})) },
        { name: "a Backup vault for disks, once deployed", round: deployed(withDiskBackup(nativeBackupVault({}))) },
        { name: "unlocked, once deployed", round: deployed(native("Unlocked")) },
        { name: "locked", round: native("Locked") },
        {
            name: "locked, Backup vault",
            round: nativeBackupVault({ securitySettings: { immutabilitySettings: { state: "Locked" } } }),
        },
        {
            name: "locked, where that is asked for, classic",
            round: classicVault({ immutability: "Locked" }),
            configuration: LOCKED,
        },
        { name: "unlocked, classic Backup vault", round: classicBackupVault({ immutability: "Unlocked" }) },
    ],
    violated: [
        { name: "nothing is set, classic", round: classicVault({}), on: ["vault"] },
        { name: "nothing is set, Backup vault", round: nativeBackupVault({}), on: ["vault"] },
        { name: "nothing is set, classic Backup vault", round: classicBackupVault({}), on: ["vault"] },
        { name: "nothing is set, once deployed", round: deployed(nativeVault({})), on: ["vault"] },
        {
            name: "off, where locked is required, classic",
            round: classicVault({}),
            configuration: LOCKED,
            on: ["vault"],
        },
        { name: "off, at the preview of an update", round: updated(native("Disabled")), on: ["vault"] },
    ],
    undecided: [
        {
            name: "a state that is not known",
            round: native(ref("rg.id")),
            waitsFor: '"vault": properties.securitySettings.immutabilitySettings.state',
        },
        {
            name: "a state that is not known, classic",
            round: classicVault({ immutability: ref("rg.id") }),
            waitsFor: '"vault": immutability',
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
            allowed: { name: "a Backup vault for disks", round: withDiskBackup(nativeBackupVault({})) },
            refused: {
                name: "a Backup vault for disks and blobs",
                round: withBlobPolicy(withDiskBackup(nativeBackupVault({}))),
                on: ["vault"],
            },
        },
        {
            allowed: { name: "unlocked", round: native("Unlocked") },
            refused: { name: "disabled", round: native("Disabled"), on: ["vault"] },
        },
        {
            allowed: { name: "locked, where that is asked for", round: native("Locked"), configuration: LOCKED },
            refused: {
                name: "unlocked, where locked is asked for",
                round: native("Unlocked"),
                configuration: LOCKED,
                on: ["vault"],
            },
        },
    ],
});
