import type { ValueMap } from "../../../dev/offline/providers/values";
import { disk } from "../../harness/azure";
import { withHidden } from "../../harness/hidden-parts";
import { change, deployed, notKnown, planCases } from "../../harness/plan-cases";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { changed, classic, classicGroupOfTwo, implicit, itemShows, native, without } from "../plan-estates";

const OS = [ref("os.id")];
const LIST = ["properties", "providerSpecificDetails", "vmManagedDisks"];
const SWAPPED = native({ os: "spare", listed: [ref("spare.id"), ref("data.id")] });
const UNLISTED = without(native({ listed: OS }), "spare");
const LISTED = without(native(), "spare");
const THREE = [ref("os.id"), ref("data.id"), ref("spare.id")];

function inGroup(multiVmGroupName: Content, over: Properties = {}): Program {
    return native({ item: { multiVmGroupName, ...over } });
}

function classicInGroup(multiVmGroupName: Content): Program {
    return changed(classic(), "webReplication", { multiVmGroupName });
}

export const cases = planCases(__filename, {
    policyId: "BCDR609",
    example: { before: UNLISTED, after: LISTED },
    fixed: {
        plan: () => {
            const stack = deployed(UNLISTED);
            stack.portal("webReplication", (item) => listing(item, stack.idOf("os"), stack.idOf("data")));
            stack.refresh();
            return stack.plan(LISTED);
        },
        says:
            "Add the disk in the vault first, under Replicated items > webReplication > Disks, and run " +
            "`pulumi refresh`. The same change then lists what Site Recovery already replicates.",
    },
    shows: [...itemShows(0, 1), "web.storageProfile.osDisk.managedDisk", "web.storageProfile.dataDisks.0.managedDisk"],
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        { name: "another order", plan: change(native(), native({ listed: [ref("data.id"), ref("os.id")] })) },
        {
            name: "another target group",
            plan: change(native(), native({ item: { recoveryResourceGroupId: "/subscriptions/s/resourceGroups/dr" } })),
        },
        {
            name: "an id in another case",
            plan: () => {
                const stack = deployed(native());
                return stack.plan(native({ listed: [stack.idOf("os").toUpperCase(), stack.idOf("data")] }));
            },
        },
        { name: "a new item", plan: change(native(), native({ listed: OS }), "webReplication") },
        { name: "a group in another case", plan: change(inGroup("shop"), inGroup("Shop")) },
        { name: "a new item in another group", plan: change(inGroup("shop"), inGroup("shop-2"), "webReplication") },
        {
            name: "a group that Azure made by itself",
            plan: () => {
                const stack = deployed(native());
                stack.portal("webReplication", (item) =>
                    answering(item, { multiVmGroupName: "b7c1", multiVmGroupCreateOption: "AutoCreated" }),
                );
                stack.refresh();
                return stack.plan(changed(native(), "web", { tags: { team: "shop" } }));
            },
        },
        {
            name: "a program that follows the group that was set up in Azure",
            plan: () => {
                const stack = deployed(native());
                stack.portal("webReplication", (item) => answering(item, { multiVmGroupName: "shop" }));
                stack.refresh();
                return stack.plan(inGroup("shop"));
            },
        },
        { name: "the classic provider replaces the item", plan: change(classic(), classic({ listed: OS })) },
        {
            name: "a change of the VM, whose own disk the list names",
            plan: change(implicit(), implicit({ tags: { team: "shop" } })),
        },
        {
            name: "a program that follows what was done in Azure",
            plan: () => {
                const stack = deployed(native());
                stack.portal("webReplication", (item) => listing(item, stack.idOf("os"), stack.idOf("spare")));
                stack.refresh();
                return stack.plan(native({ listed: [ref("os.id"), ref("spare.id")] }));
            },
        },
        {
            name: "a tag of a listed disk",
            plan: change(native(), changed(native(), "data", { tags: { team: "shop" } })),
        },
    ],
    violated: [
        {
            name: "another group",
            plan: change(inGroup("shop"), inGroup("shop-2")),
            on: ["webReplication"],
            says: /moves replicated item "webReplication" to consistency group "shop-2" in place/,
        },
        { name: "a group for a VM that is in none", plan: change(native(), inGroup("shop")), on: ["webReplication"] },
        { name: "no group any longer", plan: change(inGroup("shop"), native()), on: ["webReplication"] },
        {
            name: "another group and another list",
            plan: change(inGroup("shop"), native({ listed: OS, item: { multiVmGroupName: "shop-2" } })),
            on: ["webReplication"],
            says: /edits the disk list/,
        },
        {
            name: "another group, classic",
            plan: change(classicInGroup("shop"), classicInGroup("shop-2")),
            on: ["webReplication"],
            says: /protected-item remove/,
        },
        {
            name: "the group of another VM, classic",
            plan: change(
                changed(classicGroupOfTwo(), "webReplication", { multiVmGroupName: "alone" }),
                classicGroupOfTwo(),
            ),
            on: ["webReplication"],
            says: /replication of "app" together/,
        },
        { name: "one disk less", plan: change(native(), native({ listed: OS })), on: ["webReplication"] },
        {
            name: "another disk",
            plan: change(native(), native({ listed: [ref("spare.id"), ref("data.id")] })),
            on: ["webReplication"],
            says: /protected-item remove/,
        },
        {
            name: "a disk that the plan makes",
            plan: change(without(native(), "spare"), { spare: disk(), ...native({ listed: THREE }) }),
            on: ["webReplication"],
            says: /one at a time/,
        },
        {
            name: "a disk that is replaced under its name",
            plan: change(native(), native(), "data"),
            on: ["webReplication"],
        },
        ...[LIST, ["properties"]].map((path) => ({
            name: `${String(path.at(-1))} out of an apply over a disk that the plan makes and the VM gets`,
            plan: change(without(native(), "spare"), withHidden(SWAPPED, { resource: "webReplication", path })),
            on: ["webReplication"],
        })),
        { name: "no list any longer", plan: change(native(), native({ listed: [] })), on: ["webReplication"] },
    ],
    undecided: [
        {
            name: "a group that the plan does not know",
            plan: notKnown(
                change(inGroup("shop"), inGroup("shop-2")),
                "after",
                "webReplication",
                "properties",
                "providerSpecificDetails",
                "multiVmGroupName",
            ),
            waitsFor: '"webReplication": properties.providerSpecificDetails.multiVmGroupName',
        },
        {
            name: "a list out of an apply over a disk that the plan makes and the VM does not get",
            plan: change(
                without(native(), "spare"),
                withHidden(native({ listed: THREE }), { resource: "webReplication", path: LIST }),
            ),
            waitsFor: '"webReplication": properties.providerSpecificDetails.vmManagedDisks',
        },
        {
            name: "a list that the plan does not know",
            plan: notKnown(
                change(native(), native({ item: { recoveryResourceGroupId: "/subscriptions/s/resourceGroups/dr" } })),
                "after",
                "webReplication",
                "properties",
                "providerSpecificDetails",
                "vmManagedDisks",
            ),
            waitsFor: '"webReplication": properties.providerSpecificDetails.vmManagedDisks',
        },
        {
            name: "what Azure replicates is not known",
            plan: notKnown(
                change(native(), native({ listed: OS })),
                "after",
                "webReplication",
                "properties",
                "providerSpecificDetails",
                "protectedManagedDisks",
            ),
            waitsFor: '"webReplication": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
});

function answering(item: ValueMap, more: ValueMap): ValueMap {
    const properties = item["properties"] as ValueMap;
    const details = properties["providerSpecificDetails"] as ValueMap;
    return { ...item, properties: { ...properties, providerSpecificDetails: { ...details, ...more } } };
}

function listing(item: ValueMap, ...ids: readonly string[]): ValueMap {
    const properties = item["properties"] as ValueMap;
    const details = properties["providerSpecificDetails"] as ValueMap;
    const protectedManagedDisks = ids.map((diskId) => ({ diskId }));
    return { ...item, properties: { ...properties, providerSpecificDetails: { ...details, protectedManagedDisks } } };
}
