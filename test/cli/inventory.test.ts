import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { analyze } from "../../src/cli/commands/analyze";
import { diffInventories, inventoryFromStates, showInventory } from "../../src/cli/commands/inventory";
import { UsageError } from "../../src/cli/usage-error";
import type { Inspection } from "../../src/cli/judging/inspection";
import { readInventory } from "../../src/inventory/read";
import {
    attached,
    backupItem,
    disk,
    diskBackup,
    fromRestorePoint,
    vm,
    NAMED_SURROUNDINGS,
    replicatedItem,
    resourceGroup,
} from "../harness/azure";
import { ref, type Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const WRITTEN = "2026-11-22T21:04:00.123456789Z";

/** A stack as `pulumi stack export` writes it, and as a backend in a folder keeps it. */
function written(stack: Stack): { readonly exported: string; readonly checkpoint: string } {
    const resources = stack
        .state()
        .resources.map(({ urn, type, name, inputs, outputs, propertyDependencies, parent }) => ({
            urn,
            type,
            custom: true,
            ...(type === "pulumi:pulumi:Stack" ? {} : { id: stack.idOf(name) }),
            inputs,
            outputs,
            propertyDependencies,
            parent,
        }));
    const deployment = { manifest: { time: WRITTEN, magic: "", version: "v3.248.0" }, resources };
    return {
        exported: JSON.stringify({ version: 3, deployment }, undefined, 4),
        checkpoint: JSON.stringify({ version: 3, checkpoint: { stack: "organization/x/dev", latest: deployment } }),
    };
}

const VMS: Program = {
    rg: resourceGroup("shop"),
    os: disk({ name: "web-os", over: { osType: "Linux" } }),
    data: disk({ name: "web-data" }),
    web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))] }),
};

/** Stacks of VMs, backup and replication, as they stand after the VM was restored. */
function threeStacks(): { readonly vms: Stack; readonly backup: Stack; readonly replication: Stack } {
    const vms = new Stack("machines");
    vms.up(VMS);
    const [web, os, data] = ["web", "os", "data"].map((name) => vms.idOf(name));
    const backup = new Stack("backup");
    backup.up({ ...NAMED_SURROUNDINGS, web: backupItem(web!, "shop;web"), data: diskBackup(data!) });
    const replication = new Stack("replication");
    replication.up({ ...NAMED_SURROUNDINGS, web: replicatedItem(web!, [os!, data!]) });
    vms.up({
        ...VMS,
        os: disk({ name: "web-os-2", creationData: fromRestorePoint(), over: { osType: "Linux" } }),
    });
    return { vms, backup, replication };
}

function write(folder: string, name: string, content: string | Buffer): string {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
}

let reported: string;
beforeEach(() => {
    reported = "";
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
        reported += String(text);
        return true;
    });
});
afterEach(() => jest.restoreAllMocks());
afterAll(removeScratchFolders);

