// The command audit through the real client, against a server that plays Resource Graph. That server runs no query: a test
// gives the rows that the queries would find. Whether they find them is test/audit's.
import Ajv from "ajv";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../dev/offline/setting";
import { policies } from "../../policies";
import { main } from "../../src/cli/main";
import schema from "../../src/cli/report.schema.json";
import type { Report, ReportedFinding } from "../../src/cli/report";
import * as resourceGraph from "../../src/inventory/resource-graph";
import { AZURE_NATIVE_READERS } from "../../src/model/readers/azure-native";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { SOON } from "../harness/days";
import { failure, resourceGraphServer, send, TOKEN, type GraphServer } from "../inventory/resource-graph-server";

const A = "aaaaaaaa-0000-4000-8000-000000000001";
const B = "bbbbbbbb-0000-4000-8000-000000000002";

type Row = Readonly<Record<string, unknown>>;

const compute = (type: string, name: string, group = "shop", subscription = A): string =>
    `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/${type}/${name}`;
const vmId = (name: string, group?: string): string => compute("virtualMachines", name, group);
const diskId = (name: string): string => compute("disks", name);
const RECOVERY = `/subscriptions/${B}/resourceGroups/recovery/providers`;
const VAULT = `${RECOVERY}/Microsoft.RecoveryServices/vaults/safe`;
const backupItemId = (vm: string): string =>
    `${VAULT}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;shop;${vm}/protectedItems/vm;iaasvmcontainerv2;shop;${vm}`;
const replicatedItemId = (vm: string): string =>
    `${VAULT}/replicationFabrics/west/replicationProtectionContainers/vms/replicationProtectedItems/${vm}`;

const about = (id: string, more: Row = {}): Row => ({
    id,
    subscriptionId: A,
    location: "westeurope",
    tags: null,
    ...more,
});

const replicated = (vm: string, id: string, disks: readonly string[] = []): Row => ({
    replicatedItem: replicatedItemId(vm),
    replicationOf: id,
    activeLocation: "Primary",
    ...(disks.length === 0 ? {} : { replicatedDisks: disks.map((name) => ({ diskId: diskId(name) })) }),
});

/** A row of BCDR101. */
const both = (vm: string, more: Row = {}, id = vmId(vm)): Row =>
    about(id, {
        backupItem: backupItemId(vm),
        backupOf: id,
        backupState: "Protected",
        ...replicated(vm, id),
        ...more,
    });

const disksOf = (vm: string, data: readonly string[]): Row => ({
    osDisk: { managedDisk: { id: diskId(`${vm}-os`) } },
    dataDisks: data.map((name, lun) => ({ lun, managedDisk: { id: diskId(name) } })),
});

/** The rows of BCDR111: one for each restored data disk. */
const restored = (vm: string, data: readonly string[] = [`${vm}-data`], more: Row = {}): readonly Row[] =>
    data.map((disk) =>
        about(vmId(vm), {
            storageProfile: disksOf(vm, data),
            diskId: diskId(disk),
            diskTags: { RSVaultBackup: "backup" },
            creationData: { createOption: "Restore" },
            ...replicated(vm, vmId(vm), [`${vm}-os`]),
            ...more,
        }),
    );

/** A row of BCDR401. */
const unprotected = (vm: string, tags: Row = { "bcdr-tier": "backup" }): Row =>
    about(vmId(vm), { tags, storageProfile: disksOf(vm, [`${vm}-data`]) });

let server: GraphServer;
let said = "";

beforeEach(async () => {
    server = await resourceGraphServer({
        subscriptions: [A, B].map((id) => ({ id: `/subscriptions/${id}`, subscriptionId: id })),
        machines: [about(vmId("web")), about(vmId("db"))],
    });
    const ask = await server.ask();
    jest.spyOn(resourceGraph, "connectAzure").mockResolvedValue(ask);
    said = "";
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
        said += String(text);
        return true;
    });
});

