import type { PlanContent } from "../../../src/model/plan";
import type { ValueMap } from "../../../dev/offline/providers/values";
import { deployed, notKnown, planCases } from "../../harness/plan-cases";
import type { Program } from "../../harness/program";
import type { Stack } from "../../harness/stack";
import { changed, native, without } from "../plan-estates";

const KEPT = { ignoreChanges: ["properties"] };
const SHOP = changed(native({ vm: {} }), "webReplication", {}, KEPT);

/** The same stack after a failover that nobody has re-protected. */
function afterFailover(act: (stack: Stack) => PlanContent, side = "Recovery"): () => PlanContent {
    return () => {
        const stack = deployed(SHOP);
        stack.portal("webReplication", (item) => ({
            ...item,
            properties: { ...(item["properties"] as ValueMap), activeLocation: side },
        }));
        stack.refresh();
        return act(stack);
    };
}

/** The item keeps its inputs; only the VM goes. */
const GONE: Program = without(SHOP, "web", "webBackup", "webReplication");

export const cases = planCases(__filename, {
    policyId: "BCDR605",
    example: { before: SHOP, after: GONE },
    exampleLater: {
        says: "Once `web` has failed over, at the plan of a destruction of `web` alone",
        plan: afterFailover((stack) => stack.planDestroy(["web"])),
    },
    holds: [
        { name: "nothing changes", plan: afterFailover((stack) => stack.plan(SHOP)) },
        { name: "before the failover", plan: afterFailover((stack) => stack.planDestroy(["web"]), "Primary") },
        { name: "its item goes, too", plan: afterFailover((stack) => stack.plan(GONE)) },
        { name: "the stack is destroyed", plan: afterFailover((stack) => stack.planDestroy()) },
    ],
    violated: [
        {
            name: "replaced",
            plan: afterFailover((stack) => stack.plan(SHOP, { replace: ["web"] })),
            on: ["web"],
            says: /The plan replaces/,
        },
        {
            name: "deleted outside of Pulumi",
            plan: afterFailover((stack) => {
                stack.deleteOutside("web");
                return stack.planRefresh();
            }),
            on: ["web"],
            says: /was deleted outside of Pulumi/,
        },
    ],
    undecided: [
        {
            name: "a side that the state does not have",
            plan: notKnown(
                afterFailover((stack) => stack.planDestroy(["web"])),
                "before",
                "webReplication",
                "properties",
                "activeLocation",
            ),
            waitsFor: '"webReplication": properties.activeLocation',
        },
    ],
});
