import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { runbook, type Runbook } from "../../src/cli/commands/runbook";
import type { ValueMap } from "../../dev/offline/providers/values";
import { attached, disk, vm, osDiskOf, replicatedItem, replicationIntent, SURROUNDINGS } from "../harness/azure";
import { classicDisk, classicVm, diskAttachment, legacyVm, replicatedVm } from "../harness/classic";
import { SOON } from "../harness/days";
import { exported, exportText, type ExportedResource } from "../harness/exported";
import { ref, type Content, type Declaration, type Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

afterAll(removeScratchFolders);

type Resources = readonly ExportedResource[];

const asItIs = (resources: Resources): Resources => resources;

function stateOf(stack: Stack, change: (resources: Resources) => Resources = asItIs): string {
    const file = path.join(scratchFolder(), "state.json");
    writeFileSync(file, exportText(change(exported(stack.state()))));
    return file;
}

async function reported(stack: Stack, change?: (resources: Resources) => Resources, name = "web"): Promise<string> {
    const { lines, isReProtected }: Runbook = await runbook(name, stateOf(stack, change));
    return `${isReProtected ? 0 : 1}\n${lines.join("\n")}`;
}

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up({ ...SURROUNDINGS, ...program });
    return stack;
}

/** The same for the one resource of this name. */
const one =
    (name: string, change: (resource: ExportedResource) => ExportedResource) =>
    (resources: Resources): Resources =>
        resources.map((each) => (each.urn.endsWith(`::${name}`) ? change(each) : each));

const NOT_YES = /^1(?![\s\S]*(now: yes|Site Recovery replicates every disk|Nothing in this state replicates))/;

const native = (listed: readonly Content[], over: Declaration["properties"] = {}): Program => ({
    os: disk({ over: { osType: "Linux" } }),
    data: disk(),
    web: vm({ osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))], over }),
    item: replicatedItem(ref("web.id"), listed),
});
const classic = (listed: readonly Content[]): Program => ({
    os: classicDisk(),
    data: classicDisk(),
    web: classicVm("linux", ref("os.id")),
    attach: diskAttachment(ref("web.id"), 0, ref("data.id")),
    item: replicatedVm(ref("web.id"), listed),
});
const BOTH = [ref("os.id"), ref("data.id")];

describe("every disk", () => {
    test.each<[string, Program]>([
        ["azure-native", native(BOTH)],
        ["classic, by an attachment", classic(BOTH)],
        ["disks that Azure made", { web: vm(), item: replicatedItem(ref("web.id"), [osDiskOf("web")]) }],
    ])("is replicated: %s", async (_, program) => {
        expect(await reported(deployed(program))).toMatch(/^0[\s\S]*now: yes\. Site Recovery replicates every disk/);
    });
});

