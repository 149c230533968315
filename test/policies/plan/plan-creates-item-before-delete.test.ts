import { change, notKnown, planCases } from "../../harness/plan-cases";
import { ref, type Program } from "../../harness/program";
import { changed, classic, namedItem, native, renamed, without } from "../plan-estates";

const LISTED = without(classic(), "spare");
const UNLISTED = without(classic({ listed: [ref("os.id")] }), "spare");
const DELETED_FIRST = changed(LISTED, "webReplication", {}, { deleteBeforeReplace: true });

const OS =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/shop/providers/Microsoft.Compute/disks/web-os";

/** Under a resource of another name in the program, without an alias. */
function other(program: Program): Program {
    const { webReplication, ...others } = program;
    return { ...others, ...(webReplication === undefined ? {} : { replication: webReplication }) };
}

export const cases = planCases(__filename, {
    policyId: "BCDR604",
    example: { before: UNLISTED, after: LISTED },
    fixed: {
        after: DELETED_FIRST,
        says:
            "With `deleteBeforeReplace`, Pulumi disables replication, which deletes the recovery points of Site " +
            "Recovery, before it enables it again:",
    },
    shows: [
        "webReplication.sourceVmId",
        "webReplication.managedDisks.0.diskId",
        "webReplication.managedDisks.1.diskId",
    ],
    holds: [
        { name: "nothing changes", plan: change(classic(), classic()) },
        { name: "deleted before", plan: change(UNLISTED, DELETED_FIRST) },
        { name: "azure-native, which deletes before", plan: change(native(), native(), "webReplication") },
        { name: "an item that only goes", plan: change(native(), without(native(), "webReplication")) },
        { name: "a new VM with a new item", plan: change(classic(), classic(), "web", "webReplication") },
        {
            name: "another name in the program with an alias",
            plan: change(native(), renamed(native(), "webReplication", "replication")),
        },
    ],
    violated: [
        {
            name: "an item that is replaced for the letter case of an ID",
            plan: createFirst(
                change(
                    namedItem(classic({ listed: [OS, ref("data.id")] })),
                    namedItem(classic({ listed: [OS.replace("/shop/", "/Shop/"), ref("data.id")] })),
                    "webReplication",
                ),
            ),
            on: ["webReplication"],
            says: /in the letter case that the state has/,
        },
        {
            name: "another name in the program without an alias",
            plan: change(native(), other(native())),
            on: ["webReplication"],
            says: /give "replication" an alias with the old name/,
        },
        {
            name: "the same in the classic provider",
            plan: change(classic(), other(classic())),
            on: ["webReplication"],
            says: /an alias with the old name[\s\S]*apply in two runs/,
        },
        {
            name: "an old item that Pulumi only forgets",
            plan: change(
                changed(UNLISTED, "webReplication", {}, { retainOnDelete: true }),
                changed(DELETED_FIRST, "webReplication", {}, { retainOnDelete: true }),
            ),
            on: ["webReplication"],
            says: /retainOnDelete/,
        },
        {
            name: "azure-native with a name that Pulumi made",
            plan: createFirst(change(native(), native(), "webReplication")),
            on: ["webReplication"],
        },
    ],
    undecided: [
        {
            name: "an item whose VM the plan does not have",
            plan: notKnown(change(literal("web"), literal("web2")), "after", "webReplication", "sourceVmId"),
            waitsFor: '"webReplication": sourceVmId',
        },
    ],
});

function createFirst(plan: ReturnType<typeof change>): ReturnType<typeof change> {
    return () => {
        const content = plan();
        return {
            ...content,
            steps: new Map(
                [...content.steps].map(([urn, step]) => [urn, { ...step, createsFirst: step.operation === "replace" }]),
            ),
        };
    };
}

function literal(name: string): Program {
    const id = `/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/far/providers/Microsoft.Compute/virtualMachines/${name}`;
    return changed(classic(), "webReplication", { sourceVmId: id });
}
