// The built command as a process, on files that a real engine wrote.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Report } from "../../src/cli/report";
import type { Inventory } from "../../src/inventory/document";
import { reportedPolicies } from "../../src/cli/judging/reported-policies";
import { projectRoot } from "../../dev/offline/setting";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const ROOT = projectRoot();
const EVENTS = path.join(__dirname, "fixtures", "events");
const fixture = (name: string): string => path.join(EVENTS, name);

function gate(args: readonly string[], input = ""): { status: number; stdout: string; stderr: string } {
    const run = spawnSync(process.execPath, [path.join(ROOT, "dist", "src", "cli", "main.js"), ...args], {
        cwd: scratchFolder(),
        input,
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "" },
    });
    return { status: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
}

function reported(args: readonly string[]): Report & { readonly status: number } {
    const run = gate([...args, "--report", "json"]);
    return { ...(JSON.parse(run.stdout) as Report), status: run.status };
}

const policiesIn = ({ findings }: Report): readonly string[] =>
    [...new Set(findings.map(({ rule: policyId }) => policyId))].sort();

afterAll(removeScratchFolders);

describe("report", () => {
    const complete = ["changes.jsonl", "--record", "changes.record.jsonl", "--state", "state.json"].map((each) =>
        each.startsWith("--") ? each : fixture(each),
    );

    test("finds in a bare stream what Pulumi told, and names what it could not look at", () => {
        const bare = reported(["report", fixture("changes.jsonl")]);
        expect(policiesIn(bare)).toEqual(expect.arrayContaining(["BCDR401", "BCDR502"]));
        expect(bare.missing.join(" ")).toMatch(/old state.*record.*place of each resource/s);
    });

    test("misses nothing but places in the program where state and record are given", () => {
        expect(reported(["report", ...complete]).missing).toEqual([
            expect.stringMatching(/^The place of each resource/),
        ]);
    });

    test("gives a finding the same fingerprint, whether it comes as text or as data", () => {
        const prints = (report: Report): readonly string[] =>
            report.findings
                .filter(({ rule: policyId }) => !policyId.startsWith("BCDR6"))
                .map(({ fingerprint }) => fingerprint)
                .sort();
        expect(prints(reported(["report", ...complete]))).toEqual(
            prints(reported(["report", fixture("changes.jsonl")])),
        );
    });

    test("what Pulumi excepts is told with its exceptions and fails nothing, not even beside a baseline", () => {
        const states = ({ findings }: Report): string[] =>
            findings.map(({ rule: policyId, state, exceptions = [] }) =>
                [policyId, state, ...exceptions.map(({ id }) => id)].join(" "),
            );
        const all = reported(["report", fixture("excepted.jsonl")]);
        expect([all.status, all.verdict.sentence]).toEqual([
            0,
            'Passed: 5 excepted by Pulumi. The threshold is "mandatory".',
        ]);
        const known = path.join(scratchFolder(), "known.json");
        const inPart = ["report", fixture("excepted-in-part.jsonl")];
        const some = reported([...inPart, "--write-baseline", known]);
        expect([some.status, states(some).sort()]).toEqual([
            1,
            [
                "BCDR491 suppressed EXC-2",
                "BCDR501 suppressed EXC-2 EXC-10",
                "BCDR502 suppressed EXC-10",
                "BCDR504 new",
                "BCDR507 new",
            ],
        ]);
        const later = reported([...inPart, "--baseline", known]);
        expect([later.status, later.gone]).toEqual([0, []]);
        expect(states(later).sort()).toEqual(
            states(some)
                .map((each) => each.replace("new", "known"))
                .sort(),
        );
    });

    test("what Pulumi excepts of another pack is no failure", () => {
        const excepted = readFileSync(fixture("two-packs.jsonl"), "utf8")
            .replaceAll('"policyPackName":"house-rules"', '"exceptions":[{"id":"EXC-1","reason":"r"}],$&')
            .replace('"result":"failed"', '"result":"succeeded"');
        const statusOf = (text: string): number => gate(["report", "-"], text).status;
        expect(statusOf(excepted.replaceAll('"exceptions"', '"other"'))).toBe(3);
        expect(statusOf(excepted)).toBe(0);
    });

    test("reads from standard input", () => {
        const run = gate(["report", "-", "--report", "json"], readFileSync(fixture("streaming.jsonl"), "utf8"));
        expect(policiesIn(JSON.parse(run.stdout) as Report)).toContain("BCDR401");
    });

    test("takes policy analyze --json for what it is", () => {
        const report = reported(["report", fixture("analyze.jsonl")]);
        expect(report.status).toBe(0);
        expect(report.missing).toEqual([expect.stringMatching(/BCDR601 to BCDR609 were not checked/)]);
    });

    test("writes several reports at once", () => {
        const folder = mkdtempSync(path.join(scratchFolder(), "reports-"));
        const files = ["sarif", "junit", "markdown", "gitlab", "html", "json"].map((format) => ({
            format,
            file: path.join(folder, "deep", format),
        }));
        const options = files.flatMap(({ format, file }) => ["--report", `${format}=${file}`]);
        const run = gate(["report", fixture("changes.jsonl"), ...options, "--report", "text"]);
        expect(run.stdout).toMatch(/BCDR502[\s\S]*The threshold is "mandatory"\.\n$/);
        expect(files.filter(({ file }) => readFileSync(file, "utf8").length < 100)).toEqual([]);
    });

    test.each([
        ["changes.jsonl", "mandatory", 1],
        ["changes.jsonl", "never", 0],
        ["unchanged.jsonl", "mandatory", 0],
        ["unchanged.jsonl", "advisory", 1],
        ["unchanged.jsonl", "undecided", 1],
        ["unchanged.jsonl", "never", 0],
    ])("ends, for %s and the threshold %s, with %d", (file, threshold, status) => {
        expect(gate(["report", fixture(file), "--fail-on", threshold]).status).toBe(status);
    });

    test("goes by a baseline that it has written", () => {
        const baseline = path.join(scratchFolder(), "known.json");
        const args = ["report", fixture("changes.jsonl"), "--fail-on", "advisory"];
        expect(gate([...args, "--write-baseline", baseline]).status).toBe(1);
        const again = reported([...args, "--baseline", baseline]);
        expect([again.status, new Set(again.findings.map(({ state }) => state))]).toEqual([0, new Set(["known"])]);
        expect(again.gone).toEqual([]);
    });

    test("lists what is still open once the old state has answered a question, in BCDR490 and beside it", () => {
        const files = ["--record", fixture("made-anew.record.jsonl"), "--state", fixture("made-anew.state.json")];
        const report = reported(["report", fixture("made-anew.jsonl"), ...files]);
        expect(
            report.undecided.map(({ rule: policyId, resource, property }) => `${policyId} ${resource} ${property}`),
        ).toEqual([
            "BCDR131 web storageProfile.osDisk.managedDisk.id",
            "BCDR132 web storageProfile.osDisk.managedDisk.id",
        ]);
        const list = report.findings.find(({ rule: policyId }) => policyId === "BCDR490");
        expect(list?.message.facts).toEqual([
            'BCDR131, BCDR132 on "web": storageProfile.osDisk.managedDisk.id (not set in the program)',
        ]);
    });

    test.each(["--state", "--record"])("refuses what %s gives for another stack", (option) => {
        const file = option === "--state" ? "state.json" : "changes.record.jsonl";
        const foreign = path.join(scratchFolder(), file);
        writeFileSync(foreign, readFileSync(fixture(file), "utf8").replaceAll("urn:pulumi:dev::", "urn:pulumi:prod::"));
        const report = reported(["report", fixture("changes.jsonl"), option, foreign]);
        expect([report.status, report.verdict.sentence]).toEqual([
            4,
            expect.stringMatching(/is about the stack shop\/prod, and the events are about shop\/dev/),
        ]);
    });

    test("shows a report even where another one cannot be written", () => {
        const file = path.join(scratchFolder(), "a-file");
        writeFileSync(file, "");
        const reports = ["--report", `json=${file}/report.json`, "--report", "text"];
        const run = gate(["report", fixture("changes.jsonl"), ...reports]);
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/cannot be written/)]);
        expect(run.stdout).toMatch(/The threshold is "mandatory"\.\n$/);
    });

    test("does not write a baseline of a run that was not whole", () => {
        const baseline = path.join(scratchFolder(), "known.json");
        const run = gate(["report", fixture("broken-program.jsonl"), "--write-baseline", baseline]);
        expect([run.status, run.stderr]).toEqual([3, expect.stringMatching(/was not written/)]);
        expect(existsSync(baseline)).toBe(false);
    });
});

