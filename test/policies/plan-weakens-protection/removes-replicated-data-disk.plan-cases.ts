import type { ValueMap } from "../../../offline/providers/values";
import { change, changedOutside, notKnown, type PlanCases } from "../../harness/plan-cases";
import { ref } from "../../harness/program";
import { changed, classic, native, without } from "../plan-estates";

const OS = [ref("os.id")];

export const cases: PlanCases = {
    rule: "BCDR608",
    example: { before: native(), after: native({ data: [] }) },
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        {
            name: "a disk that replication leaves out",
            plan: change(native({ listed: OS }), native({ listed: OS, data: [] })),
        },
        { name: "another LUN", plan: change(native({ data: ["spare", "data"] }), native({ data: ["data"] })) },
        { name: "one disk more", plan: change(native(), native({ data: ["data", "spare"] })) },
        {
            name: "an item that is made anew with it",
            plan: change(native(), native({ data: [], listed: OS }), "webReplication"),
        },
        {
            name: "a machine that is not replicated",
            plan: change(without(native(), "webReplication"), without(native({ data: [] }), "webReplication")),
        },
        { name: "another disk in its place, which BCDR601 tells", plan: change(native(), native({ data: ["spare"] })) },
        {
            name: "an attachment that Pulumi only forgets",
            plan: change(changed(classic(), "place0", {}, { retainOnDelete: true }), classic({ data: [] })),
        },
    ],
    violated: [
        { name: "the classic provider", plan: change(classic(), classic({ data: [] })), on: ["web"] },
        {
            name: "outside of Pulumi",
            plan: changedOutside(native(), (stack) => stack.portal("web", detached)),
            on: ["web"],
            says: /has been removed from the replicated machine "web" outside of Pulumi/,
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
                change(native(), native({ machine: { tags: { a: "b" } }, data: [] })),
                "after",
                "web",
                "storageProfile",
                "dataDisks",
            ),
            waitsFor: '"web": storageProfile.dataDisks',
        },
    ],
};

function detached(response: ValueMap): ValueMap {
    return { ...response, storageProfile: { ...(response["storageProfile"] as ValueMap), dataDisks: [] } };
}