describe("a data disk that replication leaves out", () => {
    test.each<[string, Program]>([
        ["azure-native", native([ref("os.id")])],
        ["classic, by an attachment", classic([ref("os.id")])],
        [
            "in the legacy form",
            {
                ...classic([ref("os.id")]),
                web: {
                    ...legacyVm(ref("os.id")),
                    properties: {
                        ...legacyVm(ref("os.id")).properties,
                        storageDataDisks: [
                            { name: "data", createOption: "Attach", lun: 0, managedDiskId: ref("data.id") },
                        ],
                    },
                },
                attach: classicDisk(),
            },
        ],
        [
            "that Azure made",
            {
                web: vm({ dataDisks: [{ lun: 0, createOption: "Empty", diskSizeGB: 64 }] }),
                item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
            },
        ],
        [
            "under auto-protection",
            {
                ...native([ref("os.id")]),
                item: replicatedItem(ref("web.id"), [ref("os.id")], { autoProtectionOfDataDisk: "Enabled" }),
            },
        ],
    ])("is named: %s", async (_, program) => {
        const text = await reported(deployed(program));
        expect(text).toMatch(NOT_YES);
        expect(text).toMatch(/now: only in part\. Site Recovery does not replicate "/);
    });

    test("is left out on purpose where an exemption says so, and named all the same", async () => {
        const tags = { "bcdr-exempt": `BCDR404 ${SOON} scratch space` };
        expect(await reported(deployed(native([ref("os.id")], { tags })))).toMatch(
            /^0[\s\S]*now: yes\. Site Recovery replicates every disk that the VM has in this state except "data"/,
        );
    });
});

describe("a VM that has failed over", () => {
    const RECOVERED =
        "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub-recovery/providers/Microsoft.Compute/virtualMachines/web";
    const failedOver = one("item", (item) => {
        const properties = item.outputs["properties"] as ValueMap;
        const details = properties["providerSpecificDetails"] as ValueMap;
        return {
            ...item,
            outputs: {
                ...item.outputs,
                properties: {
                    ...properties,
                    activeLocation: "Recovery",
                    providerSpecificDetails: { ...details, recoveryFabricObjectId: RECOVERED },
                },
            },
        };
    });

    test("is not re-protected", async () => {
        const text = await reported(deployed(native(BOTH)), failedOver);
        expect(text).toMatch(NOT_YES);
        expect(text).toMatch(
            /Site Recovery: replicated item "item", failed over[\s\S]*has failed over[\s\S]*\[BCDR416\]/,
        );
    });

    test("nor is the one that runs since", async () => {
        const text = await reported(
            deployed({ ...native(BOTH), spare: vm() }),
            (resources) =>
                failedOver(resources).map((each) =>
                    each.urn.endsWith("::spare")
                        ? { ...each, id: RECOVERED, outputs: { ...each.outputs, id: RECOVERED } }
                        : each,
                ),
            "spare",
        );
        expect(text).toMatch(NOT_YES);
        expect(text).toMatch(/has failed over/);
    });

    test("is not known to have, where the state does not tell", async () => {
        const text = await reported(
            deployed(native(BOTH)),
            one("item", (item) => ({
                ...item,
                outputs: {
                    ...item.outputs,
                    properties: { ...(item.outputs["properties"] as ValueMap), activeLocation: SECRET },
                },
            })),
        );
        expect(text).toMatch(NOT_YES);
        expect(text).toMatch(/now: unknown[\s\S]*the VM has failed over with "item"/);
    });

    const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
});

describe("what the state does not hold", () => {
    test.each<[string, Program, (resources: Resources) => Resources]>([
        [
            "an attachment that was deleted to be replaced",
            classic(BOTH),
            one("attach", (each) => ({ ...each, pendingReplacement: true }) as ExportedResource),
        ],
        [
            "an item that was deleted to be replaced",
            classic(BOTH),
            one("item", (each) => ({ ...each, pendingReplacement: true }) as ExportedResource),
        ],
        [
            "the same of a disk that is not listed",
            classic([ref("os.id")]),
            one("attach", (each) => ({ ...each, pendingReplacement: true }) as ExportedResource),
        ],
        [
            "an item of a type that is not known",
            native(BOTH),
            (all) =>
                JSON.parse(JSON.stringify(all).replaceAll(":ReplicationProtectedItem", ":ItemOfTomorrow")) as Resources,
        ],
    ])("%s", async (_, program, change) => {
        const text = await reported(deployed(program), change);
        expect(text).toMatch(NOT_YES);
        expect(text).toMatch(/now: unknown\./);
    });

    test("the replicated item of a replication intent", async () => {
        const { item: _, ...web } = native(BOTH);
        const text = await reported(deployed({ ...web, intent: replicationIntent(ref("web.id"), BOTH) }));
        expect(text).toMatch(NOT_YES);
        expect(text).toMatch(
            /Site Recovery: replication intent "intent"[\s\S]*now: unknown\.[\s\S]*does not have the replicated item/,
        );
    });

    test("what concerns another VM does not matter", async () => {
        const stack = deployed({ ...native(BOTH), other: vm({ name: "other" }), spare: disk() });
        const change = (all: Resources): Resources =>
            all.map((each) =>
                /::(other|spare)$/.test(each.urn) ? ({ ...each, pendingReplacement: true } as ExportedResource) : each,
            );
        expect(await reported(stack, change)).toMatch(/^0[\s\S]*now: yes/);
    });
});

describe("what happens to a program that still names the old disk", () => {
    test("an attachment is replaced, and not the VM", async () => {
        const text = await reported(deployed(classic(BOTH)));
        expect(text).toMatch(
            /"attach" uses <ID of the restored disk>.*\n +where: managedDiskId\n.*replaces "attach" and attaches the old disk again/,
        );
        expect(text).toMatch(/where: osManagedDiskId\n.*replaces the VM/);
    });

    test("a VM of azure-native is changed in place", async () => {
        const text = await reported(deployed(native(BOTH)));
        expect(text).toMatch(/where: storageProfile\.osDisk\.managedDisk\.id\n.*swaps it back/);
        expect(text).not.toContain("replaces the VM");
    });
});