describe("exit code 3", () => {
    test.each([
        ["a program that fails", "broken-program.jsonl", /does not exist on group/],
        ["another policy pack", "two-packs.jsonl", /policy owner-tag of house-rules/],
        ["a protected resource", "destroy.jsonl", /cannot be deleted because it is protected/],
    ])("for %s, which is named", (_, file, says) => {
        const report = reported(["report", fixture(file)]);
        expect([report.status, report.failures.join(" ")]).toEqual([3, expect.stringMatching(says)]);
    });
});

describe("exit code 4", () => {
    const state = readFileSync(fixture("state.json"), "utf8");
    const events = readFileSync(fixture("changes.jsonl"), "utf8");
    const withoutPack = events
        .split("\n")
        .filter((line) => !line.includes('"policy'))
        .map((line, index) => line.replace(/"sequence":\d+/, `"sequence":${index}`))
        .join("\n")
        .replaceAll("azure-bcdr-guard", "house-rules");

    test.each([
        ["an empty file", "", /holds no events/],
        ["a torn line", events.slice(0, -40), /incomplete/],
        ["a stream without its end", `${events.trimEnd().split("\n").slice(0, -2).join("\n")}\n`, /has no end/],
        ["a state", state, /export of a stack/],
        ["a digest", readFileSync(fixture("digest.json"), "utf8"), /no policy events|digest|--digest/],
        ["foreign JSON", '{"hello": "world"}\n', /not an engine event/],
        ["a stream in which the pack did not run", withoutPack, /no sign that azure-bcdr-guard ran/],
    ])("for %s", (_, text, says) => {
        const file = path.join(scratchFolder(), "events.jsonl");
        writeFileSync(file, text);
        const report = reported(["report", file]);
        expect([report.status, report.failures.join(" ")]).toEqual([4, expect.stringMatching(says)]);
    });

    test.each([
        ["a torn state", state.slice(0, -200), /not a complete stack export/],
        ["a stream of events", events, /not a (complete )?stack export/],
        ["a text", "hello", /not a (complete )?stack export/],
    ])("for %s in the place of a state", (_, text, says) => {
        const file = path.join(scratchFolder(), "state.json");
        writeFileSync(file, text);
        const report = reported(["analyze", file]);
        expect([report.status, report.failures.join(" ")]).toEqual([4, expect.stringMatching(says)]);
    });

    test("for one unreadable state among others, whose findings are told all the same", () => {
        const file = path.join(scratchFolder(), "state.json");
        writeFileSync(file, "{");
        const report = reported(["analyze", fixture("state.json"), file]);
        expect(report.status).toBe(4);
        expect(policiesIn(report)).toContain("BCDR404");
    });
});