describe("inventory from-states", () => {
    test("reads exports and the folder of a backend, zipped states among them", async () => {
        const folder = scratchFolder();
        const { vms, backup, replication } = threeStacks();
        const backend = path.join(folder, "backend");
        write(backend, ".pulumi/stacks/backup/dev.json", written(backup).checkpoint);
        write(backend, ".pulumi/stacks/replication/dev.json.gz", gzipSync(written(replication).checkpoint));
        write(backend, ".pulumi/stacks/replication/dev.json.bak", "{");
        write(backend, ".pulumi/backups/replication/dev/old.json", "{");
        write(backend, ".pulumi/stacks/new/dev.json", '{"version":3,"checkpoint":{"stack":"organization/new/dev"}}');
        const exported = write(folder, "machines.json", written(vms).exported);
        const output = path.join(folder, "estate.json");
        expect([await inventoryFromStates([exported, backend], { output }), reported]).toEqual([
            0,
            expect.stringMatching(/^4 states, 0 problems: 1 VM, 1 backup item, 1 disk backup, 1 replicated item/),
        ]);
        const inventory = readInventory(readFileSync(output, "utf8"), output);
        expect(inventory.sources.map(({ name }) => name)).toEqual([
            'stack "dev" of "machines"',
            'stack "dev" of "backup"',
            expect.stringMatching(/new\/dev\.json$/),
            'stack "dev" of "replication"',
        ]);
        expect(inventory.sources[0]?.readAt).toBe("2026-11-22T21:04:00.123Z");
        const [item] = inventory.replicatedItems;
        expect(item?.machine).toBe(inventory.machines[0]?.id);
        expect(item?.disks?.map((id) => path.basename(id))).toEqual(["web-os", "web-data"]);
        expect(inventory.backupItems[0]?.machine).toBe(inventory.machines[0]?.id);
        expect(path.basename(inventory.diskBackups[0]?.disk ?? "")).toBe("web-data");
    });

    test.each<[string, (whole: string) => string | Buffer, string, RegExp]>([
        [
            "torn",
            (whole) => whole.slice(0, whole.length / 2),
            "b.json",
            /b\.json, after deployment\.resources\[\d+\]: .*complete/,
        ],
        ["foreign", () => '{"name":"shop"}', "b.json", /not a (complete )?stack export/],
        [
            "of another version",
            (whole) => whole.replace('"version": 3', '"version": 9'),
            "b.json",
            /, version: .*not known/,
        ],
        [
            "torn in its zip",
            (whole) => gzipSync(whole).subarray(0, 300),
            "b.json.gz",
            /b\.json\.gz, unpacked byte \d+: .*no whole gzip file/,
        ],
        [
            "with a resource that is none",
            (whole) => whole.replace('"type": "azure-native:compute:Disk"', '"kind": "disk"'),
            "b.json",
            /deployment\.resources\[\d\]\.type: /,
        ],
    ])("names a state that is %s, keeps the others, and ends with 4", async (_, change, name, message) => {
        const folder = scratchFolder();
        const { vms, replication } = threeStacks();
        write(folder, "states/a.json", written(replication).exported);
        const broken = write(folder, `states/${name}`, change(written(vms).exported));
        const output = path.join(folder, "estate.json");
        expect(await inventoryFromStates([path.join(folder, "states")], { output })).toBe(4);
        expect(reported.startsWith(broken)).toBe(true);
        expect(reported).toMatch(message);
        const inventory = readInventory(readFileSync(output, "utf8"), output);
        expect(inventory.replicatedItems).toHaveLength(1);
        expect(inventory.sources[1]).toMatchObject({ name: broken, problem: expect.stringMatching(message) as string });
        expect(await inventoryFromStates([path.join(folder, "states")], { output, allowIncomplete: true })).toBe(0);
    });

    test("of a stack that is given twice, what was written last counts", async () => {
        const folder = scratchFolder();
        const { replication } = threeStacks();
        const { exported } = written(replication);
        replication.up(NAMED_SURROUNDINGS);
        const files = [
            write(folder, "new.json", written(replication).exported.replace(WRITTEN, "2026-11-23T08:00:00Z")),
            write(folder, "old.json", exported),
        ];
        const output = path.join(folder, "estate.json");
        expect(await inventoryFromStates(files, { output })).toBe(0);
        const { sources, replicatedItems, vaults } = readInventory(readFileSync(output, "utf8"), output);
        expect([sources.map(({ readAt }) => readAt), replicatedItems]).toEqual([["2026-11-23T08:00:00.000Z"], []]);
        expect(vaults.map(({ source }) => source)).toEqual(vaults.map(() => 0));
        expect(reported).toContain(
            `${files.join(" and ")} are states of stack "dev" of "replication": what was written last counts.`,
        );
    });

    test("wants something to read", async () => {
        await expect(inventoryFromStates([scratchFolder()], {})).rejects.toThrow(UsageError);
        await expect(inventoryFromStates(["/none"], {})).rejects.toThrow(/no such file/);
    });
});

