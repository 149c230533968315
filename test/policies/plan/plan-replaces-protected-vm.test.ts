import {
    afterDisabling,
    change,
    changedOutside,
    deployed,
    destroyed,
    notKnown,
    planCases,
} from "../../harness/plan-cases";
import { backupItem } from "../../harness/azure";
import { protectedVm } from "../../harness/classic";
import { ref, type Program } from "../../harness/program";
import {
    byId,
    changed,
    classic,
    classicById,
    implicit,
    itemShows,
    native,
    onlyItems,
    renamed,
    WEB,
    without,
} from "../plan-estates";

const ITEMS = ["webBackup", "webReplication"];

/** The items name the VM by its id, so that it can go alone. */
const SHOP = without(byId(native()), "spare");

/** Backed up, and not replicated. */
function backedUp(program: Program): Program {
    return without(program, "webReplication");
}

function stopped(): Program {
    return {
        ...backedUp(byId(native())),
        webBackup: backupItem(WEB, "shop;web", { protectionState: "ProtectionStopped" }),
    };
}

const GONE_AND_STOPPED = without(stopped(), "spare", "web");

export const cases = planCases(__filename, {
    policyId: "BCDR602",
    example: { before: SHOP, after: without(SHOP, "web") },
    fixed: {
        after: GONE_AND_STOPPED,
        plan: afterDisabling(SHOP, GONE_AND_STOPPED),
        says:
            "Disable replication of `web`. Run `pulumi refresh`, which drops the item from the state. " +
            "This change then removes `web` and `webReplication` from the program, and stops the backup:",
    },
    shows: ["web.vmName", "webBackup.properties.sourceResourceId", ...itemShows()],
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        {
            name: "a size of the VM",
            plan: change(native(), native({ vm: { hardwareProfile: { vmSize: "Standard_D8s_v5" } } })),
        },
        { name: "its items go with it", plan: change(native(), without(native(), "web", ...ITEMS)) },
        { name: "the stack is destroyed", plan: destroyed(native()) },
        {
            name: "a VM without protection",
            plan: change(without(native(), ...ITEMS), without(native(), "web", ...ITEMS)),
        },
        {
            name: "Pulumi only forgets it",
            plan: change(changed(byId(native()), "web", {}, { retainOnDelete: true }), without(byId(native()), "web")),
        },
        {
            name: "a new item for a VM that is replaced",
            plan: change(byId(native()), byId(native()), "web", "webReplication"),
        },
        {
            name: "a VM that is backed up and replaced under its name",
            plan: change(without(byId(native()), "webReplication"), without(byId(native()), "webReplication"), "web"),
        },
        { name: "another name in the program", plan: change(native(), renamed(native(), "web", "server")) },
        {
            name: "backup was stopped before, with its data kept",
            plan: () => {
                const stopped = changed(without(byId(native()), "webReplication"), "webBackup", {});
                const stack = deployed(stopped);
                stack.portal("webBackup", (item) => ({
                    ...item,
                    properties: { ...(item["properties"] as object), protectionState: "ProtectionStopped" },
                }));
                stack.refresh();
                return stack.plan(without(stopped, "web"));
            },
        },
        {
            name: "the same plan stops its backup",
            plan: change(backedUp(byId(native())), without(stopped(), "web")),
        },
        {
            name: "the same in the classic provider, by an item that names its VM no longer",
            plan: change(
                { ...backedUp(classic()), webBackup: protectedVm(ref("web.id")) },
                {
                    ...without(backedUp(classic()), "web", "place0", "os", "data"),
                    webBackup: protectedVm(null, { backupPolicyId: null, protectionState: "ProtectionStopped" }),
                },
            ),
        },
        { name: "items of a VM elsewhere", plan: change(onlyItems(), onlyItems()) },
    ],
    violated: [
        {
            name: "replaced under its name",
            plan: change(native(), native(), "web"),
            on: ["web"],
            says: /The plan replaces VM "web"/,
        },
        {
            name: "replaced, in the classic provider, with an item that names it by its id",
            plan: change(classicById(), classicById(), "web"),
            on: ["web"],
        },
        { name: "replaced, with a disk that Azure makes", plan: change(implicit(), implicit(), "web"), on: ["web"] },
        {
            name: "deleted under its backup item",
            plan: change(without(byId(native()), "webReplication"), without(byId(native()), "web", "webReplication")),
            on: ["web"],
            says: /ProtectionStopped/,
        },
        {
            name: "deleted under its replicated item, while its backup is stopped",
            plan: change(byId(native()), { ...without(byId(native()), "web"), webBackup: stopped()["webBackup"]! }),
            on: ["web"],
            says: /^(?![\s\S]*ProtectionStopped)[\s\S]*its replicated item "webReplication" stays/,
        },
        {
            name: "deleted under its item, in the classic provider",
            plan: change(classicById(), without(classicById(), "web", "place0")),
            on: ["web"],
            says: /Remove "webReplication" from the program/,
        },
        { name: "destroyed alone, by --target", plan: destroyed(native(), ["web"]), on: ["web"] },
        {
            name: "under protect, which Pulumi keeps",
            plan: change(changed(byId(native()), "web", {}, { protect: true }), without(byId(native()), "web")),
            on: ["web"],
        },
        {
            name: "deleted outside of Pulumi",
            plan: changedOutside(native(), (stack) => stack.deleteOutside("web")),
            on: ["web"],
            says: /was deleted outside of Pulumi/,
        },
        {
            name: "an item that Pulumi only drops from its state",
            plan: change(
                changed(native(), "webReplication", {}, { retainOnDelete: true }),
                without(native(), "web", ...ITEMS),
            ),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "an item whose VM the state does not have",
            plan: notKnown(
                change(byId(native()), without(byId(native()), "web", "webBackup")),
                "before",
                "webReplication",
                "properties",
                "providerSpecificDetails",
                "fabricObjectId",
            ),
            waitsFor: '"webReplication": properties.providerSpecificDetails.fabricObjectId',
        },
    ],
});
