// The guide "Add a policy" of CONTRIBUTING.md, followed to the letter in a copy of this project: each block goes where the
// page says, and then the policy is checked as every policy is.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import type * as policyCases from "../harness/policy-cases";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { ROOT } from "../../dev/docs/generated";

const LEFT_OUT = new Set(["node_modules", "dist", "coverage", "docs", "examples"]);

const [, guide = ""] =
    /^## Add a policy in ten minutes\n(.*?)^## /ms.exec(readFileSync(path.join(ROOT, "CONTRIBUTING.md"), "utf8")) ?? [];

/** The blocks of code, each with the file that the text before it names last. */
const blocks = [...guide.matchAll(/^```(ts|diff)\n(.*?)^```$/gms)].map(({ 1: kind, 2: text = "", index }) => ({
    kind,
    text,
    file: [...guide.slice(0, index).matchAll(/`([\w/.-]+\/[\w.-]+\.ts)`/g)].at(-1)?.[1] ?? "",
}));

const copy = scratchFolder();
afterAll(removeScratchFolders);

function run(tool: string, ...args: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, "node_modules", tool), ...args], {
        cwd: copy,
        encoding: "utf8",
    });
    if (status !== 0) {
        throw new Error(`${tool} ends with ${status ?? "a signal"}: ${stdout}${stderr}`);
    }
}

function follow({ kind, text, file }: (typeof blocks)[number]): void {
    const place = path.join(copy, file);
    if (kind === "ts") {
        mkdirSync(path.dirname(place), { recursive: true });
        writeFileSync(place, text, { flag: "wx" });
        return;
    }
    const side = (mark: string): string =>
        text
            .split("\n")
            .filter((line) => line.startsWith(" ") || line.startsWith(mark))
            .map((line) => `${line.slice(1)}\n`)
            .join("");
    const [before, after, ...others] = readFileSync(place, "utf8").split(side("-"));
    if (before === undefined || after === undefined || others.length > 0) {
        throw new Error(`${file} does not have these lines, or has them more than once:\n${side("-")}`);
    }
    writeFileSync(place, before + side("+") + after);
}

for (const name of readdirSync(ROOT).filter((each) => !each.startsWith(".") && !LEFT_OUT.has(each))) {
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
}
cpSync(path.join(ROOT, ".prettierrc.json"), path.join(copy, ".prettierrc.json"));
symlinkSync(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"));
blocks.forEach(follow);

const made = blocks.flatMap(({ kind, file }) => (kind === "ts" ? [file] : []));
const cases = made.find((file) => file.endsWith(".cases.ts")) ?? "";
const catalogue = "test/policies/catalogue.test.ts";

// Types are checked by the way.
writeFileSync(
    path.join(copy, "tsconfig.guide.json"),
    JSON.stringify({
        extends: "./tsconfig.test.json",
        compilerOptions: { noEmit: false, outDir: "compiled" },
        include: [cases, catalogue, "test/harness/policy-cases.ts"],
    }),
);
run("typescript/bin/tsc", "--project", "tsconfig.guide.json");

function compiled<Module>(file: string): Module {
    return require(path.join(copy, "compiled", file.replace(/\.ts$/, ".js"))) as Module;
}

// What stands in these files is tests: they are those of this file, too.
compiled<typeof policyCases>("test/harness/policy-cases.ts").testPolicy(
    compiled<{ readonly cases: policyCases.PolicyCases }>(cases).cases,
);
describe("the catalogue with it", () => {
    compiled(catalogue);
});

test("no group of cases is empty", () => {
    const { holds, violated, undecided, limits } = compiled<{ cases: policyCases.PolicyCases }>(cases).cases;
    expect([holds, violated, undecided, limits].filter((group) => group.length === 0)).toEqual([]);
});

test("its files have the form of the others", () => {
    run("prettier/bin/prettier.cjs", "--check", ...new Set(blocks.map(({ file }) => file)));
});

test("its files keep to the policies of the code, and import no more than they may", () => {
    run("eslint/bin/eslint.js", ...made);
});