describe("inventory show and diff", () => {
    test("say what protects each VM, and what has changed", async () => {
        const folder = scratchFolder();
        const { vms, backup, replication } = threeStacks();
        write(folder, "states/a.json", written(vms).exported);
        write(folder, "states/b.json", written(replication).exported);
        const before = path.join(folder, "before.json");
        await inventoryFromStates([path.join(folder, "states")], { output: before });
        replication.up({
            ...NAMED_SURROUNDINGS,
            web: replicatedItem(vms.idOf("web"), [vms.idOf("os"), vms.idOf("data")]),
        });
        write(folder, "states/b.json", written(backup).exported);
        const after = path.join(folder, "after.json");
        await inventoryFromStates([path.join(folder, "states")], { output: after });
        expect(showInventory(before)).toMatch(/^web: replicated by "[^"]+" \(2 disks.*\n\n1 VM, 0 backup items/);
        expect(showInventory(after)).toMatch(/^web: backed up by "[^"]+".*; disk "web-data" backed up by/);
        expect(showInventory(before)).toContain('stack "dev" of "replication", read 2026-11-22 21:04 UTC');
        const changes = diffInventories(before, after);
        expect(changes).toMatch(/^\+ backup item /m);
        expect(changes).toMatch(/^- replicated item /m);
        expect(diffInventories(after, after)).toBe("Nothing has changed.\n");
    });
});

describe("analyze over many states", () => {
    const policies = (inspection: Inspection | undefined): readonly string[] =>
        (inspection?.findings ?? [])
            .map(({ policyId }) => policyId)
            .filter((policyId) => /^BCDR(1|490)/.test(policyId))
            .sort();

    test("looks at each with what the others hold", async () => {
        const folder = scratchFolder();
        const { vms, backup, replication } = threeStacks();
        const files = [
            write(folder, "a.json", written(vms).exported),
            write(folder, "b.json", written(backup).exported),
            write(folder, "c.json", written(replication).exported),
        ];
        const options = { project: folder, config: undefined, inventory: undefined };
        const inspections = await analyze({ ...options, states: files });
        expect(inspections.map(({ subject }) => subject)).toEqual(files);
        expect(inspections.map(policies)).toEqual([["BCDR101", "BCDR110", "BCDR121"], ["BCDR101"], ["BCDR101"]]);
        const [alone] = await analyze({ ...options, states: files.slice(0, 1) });
        expect(policies(alone)).toEqual(["BCDR110"]);

        const estate = path.join(folder, "estate.json");
        await inventoryFromStates(files.slice(1), { output: estate });
        const [withInventory] = await analyze({ ...options, states: files.slice(0, 1), inventory: [estate] });
        expect(policies(withInventory)).toEqual(expect.arrayContaining(["BCDR101", "BCDR110", "BCDR121"]));
    });

    test("refuses two states of one stack, of which only one can be how things are", async () => {
        const folder = scratchFolder();
        const { vms } = threeStacks();
        const states = ["a.json", "b.json"].map((name) => write(folder, name, written(vms).exported));
        await expect(analyze({ states, project: folder, config: undefined, inventory: undefined })).rejects.toThrow(
            new UsageError(
                `${states.join(" and ")} are states of stack "dev" of "machines". Give the newest one alone.`,
            ),
        );
    });

    test("tells a state that cannot be read, and that the others are not sure then", async () => {
        const folder = scratchFolder();
        const { vms } = threeStacks();
        const files = [write(folder, "a.json", written(vms).exported), write(folder, "b.json", "{")];
        const inspections = await analyze({ states: files, project: folder, config: undefined, inventory: undefined });
        expect(inspections[1]?.unreadable).toContain("b.json");
        expect(policies(inspections[0])).toEqual(["BCDR110", "BCDR490"]);
    });
});
