import {
    disk,
    fromRestorePoint,
    vm,
    osDiskOf,
    replicatedItem,
    NAMED_SURROUNDINGS,
    attached,
    backupItem,
    resourceGroup,
    SURROUNDINGS,
} from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { embedded } from "../../harness/embedded";
import { ref, type Content, type Program, Hidden, text } from "../../harness/program";
import { whenRun } from "../../harness/case-files";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import type { ValueMap } from "../../../dev/offline/providers/values";
import { withHidden } from "../../harness/hidden-parts";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";

function booting(from: string, listed: readonly Content[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: disk({ name: "web-os", over: { osType: "Linux" } }),
        restored: disk({ name: "web-os-restored", creationData: fromRestorePoint(), over: { osType: "Linux" } }),
        web: vm({ name: "web", osDisk: ref(`${from}.id`) }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

function classic(from: string): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: classicDisk(),
        restored: classicDisk({
            createOption: "Restore",
            sourceResourceId: fromRestorePoint()["sourceResourceId"] ?? null,
            diskSizeGb: 128,
        }),
        web: classicVm("linux", ref(`${from}.id`)),
        webReplication: replicatedVm(ref("web.id"), [ref("original.id")]),
    };
}

/** A VM with a backup, a lock and a recovery plan. */
function surrounded(from: string, over: Program = {}): Program {
    const program = booting(from, [ref("original.id"), ref("data.id")]);
    return {
        ...program,
        data: disk({ name: "web-data" }),
        web: vm({ name: "web", osDisk: ref(`${from}.id`), dataDisks: [attached(0, ref("data.id"))] }),
        webBackup: backupItem(ref("web.id"), "shop;web"),
        lock: {
            type: "azure-native:authorization:ManagementLockAtResourceGroupLevel",
            properties: { resourceGroupName: ref("rg.name"), level: "CanNotDelete", lockName: "keep" },
        },
        plan: {
            type: "azure-native:recoveryservices:ReplicationRecoveryPlan",
            properties: {
                resourceGroupName: ref("rg.name"),
                resourceName: ref("recovery.name"),
                recoveryPlanName: "shop",
                properties: {
                    primaryFabricId: text`${ref("recovery.id")}/replicationFabrics/westeurope`,
                    recoveryFabricId: text`${ref("recovery.id")}/replicationFabrics/northeurope`,
                    groups: [{ groupType: "Boot", replicationProtectedItems: [{ id: ref("webReplication.id") }] }],
                },
            },
        },
        ...over,
    };
}

/** The item under `protect`, with its properties in `ignoreChanges`. */
const GUARDED: Program = {
    webReplication: {
        ...replicatedItem(ref("web.id"), [ref("original.id"), ref("data.id")]),
        options: { protect: true, ignoreChanges: ["properties.providerSpecificDetails"] },
    },
};

/** Restored with both of its disks. */
function restoredWhole(from: "original" | "restored"): Program {
    const data = from === "original" ? "data" : "restoredData";
    return {
        ...booting(from, [ref("original.id"), ref("data.id")]),
        data: disk({ name: "web-data" }),
        restoredData: disk({ name: "web-data-restored", creationData: fromRestorePoint() }),
        web: vm({ name: "web", osDisk: ref(`${from}.id`), dataDisks: [attached(0, ref(`${data}.id`))] }),
    };
}

/** In a consistency group with another VM. */
function grouped(from: string): Program {
    const group = { multiVmGroupName: "shop" };
    return {
        ...booting(from, []),
        webReplication: replicatedItem(ref("web.id"), [ref("original.id")], group),
        dbOs: disk({ over: { osType: "Linux" } }),
        db: vm({ name: "db", osDisk: ref("dbOs.id") }),
        dbReplication: replicatedItem(ref("db.id"), [ref("dbOs.id")], group),
    };
}

function inTemplate(from: string): Program {
    return embedded(booting(from, [ref("original.id")]), new Set(["replicated item"] as const), "template");
}

const OF_ANOTHER_VM = disk({ name: "db-os-restored", creationData: fromRestorePoint("db"), over: { osType: "Linux" } });
const COPY = disk({
    name: "web-os-copy",
    creationData: {
        createOption: "Copy",
        sourceResourceId: "/subscriptions/s/resourceGroups/golden/providers/Microsoft.Compute/snapshots/2026-01",
    },
    over: { osType: "Linux" },
});

/** A restored disk as people import one: as an empty disk, with changes of that property ignored. */
const IMPORTED = {
    ...disk({
        name: "web-os-restored",
        over: { osType: "Linux", tags: { RSVaultBackup: "0e1b7c4e-46bb-4a6f-9d2a-7b2f7c1f2a11" } },
    }),
    options: { ignoreChanges: ["creationData"] },
};

const HEALTHY = booting("original", [ref("original.id")]);
const SWAPPED = booting("restored", [ref("original.id")]);

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

export const cases = policyCases(__filename, {
    policyId: "BCDR121",
    example: SWAPPED,
    exampleLater: {
        says: "Where `web` has booted from `original` until now, at the preview of this change",
        round: (example) => deployed(HEALTHY).preview(example),
        state: (example) => deployed(HEALTHY).up(example),
    },
    fixed: {
        program: booting("restored", [ref("restored.id")]),
        round: (fixed) => new Stack().preview(fixed),
        says: "After you have disabled replication and removed the item from the state, this program enables it again:",
    },
    shows: [
        "restored.creationData",
        "web.storageProfile.osDisk.managedDisk",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
    ],
    holds: [
        { name: "the original disk", round: HEALTHY },
        { name: "the original disk, in the state", round: () => deployed(HEALTHY).state() },
        { name: "the classic provider, the original disk", round: classic("original") },
        {
            name: "a disk that was imported as an empty one, and is in the list",
            round: () => deployed({ ...booting("restored", [ref("restored.id")]), restored: IMPORTED }).state(),
        },
    ],
    violated: [
        { name: "swapped, at preview", round: () => deployed(HEALTHY).preview(SWAPPED), on: ["web"] },
        { name: "swapped, in the state", round: () => deployed(HEALTHY).up(SWAPPED), on: ["web"] },
        {
            name: "a disk that was imported as an empty one, at preview",
            round: () => deployed({ ...HEALTHY, restored: IMPORTED }).preview({ ...SWAPPED, restored: IMPORTED }),
            on: ["web"],
        },
        {
            name: "a disk that was imported as an empty one, in the state",
            round: () => deployed({ ...HEALTHY, restored: IMPORTED }).up({ ...SWAPPED, restored: IMPORTED }),
            on: ["web"],
        },
        {
            name: "the classic provider",
            round: () => deployed(classic("original")).up(classic("restored")),
            on: ["web"],
        },
        {
            name: "the classic provider, at preview",
            round: () => deployed(classic("original")).preview(classic("restored")),
            on: ["web"],
        },
        {
            name: "backed up, under a lock and in a recovery plan, at preview",
            round: () => deployed(surrounded("original")).preview(surrounded("restored")),
            on: ["web"],
        },
        {
            name: "the item protected and its changes ignored, in the state",
            round: () => deployed(surrounded("original", GUARDED)).up(surrounded("restored", GUARDED)),
            on: ["web"],
        },
        {
            name: "restored with both disks, at preview",
            round: () => deployed(restoredWhole("original")).preview(restoredWhole("restored")),
            on: ["web"],
        },
        {
            name: "restored with both disks, in the state",
            round: () => deployed(restoredWhole("original")).up(restoredWhole("restored")),
            on: ["web"],
        },
        {
            name: "in a consistency group, at preview",
            round: () => deployed(grouped("original")).preview(grouped("restored")),
            on: ["web"],
        },
        {
            name: "the item in a template",
            round: inTemplate("restored"),
            on: ["web"],
        },
        {
            name: "restored from another VM's backup, at preview",
            round: () => deployed(HEALTHY).preview({ ...SWAPPED, restored: OF_ANOTHER_VM }),
            on: ["web"],
        },
        {
            name: "a copy of a snapshot, where any snapshot counts, at preview",
            round: () => deployed(HEALTHY).preview({ ...SWAPPED, restored: COPY }),
            configuration: { "shared-settings": { restoreSource: "any-snapshot" } },
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "the list takes the disk from the VM's own output",
            round: booting("restored", [osDiskOf("web")]),
            waitsFor: '"webReplication": properties.providerSpecificDetails.vmManagedDisks',
        },
        {
            name: "the list of the existing item is edited in place",
            round: () => deployed(SWAPPED).preview(booting("restored", [ref("restored.id")])),
            waitsFor: '"webReplication": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    limits: [
        {
            allowed: {
                name: "a new item that lists the restored disk",
                round: booting("restored", [ref("restored.id")]),
            },
            refused: { name: "a new item that lists the original", round: SWAPPED, on: ["web"] },
        },
    ],
});

whenRun(__filename, () => {
    const restored = disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } });

    /** A VM that boots from `os`, with an item that lists these disks. */
    function booting(from: string, listed: readonly Content[] | undefined, over: Program = {}): Program {
        return {
            ...SURROUNDINGS,
            ...over,
            original: disk({ over: { osType: "Linux" } }),
            restored,
            data: disk(),
            web: vm({ osDisk: ref(`${from}.id`), dataDisks: [attached(0, ref("data.id"))] }),
            webBackup: backupItem(ref("web.id"), "shop;web"),
            webReplication: replicatedItem(ref("web.id"), listed),
            ...over,
        };
    }

    /** The stack with a healthy VM, deployed. */
    function deployed(over: Program = {}): Stack {
        const stack = new Stack();
        stack.up(booting("original", [ref("original.id"), ref("data.id")], over));
        return stack;
    }

    const HEALTHY = [ref("original.id"), ref("data.id")];

    const LIST = ["properties", "providerSpecificDetails", "vmManagedDisks"];

    const listHidden = (program: Program, path: readonly string[] = LIST): Program =>
        withHidden(program, { resource: "webReplication", path });

    /** Two VMs that boot from `ids[0]` and `ids[1]`; so are their items' lists, where these are lifted, too. */
    function fleet(webBoots: string, appBoots: string, isListLifted = false): Program {
        const lifted = (id: string, ...all: readonly string[]): Content =>
            new Hidden(
                ref(`${id}.id`),
                all.map((each) => ref(`${each}.id`)),
            );
        const booted = (id: string): Content => lifted(id, webBoots, appBoots);
        const listed = (id: string): Content => (isListLifted ? lifted(id, "original", "appOs") : ref(`${id}.id`));
        return {
            ...SURROUNDINGS,
            original: disk({ over: { osType: "Linux" } }),
            ...(webBoots === "restored" ? { restored } : {}),
            appOs: disk({ over: { osType: "Linux" } }),
            web: vm({ osDisk: booted(webBoots) }),
            app: vm({ osDisk: booted(appBoots) }),
            webReplication: replicatedItem(ref("web.id"), [listed("original")]),
            appReplication: replicatedItem(ref("app.id"), [listed("appOs")]),
        };
    }

    const SCENARIOS: readonly Scenario[] = [
        // The item is new in this plan.
        {
            name: "first preview: a new item lists the restored disk: holds",
            round: () => new Stack().preview(booting("restored", [ref("restored.id"), ref("data.id")])),
            finds: [],
        },
        {
            name: "first preview: a new item leaves the restored disk out: violated",
            round: () => new Stack().preview(booting("restored", [ref("data.id")])),
            finds: ["BCDR121 web"],
        },
        {
            name: "first preview: a new item without a list is BCDR225 and nothing else",
            round: () => new Stack().preview(booting("restored", undefined)),
            finds: ["BCDR225 webReplication"],
        },
        {
            name: "first preview: a new item with an empty list is without one",
            round: () => new Stack().preview(booting("restored", [])),
            finds: ["BCDR225 webReplication"],
        },
        {
            name: "first preview: the list takes the disk from the VM's own output: undecided",
            round: () => new Stack().preview(booting("restored", [osDiskOf("web"), ref("data.id")])),
            finds: ["BCDR122 web", "BCDR490 -"],
            leavesOpen: ['BCDR132 on "webReplication": properties.providerSpecificDetails.vmManagedDisks'],
        },
        {
            name: "first preview: of two VMs only the one whose item leaves the restored disk out",
            round: () =>
                new Stack().preview({
                    ...booting("restored", [ref("data.id")]),
                    otherRestored: restored,
                    other: vm({ osDisk: ref("otherRestored.id") }),
                    otherReplication: replicatedItem(ref("other.id"), [ref("otherRestored.id")]),
                }),
            finds: ["BCDR121 web"],
        },
        {
            name: "not concerned: a VM on a restored disk that is not replicated",
            round: () => {
                const { webReplication: _, ...program } = booting("restored", []);
                return new Stack().preview(program);
            },
            finds: [],
        },
        // The list comes out of one function, so a preview only knows what it is made from.
        {
            name: "a list made from the original disk in the place of the restored one: violated",
            round: () => new Stack().preview(listHidden(booting("restored", HEALTHY))),
            finds: ["BCDR121 web"],
        },
        {
            name: "all properties of the item made from the original disk, among others: violated",
            round: () => new Stack().preview(listHidden(booting("restored", HEALTHY), ["properties"])),
            finds: ["BCDR121 web", "BCDR490 -"],
        },
        {
            name: "a list made from the disks that the VM has: holds",
            round: () => new Stack().preview(listHidden(booting("restored", [ref("restored.id"), ref("data.id")]))),
            finds: ["BCDR490 -"],
        },
        {
            name: "made from the restored disk and the original one: undecided",
            round: () =>
                new Stack().preview(
                    listHidden(booting("restored", [ref("restored.id"), ref("original.id"), ref("data.id")])),
                ),
            finds: ["BCDR122 web", "BCDR490 -"],
        },
        {
            name: "made from the data disk alone, and whatever is written out in it: undecided",
            round: () => new Stack().preview(listHidden(booting("restored", [ref("data.id")]))),
            finds: ["BCDR122 web", "BCDR490 -"],
        },
        {
            name: "made from a data disk more, and whatever is written out in it: undecided",
            round: () =>
                new Stack().preview(
                    listHidden(booting("restored", [ref("data.id"), ref("spare.id")], { spare: disk() })),
                ),
            finds: ["BCDR122 web", "BCDR490 -"],
        },
        {
            name: "made from the original disk and what a deployment answers: undecided",
            round: () =>
                new Stack().preview(
                    listHidden(
                        booting("restored", [...HEALTHY, ref("template.properties.outputs.disk.value")], {
                            template: {
                                type: "azure-native:resources:Deployment",
                                properties: { resourceGroupName: ref("rg.name"), properties: { mode: "Incremental" } },
                            },
                        }),
                    ),
                ),
            finds: ["BCDR122 web", "BCDR490 -"],
        },
        {
            name: "made from the original disk and another VM's output: undecided",
            round: () =>
                new Stack().preview(listHidden(booting("restored", [...HEALTHY, osDiskOf("app")], { app: vm() }))),
            finds: ["BCDR122 web", "BCDR490 -"],
        },
        // ids[0] of an output of an array is made from all disks of the array.
        {
            name: "two VMs boot from two disks of one array, and the lists are as they were: violated",
            round: () => {
                const stack = new Stack();
                stack.up(fleet("original", "appOs"));
                return stack.preview(fleet("restored", "appOs"));
            },
            finds: ["BCDR121 web"],
        },
        {
            name: "two VMs that are new, with new lists out of arrays: undecided which of them has the restored disk",
            round: () => new Stack().preview(fleet("restored", "appOs", true)),
            finds: ["BCDR122 app", "BCDR122 web", "BCDR490 -"],
        },
        // Day 2: the item exists.
        {
            name: "the OS disk is swapped for a restored one: violated at preview",
            round: () => deployed().preview(booting("restored", HEALTHY)),
            finds: ["BCDR121 web"],
        },
        {
            name: "the swap is applied and nothing else done: violated in the state",
            round: () => {
                const stack = deployed();
                stack.up(booting("restored", HEALTHY));
                return stack.state();
            },
            finds: ["BCDR121 web"],
        },
        {
            name: "the item is replaced in the same plan and lists the restored disk: holds",
            round: () =>
                deployed().preview({
                    ...booting("restored", HEALTHY),
                    webReplication: {
                        ...replicatedItem(ref("web.id"), [ref("restored.id"), ref("data.id")]),
                        properties: {
                            ...replicatedItem(ref("web.id"), [ref("restored.id"), ref("data.id")]).properties,
                            replicatedProtectedItemName: "web-2",
                        },
                    },
                }),
            finds: [],
        },
        {
            name: "the list of the existing item is edited in place: undecided at preview",
            round: () => deployed().preview(booting("restored", [ref("restored.id"), ref("data.id")])),
            finds: ["BCDR122 web", "BCDR490 -"],
            leavesOpen: ["BCDR132"],
        },
        {
            name: "the list of the existing item was edited in place: the state still shows it, because nothing was re-protected",
            round: () => {
                const stack = deployed();
                stack.up(booting("restored", [ref("restored.id"), ref("data.id")]));
                return stack.state();
            },
            finds: ["BCDR121 web"],
        },
        {
            name: "the update itself shows it once it has been applied",
            round: () => deployed().up(booting("restored", HEALTHY)),
            finds: ["BCDR121 web"],
        },
        // Restores outside of Pulumi.
        {
            name: "portal: restored and refreshed, with the disk imported: violated",
            round: () => {
                const stack = deployed({ restored });
                swapInPortal(stack);
                return stack.refresh();
            },
            finds: ["BCDR121 web"],
        },
        {
            name: "portal: re-protected and refreshed: holds, although the inputs still list the old disk",
            round: () => {
                const stack = deployed({ restored });
                swapInPortal(stack);
                stack.portal("webReplication", (item) => relisted(item, [stack.idOf("restored"), stack.idOf("data")]));
                return stack.refresh();
            },
            finds: [],
        },
        {
            name: "a failed-over VM is BCDR416 alone",
            round: () => {
                const stack = deployed();
                stack.up(booting("restored", HEALTHY));
                stack.portal("webReplication", failedOver);
                return stack.refresh();
            },
            finds: ["BCDR416 webReplication"],
        },
        // No alarm.
        {
            name: "a golden snapshot is no restore, unless the configuration says so",
            round: () => new Stack().preview(booting("golden", [ref("data.id")], GOLDEN)),
            finds: ["BCDR132 web"],
        },
        {
            name: "with restoreSource any-snapshot it counts",
            round: () => new Stack().preview(booting("golden", [ref("data.id")], GOLDEN)),
            configuration: { "shared-settings": { restoreSource: "any-snapshot" } },
            finds: ["BCDR121 web", "BCDR132 web"],
        },
        {
            name: "a replica disk of Site Recovery is BCDR414 only",
            round: () =>
                new Stack().preview(
                    booting("replica", [ref("replica.id"), ref("data.id")], {
                        replica: disk({
                            name: "web-os-ASRReplica",
                            creationData: fromRestorePoint(),
                            over: { osType: "Linux" },
                        }),
                    }),
                ),
            finds: ["BCDR414 replica"],
        },
        {
            name: "an imported, healthy item without vmManagedDisks in its inputs raises nothing in the state",
            round: () => withoutList().state(),
            finds: [],
        },
        {
            name: "nor at an unrelated update",
            round: () =>
                withoutList().preview({ ...booting("original", undefined), unrelated: resourceGroup("unrelated") }),
            finds: [],
        },
        {
            name: "ids in any case, with slashes and queries",
            round: () => {
                const stack = deployed();
                stack.portal("webReplication", (item) =>
                    relisted(item, [`${stack.idOf("original").toUpperCase()}/`, `${stack.idOf("data")}?id=6f1f`]),
                );
                return stack.refresh();
            },
            finds: [],
        },
        // What the plan cannot know.
        {
            name: "the restore point itself is unknown: undecided",
            round: () =>
                new Stack().preview(
                    booting("unclear", [ref("data.id")], {
                        unclear: disk({
                            creationData: { createOption: "Restore", sourceResourceId: text`${ref("rg.id")}/x` },
                            over: { osType: "Linux" },
                        }),
                    }),
                ),
            finds: ["BCDR132 web", "BCDR490 -"],
            leavesOpen: ['BCDR121 on "unclear": creationData.sourceResourceId'],
        },
        {
            name: "the item may be about either of two VMs: undecided",
            round: () =>
                new Stack().preview({
                    ...booting("restored", []),
                    other: vm(),
                    webReplication: replicatedItem(text`${ref("web.id")}${ref("other.id")}`, [ref("data.id")]),
                }),
            finds: ["BCDR122 web", "BCDR490 -"],
            leavesOpen: ["properties.providerSpecificDetails.fabricObjectId"],
        },
        {
            name: "the item was left out by --target: it is not going to be made",
            round: () =>
                new Stack().preview(booting("restored", [ref("data.id")]), {
                    target: ["rg", "restored", "data", "original", "web"],
                }),
            finds: [],
        },
        {
            name: "a shared disk may be in the list of a cluster elsewhere: undecided",
            round: () =>
                new Stack().preview({
                    ...booting("restored", []),
                    webReplication: replicatedItem(ref("web.id"), [ref("data.id")], {
                        protectionClusterId:
                            "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectionClusters/x",
                    }),
                }),
            finds: ["BCDR122 web", "BCDR490 -"],
            leavesOpen: ["BCDR132"],
        },
    ];

    const GOLDEN: Program = {
        golden: disk({
            creationData: {
                createOption: "Copy",
                sourceResourceId:
                    "/subscriptions/s/resourceGroups/golden/providers/Microsoft.Compute/snapshots/2026-01",
            },
            over: { osType: "Linux" },
        }),
    };

    describe("BCDR121", () => {
        testScenarios(SCENARIOS);
    });

    describe("messages", () => {
        const withLockAndPlan: Program = {
            lock: {
                type: "azure-native:authorization:ManagementLockAtResourceGroupLevel",
                properties: { resourceGroupName: ref("rg.name"), level: "CanNotDelete", lockName: "keep" },
            },
            plan: {
                type: "azure-native:recoveryservices:ReplicationRecoveryPlan",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    resourceName: ref("recovery.name"),
                    recoveryPlanName: "shop",
                    properties: {
                        primaryFabricId: text`${ref("recovery.id")}/replicationFabrics/westeurope`,
                        recoveryFabricId: text`${ref("recovery.id")}/replicationFabrics/northeurope`,
                        groups: [{ groupType: "Boot", replicationProtectedItems: [{ id: ref("webReplication.id") }] }],
                    },
                },
            },
        };
        const guarded = {
            ...booting("restored", HEALTHY).webReplication!,
            options: { protect: true, ignoreChanges: ["properties.providerSpecificDetails"] },
        };

        test.each<[string, () => ReturnType<Stack["state"]>]>([
            ["at preview", () => deployed(withLockAndPlan).preview(booting("restored", HEALTHY, withLockAndPlan))],
            [
                "a new item leaves it out",
                () => new Stack().preview(booting("restored", [ref("data.id")], withLockAndPlan)),
            ],
            [
                "in the state, the item protected and its changes ignored",
                () => {
                    const stack = deployed({ webReplication: guarded });
                    stack.up(booting("restored", HEALTHY, { webReplication: guarded }));
                    return stack.state();
                },
            ],
        ])("%s", async (name, round) => {
            const found = await findings({ name, round, finds: [] });
            expect(found.map(({ message }) => message)).toMatchSnapshot();
        });
    });

    /** "Replace existing" in the portal: the VM keeps its id and gets another OS disk. */
    function swapInPortal(stack: Stack): void {
        stack.portal("web", (response) => ({
            ...response,
            storageProfile: {
                ...(response["storageProfile"] as ValueMap),
                osDisk: {
                    ...((response["storageProfile"] as ValueMap)["osDisk"] as ValueMap),
                    managedDisk: { id: stack.idOf("restored") },
                },
            },
        }));
    }

    function relisted(item: ValueMap, diskIds: readonly string[]): ValueMap {
        const properties = item["properties"] as ValueMap;
        const details = properties["providerSpecificDetails"] as ValueMap;
        const protectedManagedDisks = diskIds.map((diskId) => ({ diskId }));
        return {
            ...item,
            properties: { ...properties, providerSpecificDetails: { ...details, protectedManagedDisks } },
        };
    }

    function failedOver(item: ValueMap): ValueMap {
        return { ...item, properties: { ...(item["properties"] as ValueMap), activeLocation: "Recovery" } };
    }

    /** A stack whose item has a read-back list, but none in its inputs, as after an import. */
    function withoutList(): Stack {
        const stack = deployed();
        stack.up(booting("original", undefined));
        return stack;
    }
});
