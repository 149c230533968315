import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout } from "node:timers/promises";
import { PolicyType } from "@pulumi/pulumi/proto/analyzer_pb";
import { policies } from "../../policies";
import { backupItem, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../harness/azure";
import { sharedSettings } from "../../src/config/shared-settings";
import { PLAIN_SDK_VARIABLE } from "../../src/pack/sdk-calls";
import { analyzeRequest, Pack, PackProcess, stackRequest } from "../harness/pack";
import { roundOf } from "../harness/phases";
import { ref, type Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { examplePrograms } from "../properties/estates-in-examples";
import { unrelatedResources } from "./unrelated";

const PACK_FOLDER = path.resolve(__dirname, "../..");
/** All of the pack's own code but what starts it (build.js). */
const ONE_FILE = path.join(PACK_FOLDER, "dist", "policy-pack.js");
const LEVELS = ["advisory", "mandatory", "disabled", "remediate"];
const SEVERITIES = ["", "low", "medium", "high", "critical"];

const program: Program = {
    ...SURROUNDINGS,
    web: vm(),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};
const round = roundOf(program, "first preview");

/** Loaded before the pack: keeps all that is printed, and at the end tells which modules were loaded. */
const WITNESS = `
    const fs = require("node:fs");
    const printed = [];
    const write = process.stdout.write;
    process.stdout.write = function (chunk, ...rest) {
        printed.push(String(chunk));
        return write.call(this, chunk, ...rest);
    };
    process.once("SIGTERM", () => {
        const modules = Object.values(require.cache).map(({ filename, parent }) => ({ file: filename, by: parent?.filename }));
        const report = JSON.stringify({ printed: printed.join(""), modules });
        fs.writeFileSync(process.env.WITNESS_REPORT + ".part", report);
        fs.renameSync(process.env.WITNESS_REPORT + ".part", process.env.WITNESS_REPORT);
        process.exit(0);
    });
`;

interface Report {
    readonly printed: string;
    readonly modules: readonly { readonly file: string; readonly by?: string }[];
}

describe("the pack as the engine starts it", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "pack-"));
    const reportFile = path.join(folder, "report.json");
    let pack: PackProcess;

    beforeAll(async () => {
        const witness = path.join(folder, "witness.js");
        writeFileSync(witness, WITNESS);
        pack = await PackProcess.start(PACK_FOLDER, {
            NODE_OPTIONS: `--require ${witness}`,
            WITNESS_REPORT: reportFile,
        });
    });
    afterAll(() => {
        pack.stop();
        rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(async () => {
        await pack.configure({});
    });

    test("lists its policies with level and severity", async () => {
        const { name, policiesList } = await pack.info();
        expect(name).toBe("azure-bcdr-guard");
        expect(
            policiesList.map((policy) => ({
                name: policy.name,
                description: policy.description,
                level: LEVELS[policy.enforcementlevel],
                severity: SEVERITIES[policy.severity],
            })),
        ).toEqual([
            expect.objectContaining({ name: "shared-settings", level: "advisory" }),
            ...policies.map(({ name: each, summary, level, severity }) => ({
                name: each,
                description: summary,
                level,
                severity,
            })),
        ]);
    });

    test("gives Pulumi Cloud what it shows of the pack, in the version of package.json", async () => {
        const { version, readme, repository, description, supportsconfig } = await pack.info();
        const manifest = JSON.parse(readFileSync(path.join(PACK_FOLDER, "package.json"), "utf8")) as {
            readonly version: string;
            readonly repository: { readonly url: string };
        };
        expect(version).toBe(manifest.version);
        expect(manifest.repository.url).toBe(`git+${repository}.git`);
        expect(readme).toMatch(/^# azure-bcdr-guard\n/);
        expect(description).toMatch(/\.$/);
        expect(supportsconfig).toBe(true);
        // A version there would win over that of package.json (SEE-31).
        expect(readFileSync(path.join(PACK_FOLDER, "PulumiPolicy.yaml"), "utf8")).not.toMatch(/^version:/m);
    });

    test("gives Pulumi Cloud what it shows of each policy: where its page is, the control it serves, what to do", async () => {
        const { policiesList } = await pack.info();
        for (const { name, url, tagsList } of policiesList) {
            const [, page = "", anchor] = /^https:\/\/.*\/blob\/main\/(docs\/[^#]*\.md)(?:#(.*))?$/.exec(url) ?? [];
            const headings = readFileSync(path.join(PACK_FOLDER, page), "utf8").match(/^#+ .*$/gm) ?? [];
            const anchors = headings.map((heading) => heading.replace(/^#+ /, "").toLowerCase().replaceAll(" ", "-"));
            expect(anchor === undefined ? `policies/${name}` : anchors).toEqual(
                anchor === undefined
                    ? page.replace(/^docs\/policies\/BCDR\d+-(.*)\.md$/, "policies/$1")
                    : expect.arrayContaining([anchor]),
            );
            expect(tagsList).not.toEqual([]);
        }
        const info = policiesList.find(({ name }) => name === "vm-backed-up-and-replicated");
        expect(info?.framework).toMatchObject({ name: "NIST SP 800-53", reference: "CP-9" });
        expect(info?.tagsList).toEqual(expect.arrayContaining(["azure-backup", "MCSB BR-1", "ISO 27001 A.8.13"]));
        expect(info?.remediationSteps).toMatch(/\.$/);
    });

    test("lists the settings of each policy", async () => {
        const { policiesList } = await pack.info();
        const listed = policiesList.map(({ configschema }) =>
            (configschema?.properties?.fieldsMap ?? []).map(([setting]) => setting).sort(),
        );
        expect(listed).toEqual(
            [sharedSettings(policies), ...policies].map(({ settings }) => Object.keys(settings).sort()),
        );
    });

    test("tells what the same code tells in this process", async () => {
        const violations = await pack.analyze(round);
        expect(violations.map(({ policyId, on }) => `${policyId} ${on}`)).toContain("BCDR101 web");
        expect(violations).toEqual(await new Pack().analyze({ ...round, dryRun: false }));
    });

    test("tells the same of every example where it gives the SDK plain policies, and the SDK reads all itself", async () => {
        const plain = await PackProcess.start(PACK_FOLDER, { [PLAIN_SDK_VARIABLE]: "1" });
        const found = new Set<string>();
        try {
            await plain.configure({});
            for (const { program } of examplePrograms()) {
                const preview = new Stack().preview(program);
                const violations = await plain.analyze(preview);
                violations.forEach(({ policyId }) => found.add(policyId));
                expect(violations).toEqual(await pack.analyze(preview));
            }
            expect(found.size).toBeGreaterThan(10);
            expect(await plain.info()).toEqual(await pack.info());
        } finally {
            plain.stop();
        }
    });

    test("tells the same in the next round", async () => {
        expect(await pack.analyze(round)).toEqual(await pack.analyze(round));
    });

    test("tells of the same kinds of policies before a round, within it and after it", async () => {
        const types = async (): Promise<readonly number[]> =>
            (await pack.info()).policiesList.map(({ policyType }) => policyType);
        const before = await types();
        expect(before).toEqual([
            PolicyType.POLICY_TYPE_RESOURCE,
            ...policies.map(({ scope }) =>
                scope === "resource" ? PolicyType.POLICY_TYPE_RESOURCE : PolicyType.POLICY_TYPE_STACK,
            ),
        ]);
        for (const resource of round.resources) {
            await pack.analyzer.analyze(analyzeRequest(resource));
            expect(await types()).toEqual(before);
        }
        await pack.analyzer.analyzeStack(stackRequest(round.resources));
        expect(await types()).toEqual(before);
    });

    test("follows its configuration", async () => {
        await pack.configure({
            "shared-settings": { edition: "2019-02-26" },
            "vm-backed-up-and-replicated": { enforcementLevel: "mandatory" },
        });
        const violation = (await pack.analyze(round)).find(({ policyId }) => policyId === "BCDR101");
        expect(violation).toMatchObject({ level: "mandatory", severity: "low" });
        expect(violation?.message).toContain("VM backup and restore");
    });

    test("is silent where a policy is disabled", async () => {
        await pack.configure({ "vm-backed-up-and-replicated": { enforcementLevel: "disabled" } });
        const policies = (await pack.analyze(round)).map(({ policyId }) => policyId);
        expect(policies).not.toContain("BCDR101");
    });

    test("refuses a configuration that nobody can mean, in words and without a stack", async () => {
        await pack.configure({ "vm-backed-up-and-replicated": { editions: "2019-02-26" } });
        const refused = pack.analyze(round);
        await expect(refused).rejects.toThrow('policy "vm-backed-up-and-replicated": there is no setting "editions"');
        await expect(refused).rejects.not.toThrow(/\n\s+at /);
    });

    test("says nothing of 300 resources that are no concern of its", async () => {
        expect(await pack.analyze({ dryRun: true, resources: unrelatedResources(300) })).toEqual([]);
    });

    // Last, because it ends the process.
    test("prints nothing but its port, compiles nothing and loads no provider's SDK (SEE-11)", async () => {
        pack.stop();
        const { printed, modules } = await report(reportFile);
        expect(printed).toBe(`${pack.greeting}\n`);
        expect(pack.greeting).toMatch(/^\d+$/);

        const own = modules
            .map(({ file }) => path.relative(PACK_FOLDER, file).replaceAll(path.sep, "/"))
            .filter((file) => /^(?!\.\.|node_modules)/.test(file));
        const start = ["dist/index.js", "dist/src/pack/start.js", "dist/src/pack/compile-cache.js"];
        expect(own).toEqual([...start, "dist/policy-pack.js", "package.json"]);

        // What only the command needs is never loaded, neither its code nor its libraries.
        const sources = [...readFileSync(ONE_FILE, "utf8").matchAll(/^\/\/ (\S+\.(?:ts|json))$/gm)].map(
            ([, file]) => file,
        );
        expect(sources).toEqual(expect.arrayContaining(["policy-pack.ts", "policies/index.ts", "src/pack/pack.ts"]));
        expect(sources.filter((file) => !/^(policy-pack\.ts$|policies\/|src\/(?!cli\/|audit\/))/.test(file!))).toEqual(
            [],
        );
        const packageOf = (file: string): string => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? "";
        const providers = modules.filter(({ file }) => /^@pulumi\/azure/.test(packageOf(file)));
        expect(providers).toEqual([]);
        const { dependencies } = JSON.parse(readFileSync(path.join(PACK_FOLDER, "package.json"), "utf8")) as {
            readonly dependencies: Readonly<Record<string, string>>;
        };
        const ofCommand = Object.keys(dependencies).filter((name) => !name.startsWith("@pulumi/"));
        expect(ofCommand).toContain("commander");
        expect(modules.map(({ file }) => packageOf(file)).filter((name) => ofCommand.includes(name))).toEqual([]);
        // The SDK's own runner always has the compiler at hand; nobody else may ask for it.
        const compilers = modules.filter(({ file }) => /^(typescript|ts-node)$/.test(packageOf(file)));
        expect(compilers.filter(({ by = "" }) => packageOf(by) !== "@pulumi/pulumi")).toEqual([]);
    });
});

/** Loaded before the pack: breaks a policy of it, without moving a line. */
const SABOTAGE = `
    const { Module } = require("node:module");
    const compile = Module.prototype._compile;
    Module.prototype._compile = function (code, file) {
        const broken = file.endsWith("policy-pack.js") ? code.replace(process.env.BREAK, "$&.none.none") : code;
        return compile.call(this, broken, file);
    };
`;

test("says of a bug in which source it is, although Pulumi loads one file", async () => {
    const call = "backup: (vm, estate) => estate.backup.ofWholeVm(vm)";
    const policy = "policies/restores/vm-backed-up-and-replicated.ts";
    const lines = readFileSync(ONE_FILE, "utf8").split("\n");
    const line = lines.findIndex((text) => text.includes(call));
    expect(lines.lastIndexOf(`// ${policy}`, line)).toBeGreaterThan(0);

    const folder = mkdtempSync(path.join(tmpdir(), "pack-"));
    const sabotage = path.join(folder, "sabotage.js");
    writeFileSync(sabotage, SABOTAGE);
    const pack = await PackProcess.start(PACK_FOLDER, { NODE_OPTIONS: `--require ${sabotage}`, BREAK: call });
    try {
        await pack.configure({});
        const broken = (await pack.analyze(round)).find(({ policyId }) => policyId === "BCDR101");
        expect(broken?.message).toContain(`(TypeError at ${policy}, policy-pack.js:${line + 1})`);
    } finally {
        pack.stop();
        rmSync(folder, { recursive: true, force: true });
    }
});

async function report(file: string): Promise<Report> {
    for (let attempt = 0; attempt < 100; attempt++) {
        try {
            return JSON.parse(readFileSync(file, "utf8")) as Report;
        } catch {
            await setTimeout(100);
        }
    }
    throw new Error("the pack told nothing at its end");
}