afterEach(async () => {
    jest.restoreAllMocks();
    await server.close();
});
afterAll(removeScratchFolders);

interface Audited {
    readonly code: number;
    readonly report: Report;
    /** All that was written and printed. */
    readonly output: string;
}

async function audit(...args: readonly string[]): Promise<Audited> {
    const folder = scratchFolder();
    const files = ["json", "text"].map((format) => `${format}=${path.join(folder, format)}`);
    const code = await main(["audit", ...args, ...files.flatMap((file) => ["--report", file])]);
    const [json = "", text = ""] = ["json", "text"].map((name) => readFileSync(path.join(folder, name), "utf8"));
    return { code, report: JSON.parse(json) as Report, output: [json, text, said].join("\n") };
}

/** The option for a configuration. */
function configured(content: object): readonly string[] {
    const file = path.join(scratchFolder(), "bcdr.json");
    writeFileSync(file, JSON.stringify(content));
    return ["--config", file];
}

const named = ({ rule, azureId, state }: ReportedFinding): string =>
    `${rule} ${azureId?.split("/").at(-1) ?? "-"} ${state}`;
const found = ({ report }: Audited): readonly string[] => report.findings.map(named);
const asked = (query: string): GraphServer["calls"] => server.calls.filter(({ table }) => table === `audit/${query}`);

describe("findings", () => {
    test("have the ID in Azure and the rows, and fit the schema of reports", async () => {
        server.rows["audit/BCDR111"] = restored("web");
        server.rows["audit/BCDR101"] = [both("web")];
        const audited = await audit();
        const { report, output } = audited;
        expect(found(audited)).toEqual(["BCDR111 web new", "BCDR101 web new"]);
        expect(audited.code).toBe(1);
        expect(report.verdict.sentence).toBe('Failed: 1 mandatory, 1 advisory. The threshold is "mandatory".');
        expect(report.lookedAt).toMatchObject({ resources: 2, vms: 2 });
        const [{ storageProfile: _, ...row } = {}] = restored("web");
        expect(report.findings[0]).toMatchObject({ azureId: vmId("web"), rows: [row], name: "web" });
        expect(report.findings[0]).not.toHaveProperty("urn");
        expect(output).toContain(`ID in Azure: ${vmId("web")}`);
        const fits = new Ajv({ strict: true }).compile(schema);
        fits(report);
        expect(fits.errors).toBeNull();
    });

    test("speak of Azure, and of no stack", async () => {
        server.rows["backupItems"] = [about(backupItemId("web"))];
        server.rows["audit/BCDR401"] = [unprotected("db", {})];
        server.rows["audit/BCDR402"] = [unprotected("db", { "bcdr-tier": "replication" })];
        const { report } = await audit();
        expect(
            report.findings.map(({ message: { headline, facts = [] } }) => [headline, ...facts.slice(0, 2)]),
        ).toEqual([
            [
                'VM "db" must be backed up, but nothing in Azure backs it up.',
                "The VM has no tag bcdr-tier, and what was audited uses Azure Backup.",
                "Azure Resource Graph shows no backup item or Disk Backup instance for it.",
            ],
            [
                'VM "db" must be replicated, but nothing in Azure replicates it.',
                "The VM has the tag bcdr-tier=replication. This tier requires replication.",
                "Azure Resource Graph shows no replicated item for it.",
            ],
        ]);
        expect(JSON.stringify(report.findings.map(({ message }) => message))).not.toMatch(/\bstack\b/);
    });

    test("that are advice fail where the threshold says so", async () => {
        server.rows["audit/BCDR101"] = [both("web")];
        expect((await audit()).code).toBe(0);
        expect((await audit("--fail-on", "advisory")).code).toBe(1);
    });

    test("are none where no query finds anything", async () => {
        const { code, report } = await audit();
        expect([code, report.findings]).toEqual([0, []]);
        expect(report.rules.map(({ id }) => id)).toEqual(expect.arrayContaining(["BCDR101", "BCDR401", "BCDR503"]));
        expect(report.rules.map(({ id }) => id)).not.toContain("BCDR201");
    });

    test("are the same wherever a page ends", async () => {
        server.rows["audit/BCDR111"] = [...restored("a"), ...restored("web", ["data", "log", "tmp"]), ...restored("z")];
        server.rows["audit/BCDR101"] = [both("a"), both("web"), both("web", { backupItem: backupItemId("web2") })];
        const whole = await audit();
        expect(found(whole).filter((each) => each.includes("web"))).toEqual(["BCDR111 web new", "BCDR101 web new"]);
        expect(whole.report.findings.find(({ name }) => name === "web")?.rows).toHaveLength(3);
        for (server.pageSize of [1, 2, 3, 4]) {
            expect((await audit()).report).toEqual(whole.report);
        }
        expect(new Set(asked("BCDR111").map(({ skipToken }) => skipToken))).toContain("4");
    });
});

