// What `pulumi policy publish` sends, and what becomes of it: the tarball as clients of Pulumi Cloud install it, and as
// npm installs it beside a program, without TypeScript. No checkout is above either.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

import { Ajv } from "ajv";
import { exampleFolder } from "../../dev/offline/examples";
import { sharedSettings } from "../../src/config/shared-settings";
import { engineFor } from "../../dev/offline/run";
import { type Environment, placesOf, projectRoot, settingEnvironment } from "../../dev/offline/setting";
import { planPolicies, policies } from "../../policies";
import { REPOSITORY } from "../../policies/package";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { found, Project, TROUBLE } from "./project";
import { PulumiCloud, type Published } from "./pulumi-cloud";
import layers from "../../dev/layers.json";

const ROOT = projectRoot();

interface Manifest {
    readonly name: string;
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
}
/** The part of a lock file that says what is installed, by place. */
interface Lock {
    readonly packages: Readonly<
        Record<string, { version?: string; dev?: boolean; devOptional?: boolean; optional?: boolean }>
    >;
}
const PINS = "npm-shrinkwrap.json";
const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as Manifest;

interface Ended {
    readonly status: number | null;
    readonly stdout: string;
    readonly printed: string;
}

const run = (command: string, args: readonly string[], folder: string, env: Environment): Promise<Ended> =>
    new Promise((resolve, reject) => {
        const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
        let [stdout, printed] = ["", ""];
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            stdout += text;
            printed += text;
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
        child.on("error", reject);
        child.on("close", (status) => resolve({ status, stdout, printed }));
    });

const succeeds = async (...what: Parameters<typeof run>): Promise<Ended> => {
    const ended = await run(...what);
    if (ended.status !== 0) {
        throw new Error(`${what[0]} ${what[1].join(" ")} ended with ${String(ended.status)}:\n${ended.printed}`);
    }
    return ended;
};

// What the npm that runs these tests tells its scripts is not for the npm that they start.
const environment = (): Environment =>
    Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(cache|registry|userconfig)$)/.test(name)),
    );

const npm = (args: readonly string[], folder: string): Promise<Ended> =>
    succeeds("npm", [...args, "--prefer-offline", "--no-audit", "--no-fund"], folder, environment());

const filesBelow = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
        .sort();

/** An environment with the engine on PATH, as `runPulumi` makes it. */
const onEngine = async (home: string): Promise<{ readonly pulumi: string; readonly env: Environment }> => {
    const caller = { ...environment(), AZURE_BCDR_OFFLINE_HOME: home };
    const places = placesOf(ROOT, caller);
    const engine = await engineFor(caller, places);
    const folders = [...engine.folders, path.dirname(engine.command)];
    return { pulumi: engine.command, env: settingEnvironment(caller, places, folders) };
};

const publish = async (): Promise<Published> => {
    const cloud = await PulumiCloud.start();
    try {
        const { pulumi, env } = await onEngine(scratchFolder());
        const account = { PULUMI_BACKEND_URL: cloud.url, PULUMI_ACCESS_TOKEN: "pul-0000" };
        await succeeds(pulumi, ["policy", "publish", "acme", "--non-interactive"], ROOT, { ...env, ...account });
        return cloud.published;
    } finally {
        cloud.stop();
    }
};

let published: Published;
/** The pack as a client of Pulumi Cloud has it. */
let installed: string;
/** A project that has the pack among its dependencies. */
let project: string;

beforeAll(async () => {
    published = await publish();
    const tarball = path.join(scratchFolder(), "azure-bcdr-guard.tgz");
    writeFileSync(tarball, published.tarball);

    const client = scratchFolder();
    await succeeds("tar", ["-xzf", tarball], client, environment());
    installed = path.join(client, "package");
    project = path.join(scratchFolder(), "project");
    mkdirSync(project);
    writeFileSync(path.join(project, "package.json"), "{}");
}, 180_000);
afterAll(removeScratchFolders);

