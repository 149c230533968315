import type { ValueMap } from "../../../dev/offline/providers/values";
import { afterDisabling, change, changedOutside, notKnown, planCases } from "../../harness/plan-cases";
import { fromRestorePoint } from "../../harness/azure";
import { ref } from "../../harness/program";
import { changed, classic, itemShows, namedItem, native, without } from "../plan-estates";

const OS = [ref("os.id")];
const RESTORE_POINT = fromRestorePoint()["sourceResourceId"]!;

const SHOP = without(native(), "spare");
const UNLISTED = without(native({ data: [], listed: OS }), "spare");

export const cases = planCases(__filename, {
    policyId: "BCDR608",
    example: { before: SHOP, after: without(native({ data: [] }), "spare") },
    fixed: {
        after: UNLISTED,
        plan: afterDisabling(SHOP, UNLISTED),
        says:
            "Check that a backup has the data. Disable replication of `web`. " +
            "Run `pulumi refresh`, which drops the item from the state. " +
            "This change then removes the disk and enables replication again:",
    },
    shows: itemShows(0, 1),
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        {
            name: "a disk that replication leaves out",
            plan: change(native({ listed: OS }), native({ listed: OS, data: [] })),
        },
        { name: "another LUN", plan: change(native({ data: ["spare", "data"] }), native({ data: ["data"] })) },
        { name: "one disk more", plan: change(native(), native({ data: ["data", "spare"] })) },
        {
            name: "an item that is replaced with it",
            plan: change(native(), native({ data: [], listed: OS }), "webReplication"),
        },
        {
            name: "a VM that is not replicated",
            plan: change(without(native(), "webReplication"), without(native({ data: [] }), "webReplication")),
        },
        {
            name: "another disk in its place, which BCDR601 reports",
            plan: change(native(), native({ data: ["spare"] })),
        },
        {
            name: "a data disk that Pulumi only forgets, under an item that is replaced without it",
            plan: change(
                namedItem(changed(classic(), "data", {}, { retainOnDelete: true })),
                without(namedItem(classic({ data: [], listed: OS })), "data"),
            ),
        },
        {
            name: "a data disk that goes with its VM",
            plan: change(namedItem(classic()), without(classic(), "web", "webReplication", "place0", "os", "data")),
        },
        {
            name: "a data disk that is replaced from a recovery point",
            plan: change(
                namedItem(classic()),
                namedItem(changed(classic(), "data", { createOption: "Restore", sourceResourceId: RESTORE_POINT })),
            ),
        },
        {
            name: "an attachment that Pulumi only forgets",
            plan: change(changed(classic(), "place0", {}, { retainOnDelete: true }), classic({ data: [] })),
        },
    ],
    violated: [
        { name: "the classic provider", plan: change(classic(), classic({ data: [] })), on: ["web"] },
        {
            name: "two disks at once",
            plan: change(
                native({ data: ["data", "spare"], listed: [...OS, ref("data.id"), ref("spare.id")] }),
                native({ data: [], listed: [...OS, ref("data.id"), ref("spare.id")] }),
            ),
            on: ["web"],
            says: /removes 2 data disks from replicated VM "web"/,
        },
        {
            name: "outside of Pulumi",
            plan: changedOutside(native(), (stack) => stack.portal("web", detached)),
            on: ["web"],
            says: /was removed from replicated VM "web" outside of Pulumi/,
        },
        {
            name: "deleted with its data, under an item that stays",
            plan: change(native(), without(native({ data: [], listed: OS }), "data")),
            on: ["web"],
            says: /removes data disk "data"/,
        },
        {
            name: "deleted with its data, under a classic item that is replaced without it",
            plan: change(namedItem(classic()), without(namedItem(classic({ data: [], listed: OS })), "data")),
            on: ["web"],
            says: /deletes data disk "data" of replicated VM "web", with all data[\s\S]*retainOnDelete/,
        },
        {
            name: "the same for a VM of azure-native whose item is replaced",
            plan: change(native(), without(native({ data: [], listed: OS }), "data"), "webReplication"),
            on: ["web"],
            says: /with all data/,
        },
        {
            name: "replaced empty, along with its VM and the item",
            plan: change(
                namedItem(changed(classic(), "data", { createOption: "Restore", sourceResourceId: RESTORE_POINT })),
                namedItem(classic({ os: "spare", listed: [ref("spare.id"), ref("data.id")] })),
            ),
            on: ["web"],
            says: /with all data/,
        },
        {
            name: "the list is edited along with it",
            plan: change(native(), native({ data: [], listed: OS })),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "disks that the plan does not know",
            plan: notKnown(
                change(native(), native({ vm: { tags: { a: "b" } }, data: [] })),
                "after",
                "web",
                "storageProfile",
                "dataDisks",
            ),
            waitsFor: '"web": storageProfile.dataDisks',
        },
    ],
});

function detached(response: ValueMap): ValueMap {
    return { ...response, storageProfile: { ...(response["storageProfile"] as ValueMap), dataDisks: [] } };
}