describe("exit code 2", () => {
    test.each([
        ["no command", [], /Usage/],
        ["a misspelt command", ["preveiw"], /Did you mean preview/],
        ["an unknown option", ["report", "x", "--colour"], /unknown option/],
        [
            "an unknown format",
            ["report", fixture("changes.jsonl"), "--report", "sarfi"],
            /no report format "sarfi".*"sarif"\?/s,
        ],
        ["a format without a file", ["report", fixture("changes.jsonl"), "--report", "sarif="], /names no file/],
        [
            "two documents on standard output",
            ["report", fixture("changes.jsonl"), "--report", "sarif", "--report", "json"],
            /cannot both go to standard output/,
        ],
        ["an unknown bar", ["report", fixture("changes.jsonl"), "--fail-on", "everything"], /Allowed choices/],
        [
            "a file that is not there",
            ["report", "nowhere.jsonl"],
            /nowhere\.jsonl cannot be read: there is no such file/,
        ],
        ["a folder", ["report", EVENTS], /cannot be read/],
        [
            "a configuration that is not there",
            ["analyze", fixture("state.json"), "--config", "nowhere.json"],
            /nowhere\.json cannot be read/,
        ],
        ["an unknown id", ["explain", "BCDR1211"], /no policy "BCDR1211"\. Did you mean BCDR\d+\?/],
        ["an unknown name", ["explain", "vault-alert"], /no policy "vault-alert"\. Did you mean vault-alerts\?/],
        [
            "an option that the command gives Pulumi itself",
            ["preview", "--", "--event-log", "x"],
            /Leave --event-log out/,
        ],
        ["Pulumi's --yes", ["preview", "--", "--yes"], /nothing is applied/],
    ])("for %s, with a sentence and no stack trace", (_, args, says) => {
        const run = gate(args);
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(says)]);
        expect(run.stderr).not.toMatch(/^\s+at /m);
    });
});

