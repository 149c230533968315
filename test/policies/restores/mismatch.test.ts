import type { ValueMap } from "../../../dev/offline/providers/values";
import { attached, disk, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { ref, text, type Content, type Program } from "../../harness/program";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";
import { Stack } from "../../harness/stack";

const OS_DISK = disk({ over: { osType: "Linux" } });

/** Explicit disks `os`, `os2`, `data`; the VM has some, the item lists some. */
function explicit(has: { readonly os: string; readonly data: readonly string[] }, listed: readonly Content[]): Program {
    return {
        ...SURROUNDINGS,
        os: OS_DISK,
        os2: OS_DISK,
        data: disk(),
        web: vm({
            osDisk: ref(`${has.os}.id`),
            dataDisks: has.data.map((name, lun) => attached(lun, ref(`${name}.id`))),
        }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

/**
 * A VM whose disks Azure makes. Its item keeps its inputs, because an update of the VM makes the ids that it
 * takes from there unknown, and the item would be updated along with it.
 */
function implicit(over: Parameters<typeof vm>[0] = {}): Program {
    const item = replicatedItem(ref("web.id"), [osDiskOf("web")]);
    return {
        ...SURROUNDINGS,
        web: vm(over),
        webReplication: { ...item, options: { ignoreChanges: ["properties"] } },
    };
}

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

const BOTH = [ref("os.id"), ref("data.id")];

const SCENARIOS: readonly Scenario[] = [
    {
        name: "holds: everything listed that the VM has, at first preview",
        round: () => new Stack().preview(explicit({ os: "os", data: ["data"] }, BOTH)),
        finds: [],
    },
    {
        name: "holds: and in the state",
        round: () => deployed(explicit({ os: "os", data: ["data"] }, BOTH)).state(),
        finds: [],
    },
    {
        name: "131: a data disk is removed on day 2",
        round: () =>
            deployed(explicit({ os: "os", data: ["data"] }, BOTH)).preview(explicit({ os: "os", data: [] }, BOTH)),
        finds: ["BCDR131 web"],
    },
    {
        name: "131: the OS disk is swapped for another that is not restored, and BCDR131 covers the unlisted OS disk",
        round: () =>
            deployed(explicit({ os: "os", data: [] }, [ref("os.id")])).preview(
                explicit({ os: "os2", data: [] }, [ref("os.id")]),
            ),
        finds: ["BCDR131 web"],
    },
    {
        name: "132: the OS disk was never listed",
        round: () => deployed(explicit({ os: "os", data: ["data"] }, [ref("data.id")])).state(),
        finds: ["BCDR132 web"],
    },
    {
        name: "132: at first preview",
        round: () => new Stack().preview(explicit({ os: "os", data: ["data"] }, [ref("data.id")])),
        finds: ["BCDR132 web"],
    },
    {
        name: "131: a listed id that leads out of the stack, for a VM all of whose disks are known",
        round: () =>
            deployed(
                explicit({ os: "os", data: [] }, [
                    ref("os.id"),
                    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/gone",
                ]),
            ).state(),
        finds: ["BCDR131 web"],
    },
    {
        name: "131: a restore in the portal whose disk is no resource of the program",
        round: () => {
            const stack = deployed(implicit());
            stack.portal("web", (response) =>
                swapped(
                    response,
                    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/web-osdisk-20260301-084023",
                ),
            );
            return stack.refresh();
        },
        finds: ["BCDR131 web"],
    },
    {
        name: "holds: disks that Azure makes with the VM, at first preview",
        round: () => new Stack().preview(implicit()),
        finds: [],
    },
    {
        name: "holds: disks that Azure makes, in the state",
        round: () => deployed(implicit()).state(),
        finds: [],
    },
    {
        name: "undecided: while the VM is updated, the plan does not know the ids of disks that Azure made (SEE-05a)",
        round: () => deployed(implicit()).preview(implicit({ over: { tags: { changed: "yes" } } })),
        finds: ["BCDR490 -"],
        leavesOpen: ['on "web": storageProfile.osDisk.managedDisk.id'],
    },
    {
        name: "holds: with a name in the program, the id of such a disk can be computed",
        round: () => {
            const named = { storageProfile: { osDisk: { createOption: "FromImage", name: "web-os" } } };
            return deployed(implicit({ over: named })).preview(
                implicit({ over: { ...named, tags: { changed: "yes" } } }),
            );
        },
        finds: [],
    },
    {
        name: "undecided: the list of an existing item is being changed",
        round: () =>
            deployed(explicit({ os: "os", data: ["data"] }, BOTH)).preview(
                explicit({ os: "os", data: ["data"] }, [ref("os.id")]),
            ),
        finds: ["BCDR490 -"],
        leavesOpen: ["BCDR131", "properties.providerSpecificDetails.protectedManagedDisks"],
    },
    {
        name: "undecided: more unknown elements than the VM has unknown disks",
        round: () =>
            new Stack().preview({
                ...explicit({ os: "os", data: [] }, [
                    ref("os.id"),
                    text`${ref("rg.id")}/providers/Microsoft.Compute/disks/x`,
                ]),
            }),
        finds: ["BCDR490 -"],
        leavesOpen: ["BCDR131"],
    },
    {
        name: "not concerned: a VM outside of this stack",
        round: () =>
            deployed({
                ...SURROUNDINGS,
                item: replicatedItem(
                    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/x",
                    ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/y"],
                ),
            }).state(),
        finds: [],
    },
    {
        name: "not concerned: data disks excluded on purpose",
        round: () => deployed(explicit({ os: "os", data: ["data"] }, [ref("os.id")])).state(),
        finds: [],
    },
    {
        name: "not concerned: a failed-over item lists the other side's disks",
        round: () => {
            const stack = deployed(explicit({ os: "os", data: [] }, [ref("os.id")]));
            stack.portal("webReplication", (item) => ({
                ...item,
                properties: {
                    ...(item["properties"] as ValueMap),
                    activeLocation: "Recovery",
                    providerSpecificDetails: {
                        instanceType: "A2A",
                        fabricObjectId: stack.idOf("web"),
                        protectedManagedDisks: [{ diskId: "/x" }],
                    },
                },
            }));
            return stack.refresh();
        },
        finds: ["BCDR416 webReplication"],
    },
];

function swapped(response: ValueMap, id: string): ValueMap {
    const storage = response["storageProfile"] as ValueMap;
    const osDisk = { ...(storage["osDisk"] as ValueMap), createOption: "Attach", managedDisk: { id } };
    return { ...response, storageProfile: { ...storage, osDisk } };
}

describe("BCDR131 and BCDR132", () => {
    testScenarios(SCENARIOS);

    test.each([2, 3, 4, 7].map((index) => SCENARIOS[index]!))("message: $name", async (scenario) => {
        const found = await findings(scenario);
        // Azure gives the disks that it makes a random name.
        const messages = found.map(({ message }) => message.replace(/OsDisk_1_[0-9a-f]{32}/g, "OsDisk_1_…"));
        expect(messages).toMatchSnapshot();
    });
});
