import { change, changedOutside, destroyed, notKnown, planCases } from "../../harness/plan-cases";
import { backupItem } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { changed, native, without } from "../plan-estates";

const UNLOCKED = { securitySettings: { immutabilitySettings: { state: "Unlocked" } } };
const LOCKED = { securitySettings: { immutabilitySettings: { state: "Locked" } } };
const OPEN = { securitySettings: { immutabilitySettings: { state: "Disabled" } } };

const SHOP = without(immutable(LOCKED), "spare");

export const cases = planCases(__filename, {
    policyId: "BCDR611",
    example: { before: SHOP, after: without(SHOP, "webBackup") },
    fixed: {
        after: {
            ...SHOP,
            webBackup: backupItem(ref("web.id"), "shop;web", { protectionState: "ProtectionStopped" }),
        },
        says: "Stop the backup, and keep the item in the program until its recovery points have expired:",
    },
    shows: ["backup.properties.securitySettings", "webBackup.vaultName", "webBackup.properties.sourceResourceId"],
    holds: [
        { name: "nothing changes", plan: change(immutable(LOCKED), immutable(LOCKED)) },
        {
            name: "an item of a vault that is not immutable",
            plan: change(immutable(OPEN), without(immutable(OPEN), "webBackup")),
        },
        {
            name: "an item of a vault that stops being immutable first",
            plan: change(immutable(UNLOCKED), without(immutable(OPEN), "webBackup")),
        },
        { name: "an item that goes with its vault, which BCDR606 reports", plan: destroyed(immutable(LOCKED)) },
        {
            name: "an item that somebody has deleted in Azure",
            plan: changedOutside(immutable(LOCKED), (stack) => stack.deleteOutside("webBackup")),
        },
    ],
    violated: [
        {
            name: "an item of an immutable vault",
            plan: change(immutable(UNLOCKED), without(immutable(UNLOCKED), "webBackup")),
            on: ["webBackup"],
        },
        {
            name: "an item of a locked vault, with its VM",
            plan: change(immutable(LOCKED), without(immutable(LOCKED), "web", "webBackup", "webReplication")),
            on: ["webBackup"],
        },
    ],
    undecided: [
        {
            name: "immutability that the state does not have",
            plan: notKnown(
                change(immutable(OPEN), without(immutable(OPEN), "webBackup")),
                "after",
                "backup",
                "properties",
                "securitySettings",
            ),
            waitsFor: '"backup": properties.securitySettings',
        },
    ],
});

function immutable(settings: typeof UNLOCKED): Program {
    return changed(native(), "backup", { properties: { publicNetworkAccess: "Enabled", ...settings } });
}