describe("more VMs under both services than are listed one by one", () => {
    const exempt = { policies: ["BCDR101"], reason: "Retired soon.", expires: SOON };
    const tags = { "bcdr-exempt": `BCDR101 ${SOON} known` };

    test("are one finding, without those that are exempted", async () => {
        server.rows["audit/BCDR101"] = Array.from({ length: 25 }, (_, at) =>
            both(`vm-${String(at).padStart(2, "0")}`, at === 3 ? { tags } : {}),
        );
        server.pageSize = 4;
        const exemptions = [{ ...exempt, resource: vmId("VM-07").toUpperCase() }];
        const audited = await audit(...configured({ "shared-settings": { exemptions } }));
        expect(found(audited)).toEqual(["BCDR101 - new", "BCDR101 vm-03 suppressed", "BCDR101 vm-07 suppressed"]);
        const [summary, byTag, byId] = audited.report.findings;
        expect(summary?.message.headline).toMatch(/^23 VMs are backed up and replicated/);
        expect(summary?.message.facts).toEqual(
            [...Array(25).keys()]
                .filter((at) => at !== 3 && at !== 7)
                .map((at) => vmId(`vm-${String(at).padStart(2, "0")}`)),
        );
        expect(summary?.name).toBe("Azure Resource Graph");
        expect(byTag?.exemption).toMatchObject({ expires: SOON });
        expect(byId?.exemption).toEqual({ reason: "Retired soon.", expires: SOON });
    });

    test("are counted where there are too many to name", async () => {
        server.rows["audit/BCDR101"] = Array.from({ length: 130 }, (_, at) => both(`vm-${at}`));
        const [summary, ...others] = (await audit()).report.findings;
        expect(others).toEqual([]);
        expect(summary?.message.headline).toMatch(/^130 VMs/);
        expect(summary?.message.facts).toHaveLength(101);
        expect(summary?.message.facts?.at(-1)).toBe("and 30 more");
    });

    test("are listed one by one up to a limit of one's own", async () => {
        server.rows["audit/BCDR101"] = Array.from({ length: 25 }, (_, at) => both(`vm-${at}`));
        const audited = await audit(...configured({ "shared-settings": { summariseAbove: 25 } }));
        expect(audited.report.findings).toHaveLength(25);
    });
});

