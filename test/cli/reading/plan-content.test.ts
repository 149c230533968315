import { readFileSync } from "node:fs";
import * as path from "node:path";
import { known } from "../../../src/model/values";
import { Plan, type PlanContent } from "../../../src/model/plan";
import { UNKNOWN_VALUE as UNKNOWN } from "../../../src/model/property-bag";
import { readDeployment } from "../../../src/cli/reading/deployment";
import { readEngineRun } from "../../../src/cli/reading/engine-run";
import { planContent } from "../../../src/cli/reading/plan-content";
import { readRecord } from "../../../src/cli/reading/record";

const FIXTURES = path.join(__dirname, "../fixtures/events");
const fixture = (file: string): string => readFileSync(path.join(FIXTURES, file), "utf8");
const lines = (file: string): readonly string[] => fixture(file).split("\n");
const state = () => readDeployment([fixture("state.json")], "state.json");
const name = (urn: string): string => urn.split("::").at(-1) ?? "";

/** What is not left alone: `web: replace, creates first`. */
const stepsOf = ({ steps }: PlanContent): readonly string[] =>
    [...steps].flatMap(([urn, { operation, createsFirst, retained }]) => {
        const more = [...(createsFirst ? ["creates first"] : []), ...(retained ? ["retained"] : [])];
        return operation === "same" ? [] : [[`${name(urn)}: ${operation}`, ...more].join(", ")];
    });

const names = (resources: PlanContent["after"]): readonly string[] => resources.map((each) => each.name).sort();

const disksOf = (estate: Plan["after"]): readonly string[] =>
    estate.vms.flatMap((vm) =>
        estate.disks.attachedTo(vm).map((disk) => `${estate.names.ofDisk(vm, disk)} ${disk.disk.state}`),
    );

describe("recorded runs", () => {
    test("what becomes of each resource", async () => {
        const run = await readEngineRun(lines("changes.jsonl"), "events");
        const record = await readRecord(lines("changes.record.jsonl"), "record");
        for (const before of [await state(), undefined]) {
            const content = planContent(run, before, record);
            expect(content.kind).toBe("update");
            expect([...stepsOf(content)].sort()).toEqual([
                "erp-os: update",
                "erp-replication: delete",
                "old-disk: delete, retained",
                "web-replication: replace, creates first",
                "web: replace",
            ]);
            const disk = "urn:pulumi:dev::shop::azure-native:compute:Disk::web-data";
            expect(content.formerUrns).toEqual(new Map([[`${disk}-renamed`, disk]]));
            expect(names(content.before)).toEqual(expect.arrayContaining(["erp-replication", "old-disk", "web-data"]));
            expect(names(content.after)).toEqual([
                "default",
                "erp",
                "erp-os",
                "group",
                "shop-dev",
                "vault",
                "web",
                "web-data-renamed",
                "web-os",
                "web-replication",
                "west",
            ]);
            const plan = new Plan(content);
            expect(plan.after.unread).toEqual([]);
            expect(plan.after.replication.items.map(({ pulumiName, lifetime }) => [pulumiName, lifetime])).toEqual([
                ["web-replication", "new"],
            ]);
            expect(disksOf(plan.before).slice(0, 3)).toEqual([
                "web-os linked",
                "web-data linked",
                "web_DataDisk_1 external",
            ]);
            // The VM is made anew, and with it the disk that Azure makes for it.
            expect(disksOf(plan.after).slice(0, 2)).toEqual(["web-os linked", "web-data-renamed linked"]);
            const [vm] = plan.before.vms;
            expect(vm && plan.stepOf(vm).operation).toBe("replace");
        }
    });

    test("what an update leaves as it is stays known", async () => {
        const run = await readEngineRun(lines("streaming.jsonl"), "events");
        const { before, after } = planContent(run, await state(), undefined);
        const [web, webBefore] = [after, before].map((all) => all.find((each) => each.name === "web"));
        expect(web?.outputs).toMatchObject({
            vmId: webBefore?.outputs["vmId"],
            id: webBefore?.outputs["id"],
            hardwareProfile: { vmSize: "Standard_D8s_v5" },
            storageProfile: { osDisk: { name: "web-os" }, dataDisks: [{ name: "web-data" }, { diskSizeGB: 48 }] },
        });
        const extra = after.find((each) => each.name === "extra");
        expect(extra?.outputs).toMatchObject({ id: UNKNOWN, name: UNKNOWN });
        expect(web?.provider?.subscription).toEqual(known("8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60"));
    });

    test("what --target leaves out is there only where it was", async () => {
        const run = await readEngineRun(lines("two-packs.jsonl"), "events");
        const content = planContent(run, await state(), undefined);
        expect(stepsOf(content)).toEqual(["default: create", "web: update"]);
        const extra = content.after.find((each) => each.name === "extra");
        expect(extra).toMatchObject({ inputs: {}, outputs: {} });
        expect(names(content.before)).not.toContain("extra");
    });

    test("a run without changes leaves all as it is", async () => {
        const run = await readEngineRun(lines("unchanged.jsonl"), "events");
        const content = planContent(run, await state(), undefined);
        expect(stepsOf(content)).toEqual([]);
        expect(content.after.map(({ urn, outputs }) => [urn, outputs])).toEqual(
            expect.arrayContaining(content.before.map(({ urn, outputs }) => [urn, outputs])),
        );
    });

    test("a refresh shows what somebody has changed", async () => {
        const run = await readEngineRun(lines("refresh.jsonl"), "events");
        const content = planContent(run, await state(), undefined);
        expect(content.kind).toBe("refresh");
        expect(stepsOf(content)).toEqual(["web: update", "erp-replication: delete"]);
        const plan = new Plan(content);
        expect(disksOf(plan.before)[0]).toBe("web-os linked");
        expect(disksOf(plan.after)[0]).toBe("web-os-restored external");
    });

    test("a refresh before a preview is where the preview starts from", async () => {
        const run = await readEngineRun(lines("refresh-first.jsonl"), "events");
        for (const before of [await state(), undefined]) {
            const content = planContent(run, before, undefined);
            expect(stepsOf(content)).toEqual(["web: update", "erp-replication: create"]);
            expect(names(content.before)).not.toContain("erp-replication");
            const plan = new Plan(content);
            expect(disksOf(plan.before)[0]).toBe("web-os-restored external");
            expect(disksOf(plan.after)[0]).toBe("web-os linked");
        }
    });

    test("a destroy leaves what it was kept from", async () => {
        const run = await readEngineRun(lines("destroy.jsonl"), "events");
        const content = planContent(run, await state(), undefined);
        expect(content.kind).toBe("destroy");
        expect(stepsOf(content)).toContain("old-disk: delete, retained");
        // The engine stopped at the protected vault.
        expect(names(content.after)).toEqual(["group", "shop-dev", "west"]);
    });

    test("without a run, the state is what stays", async () => {
        const run = await readEngineRun(lines("analyze.jsonl"), "events");
        const before = await state();
        const content = planContent(run, before, undefined);
        expect(content.before).toEqual(before.resources);
        expect(content.after).toEqual(before.resources);
    });
});

