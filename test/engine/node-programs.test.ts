// Programs in TypeScript and JavaScript on the engine: what the host for Node makes of them where no Pulumi is installed, and
// an installed one's own host where there is one.
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { parseUrn } from "../../src/model/ids/urn";
import { readDigest } from "../../src/cli/reading/digest";
import { linkPackages } from "../../dev/offline/examples";
import { type PulumiRun, runPulumi } from "../../dev/offline/run";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const PROJECT = "name: node\nruntime: nodejs\n";
const PACKAGE = JSON.stringify({ name: "node", private: true });

const home = scratchFolder();
let count = 0;

/** A folder of its own for each program, with a stack of its own in the same home. */
const run = async (
    files: Readonly<Record<string, string>>,
    args: readonly string[],
    hasPackages = true,
): Promise<PulumiRun> => {
    const folder = path.join(home, `program-${count++}`);
    mkdirSync(folder);
    if (hasPackages) {
        linkPackages(folder);
    }
    Object.entries({ "Pulumi.yaml": PROJECT, "package.json": PACKAGE, ...files }).forEach(([file, text]) =>
        writeFileSync(path.join(folder, file), text),
    );
    const stack = `stack-${count}`;
    const pulumi = (...all: readonly string[]): Promise<PulumiRun> => runPulumi(all, { folder, home });
    await pulumi("stack", "init", stack);
    await pulumi("config", "set", "password", "swordfish", "--secret", "--stack", stack);
    return pulumi(...args, "--stack", stack, "--non-interactive", "--color", "never");
};

afterAll(removeScratchFolders);

const TELLING = `
import * as pulumi from "@pulumi/pulumi";
console.log("dry run:", pulumi.runtime.isDryRun(), pulumi.getOrganization(), pulumi.getProject());
console.error("to stderr");
export const password = new pulumi.Config().requireSecret("password");
export const length = password.apply(({ length }) => length);
`;

test("a program knows its stack and whether it is a preview, prints, and keeps its secrets", async () => {
    const { status, stdout } = await run({ "index.ts": TELLING }, ["preview"]);
    expect(stdout).toContain("dry run: true organization node");
    expect(stdout).toContain("to stderr");
    expect(stdout).toMatch(/password: \[secret\]/);
    expect(stdout).not.toContain("swordfish");
    expect(status).toBe(0);
});

const DYNAMIC = `
import * as pulumi from "@pulumi/pulumi";
const provider: pulumi.dynamic.ResourceProvider = {
    create: async (inputs) => ({ id: "made", outs: { ...inputs, told: "hello" } }),
};
class Greeting extends pulumi.dynamic.Resource {
    declare readonly told: pulumi.Output<string>;
}
export const { told } = new Greeting(provider, "greeting", { told: undefined }) as Greeting;
`;

test("a dynamic provider runs", async () => {
    const { status, stdout } = await run({ "index.ts": DYNAMIC }, ["up", "--yes", "--skip-preview"]);
    expect(stdout).toMatch(/told: "hello"/);
    expect(stdout).toMatch(/\+ 2 created/);
    expect(status).toBe(0);
});

const PLACES = `
import * as pulumi from "@pulumi/pulumi";
class Shop extends pulumi.ComponentResource {
    constructor(name: string) {
        super("shop:index:Shop", name);
    }
}
new Shop("declared");
["a"].forEach(
    (name) =>
        new Shop(\`arrow-\${name}\`),
);
const made = () => new Shop("in-function");
made();
`;

test("the digest of a preview tells the lines of this run, and on the way to an arrow function that of the call", async () => {
    const { stdout } = await run({ "index.ts": PLACES }, ["preview", "--json"]);
    const places = await readDigest([stdout], "the digest");
    const told = [...places].map(([urn, { line, isDeclaration }]) => [parseUrn(urn).name, line, isDeclaration]);
    // What SDKs and engines tell more one day is welcome here, and then goes into ENG-51.
    expect(told.sort()).toEqual([
        ["arrow-a", 9, false],
        ["declared", 8, true],
        ["in-function", 13, true],
    ]);
});

const CASES: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    [
        "that throws is told with its line",
        { "index.ts": '\nthrow new Error("no such luck");\n' },
        /Error: no such luck\n\s+at .*index\.ts:2:7/,
    ],
    [
        "with a type that does not fit is told so",
        { "index.ts": 'export const size: number = "large";\n' },
        /index\.ts.*TS2322: Type 'string' is not assignable to type 'number'/s,
    ],
    [
        "that lacks a package is told which",
        { "index.js": 'require("@pulumi/not-installed");\n' },
        /Cannot find module '@pulumi\/not-installed'/,
    ],
    [
        "that ends by itself fails with its exit code",
        { "index.js": "process.exit(3);\n" },
        /Program exited with non-zero exit code: 3/,
    ],
    [
        "that fails after an await at the top of an ES module is told why",
        {
            "index.mjs": 'await new Promise((done) => setTimeout(done, 10));\nthrow new Error("later");\n',
            "package.json": JSON.stringify({ name: "node", type: "module" }),
        },
        /Error: later/,
    ],
];

test.each(CASES)("a program %s", async (_, files, told) => {
    const { status, stdout } = await run(files, ["preview"]);
    expect(stdout).toMatch(told);
    expect(status).not.toBe(0);
});

test("a program without its packages is told to install them", async () => {
    const { status, stdout } = await run({ "index.ts": TELLING }, ["preview"], false);
    expect(stdout).toMatch(/Found no @pulumi\/pulumi for the program in .*: run "npm install" there\.|pulumi install/);
    expect(status).not.toBe(0);
});
