import { disk, fromRestorePoint, vm, replicatedItem, NAMED_SURROUNDINGS } from "../../harness/azure";
import { ref, type Content, type Program } from "../../harness/program";
import type { PolicyCases } from "../../harness/rule-cases";
import { Stack } from "../../harness/stack";

/** `web` boots from a restored disk, if it is; `db` is in its group, or not. */
function two(os: "original" | "restored", webGroup: Content, dbGroup: Content = "shop"): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: disk({ over: { osType: "Linux" } }),
        restored: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
        web: vm({ name: "web", osDisk: ref(`${os}.id`) }),
        webReplication: replicatedItem(ref("web.id"), [ref("original.id")], { multiVmGroupName: webGroup }),
        dbOs: disk({ over: { osType: "Linux" } }),
        db: vm({ name: "db", osDisk: ref("dbOs.id") }),
        dbReplication: replicatedItem(ref("db.id"), [ref("dbOs.id")], { multiVmGroupName: dbGroup }),
    };
}

export const cases: PolicyCases = {
    policyId: "BCDR123",
    example: two("restored", "shop"),
    exampleLater: {
        says: "Where `web` has booted from `original` until now, at the preview of this change",
        round: (example) => {
            const stack = new Stack();
            stack.up(two("original", "shop"));
            return stack.preview(example);
        },
    },
    holds: [{ name: "nobody was restored", round: two("original", "shop") }],
    violated: [
        {
            name: "in the state after the swap",
            round: () => {
                const stack = new Stack();
                stack.up(two("original", "shop"));
                return stack.up(two("restored", "shop"));
            },
            on: ["web"],
        },
        { name: "whatever the case of its name", round: two("restored", "SHOP"), on: ["web"] },
    ],
    undecided: [
        {
            name: "a group whose name the plan does not know",
            round: two("restored", ref("rg.name")),
            waitsFor: '"webReplication": properties.providerSpecificDetails.multiVmGroupName',
        },
    ],
    limits: [
        {
            allowed: { name: "a group of one", round: two("restored", "shop", "stage") },
            refused: { name: "a group of two", round: two("restored", "shop", "shop"), on: ["web"] },
        },
    ],
};
