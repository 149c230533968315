import type { PlanContent } from "../../../src/model/plan";
import type { ValueMap } from "../../../dev/offline/providers/values";
import { deployed, notKnown, planCases } from "../../harness/plan-cases";
import type { Program } from "../../harness/program";
import type { Stack } from "../../harness/stack";
import { byId, itemShows, native, without } from "../plan-estates";

/** The items name the VM by its id, so that it can go alone. */
const SHOP = without(byId(native()), "spare");

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

const GONE: Program = without(SHOP, "web");
const GONE_WITH_ITEMS = without(GONE, "webBackup", "webReplication");

export const cases = planCases(__filename, {
    policyId: "BCDR605",
    example: { before: SHOP, after: GONE },
    exampleLater: {
        says: "Once `web` has failed over, at the plan of this change",
        plan: afterFailover((stack) => stack.plan(GONE)),
    },
    fixed: {
        plan: afterFailover((stack) => stack.plan(SHOP)),
        says:
            "Leave `web` in the program until you have committed the failover and re-protected the failover VM. " +
            "To give `web` up, disable replication before you remove it.",
    },
    shows: ["web.vmName", ...itemShows()],
    holds: [
        { name: "nothing changes", plan: afterFailover((stack) => stack.plan(SHOP)) },
        { name: "before the failover", plan: afterFailover((stack) => stack.planDestroy(["web"]), "Primary") },
        { name: "its item goes, too", plan: afterFailover((stack) => stack.plan(GONE_WITH_ITEMS)) },
        { name: "the stack is destroyed", plan: afterFailover((stack) => stack.planDestroy()) },
    ],
    violated: [
        { name: "destroyed alone", plan: afterFailover((stack) => stack.planDestroy(["web"])), on: ["web"] },
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