describe("what cannot be read", () => {
    beforeEach(() => {
        server.rows["audit/BCDR111"] = restored("web");
        server.rows["audit/BCDR101"] = [both("db")];
    });

    test.each([
        [403, "access is denied (403 Refused)"],
        [400, "Resource Graph answered 400 Refused"],
    ])("is named where a question gets %d, and the others are reported", async (status, reason) => {
        server.misbehave = ({ table }, response) =>
            table === "audit/BCDR101" && send(response, status, failure("Refused"));
        const audited = await audit();
        expect(found(audited)).toEqual(["BCDR111 web new"]);
        expect(audited.code).toBe(4);
        expect(audited.report.verdict.sentence).toBe(
            `Not all was looked at: Not read, or not wholly: BCDR101: ${reason}. Found: 1 mandatory.`,
        );
        expect(audited.report.rules.map(({ id }) => id)).not.toContain("BCDR101");

        const accepted = await audit("--allow-incomplete");
        expect(accepted.code).toBe(1);
        expect(accepted.report.missing[0]).toBe(`Not read, or not wholly: BCDR101: ${reason}.`);
        server.rows["audit/BCDR111"] = [];
        expect((await audit("--allow-incomplete")).code).toBe(0);
    });

    test("is named where a later page is refused: what came before is reported", async () => {
        server.rows["audit/BCDR101"] = [both("a"), both("b"), both("c")];
        server.pageSize = 2;
        server.misbehave = ({ table, skipToken }, response) =>
            table === "audit/BCDR101" && skipToken !== undefined && send(response, 403, failure("Refused"));
        const audited = await audit();
        expect(found(audited)).toEqual(["BCDR111 web new", "BCDR101 a new"]);
        expect(audited.code).toBe(4);
    });

    test("is named where Resource Graph does not say what protects the VMs of a page", async () => {
        server.rows["audit/BCDR401"] = [unprotected("db")];
        server.misbehave = ({ table }, response) =>
            table === "audit/protection" && send(response, 403, failure("Refused"));
        const audited = await audit();
        expect(found(audited)).toEqual(["BCDR111 web new", "BCDR101 db new"]);
        expect(audited.report.verdict.sentence).toContain("BCDR401: access is denied (403 Refused).");
    });

    test("is everything where no question is answered", async () => {
        server.misbehave = ({ table }, response) =>
            table.startsWith("audit/") && send(response, 403, failure("Refused"));
        const { code, report } = await audit();
        expect(code).toBe(4);
        expect(report.verdict.sentence).toMatch(
            /^Nothing was decided: Not read, or not wholly: BCDR101: access is den/,
        );
        expect(report.findings).toEqual([]);
    });

    test("is a tenant of which the identity may read no subscription", async () => {
        server.rows.subscriptions = [];
        const { code, report } = await audit();
        expect(code).toBe(4);
        expect(report.verdict.sentence).toContain(
            'tenant: Resource Graph shows this identity no subscription in it. Assign the role "Reader" there',
        );
        expect(server.calls).toHaveLength(1);
    });

    test("is a subscription that was asked for and is not shown, beside one that is", async () => {
        server.rows.subscriptions = [{ id: `/subscriptions/${A}`, subscriptionId: A }];
        const { code, report } = await audit("--subscription", A, "--subscription", B);
        expect(code).toBe(4);
        expect(report.verdict.sentence).toContain(`subscription ${B}: Resource Graph does not show it`);
        expect(report.findings).toHaveLength(2);
    });

    test("is a row that is malformed, and the others are reported", async () => {
        server.rows["audit/BCDR101"] = [
            both("a"),
            both("b", { backupState: ["Protected"] }),
            both("c", { replicatedItem: [TOKEN] }),
            both("d"),
        ];
        server.rows["audit/BCDR401"] = [null];
        const audited = await audit();
        expect(found(audited)).toEqual(["BCDR111 web new", "BCDR101 a new", "BCDR101 d new"]);
        expect(audited.code).toBe(4);
        expect(audited.report.verdict.sentence).toContain(
            `Resource Graph: BCDR401, row 1: it is null, not an object. Found`,
        );
        expect(audited.report.verdict.sentence).toContain(
            `subscription ${A}: BCDR101, row 2: "backupState" is a list, not a text. (and 1 more such rows); `,
        );
        expect(audited.output).not.toContain(TOKEN);
    });

    test("is asked again after the time in Retry-After", async () => {
        let turnedAway = 0;
        server.misbehave = ({ table }, response) =>
            table === "audit/BCDR101" &&
            turnedAway++ === 0 &&
            send(response, 429, failure("RateLimiting"), { "Retry-After": "1" });
        const audited = await audit();
        expect(found(audited)).toEqual(["BCDR111 web new", "BCDR101 db new"]);
        expect(audited.code).toBe(1);
        const [first, second] = asked("BCDR101");
        expect(second!.at - first!.at).toBeGreaterThanOrEqual(990);
    });
});

