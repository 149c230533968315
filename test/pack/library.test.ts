// A policy pack that a team puts together from `azure-bcdr-guard/policies`, in a separate folder, as the engine starts it.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as ts from "typescript";
import { policies } from "../../policies";
import { ROOT } from "../../dev/docs/generated";
import { backupItem, osDiskOf, replicatedItem, SURROUNDINGS, vm } from "../harness/azure";
import { Pack, PackProcess, type Violation } from "../harness/pack";
import { roundOf } from "../harness/phases";
import { ref, type Program } from "../harness/program";
import { SOON } from "../harness/days";

const program: Program = {
    ...SURROUNDINGS,
    web: vm(),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};
const round = roundOf(program, "first preview");

const scratch = mkdtempSync(path.join(tmpdir(), "library-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A folder in which npm has installed this package, and the SDK beside it. */
function folderWith(name: string, files: Readonly<Record<string, string>>): string {
    const folder = path.join(scratch, name);
    const modules = path.join(folder, "node_modules");
    mkdirSync(path.join(modules, "@pulumi"), { recursive: true });
    symlinkSync(ROOT, path.join(modules, "azure-bcdr-guard"), "junction");
    for (const sdk of ["policy", "pulumi"]) {
        symlinkSync(path.join(ROOT, "node_modules", "@pulumi", sdk), path.join(modules, "@pulumi", sdk), "junction");
    }
    const all = {
        "package.json": JSON.stringify({ name, version: "1.2.3", main: "index.js" }),
        "PulumiPolicy.yaml": "runtime: nodejs\n",
        ...files,
    };
    Object.entries(all).forEach(([file, text]) => writeFileSync(path.join(folder, file), text));
    return folder;
}

/** A stack policy and a resource policy as a team writes them. Both report what the SDK gives them. */
const OWN = `
const own = [
    {
        name: "own-before",
        description: "What a stack policy of the team sees.",
        validateStack: ({ resources }, report) => {
            const web = resources.find(({ name }) => name === "web");
            const group = web.propertyDependencies.resourceGroupName.map(({ name }) => name);
            report([resources.length, web.props.hardwareProfile.vmSize, group, web.isType({ __pulumiType: web.type })].join(" "));
        },
    },
    {
        name: "own-resource",
        description: "What a resource policy of the team sees.",
        validateResource: ({ name, props }, report) => {
            if (name === "web") {
                report(props.hardwareProfile.vmSize);
            }
        },
    },
];
`;

const composed = (call: string, own = ""): string =>
    `const { policies, policyPack } = require("azure-bcdr-guard/policies");\n${own}\n${call}\n`;

async function inPack<T>(name: string, index: string, use: (pack: PackProcess) => Promise<T>): Promise<T> {
    const pack = await PackProcess.start(folderWith(name, { "index.js": index }));
    try {
        return await use(pack);
    } finally {
        pack.stop();
    }
}

const named = (violations: readonly Violation[]): readonly string[] =>
    violations.map(({ policyId, on = "-", level }) => `${policyId} ${on} ${level}`);

const levelsIn = async (pack: PackProcess): Promise<ReadonlyMap<string, string | undefined>> =>
    new Map(
        (await pack.info()).policiesList.map(({ name, enforcementlevel }) => [
            name,
            ["advisory", "mandatory", "disabled", "remediate"][enforcementlevel],
        ]),
    );

describe("policyPack", () => {
    test("without options is the pack of this package, under its name and in the version of the folder", async () => {
        await inPack("as-it-is", composed("policyPack();"), async (pack) => {
            const { name, version, policiesList } = await pack.info();
            expect([name, version]).toEqual(["azure-bcdr-guard", "1.2.3"]);
            expect(policiesList.map((policy) => policy.name)).toEqual([
                "shared-settings",
                ...policies.map((policy) => policy.name),
            ]);
            await pack.configure({});
            expect(await pack.analyze(round)).toEqual(await new Pack().analyze({ ...round, dryRun: false }));
        });
    });

    test("takes levels and settings, which Pulumi's configuration overrides", async () => {
        const call = `policyPack("contoso", {
            all: "disabled",
            "shared-settings": { exemptions: [{ policies: ["BCDR403"], resource: "*", reason: "Known.", expires: "${SOON}" }] },
            "vm-backed-up-and-replicated": "mandatory",
            "vault-soft-delete": { enforcementLevel: "advisory", retentionDays: 180 },
        });`;
        await inPack("contoso", composed(call), async (pack) => {
            expect((await pack.info()).name).toBe("contoso");
            const levels = await levelsIn(pack);
            expect([...levels].filter(([, level]) => level !== "disabled")).toEqual([
                ["shared-settings", "advisory"],
                ["vm-backed-up-and-replicated", "mandatory"],
                ["vault-soft-delete", "advisory"],
            ]);
            await pack.configure({});
            const given = await pack.analyze(round);
            expect(named(given)).toContain("BCDR101 web mandatory");
            expect(given.find(({ policyId }) => policyId === "BCDR501")?.message).toContain("180");
            await pack.configure({
                "vm-backed-up-and-replicated": { enforcementLevel: "advisory" },
                "vault-soft-delete": { retentionDays: 99 },
            });
            const overridden = await pack.analyze(round);
            expect(named(overridden)).toContain("BCDR101 web advisory");
            expect(overridden.find(({ policyId }) => policyId === "BCDR501")?.message).toContain("99");
        });
    });

    test.each([
        ["after", `policyPack("with-own", { policies: own });`],
        [
            "before, in a pack of their own making",
            `const { PolicyPack } = require("@pulumi/policy");
             new PolicyPack("with-own", { policies: [...own, ...policies()] });`,
        ],
    ])(
        "policies of the team, %s, get everything from the SDK, and change nothing for the others",
        async (name, call) => {
            await inPack(`own-${name.slice(0, 5)}`, composed(call, OWN), async (pack) => {
                await pack.configure({});
                // Which policies there are is asked again while the pack runs.
                await pack.info();
                for (let times = 0; times < 2; times++) {
                    const violations = await pack.analyze(round);
                    const own = violations.filter(({ policy }) => policy.startsWith("own-"));
                    expect(own.map(({ policy, message }) => `${policy}: ${message.split("\n")[1]}`).sort()).toEqual([
                        `own-before: ${round.resources.length} Standard_D4s_v5 rg true`,
                        "own-resource: Standard_D4s_v5",
                    ]);
                    const others = violations.filter((violation) => !own.includes(violation));
                    expect(named(others)).toEqual(named(await new Pack().analyze({ ...round, dryRun: false })));
                }
            });
        },
    );

    test("takes a selection, and an exemption may speak of what it leaves out", async () => {
        const call = `policyPack("chosen", {
            select: { services: ["site-recovery"], frameworks: ["MCSB"] },
            "shared-settings": { exemptions: [{ policies: ["BCDR301"], resource: "web", reason: "Known.", expires: "${SOON}" }] },
        });`;
        await inPack("chosen", composed(call), async (pack) => {
            const { policiesList } = await pack.info();
            const names = policiesList.map(({ name }) => name);
            const chosen = policies.filter(
                ({ id, tags, framework: { name, also } }) =>
                    ["BCDR430", "BCDR490", "BCDR491"].includes(id) ||
                    (tags.includes("site-recovery") && [name, ...also.map((each) => each.name)].includes("MCSB")),
            );
            expect(names).toEqual(["shared-settings", ...chosen.map(({ name }) => name)]);
            expect(names.length).toBeLessThan(policies.length);
            await pack.configure({});
            await expect(pack.analyze(round)).resolves.toEqual(expect.any(Array));
        });
    });
});

test.each([
    [
        "a policy that there is not",
        `{ "vault-soft-delet": "mandatory" }`,
        'There is no policy "vault-soft-delet". Did you mean "vault-soft-delete"?',
    ],
    [
        "a setting that there is not",
        `{ "vault-soft-delete": { retentionDay: 30 } }`,
        'there is no setting "retentionDay".',
    ],
    ["a list of no words", `{ select: { ids: [] } }`, '"select.ids" must be a list with at least one word.'],
    [
        "a word that selects nothing",
        `{ select: { services: ["site-recover"] } }`,
        '"select.services" has "site-recover", which selects no policy. Did you mean "site-recovery"?',
    ],
    [
        "a list that there is not",
        `{ select: { service: ["site-recovery"] } }`,
        '"select" has no list "service". Allowed: "ids", "services", "tags", "frameworks". Did you mean "services"?',
    ],
])("%s ends the pack with one sentence", (name, options, says) => {
    const folder = folderWith(name.replaceAll(" ", "-"), { "index.js": composed(`policyPack("wrong", ${options});`) });
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const { status, stdout, stderr } = spawnSync(process.execPath, [runner, "127.0.0.1:1", "."], {
        cwd: folder,
        encoding: "utf8",
    });
    expect(status).not.toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toContain(`The options of the policy pack cannot be used. `);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
});

test.each([
    ["require", `const { policies, policyPack } = require("azure-bcdr-guard/policies");`, "index.cjs"],
    ["import", `import { policies, policyPack } from "azure-bcdr-guard/policies";`, "index.mjs"],
])("%s starts nothing: no port is open, and the process ends", (name, load, file) => {
    const folder = folderWith(name, {
        [file]: `${load}\nconsole.log(typeof policies, typeof policyPack, process.getActiveResourcesInfo().filter((each) => /TCP|Server|Timeout/.test(each)));\n`,
    });
    expect(execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" })).toBe("function function []\n");
});

describe("the types", () => {
    const GOOD = `
import { PolicyPack } from "@pulumi/policy";
import { Options, policies, policyPack } from "azure-bcdr-guard/policies";
const options: Options = {
    all: "advisory",
    select: { services: ["site-recovery"], ids: ["BCDR101"] },
    "shared-settings": { tiers: { gold: ["backup", "replication"] }, exemptions: [] },
    "vault-soft-delete": { enforcementLevel: "remediate", retentionDays: 30 },
    "vm-backed-up-and-replicated": "mandatory",
};
policyPack("contoso", { ...options, policies: [{ name: "own", description: "Own.", validateStack: () => undefined }] });
new PolicyPack("contoso", { policies: [...policies(options)] });
`;
    const BAD = `
import { policyPack } from "azure-bcdr-guard/policies";
policyPack("contoso", { "vault-soft-delet": "mandatory" });
policyPack("contoso", { "vault-soft-delete": { retentionDay: 30 } });
policyPack("contoso", { "vm-backed-up-and-replicated": "remediate" });
policyPack("contoso", { "shared-settings": { edition: "2020-01-01" } });
policyPack("contoso", { select: { ids: ["BCDR999"] } });
`;

    const problemsIn = (name: string, text: string, options: ts.CompilerOptions): readonly string[] => {
        const folder = folderWith(name, { "index.ts": text });
        const built = ts.createProgram([path.join(folder, "index.ts")], {
            target: ts.ScriptTarget.ES2020,
            strict: true,
            noEmit: true,
            types: [],
            typeRoots: [],
            skipLibCheck: true,
            ...options,
        });
        return ts.getPreEmitDiagnostics(built).map(({ file, start = 0, messageText }) => {
            const line = file?.getLineAndCharacterOfPosition(start).line ?? -1;
            return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
        });
    };
    const { CommonJS, NodeNext } = ts.ModuleKind;

    test.each([
        ["node10", { module: CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 }],
        ["nodenext", { module: NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
    ])("take what the pack takes, and nothing else (%s)", (name, options) => {
        expect(problemsIn(`good-${name}`, GOOD, options)).toEqual([]);
        const problems = problemsIn(`bad-${name}`, BAD, options);
        expect(problems.map((problem) => problem.split(":")[0])).toEqual(["3", "4", "5", "6", "7"]);
    });

    // What Pulumi's SDK compiles a policy pack with if it finds no other.
    test("are read by the compiler that Pulumi's SDK brings", () => {
        const vendored = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js") as typeof ts;
        const folder = folderWith("vendored", { "index.ts": GOOD });
        const built = vendored.createProgram([path.join(folder, "index.ts")], {
            target: vendored.ScriptTarget.ES2019,
            module: vendored.ModuleKind.CommonJS,
            moduleResolution: ts.ModuleResolutionKind.Node10,
            strict: true,
            noEmit: true,
            types: [],
            typeRoots: [],
            skipLibCheck: true,
        });
        const file = path.join(ROOT, "types", "policies.d.ts");
        expect(built.getSourceFiles().map(({ fileName }) => path.resolve(fileName))).toContain(file);
        const own = built
            .getSourceFiles()
            .filter(({ fileName }) => /index\.ts$|types[/\\]policies\.d\.ts$/.test(fileName));
        expect(own.flatMap((each) => [...built.getSyntacticDiagnostics(each)])).toEqual([]);
        expect(
            own.flatMap((each) => [...built.getSemanticDiagnostics(each)]).map(({ messageText }) => messageText),
        ).toEqual([]);
    });
});