describe("what the recorded runs do not have", () => {
    const TYPE = "azure-native:compute:Disk";
    const URN = `urn:pulumi:dev::shop::${TYPE}::disk`;

    interface SourcedEntry {
        readonly op: string;
        readonly old?: object;
        readonly new?: object;
    }

    const planOf = async (isPreview: boolean, ...reported: readonly SourcedEntry[]) => {
        const state = (more: object | undefined) =>
            more === undefined
                ? null
                : { urn: URN, type: TYPE, id: "/disk", inputs: { diskName: "d" }, outputs: {}, ...more };
        const events = reported.flatMap(({ op, old, new: now }) =>
            ["resourcePreEvent", "resOutputsEvent"].map((kind) => ({
                [kind]: { metadata: { op, urn: URN, type: TYPE, old: state(old), new: state(now) } },
            })),
        );
        const summaryEvent = { isPreview, result: "succeeded" };
        const text = [...events, { summaryEvent }].map((event, sequence) =>
            JSON.stringify({ sequence, timestamp: 1, ...event }),
        );
        return planContent(await readEngineRun(text, "events"), undefined, undefined);
    };

    test("an import takes over what is there", async () => {
        const { steps, before, after } = await planOf(true, { op: "import", new: { outputs: { id: "/disk", a: 1 } } });
        expect(steps.get(URN)?.operation).toBe("same");
        expect(before).toMatchObject([{ outputs: { id: "/disk", a: 1 } }]);
        expect(after).toMatchObject([{ outputs: { id: "/disk", a: 1 } }]);
    });

    test("what the program reads is not the stack's own", async () => {
        const content = await planOf(true, { op: "read", new: { external: true } });
        expect(content).toMatchObject({ before: [], after: [], steps: new Map() });
        const discarded = await planOf(true, { op: "discard", old: { external: true } });
        expect(discarded).toMatchObject({ before: [], after: [] });
    });

    test("what an earlier replacement has left over is no loss", async () => {
        const content = await planOf(true, { op: "same", old: {}, new: {} }, { op: "delete", old: { delete: true } });
        expect(content.steps.get(URN)?.operation).toBe("same");
        expect(content.after).toHaveLength(1);
    });

    test("what an interrupted replacement has deleted is made, not replaced", async () => {
        const content = await planOf(
            true,
            { op: "remove-pending-replace", old: {} },
            { op: "create-replacement", old: {}, new: { id: "" } },
        );
        expect(content.steps.get(URN)?.operation).toBe("create");
        expect(content.before).toEqual([]);
        expect((await planOf(true, { op: "remove-pending-replace", old: {} })).before).toEqual([]);
    });

    test("a deletion that is kept from Azure in a replacement", async () => {
        const old = { retainOnDelete: true };
        const content = await planOf(
            true,
            { op: "create-replacement", old, new: { id: "" } },
            { op: "replace", old, new: { id: "" } },
            { op: "delete-replaced", old },
        );
        expect(content.steps.get(URN)).toEqual({ operation: "replace", createsFirst: true, retained: true });
        expect(content.after).toMatchObject([{ outputs: { id: UNKNOWN, name: UNKNOWN } }]);
    });

    test("a deployment tells what there is", async () => {
        const before = { outputs: { id: "/disk", a: 1, b: 1 } };
        const after = { inputs: { diskName: "d", a: 2 }, outputs: { id: "/disk", a: 2 } };
        const { after: done } = await planOf(false, { op: "update", old: before, new: after });
        expect(done).toMatchObject([{ outputs: { id: "/disk", a: 2 } }]);
        expect(done[0]?.outputs).not.toHaveProperty("b");
    });

    test("what a changed property was made from is not known without the pack's record", async () => {
        const run = await readEngineRun(lines("streaming.jsonl"), "events");
        const { after } = planContent(run, await state(), undefined);
        const web = after.find((each) => each.name === "web");
        expect(web?.dependenciesOf("storageProfile")).toEqual([]);
        expect(web?.dependenciesOf("resourceGroupName").map(name)).toEqual(["group"]);
    });
});
