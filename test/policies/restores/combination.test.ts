import {
    attached,
    backupItem,
    disk,
    diskBackup,
    vm,
    osDiskOf,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
} from "../../harness/azure";
import { RESTORE_POLICIES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { PHASES, roundOf } from "../../harness/phases";
import { classicDisk, classicVm, implicitDataDisk, replicatedVm } from "../../harness/classic";
import { ref, text, type Declaration, type Program } from "../../harness/program";
import { SOON } from "../../harness/days";

interface Case {
    readonly name: string;
    readonly program: Program;
    /** `BCDR101 web` */
    readonly finds: readonly string[];
}

const VIOLATED: readonly Case[] = [
    {
        name: "a VM with VM-level backup and replication",
        program: {
            ...SURROUNDINGS,
            web: vm(),
            webBackup: backupItem(ref("web.id"), "shop;web"),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        },
        finds: ["BCDR101 web"],
    },
    {
        name: "a VM with a data disk under Disk Backup and replication",
        program: {
            ...SURROUNDINGS,
            data: disk(),
            web: vm({ dataDisks: [attached(0, ref("data.id"))] }),
            dataBackup: diskBackup(ref("data.id")),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
        },
        finds: ["BCDR102 web"],
    },
    {
        name: "a VM whose implicit OS disk is under Disk Backup",
        program: {
            ...SURROUNDINGS,
            web: vm(),
            osBackup: diskBackup(osDiskOf("web")),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        },
        finds: ["BCDR102 web"],
    },
    {
        name: "both kinds of backup: one finding, led by BCDR101",
        program: {
            ...SURROUNDINGS,
            data: disk(),
            web: vm({ dataDisks: [attached(0, ref("data.id"))] }),
            webBackup: backupItem(ref("web.id"), "shop;web"),
            dataBackup: diskBackup(ref("data.id")),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
        },
        finds: ["BCDR101 web"],
    },
    {
        name: "of four VMs only the one under both services",
        program: {
            ...SURROUNDINGS,
            a: vm(),
            b: vm(),
            c: vm(),
            d: vm(),
            aBackup: backupItem(ref("a.id"), "shop;a"),
            bBackup: backupItem(ref("b.id"), "shop;b"),
            bReplication: replicatedItem(ref("b.id"), [osDiskOf("b")]),
            cReplication: replicatedItem(ref("c.id"), [osDiskOf("c")]),
        },
        finds: ["BCDR101 b"],
    },
    {
        name: "an item that names its VM by its own name alone",
        program: {
            ...SURROUNDINGS,
            rg: resourceGroup("shop"),
            web: vm({ name: "web" }),
            webBackup: backupItem(null, "Shop;WEB"),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        },
        finds: ["BCDR101 web"],
    },
    {
        name: "an item brought back from soft delete",
        program: {
            ...SURROUNDINGS,
            web: vm(),
            webBackup: backupItem(ref("web.id"), "shop;web", { createMode: "Recover" }),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        },
        finds: ["BCDR101 web"],
    },
    {
        name: "a VM outside of this stack: on its replicated item",
        program: {
            ...SURROUNDINGS,
            webBackup: backupItem(
                `/subscriptions/s/resourceGroups/other/providers/Microsoft.Compute/virtualMachines/web`,
                "other;web",
            ),
            webReplication: replicatedItem(
                "/subscriptions/S/resourcegroups/OTHER/providers/microsoft.compute/virtualmachines/Web/",
                ["/subscriptions/s/resourceGroups/other/providers/Microsoft.Compute/disks/os"],
            ),
        },
        finds: ["BCDR101 webReplication"],
    },
];

const HOLDS: readonly Case[] = [
    {
        name: "file-level backup beside replication",
        program: {
            ...SURROUNDINGS,
            web: vm(),
            files: backupItem(ref("web.id"), "shop;web", { protectedItemType: "MabFileFolderProtectedItem" }),
            sql: backupItem(ref("web.id"), "shop;web2", { protectedItemType: "AzureVmWorkloadSQLDatabase" }),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        },
        finds: [],
    },
    {
        name: "backup that was stopped",
        program: {
            ...SURROUNDINGS,
            web: vm(),
            webBackup: backupItem(ref("web.id"), "shop;web", { protectionState: "ProtectionStopped" }),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        },
        finds: [],
    },
    {
        name: "a backed-up disk that is not attached to the replicated VM",
        program: {
            ...SURROUNDINGS,
            data: disk(),
            spare: disk(),
            web: vm({ dataDisks: [attached(0, ref("data.id"))] }),
            spareBackup: diskBackup(ref("spare.id")),
            webReplication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
        },
        finds: [],
    },
    {
        name: "VMs of the same name in two groups, one under each service",
        program: {
            ...SURROUNDINGS,
            rg: resourceGroup("shop"),
            rg2: resourceGroup("shop2"),
            a: vm({ name: "web" }),
            b: vm({ name: "web", group: ref("rg2.name") }),
            aBackup: backupItem(null, "shop;web"),
            bReplication: replicatedItem(ref("b.id"), [osDiskOf("b")]),
        },
        finds: [],
    },
];

async function findings(program: Program, phase: (typeof PHASES)[number]): Promise<readonly string[]> {
    const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(program, phase));
    // While a VM is being updated the plan does not know the ids of its implicit disks (SEE-05a): other policies leave that open.
    const found =
        phase === "preview of an update" ? violations.filter(({ policyId }) => policyId !== "BCDR490") : violations;
    return found.map(({ policyId, on }) => `${policyId} ${on}`).sort();
}