describe("what Pulumi Cloud is told of the pack", () => {
    test("is what package.json and README.md say", () => {
        const { readme, policies: _, ...pack } = published.pack;
        expect(pack).toMatchObject({
            name: manifest.name,
            versionTag: manifest.version,
            displayName: "Azure Backup and Site Recovery",
            provider: "azure",
            repository: REPOSITORY,
            runtime: "nodejs",
        });
        expect(pack.description).toMatch(/^\S.*\.$/);
        expect(pack.tags).toContain("site-recovery");
        expect(published.completed).toBe(
            `/api/orgs/acme/policypacks/${manifest.name}/versions/${manifest.version}/complete`,
        );
        expect(readme).toMatch(/^# azure-bcdr-guard\n/);
        const targets = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
        expect(targets).toContain(`${REPOSITORY}/blob/main/docs/policies/BCDR121-restored-os-disk-not-replicated.md`);
        expect(targets.filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([]);
    });

    test("has all that it shows of a policy", () => {
        const shown = new Map(published.pack.policies.map((policy) => [policy.name, policy]));
        expect([...shown.keys()].sort()).toEqual(["shared-settings", ...policies.map(({ name }) => name)].sort());
        for (const policy of policies) {
            const { also, ...framework } = policy.framework;
            expect(shown.get(policy.name)).toMatchObject({
                description: policy.summary,
                enforcementLevel: policy.level,
                severity: policy.severity,
                framework,
                remediationSteps: policy.remediationSteps,
                url: `${REPOSITORY}/blob/main/docs/policies/${policy.id}-${policy.name}.md`,
                tags: [...policy.tags, ...also.map((control) => `${control.name} ${control.reference}`)],
            });
        }
        planPolicies.forEach(({ name }) => expect(shown.has(name)).toBe(false));
    });

    test("has a schema for each configuration, the level among it, and a text for each setting", () => {
        const ajv = new Ajv({ strict: true, allowUnionTypes: true });
        const blocks = [sharedSettings(policies), ...policies];
        for (const { name, configSchema } of published.pack.policies) {
            const { enforcementLevel, ...settings } = configSchema.properties;
            expect({ name, enforcementLevel }).toMatchObject({ name, enforcementLevel: { type: "string" } });
            const own = blocks.find((block) => block.name === name)?.settings ?? {};
            expect(Object.keys(settings).sort()).toEqual(Object.keys(own).sort());
            expect(() => ajv.compile(configSchema)).not.toThrow();
            Object.values(settings).forEach((setting) => {
                expect(setting).toMatchObject({ description: expect.stringMatching(/\.$/) as string });
            });
        }
    });
});

describe("the tarball", () => {
    const shipped = Object.values(layers).flatMap(({ folder }) => (folder.startsWith("dev/") ? [] : [folder]));

    test("holds the code of every layer of the product, and each text that a user needs", () => {
        const compiled = shipped
            .flatMap((folder) => filesBelow(path.join(ROOT, folder)).map((file) => `${folder}/${file}`))
            .filter((file) => file.endsWith(".ts"))
            .map((file) => `dist/${file.replace(/ts$/, "js")}`);
        const texts = [
            "docs/policies",
            "src/audit/queries",
            "src/inventory/queries",
            "src/cli/pipelines",
            "profiles",
            "skills",
        ].flatMap((folder) => filesBelow(path.join(ROOT, folder)).map((file) => `${folder}/${file}`));
        const papers = readdirSync(ROOT).filter((name) => /^(CHANGELOG|LICENSE|README)/.test(name));
        expect(filesBelow(installed)).toEqual(
            [
                ...papers,
                ...["PulumiPolicy.yaml", "build.js", "package.json"],
                ...["src/cli/report.schema.json", "src/inventory/inventory.schema.json", "policy-config.schema.json"],
                "src/cli/try-state.json",
                ...texts,
                ...["dist/index.js", "dist/library.js", "dist/policy-pack.js", `dist/${PINS}`, "types/policies.d.ts"],
                ...["dist/src/cli/report.schema.json", "dist/src/inventory/inventory.schema.json"],
                ...compiled,
            ].sort(),
        );
    });

    test("names nothing of the machine that packed it", () => {
        const telling = filesBelow(installed).filter((file) =>
            readFileSync(path.join(installed, file), "utf8").includes(ROOT),
        );
        expect(telling).toEqual([]);
    });
});

const PROGRAM = readFileSync(path.join(exampleFolder("protected-by-both"), "yaml", "Pulumi.yaml"), "utf8");
const FINDINGS = ["BCDR101 web", "BCDR102 db"];

describe("published from the archive with its pins, and installed by Pulumi", () => {
    let client: string;
    beforeAll(async () => {
        // As docs/publishing.md says; `pulumi policy publish` uploads what `npm pack` makes.
        await npm(["pkg", "delete", "devDependencies"], installed);
        copyFileSync(path.join(installed, "dist", PINS), path.join(installed, PINS));
        const folder = scratchFolder();
        await npm(["pack", "--pack-destination", folder], installed);
        const [tarball = ""] = readdirSync(folder);
        await succeeds("tar", ["-xzf", tarball], folder, environment());
        client = path.join(folder, "package");
        // As Pulumi's language host calls npm where PulumiPolicy.yaml has `production: true`.
        await npm(["install", "--loglevel=error", "--production"], client);
    }, 180_000);

    test("it is what the release was tested with, and nothing else", () => {
        const lock = (file: string): Lock => JSON.parse(readFileSync(file, "utf8")) as Lock;
        const versions = ({ packages }: Lock): Readonly<Record<string, string>> =>
            Object.fromEntries(
                Object.entries(packages).flatMap(([place, { version = "", dev, devOptional, optional }]) =>
                    place === "" || dev === true || devOptional === true || optional === true ? [] : [[place, version]],
                ),
            );
        const tested = versions(lock(path.join(ROOT, "package-lock.json")));
        expect(Object.keys(tested)).toContain("node_modules/@pulumi/pulumi");
        expect(versions(lock(path.join(client, "node_modules", ".package-lock.json")))).toEqual(tested);
    });

    test("it finds what there is to find", async () => {
        const stack = await Project.start(PROGRAM, scratchFolder(), client);
        const { events, printed } = await stack.preview();
        expect(found(events)).toEqual(FINDINGS);
        expect(printed).not.toMatch(TROUBLE);
    });
});

describe("installed beside a program", () => {
    const guard = (...args: readonly string[]): Promise<Ended> =>
        run(path.join(project, "node_modules", ".bin", manifest.name), args, project, environment());

    beforeAll(async () => {
        const tarball = path.join(project, "pack.tgz");
        writeFileSync(tarball, published.tarball);
        await npm(["install", "--omit=dev", "--omit=peer", tarball], project);
    }, 180_000);

    test("it comes without a compiler", () => {
        const { resolve } = createRequire(path.join(project, "index.js"));
        expect(resolve(manifest.name)).toBe(path.join(project, "node_modules", manifest.name, "dist", "index.js"));
        for (const compiler of ["typescript", "ts-node"]) {
            expect(() => resolve(compiler)).toThrow(/Cannot find module/);
        }
    });

    test("the command tells its version, its policies, the page of one and its folder, and shows its example", async () => {
        expect(await guard("--version")).toMatchObject({ status: 0, printed: `${manifest.version}\n` });
        const { stdout } = await guard("policies");
        policies.forEach(({ name }) => expect(stdout).toContain(name));
        expect((await guard("explain", "BCDR121")).stdout).toMatch(/^# BCDR121/);
        const pack = path.join(project, "node_modules", manifest.name);
        expect(await guard("path")).toMatchObject({ status: 0, printed: `${pack}\n` });
        expect((await guard("try")).stdout).toContain("BCDR121");
    });

    test("the command previews with the pack that came with it, and looks at the state afterwards", async () => {
        const stack = await Project.start(PROGRAM);
        const { env } = await onEngine(stack.home);
        const cli = path.join(project, "node_modules", ".bin", manifest.name);
        const preview = await run(cli, ["preview", "--report", "json", "--", "--stack", "dev"], stack.folder, env);
        const { findings } = JSON.parse(preview.stdout) as { findings: readonly { rule: string }[] };
        expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["BCDR101", "BCDR102"]));
        expect(preview).toMatchObject({ status: 0 });

        await stack.deploys();
        writeFileSync(path.join(project, "state.json"), await stack.exportState());
        const analysed = await guard("analyze", "state.json");
        expect(analysed).toMatchObject({ status: 0, stdout: expect.stringContaining("BCDR101") as string });
    });
});