describe("a scope", () => {
    /** Of a disk in A, in a vault in B. */
    const partner: Row = {
        id: `${RECOVERY}/Microsoft.DataProtection/backupVaults/disks/backupInstances/web`,
        subscriptionId: B,
        diskBackup: `${RECOVERY}/Microsoft.DataProtection/backupVaults/disks/backupInstances/web`,
        diskId: diskId("web-os"),
        diskBackupState: "ProtectionConfigured",
    };

    test.each([
        ["--subscription", A],
        ["--management-group", "landing-zones"],
    ])("of %s narrows what a query begins with, and asks the tenant", async (option, value) => {
        server.rows.subscriptions = [{ id: `/subscriptions/${A}`, subscriptionId: A }];
        server.rows["audit/BCDR401"] = [unprotected("db"), { ...unprotected("web"), subscriptionId: A }];
        server.rows["audit/BCDR101"] = [both("elsewhere", { subscriptionId: B })];
        server.rows["audit/protection"] = [partner];
        const audited = await audit(option, value);
        expect(found(audited)).toEqual(["BCDR401 db new"]);
        const [listed, ...others] = server.calls;
        expect(option === "--subscription" ? listed?.subscriptions : listed?.managementGroups).toEqual([value]);
        const scopes = others.map(({ subscriptions, managementGroups }) => subscriptions ?? managementGroups);
        expect(new Set(scopes)).toEqual(new Set([undefined]));
        const [question] = asked("BCDR401");
        expect(question?.query.split("\n").slice(0, 3)).toEqual([
            "resources",
            `| where subscriptionId in~ ('${A}')`,
            "| where type =~ 'microsoft.compute/virtualmachines'",
        ]);
        expect(asked("protection")[0]?.query).not.toContain("subscriptionId in~");
    });

    test("of everything has no filter", async () => {
        server.rows["audit/BCDR101"] = [both("elsewhere", { subscriptionId: B })];
        expect(found(await audit())).toEqual(["BCDR101 elsewhere new"]);
        expect(server.calls.some(({ query }) => query.includes("subscriptionId in~"))).toBe(false);
    });
});

describe("a baseline", () => {
    test("knows what it has, in whatever letter case Azure writes the IDs", async () => {
        server.rows["audit/BCDR111"] = restored("web");
        server.rows["audit/BCDR101"] = ["shop", "bakery"].map((group) => both("db", {}, vmId("db", group)));
        const baseline = path.join(scratchFolder(), "known.json");
        const first = await audit("--write-baseline", baseline);
        expect([first.code, new Set(first.report.findings.map(({ fingerprint }) => fingerprint)).size]).toEqual([1, 3]);

        const upper = ({ id, ...row }: Row): Row => ({ ...row, id: String(id).toUpperCase() });
        server.rows["audit/BCDR111"] = restored("web").map(upper);
        server.rows["audit/BCDR101"] = [both("db", {}, vmId("db", "shop")), both("new")].map(upper);
        const second = await audit("--baseline", baseline);
        expect(second.code).toBe(0);
        expect(second.report.findings.map(({ rule, state, azureId }) => [rule, state, azureId])).toEqual([
            ["BCDR111", "known", vmId("web").toUpperCase()],
            ["BCDR101", "known", vmId("db").toUpperCase()],
            ["BCDR101", "new", vmId("new").toUpperCase()],
        ]);
        expect(second.report.gone.map(({ rule }) => rule)).toEqual(["BCDR101"]);
    });

    test("is not written where the audit is incomplete", async () => {
        server.misbehave = ({ table }, response) =>
            table === "audit/BCDR101" && send(response, 403, failure("Refused"));
        const baseline = path.join(scratchFolder(), "known.json");
        await audit("--write-baseline", baseline);
        expect(said).toContain("known.json was not written, because the run is incomplete.");
    });
});