describe("config check", () => {
    const check = (content: string): ReturnType<typeof gate> => {
        const file = path.join(scratchFolder(), "config.json");
        writeFileSync(file, content);
        return gate(["config", "check", file]);
    };

    test.each(["core", "advisory-first", "strict"])("finds nothing wrong with profiles/%s.json", (name) => {
        const run = gate(["config", "check", path.join(ROOT, "profiles", `${name}.json`)]);
        expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/is right/)]);
    });

    test("tells all that is wrong at once", () => {
        const run = check('{"vault-sotf-delete": "disabled", "all": "advisry", "vault-alerts": {"colour": 1}}');
        expect(run.status).toBe(2);
        expect(run.stderr.trimEnd().split("\n")).toEqual([
            expect.stringMatching(/config\.json is not right:$/),
            expect.stringMatching(/"vault-soft-delete"\?/),
            expect.stringMatching(/"advisory"\?/),
            expect.stringMatching(/no setting "colour"/),
        ]);
    });

    test("warns of an exception that matches nothing, and takes the file as Pulumi does", () => {
        const match = [{ policies: ["vault-alert"], targets: ["urn:pulumi:dev::shop::a:b:C::rsv"] }];
        const run = check(JSON.stringify({ version: 2, exceptions: { "EXC-1": { reason: "known", match } } }));
        expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/is right/)]);
        expect(run.stderr).toMatch(/^Warning: .*"EXC-1" names the policy "vault-alert".*"vault-alerts"\?\n$/);
    });

    test("says where the text stops being JSON", () => {
        expect(check('{\n  "all": advisory\n}').stderr).toMatch(/no JSON text/);
    });

    test("reads lines as Windows ends them, and refuses the mark that its editors put first, as Pulumi does", () => {
        const profile = readFileSync(path.join(ROOT, "profiles", "core.json"), "utf8").replaceAll("\n", "\r\n");
        expect(check(profile)).toMatchObject({ status: 0, stderr: "" });
        const marked = check(`\uFEFF${profile}`);
        expect(marked).toMatchObject({ status: 2, stderr: expect.stringContaining("byte order mark") as string });
    });
});

describe("exceptions of Pulumi's", () => {
    test("count for a state, from the report that asks for them to the one that takes them", () => {
        const folder = mkdtempSync(path.join(scratchFolder(), "exceptions-"));
        const file = path.join(folder, "exceptions.json");
        const state = ["analyze", fixture("state.json"), "--fail-on", "advisory"];
        const before = reported([...state, "--report", `pulumi-exceptions=${file}`]);
        expect(before.status).toBe(1);
        expect(gate(["config", "check", file])).toMatchObject({ status: 2 });
        writeFileSync(file, readFileSync(file, "utf8").replaceAll('"reason": ""', '"reason": "It is known."'));
        expect(gate(["config", "check", file])).toMatchObject({ status: 0, stderr: "" });
        const after = reported([...state, "--config", file]);
        expect(after.status).toBe(0);
        expect(after.findings.map(({ fingerprint }) => fingerprint)).toEqual(
            before.findings.map(({ fingerprint }) => fingerprint),
        );
        expect(after.findings.every(({ exceptions }) => exceptions?.[0]?.reason === "It is known.")).toBe(true);
    });
});

