import { existsSync } from "node:fs";
import * as path from "node:path";
import { newPolicy, WrongArguments } from "../../dev/new-policy";
import { removeScratchFolders } from "./offline/scratch";
import { ProjectCopy } from "./project-copy";

// Lint of a few files needs the types of all.
jest.setTimeout(300_000);

const copy = new ProjectCopy();
afterAll(removeScratchFolders);

const CONTRACT = "test/policies/catalogue.test.ts";
const contract = copy.read(CONTRACT);
copy.write(CONTRACT, contract.replace(/(const GIVEN_UP: .* = \[).*?\]/, '$1"BCDR488"]'));

function problemOf(...args: readonly string[]): string {
    try {
        newPolicy(copy.root, args);
        return "";
    } catch (error) {
        if (error instanceof WrongArguments) {
            return error.message;
        }
        throw error;
    }
}

test.each([
    ["too few", ["BCDR499", "backed-up-spot-vm"], /^Usage: npm run new-policy/],
    ["too many", ["BCDR499", "backed-up-spot-vm", "coverage", "more"], /^Usage: /],
    ["an option that there is not", ["BCDR499", "a-b", "coverage", "--urgent"], /--urgent[^]*Usage: /],
    ["an id of another form", ["BCDR42", "spot-vm", "coverage"], /"BCDR42" is no id of a policy/],
    ["an id that is taken", ["BCDR415", "spot-vm", "coverage"], /^BCDR415 is taken: it is backup-stopped\.$/],
    ["an id that was given up", ["BCDR488", "spot-vm", "coverage"], /^BCDR488 was given up\./],
    [
        "an id of another area",
        ["BCDR298", "spot-vm", "coverage"],
        /^BCDR298 does not belong to coverage, whose .*BCDR400/,
    ],
    ["a name of another form", ["BCDR499", "SpotVm", "coverage"], /"SpotVm" is no name of a policy/],
    ["a name of one word", ["BCDR499", "spot", "coverage"], /"spot" is no name of a policy/],
    ["a name that is too long", ["BCDR499", `a-${"b".repeat(50)}`, "coverage"], /of at most 50 characters/],
    ["a name that is taken", ["BCDR499", "backup-stopped", "coverage"], /"backup-stopped" is taken: it is BCDR415\./],
    [
        "a name of a policy about plans",
        ["BCDR499", "plan-of-spot-vm", "coverage"],
        /Only a name in plan begins with "plan-"/,
    ],
    ["a name of no policy about plans", ["BCDR699", "spot-vm", "plan"], /A name in plan begins with "plan-"/],
    ["an area that there is not", ["BCDR799", "spot-vm", "networks"], /"networks" is no area\. There are restores, /],
    [
        "the name of a file that is there",
        ["BCDR499", "small-size", "coverage"],
        /policies\/coverage\/small-size\.ts exists already/,
    ],
    [
        "a level that no new policy has",
        ["BCDR499", "spot-vm", "coverage", "--level", "remediate"],
        /"remediate" is no level/,
    ],
    ["a severity that there is not", ["BCDR499", "spot-vm", "coverage", "--severity", "huge"], /"huge" is no severity/],
])("%s is refused, and nothing is written", (_, args, problem) => {
    const before = [copy.read("policies/index.ts"), copy.read(CONTRACT)];
    expect(problemOf(...args)).toMatch(problem);
    expect([copy.read("policies/index.ts"), copy.read(CONTRACT)]).toEqual(before);
    expect(existsSync(path.join(copy.root, "policies/coverage/spot-vm.ts"))).toBe(false);
});

test("an area without any policy is left to a person, and nothing is written", () => {
    const index = copy.read("policies/index.ts");
    copy.write("policies/index.ts", index.replaceAll('"./vaults/', '"./elsewhere/'));
    const problem = problemOf("BCDR598", "vault-alone", "vaults");
    copy.write("policies/index.ts", index);
    expect(problem).toMatch(/^vaults has no policy yet\. Write its first one/);
    expect(existsSync(path.join(copy.root, "policies/vaults/vault-alone.ts"))).toBe(false);
});

test("all that is wrong is said at once", () => {
    expect(problemOf("BCDR415", "Spot", "coverage", "--level", "high").split("\n")).toHaveLength(3);
});

describe("of each area", () => {
    const made = [
        ["BCDR199", "restored-spot-vm", "restores"],
        ["BCDR299", "replicated-spot-vm", "replication"],
        ["BCDR399", "backed-up-spot-vm", "backup"],
        ["BCDR489", "spot-vm-in-no-tier", "coverage", "--level", "disabled"],
        ["BCDR500", "vault-before-all-others", "vaults"],
        ["BCDR599", "vault-elsewhere", "vaults", "--severity", "low"],
        ["BCDR699", "plan-makes-spot-vm", "plan", "--level", "mandatory", "--severity", "critical"],
    ].map((args) => newPolicy(copy.root, args));
    const files = [...new Set(made.flat())].filter((file) => file.endsWith(".ts"));
    const testFiles = files.filter((file) => /^test\/policies\/.*-.*\.test\.ts$/.test(file));

    test("its files have the types, the form and the style of the others", () => {
        expect(copy.problemsIn(files)).toBe("");
    });

    test("the tests of each fail until there are cases, and so does the catalogue", () => {
        const { status, printed } = copy.test(...testFiles, CONTRACT);
        expect(status).toBe(1);
        expect(testFiles).toHaveLength(7);
        expect(printed).toContain(`Test Suites: ${testFiles.length + 1} failed, ${testFiles.length + 1} total`);
        // They are listed where they should be, and what they say of themselves is what is missing.
        expect(printed).not.toContain("● policies, levels and severities are those of the contract");
        expect(printed).toContain("● restored-spot-vm introduces itself");
    });

    test("one with the first id of its area is listed before the others", () => {
        expect(copy.read("policies/index.ts")).toContain("    vaultBeforeAllOthers,\n    vaultSoftDelete,\n");
        expect(copy.read(CONTRACT)).toMatch(/^ {4}\["BCDR500", .*\n {4}\["BCDR501", /m);
    });
});
