import { diskBackup, listedDisk } from "../../harness/azure";
import { change, changedOutside, destroyed, notKnown, planCases } from "../../harness/plan-cases";
import type { PlanContent } from "../../../src/model/plan";
import { ref, type Program } from "../../harness/program";
import { changed, classic, itemShows, native, without } from "../plan-estates";

const ALL = destroyed(native());
const SHOP = without(withoutReference(), "spare");

export const cases = planCases(__filename, {
    policyId: "BCDR606",
    example: { before: SHOP, after: without(SHOP, "recovery") },
    fixed: {
        after: changed(SHOP, "recovery", {}, { protect: true }),
        says: "Keep the vault. Under `protect`, no later plan deletes it either:",
    },
    shows: ["recovery.vaultName", "webReplication.resourceName", ...itemShows()],
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        { name: "vaults without items", plan: destroyed(without(native(), "webBackup", "webReplication")) },
        {
            name: "a vault whose replicated items go before it, with their VMs",
            plan: destroyed(without(native(), "webBackup")),
        },
        { name: "items alone", plan: change(native(), without(native(), "webBackup", "webReplication")) },
        {
            name: "Pulumi only forgets the vault",
            plan: change(
                changed(withoutReference(), "recovery", {}, { retainOnDelete: true }),
                without(withoutReference(), "recovery"),
            ),
        },
        {
            name: "a vault that somebody has deleted in Azure",
            plan: changedOutside(native(), (stack) => stack.deleteOutside("backup")),
        },
    ],
    violated: [
        {
            name: "a destroyed stack: the vault, and not each item of it",
            plan: ALL,
            on: ["backup"],
            says: /retainOnDelete/,
        },
        {
            name: "a Backup vault",
            plan: destroyed({ ...native(), dataBackup: diskBackup(ref("data.id")) }, ["diskBackup"]),
            on: ["diskBackup"],
        },
        { name: "the classic provider", plan: destroyed(classic(), ["recovery"]), on: ["recovery"] },
        {
            name: "a vault that is replaced",
            plan: change(withoutReference(), withoutReference(), "recovery"),
            on: ["recovery"],
            says: /The plan replaces/,
        },
        {
            name: "an immutable vault with its items",
            plan: destroyed(locked(), ["backup", "webBackup"]),
            on: ["backup"],
            // BCDR611 leaves such items to this policy.
            says: /wait until its recovery points have expired[\s\S]*Nothing else makes an immutable vault/,
        },
        {
            name: "a vault with backups and replication",
            plan: destroyed(changed(native(), "webBackup", { vaultName: ref("recovery.name") }), ["recovery"]),
            on: ["recovery"],
            says: /stop each backup[\s\S]*disable replication[\s\S]*protected-item remove/,
        },
        {
            name: "under protect, which Pulumi keeps",
            plan: destroyed(changed(native(), "backup", {}, { protect: true }), ["backup"]),
            on: ["backup"],
        },
    ],
    undecided: [
        {
            name: "an item whose vault the state does not have",
            plan: unknownVault(change(withoutReference(), without(withoutReference(), "recovery"))),
            waitsFor: '"webReplication": resourceName',
        },
    ],
});

/** The item names its vault by a name that somebody wrote out, so that the vault alone can go. */
function withoutReference(): Program {
    return changed(native(), "webReplication", {
        resourceName: "shop-recovery",
        properties: {
            providerSpecificDetails: {
                instanceType: "A2A",
                fabricObjectId: ref("web.id"),
                vmManagedDisks: [listedDisk(ref("os.id")), listedDisk(ref("data.id"))],
            },
        },
    });
}

function unknownVault(plan: () => PlanContent): () => PlanContent {
    return notKnown(notKnown(plan, "before", "webReplication", "resourceName"), "before", "webReplication", "id");
}

function locked(): Program {
    const securitySettings = { immutabilitySettings: { state: "Locked" } };
    return changed(native(), "backup", { properties: { publicNetworkAccess: "Enabled", securitySettings } });
}
