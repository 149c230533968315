import { ref } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    classicBackupVault,
    classicVault,
    deployed,
    nativeBackupVault,
    nativeVault,
    updated,
} from "../../harness/vaults";

export const cases = policyCases(__filename, {
    policyId: "BCDR506",
    example: nativeVault({ publicNetworkAccess: "Enabled" }),
    fixed: {
        program: nativeVault({ publicNetworkAccess: "Disabled" }),
        says: "Create the private endpoints while the vault has no items, then turn off public network access:",
    },
    holds: [
        {
            name: "closed, once deployed",
            round: deployed(nativeVault({ publicNetworkAccess: "Disabled" })),
        },
        { name: "a Backup vault, which has no such setting", round: nativeBackupVault({}) },
        { name: "a classic Backup vault", round: classicBackupVault({}) },
    ],
    violated: [
        { name: "nothing is set: it is open", round: nativeVault({}), on: ["vault"] },
        { name: "nothing is set, classic", round: classicVault({}), on: ["vault"] },
        {
            name: "open, once deployed",
            round: deployed(nativeVault({ publicNetworkAccess: "Enabled" })),
            on: ["vault"],
        },
        {
            name: "open, at the preview of an update",
            round: updated(nativeVault({ publicNetworkAccess: "Enabled" })),
            on: ["vault"],
        },
    ],
    undecided: [
        {
            name: "not known",
            round: nativeVault({ publicNetworkAccess: ref("rg.id") }),
            waitsFor: '"vault": properties.publicNetworkAccess',
        },
    ],
    limits: [
        {
            allowed: {
                name: "closed",
                round: nativeVault({ publicNetworkAccess: "Disabled" }),
            },
            refused: {
                name: "open",
                round: nativeVault({ publicNetworkAccess: "Enabled" }),
                on: ["vault"],
            },
        },
        {
            allowed: {
                name: "closed, classic",
                round: classicVault({ publicNetworkAccessEnabled: false }),
            },
            refused: {
                name: "open, classic",
                round: classicVault({ publicNetworkAccessEnabled: true }),
                on: ["vault"],
            },
        },
    ],
});