describe.each(PHASES)("%s", (phase) => {
    test.each(VIOLATED)("violated: $name", async ({ program, finds }) => {
        expect(await findings(program, phase)).toEqual(finds);
    });

    test.each(HOLDS)("holds: $name", async ({ program }) => {
        expect(await findings(program, phase)).toEqual([]);
    });
});

test("a backed-up disk that is about to be detached does not count, once the plan can tell it from the others", async () => {
    const program: Program = {
        ...SURROUNDINGS,
        data: disk(),
        spare: disk(),
        web: vm({
            dataDisks: [attached(0, ref("data.id")), attached(1, ref("spare.id"), { toBeDetached: true })],
        }),
        spareBackup: diskBackup(ref("spare.id")),
        webReplication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
    };
    expect(await findings(program, "exported state")).toEqual([]);
    expect(await findings(program, "first preview")).toEqual(["BCDR490 undefined"]);
});

describe("undecided", () => {
    const unknownVm: Program = {
        ...SURROUNDINGS,
        web: vm(),
        db: vm(),
        // The id passes through a text that depends on both VMs: the plan cannot tell which one is meant.
        someBackup: backupItem(text`${ref("web.id")}${ref("db.id")}`, "shop;x"),
        webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
    };

    test("an item that may protect either of two VMs is listed, with the property that decides it", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(unknownVm, "first preview"));
        expect(violations.map(({ policyId }) => policyId)).toEqual(["BCDR490"]);
        expect(violations[0]?.message).toContain('BCDR101 on "someBackup": properties.sourceResourceId');
    });

    test("an item of which the VM cannot matter is not listed", async () => {
        const { webReplication: _, ...withoutReplication } = unknownVm;
        expect(await new Pack(RESTORE_POLICIES).analyze(roundOf(withoutReplication, "first preview"))).toEqual([]);
    });
});

describe("not concerned", () => {
    test.each<[string, Program]>([
        ["an empty stack", {}],
        ["a stack with nothing but a group", { rg: resourceGroup() }],
        ["a VM without any protection", { rg: resourceGroup(), web: vm() }],
    ])("%s", async (_, program) => {
        expect(await new Pack(RESTORE_POLICIES).analyze(roundOf(program, "first preview"))).toEqual([]);
    });

    test("resources that --target leaves out are not going to be there", async () => {
        const { Stack } = await import("../../harness/stack");
        const program = VIOLATED[0]!.program;
        const round = new Stack().preview(program, { target: ["rg"] });
        expect(await new Pack(RESTORE_POLICIES).analyze(round)).toEqual([]);
    });
});

describe("configuration", () => {
    const program = VIOLATED[0]!.program;
    const vms = (count: number): Program => ({
        ...SURROUNDINGS,
        ...Object.fromEntries(
            Array.from({ length: count }, (_, index) => `m${index}`).flatMap((name) => [
                [name, vm()],
                [`${name}-backup`, backupItem(ref(`${name}.id`), `shop;${name}`)],
                [`${name}-replication`, replicatedItem(ref(`${name}.id`), [osDiskOf(name)])],
            ]),
        ),
    });

    test.each(["2019-02-26", "2025-12-08"])("edition %s", async (edition) => {
        const both = VIOLATED[3]!.program;
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(both, "exported state"), {
            "shared-settings": { edition },
        });
        expect(violations.map(({ message }) => message)).toMatchSnapshot();
    });

    test("up to summariseAbove VMs get a finding each", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(vms(3), "first preview"), {
            "shared-settings": { summariseAbove: 3 },
        });
        expect(violations.map(({ on }) => on)).toEqual(["m0", "m1", "m2"]);
    });

    test("more VMs get one finding for the stack", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(vms(3), "first preview"), {
            "shared-settings": { summariseAbove: 2 },
        });
        expect(violations).toHaveLength(1);
        expect(violations[0]?.on).toBeUndefined();
        expect(violations[0]?.message).toMatchSnapshot();
    });

    test("an exempted VM is left out", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(program, "first preview"), {
            "shared-settings": {
                exemptions: [{ policies: ["BCDR101"], resource: "WEB", reason: "known", expires: SOON }],
            },
        });
        expect(violations).toEqual([]);
    });
});

function named(name: string, { type, properties }: Declaration): Declaration {
    return { type, properties: { ...properties, name } };
}

test("a classic disk that a VM makes from a source, under Disk Backup: found by the name that it was given", async () => {
    const disks =
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/disks";
    const program: Program = {
        ...SURROUNDINGS,
        rg: resourceGroup("shop"),
        os: classicDisk(),
        web: classicVm("linux", ref("os.id")),
        made: named("made", implicitDataDisk(ref("web.id"), 0, `${disks.replace("/disks", "/snapshots")}/before`)),
        madeBackup: diskBackup(`${disks}/MADE`),
        webReplication: replicatedVm(ref("web.id"), [ref("os.id"), `${disks}/made`]),
    };
    expect(await findings(program, "exported state")).toEqual(["BCDR102 web"]);
});
