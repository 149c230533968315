import { change, changedOutside, deployed, destroyed, notKnown, type PlanCases } from "../../harness/plan-cases";
import { byId, changed, classicById, implicit, native, onlyItems, renamed, without } from "../plan-estates";

const ITEMS = ["webBackup", "webReplication"];

export const cases: PlanCases = {
    rule: "BCDR602",
    example: { before: byId(native()), after: without(byId(native()), "web") },
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        {
            name: "a size of the machine",
            plan: change(native(), native({ machine: { hardwareProfile: { vmSize: "Standard_D8s_v5" } } })),
        },
        { name: "its items go with it", plan: change(native(), without(native(), "web", ...ITEMS)) },
        { name: "the stack is destroyed", plan: destroyed(native()) },
        {
            name: "a machine without protection",
            plan: change(without(native(), ...ITEMS), without(native(), "web", ...ITEMS)),
        },
        {
            name: "Pulumi only forgets it",
            plan: change(changed(byId(native()), "web", {}, { retainOnDelete: true }), without(byId(native()), "web")),
        },
        {
            name: "a new item for a machine that is made anew",
            plan: change(byId(native()), byId(native()), "web", "webReplication"),
        },
        {
            name: "a machine that is backed up and made anew under its name",
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
        { name: "items of a machine elsewhere", plan: change(onlyItems(), onlyItems()) },
    ],
    violated: [
        {
            name: "made anew under its name",
            plan: change(native(), native(), "web"),
            on: ["web"],
            says: /The plan replaces machine "web"/,
        },
        {
            name: "made anew, in the classic provider, with an item that names it by its id",
            plan: change(classicById(), classicById(), "web"),
            on: ["web"],
        },
        { name: "made anew, with a disk that Azure makes", plan: change(implicit(), implicit(), "web"), on: ["web"] },
        {
            name: "deleted under its backup item",
            plan: change(without(byId(native()), "webReplication"), without(byId(native()), "web", "webReplication")),
            on: ["web"],
            says: /ProtectionStopped/,
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
            says: /has been deleted outside of Pulumi/,
        },
        {
            name: "an item that Pulumi forgets goes on in Azure",
            plan: change(
                changed(native(), "webReplication", {}, { retainOnDelete: true }),
                without(native(), "web", ...ITEMS),
            ),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "an item of which the state does not tell the machine",
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
};
