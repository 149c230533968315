import { ref, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    classicBackupVault,
    classicVault,
    deployed,
    nativeBackupVault,
    nativeVault,
    updated,
} from "../../harness/vaults";

const MOST = { "vault-soft-delete": { retentionDays: 180 } };
const THIRTY = { "vault-soft-delete": { retentionDays: 30 } };

function native(softDeleteState: string, days?: number): Program {
    const softDeleteRetentionPeriodInDays = days === undefined ? {} : { softDeleteRetentionPeriodInDays: days };
    return nativeVault({
        securitySettings: { softDeleteSettings: { softDeleteState, ...softDeleteRetentionPeriodInDays } },
    });
}

function nativeBackup(state: string, days?: number): Program {
    const retentionDurationInDays = days === undefined ? {} : { retentionDurationInDays: days };
    return nativeBackupVault({ securitySettings: { softDeleteSettings: { state, ...retentionDurationInDays } } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR501",
    example: nativeBackup("Off"),
    fixed: { program: nativeBackup("On") },
    holds: [
        { name: "nothing is set: soft delete is on", round: nativeVault({}) },
        { name: "no properties at all", round: nativeVault(null) },
        { name: "nothing is set, classic", round: classicVault({}) },
        { name: "nothing is set, Backup vault", round: nativeBackupVault({}) },
        { name: "nothing is set, classic Backup vault", round: classicBackupVault({}) },
        { name: "it is on", round: native("Enabled") },
        { name: "it is always on", round: native("AlwaysON") },
        { name: "it is always on, Backup vault", round: nativeBackup("AlwaysOn") },
        { name: "it is on, once deployed", round: deployed(native("Enabled", 14)) },
        {
            name: "more days are asked for than a classic Recovery Services vault can set",
            round: classicVault({ softDeleteEnabled: true }),
            configuration: THIRTY,
        },
        {
            name: "days that are not known, where no more than the least are asked for",
            round: nativeVault({
                securitySettings: { softDeleteSettings: { softDeleteRetentionPeriodInDays: ref("rg.id") } },
            }),
        },
    ],
    violated: [
        { name: "it is off", round: native("Disabled"), on: ["vault"] },
        { name: "it is off in another case", round: native("disabled"), on: ["vault"] },
        { name: "it is off, classic", round: classicVault({ softDeleteEnabled: false }), on: ["vault"] },
        { name: "it is off, classic Backup vault", round: classicBackupVault({ softDelete: "Off" }), on: ["vault"] },
        { name: "it is off, once deployed", round: deployed(native("Disabled")), on: ["vault"] },
        { name: "it is off, at the preview of an update", round: updated(native("Disabled")), on: ["vault"] },
        {
            name: "more days are asked for than Azure's own",
            round: nativeVault({}),
            configuration: THIRTY,
            on: ["vault"],
        },
        {
            name: "days that are not known, but it is off",
            round: nativeVault({
                securitySettings: {
                    softDeleteSettings: {
                        softDeleteState: "Disabled",
                        softDeleteRetentionPeriodInDays: ref("rg.id"),
                    },
                },
            }),
            configuration: THIRTY,
            on: ["vault"],
        },
    ],
    undecided: [
        {
            name: "a state that is not known",
            round: nativeVault({ securitySettings: { softDeleteSettings: { softDeleteState: ref("rg.id") } } }),
            waitsFor: '"vault": properties.securitySettings.softDeleteSettings.softDeleteState',
        },
        {
            name: "properties that are not known",
            round: nativeVault(ref("rg.tags")),
            waitsFor: '"vault": properties',
        },
        {
            name: "a state that is not known, classic Backup vault",
            round: classicBackupVault({ softDelete: ref("rg.id") }),
            waitsFor: '"vault": softDelete',
        },
        {
            name: "days that are not known, where more than the least are asked for",
            round: nativeVault({
                securitySettings: { softDeleteSettings: { softDeleteRetentionPeriodInDays: ref("rg.id") } },
            }),
            configuration: THIRTY,
            waitsFor: '"vault": properties.securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays',
        },
    ],
    limits: [
        {
            allowed: { name: "14 days", round: native("Enabled", 14) },
            refused: { name: "13 days", round: native("Enabled", 13), on: ["vault"] },
        },
        {
            allowed: {
                name: "the most days there are, where they are asked for",
                round: native("Enabled", 180),
                configuration: MOST,
            },
            refused: { name: "one fewer", round: native("Enabled", 179), configuration: MOST, on: ["vault"] },
        },
        {
            allowed: {
                name: "30 days of 30, classic Backup vault",
                round: classicBackupVault({ retentionDurationInDays: 30 }),
                configuration: THIRTY,
            },
            refused: {
                name: "29 days of 30, classic Backup vault",
                round: classicBackupVault({ retentionDurationInDays: 29 }),
                configuration: THIRTY,
                on: ["vault"],
            },
        },
    ],
});