describe("the catalogue", () => {
    test("lists every policy", () => {
        const { stdout } = gate(["policies"]);
        const lines = stdout.trimEnd().split("\n");
        expect(lines.map((line) => line.split(/ +/).slice(0, 2))).toEqual(
            reportedPolicies.map(({ id, policy }) => [id, policy]),
        );
        expect(JSON.parse(gate(["policies", "--json"]).stdout)).toEqual(JSON.parse(JSON.stringify(reportedPolicies)));
    });

    test("explains every policy, by its id or its name", () => {
        const unexplained = reportedPolicies.filter(({ id, policy }) => {
            const page = path.join(ROOT, "docs", "policies", `${id}-${policy}.md`);
            return !readFileSync(page, "utf8").startsWith(`# ${id}: ${policy}\n`);
        });
        expect(unexplained).toEqual([]);
        expect(gate(["explain", "bcdr121"]).stdout).toMatch(/^# BCDR121: /);
        expect(gate(["explain", "Vault-Alerts"]).stdout).toMatch(/^# BCDR505: /);
    });
});

describe("analyze", () => {
    test("says of several states which one a finding comes from", () => {
        const other = path.join(scratchFolder(), "other.json");
        writeFileSync(
            other,
            readFileSync(fixture("state.json"), "utf8").replaceAll("urn:pulumi:dev::", "urn:pulumi:test::"),
        );
        const report = reported(["analyze", fixture("state.json"), other]);
        expect(new Set(report.findings.map(({ stack }) => stack))).toEqual(new Set([fixture("state.json"), other]));
    });

    interface Exported {
        readonly deployment: { resources?: Record<string, unknown>[]; pending_operations?: unknown[] };
    }

    /** The state with something done to it. */
    const changed = (change: (deployment: Exported["deployment"]) => void): string => {
        const state = JSON.parse(readFileSync(fixture("state.json"), "utf8")) as Exported;
        change(state.deployment);
        const file = path.join(scratchFolder(), "state.json");
        writeFileSync(file, JSON.stringify(state));
        return file;
    };
    const INTERRUPTED =
        /^urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web: an earlier run was interrupted while updating it/;

    test("says how much it looked at", () => {
        const report = reported(["analyze", fixture("state.json")]);
        expect(report.lookedAt).toEqual({
            resources: 10,
            read: 10,
            vms: 2,
            unreadable: 0,
            notChecked: [],
            withoutResources: [],
            withoutVms: [],
        });
        const other = changed(({ resources }) =>
            resources?.push({
                urn: "urn:pulumi:dev::shop::azure-native:compute:AvailabilitySet::set",
                type: "azure-native:compute:AvailabilitySet",
                custom: true,
            }),
        );
        const { lookedAt: inspected } = reported(["analyze", other]);
        expect(inspected).toMatchObject({
            resources: 11,
            read: 10,
            notChecked: [{ type: "azure-native:compute:AvailabilitySet", count: 1 }],
        });
    });

    test("tells what may protect something and is of a type that it does not know", () => {
        const type = "azure-native:recoveryservices:ItemOfTomorrow";
        const state = changed(({ resources }) => {
            resources?.push({ urn: `urn:pulumi:dev::shop::${type}::item`, type, custom: true, id: "x" });
        });
        const { lookedAt: inspected, findings } = reported(["analyze", state]);
        expect(inspected).toMatchObject({ resources: 11, read: 10, notChecked: [{ type, count: 1 }] });
        expect(findings.find(({ rule: policyId }) => policyId === "BCDR490")?.message).toMatchObject({
            headline: expect.stringContaining("1 Azure resource was not checked") as string,
            facts: expect.arrayContaining([expect.stringContaining(`"item": type ${type}`)]) as string[],
        });
        const known = path.join(scratchFolder(), "baseline.json");
        gate(["analyze", state, "--write-baseline", known]);
        expect(gate(["analyze", state, "--baseline", known]).status).toBe(0);
        expect(gate(["analyze", state, "--baseline", known, "--fail-on", "undecided"]).status).toBe(1);
    });

    test("does not call it passed where there is nothing", () => {
        const empty = changed((deployment) => delete deployment.resources);
        const run = gate(["analyze", empty]);
        expect([run.status, run.stdout]).toEqual([
            0,
            expect.stringMatching(/There are no resources to look at\.\nNothing to check: there are no resources\./),
        ]);
        expect(reported(["analyze", empty, fixture("state.json")]).lookedAt?.withoutResources).toEqual([empty]);
    });

    test("tells what an earlier run was interrupted in, as report does, and so do the others", () => {
        const state = changed((deployment) => {
            const web = deployment.resources?.find(({ type }) => type === "azure-native:compute:VirtualMachine");
            deployment.pending_operations = [{ type: "updating", resource: web }];
        });
        expect(reported(["analyze", state]).missing).toEqual([expect.stringMatching(INTERRUPTED)]);
        const sentence = expect.stringMatching(/an earlier run was interrupted while updating it/) as string;
        expect(gate(["runbook", "web", "--state", state]).stdout).toEqual(sentence);
        expect(gate(["runbook", "nobody", "--state", state]).stderr).toEqual(sentence);
        const inventory = gate(["inventory", "from-states", state]);
        expect(inventory).toMatchObject({ status: 4, stderr: sentence });
        // Who reads it takes nothing of this stack for sure.
        const { sources } = JSON.parse(inventory.stdout) as Inventory;
        expect(sources[0]?.problem).toBe("What became of 1 of its resources is not known: a run was interrupted.");
    });

    test("tells what was deleted and has not been made anew, and takes it for deleted", () => {
        const state = changed(({ resources }) => {
            const item = resources?.find(({ type }) => String(type).endsWith("ReplicationProtectedItem"));
            Object.assign(item ?? {}, { pendingReplacement: true });
        });
        const { missing } = reported(["analyze", state]);
        expect(missing).toEqual([expect.stringMatching(/ReplicationProtectedItem.*counts as deleted/)]);
        expect(gate(["runbook", "web", "--state", state]).stdout).toMatch(/Site Recovery: none in this state/);
    });

    test("takes what the program only reads for what it is", () => {
        const read = changed(({ resources }) => {
            const web = resources?.find(({ type }) => type === "azure-native:compute:VirtualMachine");
            Object.assign(web ?? {}, { external: true });
        });
        expect(policiesIn(reported(["analyze", read]))).toEqual(
            policiesIn(reported(["analyze", fixture("state.json")])),
        );
        expect(gate(["runbook", "web", "--state", read]).stdout).toMatch(/^VM "web"/);
    });

    test("tells a resource whose inputs are a secret as a whole, and looks at the others", () => {
        const secret = changed(({ resources }) => {
            const vault = resources?.find(({ type }) => type === "azure-native:recoveryservices:Vault");
            Object.assign(vault ?? {}, {
                inputs: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" },
            });
        });
        const report = reported(["analyze", secret]);
        expect(report.missing).toEqual([expect.stringMatching(/Vault::vault: its inputs are a secret as a whole/)]);
        expect(report.lookedAt?.unreadable).toBe(1);
        expect(policiesIn(report)).toContain("BCDR404");
    });

    test("goes by the configuration", () => {
        const config = path.join(scratchFolder(), "config.json");
        writeFileSync(config, '{"all": "disabled", "data-disk-not-replicated": "mandatory"}');
        const report = reported(["analyze", fixture("state.json"), "--config", config]);
        expect([report.status, policiesIn(report)]).toEqual([1, ["BCDR404"]]);
    });
});

describe("runbook", () => {
    interface State {
        readonly deployment: { resources: Record<string, unknown>[] };
    }

    const state = (change: (text: string) => string = (text) => text): string => {
        const file = path.join(scratchFolder(), "state.json");
        writeFileSync(file, change(readFileSync(fixture("state.json"), "utf8")));
        return file;
    };
    const resources = (change: (all: Record<string, unknown>[]) => Record<string, unknown>[]): string =>
        state((text) => {
            const { deployment, ...document } = JSON.parse(text) as State;
            return JSON.stringify({
                ...document,
                deployment: { ...deployment, resources: change(deployment.resources) },
            });
        });
    const runbook = (vm: string, file: string): ReturnType<typeof gate> => gate(["runbook", vm, "--state", file]);
    const isReplication = ({ type }: Record<string, unknown>): boolean =>
        /ReplicationProtectedItem|ReplicatedVM/.test(String(type));

    test.each([
        "web",
        "WEB",
        "urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web",
        "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web",
    ])("knows the VM as %s", (name) => {
        const run = runbook(name, state());
        expect([run.status, run.stdout]).toEqual([
            1,
            expect.stringMatching(/^VM "web"[\s\S]*does not replicate "web_Data/),
        ]);
        expect(run.stdout).toMatch(
            /az site-recovery protected-item remove --ids \S+\/replicationProtectedItems\/web\n/,
        );
    });

    test("speaks the classic provider's words of a classic VM", () => {
        const run = runbook("erp", state());
        expect(run.stdout).toContain('In "erp-replication"');
        expect(run.stdout).not.toContain("protected-item remove");
    });

    test("says that it is not, and what to do about that very disk", () => {
        const swapped = resources((all) =>
            all.map((each) =>
                String(each["urn"]).endsWith("VirtualMachine::web")
                    ? (JSON.parse(JSON.stringify(each).replaceAll("disks/web-os", "disks/web-os-restored")) as Record<
                          string,
                          unknown
                      >)
                    : each,
            ),
        );
        const run = runbook("web", swapped);
        expect([run.status, run.stdout]).toEqual([
            1,
            expect.stringMatching(/now: no\.\n\[BCDR131\][\s\S]*To re-protect it/),
        ]);
        expect(run.stdout).toContain("disks/web-os-restored");
    });

    test("says where there is nothing to re-protect", () => {
        const run = runbook(
            "web",
            resources((all) => all.filter((each) => !isReplication(each))),
        );
        expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/Nothing in this state replicates/)]);
    });

    test("does not take what the state does not tell for a yes", () => {
        const untold = resources((all) =>
            all.map((each) => (isReplication(each) ? { ...each, outputs: { id: each["id"] } } : each)),
        );
        const run = runbook("web", untold);
        expect([run.status, run.stdout]).toEqual([1, expect.stringMatching(/now: unknown/)]);
    });

    test("asks which of two VMs is meant", () => {
        const twice = resources((all) => [
            ...all,
            ...all
                .filter(({ urn }) => String(urn).endsWith("VirtualMachine::web"))
                .map((each) => ({
                    ...each,
                    urn: `${String(each["urn"])}-2`,
                    id: String(each["id"]).replace("/shop/", "/shop-2/"),
                    outputs: JSON.parse(
                        JSON.stringify(each["outputs"]).replaceAll("/resourceGroups/shop/", "/resourceGroups/shop-2/"),
                    ) as unknown,
                })),
        ]);
        const run = runbook("web", twice);
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/Several VMs.*urn:.*::web.*::web-2/s)]);
    });

    test("says where there is no such VM", () => {
        const run = runbook("wbe", state());
        expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/no VM "wbe".*Did you mean "web"\?/)]);
    });

    test("says where the state is none", () => {
        const run = runbook(
            "web",
            state(() => "hello"),
        );
        expect([run.status, run.stderr]).toEqual([4, expect.stringMatching(/not a (complete )?stack export/)]);
    });
});
