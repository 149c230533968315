import { change, notKnown, planCases } from "../../harness/plan-cases";
import type { Program } from "../../harness/program";
import { changed } from "../plan-estates";
import { classicVault, nativeBackupVault, nativeVault } from "../../harness/vaults";

const softDelete = (state: string, days: number): Program =>
    nativeVault({
        securitySettings: { softDeleteSettings: { softDeleteState: state, softDeleteRetentionPeriodInDays: days } },
    });
const immutability = (state: string): Program => nativeVault({ securitySettings: { immutabilitySettings: { state } } });

export const cases = planCases(__filename, {
    policyId: "BCDR612",
    example: { before: softDelete("Enabled", 30), after: softDelete("Disabled", 30) },
    fixed: { after: softDelete("Enabled", 30), says: "Keep soft delete at least as strong as the deployed setting:" },
    shows: ["vault.properties.securitySettings.softDeleteSettings"],
    holds: [
        { name: "nothing changes", plan: change(softDelete("Enabled", 30), softDelete("Enabled", 30)) },
        {
            name: "a tag of a vault",
            plan: change(
                softDelete("Enabled", 30),
                changed(softDelete("Enabled", 30), "vault", { tags: { team: "shop" } }),
            ),
        },
        {
            name: "soft delete for ever, in place of soft delete",
            plan: change(softDelete("Enabled", 30), softDelete("AlwaysON", 30)),
        },
        { name: "immutability that is locked", plan: change(immutability("Unlocked"), immutability("Locked")) },
    ],
    violated: [
        {
            name: "soft delete is switched off",
            plan: change(softDelete("Enabled", 30), softDelete("Disabled", 30)),
            on: ["vault"],
            says: /In "vault", set soft delete back to "Enabled"[\s\S]*softDeleteState/,
        },
        {
            name: "the same in the classic provider",
            plan: change(classicVault({ softDeleteEnabled: true }), classicVault({ softDeleteEnabled: false })),
            on: ["vault"],
        },
        {
            name: "soft delete of a Backup vault",
            plan: change(
                nativeBackupVault({ securitySettings: { softDeleteSettings: { state: "On" } } }),
                nativeBackupVault({ securitySettings: { softDeleteSettings: { state: "Off" } } }),
            ),
            on: ["vault"],
        },
        {
            name: "immutability is switched off",
            plan: change(immutability("Unlocked"), immutability("Disabled")),
            on: ["vault"],
        },
    ],
    undecided: [
        {
            name: "soft delete that the plan does not know",
            plan: notKnown(
                change(softDelete("Enabled", 30), softDelete("Enabled", 30)),
                "after",
                "vault",
                "properties",
                "securitySettings",
                "softDeleteSettings",
                "softDeleteState",
            ),
            waitsFor: '"vault": properties.securitySettings.softDeleteSettings.softDeleteState',
        },
    ],
    limits: [
        {
            allowed: {
                name: "as many days of soft delete",
                plan: change(softDelete("Enabled", 30), softDelete("Enabled", 30)),
            },
            refused: {
                name: "one day of it less",
                plan: change(softDelete("Enabled", 30), softDelete("Enabled", 29)),
                on: ["vault"],
            },
        },
    ],
});