describe("an exemption", () => {
    const item = (more: Row): Row => ({ id: more["backupItem"] ?? more["replicatedItem"], ...more });

    beforeEach(() => {
        server.rows["audit/BCDR415"] = [
            item({ backupItem: backupItemId("web"), backupOf: vmId("web"), backupState: "ProtectionStopped" }),
        ];
        server.rows["audit/BCDR416"] = [item({ ...replicated("web", vmId("web")), activeLocation: "Recovery" })];
        server.rows["audit/BCDR417"] = [item({ ...replicated("db", vmId("db")), health: "Critical" })];
    });

    test("in a tag of the VM counts for the items that protect it", async () => {
        const vms = (tags: Row | null): readonly Row[] => ["web", "db"].map((vm) => about(vmId(vm), { tags }));
        server.rows["audit/machines"] = vms(null);
        const reported = ["BCDR415", "BCDR416", "BCDR417"];
        const statesOf = ({ report }: Audited): readonly string[] =>
            report.findings.map(({ rule, state }) => `${rule} ${state}`).sort();
        expect(statesOf(await audit())).toEqual(reported.map((id) => `${id} new`));
        server.rows["audit/machines"] = vms({ "bcdr-exempt": `${reported.join(",")} ${SOON} on purpose` });
        expect(statesOf(await audit())).toEqual(reported.map((id) => `${id} suppressed`));
        expect(asked("machines")[0]?.query).toContain(`in ('${vmId("web").toLowerCase()}')`);
    });

    test("in the configuration counts by the ID of the item", async () => {
        const exemption = { policies: ["BCDR415", "BCDR416", "BCDR417"], reason: "Retired.", expires: SOON };
        const exemptions = [backupItemId("web"), replicatedItemId("db")].map((resource) => ({
            ...exemption,
            resource,
        }));
        server.rows["audit/machines"] = ["web", "db"].map((vm) => about(vmId(vm)));
        const audited = await audit(...configured({ "shared-settings": { exemptions } }));
        expect(audited.report.findings.map(({ rule, state }) => `${rule} ${state}`).sort()).toEqual([
            "BCDR415 suppressed",
            "BCDR416 new",
            "BCDR417 suppressed",
        ]);
    });
});

describe("a disabled policy", () => {
    test("is not asked", async () => {
        server.rows["audit/BCDR101"] = [both("web")];
        const { report } = await audit(...configured({ "vm-backed-up-and-replicated": "disabled" }));
        expect(report.findings).toEqual([]);
        expect(asked("BCDR101")).toEqual([]);
        expect(asked("BCDR102")).toHaveLength(1);
    });

    test("is asked where others leave VMs to it, and reports nothing", async () => {
        server.rows["audit/BCDR111"] = restored("web");
        const row = about(vmId("web"), {
            storageProfile: disksOf("web", ["web-data"]),
            disk: diskId("web-data"),
            ...replicated("web", vmId("web"), ["web-os"]),
        });
        server.rows["audit/BCDR404"] = [row];
        expect(found(await audit())).toEqual(["BCDR111 web new"]);
        expect(found(await audit(...configured({ "restored-data-disk-not-replicated": "disabled" })))).toEqual([]);
        server.rows["audit/BCDR111"] = [];
        expect(found(await audit())).toEqual(["BCDR404 web new"]);
    });

    test("changes nothing where all are disabled: nothing is asked", async () => {
        const { code, report } = await audit(...configured({ all: "disabled" }));
        expect([code, server.calls.filter(({ table }) => table !== "subscriptions")]).toEqual([4, []]);
        expect(report.verdict.sentence).toContain("All policies that could look at it are disabled");
    });
});

