import type { ValueMap } from "../../../dev/offline/providers/values";
import { disk } from "../../harness/azure";
import { withHidden } from "../../harness/hidden-parts";
import {
    afterDisabling,
    change,
    changedOutside,
    destroyed,
    deployed,
    notKnown,
    planCases,
} from "../../harness/plan-cases";
import { ref, type Program } from "../../harness/program";
import { changed, classic, implicit, itemShows, native, renamed, without } from "../plan-estates";

const RESTORED =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/shop/providers/Microsoft.Compute/disks/web-restored";

const WITH_ITS_LIST = native({ os: "spare", listed: [ref("spare.id"), ref("data.id")] });

export const cases = planCases(__filename, {
    policyId: "BCDR601",
    example: { before: native(), after: native({ os: "spare" }) },
    fixed: {
        after: WITH_ITS_LIST,
        plan: afterDisabling(native(), WITH_ITS_LIST),
        says:
            "Disable replication of `web`. Run `pulumi refresh`, which drops the item from the state. " +
            "This change then swaps the disk and enables replication again:",
    },
    shows: itemShows(0, 1),
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        { name: "the first deployment", plan: change({}, native()) },
        { name: "a tag of the VM", plan: change(native(), native({ vm: { tags: { team: "shop" } } })) },
        { name: "a tag of a disk", plan: change(native(), changed(native(), "os", { tags: { team: "shop" } })) },
        { name: "a larger disk", plan: change(native(), changed(native(), "data", { diskSizeGB: 256 })) },
        {
            name: "a size of the VM, with a disk that Azure made",
            plan: change(implicit(), implicit({ hardwareProfile: { vmSize: "Standard_D8s_v5" } })),
        },
        {
            name: "a data disk that replication leaves out",
            plan: change(native({ listed: [ref("os.id")] }), native({ listed: [ref("os.id")], data: ["spare"] })),
        },
        {
            name: "an item that is replaced with it",
            plan: change(native(), changed(native({ os: "spare" }), "webReplication", { fabricName: "westeurope-2" })),
        },
        {
            name: "the classic item, which is replaced for its list",
            plan: change(classic(), classic({ os: "spare", listed: [ref("spare.id"), ref("data.id")] })),
        },
        {
            name: "a VM that is not replicated",
            plan: change(without(native(), "webReplication"), without(native({ os: "spare" }), "webReplication")),
        },
        {
            name: "the old disk comes back",
            plan: () => {
                const stack = deployed(native());
                stack.up(native({ os: "spare" }));
                return stack.plan(native());
            },
        },
        {
            name: "a disk under another name in the program",
            plan: change(native(), renamed(native(), "data", "files")),
        },
        { name: "a destroyed stack", plan: destroyed(native()) },
        {
            name: "a swap outside of Pulumi, after which replication was enabled again",
            plan: changedOutside(implicit(), (stack) => {
                stack.portal("web", swapped);
                stack.portal("webReplication", enabledAnew);
            }),
        },
    ],
    violated: [
        {
            name: "another data disk at the same LUN",
            plan: change(native(), native({ data: ["spare"] })),
            on: ["web"],
            says: /data disk "data"/,
        },
        {
            name: "the list is edited along with it, which re-protects nothing",
            plan: change(native(), WITH_ITS_LIST),
            on: ["web"],
        },
        {
            name: "a new disk of the same plan",
            plan: change(without(native(), "spare"), native({ os: "spare" })),
            on: ["web"],
        },
        {
            name: "a disk that is replaced under its own name",
            plan: change(native(), native(), "data"),
            on: ["web"],
        },
        {
            name: "a data disk of the classic provider",
            plan: change(classic(), classic({ data: ["spare"] })),
            on: ["web"],
        },
        {
            name: "an OS disk that Azure made is replaced by one of the program",
            plan: change(implicit(), {
                spare: disk({ over: { osType: "Linux" } }),
                ...implicit({
                    storageProfile: {
                        osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: ref("spare.id") } },
                    },
                }),
            }),
            on: ["web"],
        },
        {
            name: "the VM is under ignoreChanges for something else",
            plan: change(native(), changed(native({ os: "spare" }), "web", {}, { ignoreChanges: ["tags"] })),
            on: ["web"],
        },
        {
            name: "an item that Pulumi forgets stays in Azure",
            plan: change(
                changed(native(), "webReplication", {}, { retainOnDelete: true }),
                without(native({ os: "spare" }), "webReplication"),
            ),
            on: ["web"],
        },
        {
            name: "a swap outside of Pulumi",
            plan: changedOutside(implicit(), (stack) => {
                stack.portal("web", swapped);
            }),
            on: ["web"],
            says: /was swapped outside of Pulumi/,
        },
        {
            name: "a VM under another name in the program",
            plan: change(native(), renamed(native({ os: "spare" }), "web", "server")),
            on: ["server"],
        },
        ...[["properties", "providerSpecificDetails", "vmManagedDisks"], ["properties"]].map((path) => ({
            name: `and ${String(path.at(-1))} of the item, edited in place, out of an apply`,
            plan: change(
                without(native(), "spare"),
                withHidden(WITH_ITS_LIST, {
                    resource: "webReplication",
                    path,
                }),
            ),
            on: ["web"],
        })),
    ],
    undecided: [
        {
            name: "an id that the plan does not know",
            plan: notKnown(
                change(literal("web-os"), literal("other")),
                "after",
                "web",
                "storageProfile",
                "osDisk",
                "managedDisk",
                "id",
            ),
            waitsFor: '"web": storageProfile.osDisk.managedDisk.id',
        },
        {
            name: "a list that the state does not have",
            plan: notKnown(
                change(native(), native({ data: ["spare"] })),
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

/** The OS disk lies outside of this stack. */
function literal(name: string): Program {
    const id = RESTORED.replace("web-restored", name);
    const osDisk = { createOption: "Attach", osType: "Linux", managedDisk: { id } };
    return native({ vm: { storageProfile: { osDisk } }, listed: [RESTORED.replace("web-restored", "web-os")] });
}

function swapped(response: ValueMap): ValueMap {
    const storage = response["storageProfile"] as ValueMap;
    const osDisk = { ...(storage["osDisk"] as ValueMap), createOption: "Attach", managedDisk: { id: RESTORED } };
    return { ...response, storageProfile: { ...storage, osDisk } };
}

function enabledAnew(response: ValueMap): ValueMap {
    const properties = response["properties"] as ValueMap;
    const details = properties["providerSpecificDetails"] as ValueMap;
    return {
        ...response,
        properties: {
            ...properties,
            providerSpecificDetails: { ...details, protectedManagedDisks: [{ diskId: RESTORED }] },
        },
    };
}