test.each<[string, GraphServer["misbehave"]]>([
    ["an answer repeats it", (_, response) => send(response, 403, failure(TOKEN, `Bearer ${TOKEN} is denied`))],
    [
        "one question's answer does",
        ({ table }, response) => table === "audit/BCDR101" && send(response, 400, failure(TOKEN)),
    ],
    ["the connection drops", ({ table }, response) => table === "audit/BCDR101" && !!response.destroy()],
])("no token is shown where %s", async (_, misbehave) => {
    server.misbehave = misbehave;
    const { code, output } = await audit();
    expect(code).toBe(4);
    expect(output).not.toContain(TOKEN);
});

describe("a bug", () => {
    test("in a policy costs only that policy, and is reported once", async () => {
        const policy = policies.find(({ id }) => id === "BCDR101");
        const plain = policy!.configure.bind(policy);
        jest.spyOn(policy!, "configure").mockImplementation((values): ReturnType<typeof plain> => ({
            ...plain(values),
            evaluate: () => {
                throw new TypeError("sabotaged");
            },
        }));
        server.rows["audit/BCDR101"] = ["a", "b", "c"].map((vm) => both(vm));
        server.rows["audit/BCDR111"] = restored("web");
        server.pageSize = 1;
        const audited = await audit();
        expect(found(audited)).toEqual(["BCDR111 web new", "BCDR101 - new"]);
        expect(audited.report.findings[1]?.message.headline).toMatch(/^Internal error/);
        expect(audited.code).toBe(4);
        expect(audited.report.verdict.sentence).toContain("An internal error kept BCDR101 from being checked");
    });

    test("in a reader costs only what it cannot read, and that is named", async () => {
        const reader = AZURE_NATIVE_READERS.get("compute:VirtualMachine")!;
        const plain = reader.read.bind(reader);
        jest.spyOn(reader, "read").mockImplementation((resource, ...others) => {
            if (resource.urn.endsWith("/bad")) {
                throw new TypeError("sabotaged");
            }
            return plain(resource, ...others);
        });
        server.rows["audit/BCDR111"] = [...restored("bad"), ...restored("web")];
        const audited = await audit();
        expect(found(audited)).toEqual(["BCDR111 web new"]);
        expect(audited.code).toBe(4);
        expect(audited.report.verdict.sentence).toContain(`An internal error kept ${vmId("bad")} from being read`);
    });
});

describe("the command as a process", () => {
    const GATE = path.join(projectRoot(), "dist", "src", "cli", "main.js");

    /** Instead of Azure's packages. */
    const azure = (rows: Readonly<Record<string, readonly unknown[]>>): string => {
        const file = path.join(scratchFolder(), "azure.js");
        writeFileSync(
            file,
            `const rows = ${JSON.stringify(rows)};
            const Module = require("node:module");
            const load = Module._load;
            class ResourceGraphClient {
                async resources({ query }, { onResponse }) {
                    onResponse({ headers: { get: () => undefined } });
                    const [, data = []] = Object.entries(rows).find(([text]) => query.includes(text)) ?? [];
                    return { data, totalRecords: data.length, resultTruncated: "false" };
                }
            }
            const packages = {
                "@azure/arm-resourcegraph": { ResourceGraphClient },
                "@azure/identity": { DefaultAzureCredential: class {} },
            };
            Module._load = (name, ...others) => packages[name] ?? load(name, ...others);`,
        );
        return file;
    };

    function start(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
        const listed = [{ id: `/subscriptions/${A}`, subscriptionId: A }];
        const stand = azure({ "microsoft.resources/subscriptions": listed, anySnapshot: restored("web") });
        const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", stand, GATE, "audit", ...args], {
            cwd: scratchFolder(),
            encoding: "utf8",
        });
        return { status, output: stdout + stderr };
    }

    test("finds its queries in the package, and ends with 1 for a finding", () => {
        const { status, output } = start();
        expect(output).toContain('VM "web" is replicated, but its restored data disk "web-data" is not.');
        expect(status).toBe(1);
    });

    test("takes no inventory", () => {
        const { status, output } = start("--inventory", "inventory.json");
        expect(output).toContain("unknown option '--inventory'");
        expect(status).toBe(2);
    });
});
