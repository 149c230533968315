// `azure-bcdr-guard try`: the state that comes with the package, and what the command prints of it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expectGenerated } from "../../dev/docs/generated";
import { projectRoot } from "../../dev/offline/setting";
import type { Report } from "../../src/cli/report";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { tryState } from "../harness/try-state";

const ROOT = projectRoot();
const STATE = "src/cli/try-state.json";

function command(args: readonly string[], cwd = scratchFolder()): { status: number; stdout: string; stderr: string } {
    const run = spawnSync(process.execPath, [path.join(ROOT, "dist", "src", "cli", "main.js"), ...args], {
        cwd,
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "", AZURE_BCDR_GUARD_INVENTORY: "" },
    });
    return { status: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
}

afterAll(removeScratchFolders);

describe("the state", () => {
    test("is what test/harness/try-state.ts makes", () => expectGenerated(STATE, tryState()));

    test("is small", () => expect(statSync(path.join(ROOT, STATE)).size).toBeLessThan(60_000));
});

describe("try", () => {
    test("prints a finding of each kind, and what to do next", () => {
        const run = command(["try"]);
        expect([run.status, run.stderr]).toEqual([1, ""]);
        expectGenerated("test/cli/fixtures/try.txt", run.stdout);
    });

    test("shows one mandatory finding with its steps, missing protection, and a limit", () => {
        const { findings } = JSON.parse(command(["try", "--report", "json"]).stdout) as Report;
        expect(findings.map(({ rule, level }) => `${rule} ${level}`).sort()).toEqual([
            "BCDR101 advisory",
            "BCDR110 advisory",
            "BCDR121 mandatory",
            "BCDR401 advisory",
            "BCDR430 advisory",
        ]);
        expect(findings[0]).toMatchObject({ rule: "BCDR121", message: { fix: { kind: "in order" } } });
    });

    test("prints the same in the folder of a project", () => {
        const folder = mkdtempSync(path.join(scratchFolder(), "project-"));
        writeFileSync(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: yaml\n");
        expect(command(["try"], folder).stdout).toBe(command(["try"]).stdout);
    });

    test("takes the options of a report, and leaves standard output to a document", () => {
        const page = path.join(scratchFolder(), "guard.html");
        const run = command(["try", "--report", `html=${page}`, "--report", "json", "--fail-on", "never"]);
        expect([run.status, (JSON.parse(run.stdout) as Report).subject]).toEqual([0, "the example"]);
        expect(run.stderr).toContain("azure-bcdr-guard init");
        expect(readFileSync(page, "utf8")).toContain("BCDR121");
    });
});

test("path prints the folder of the pack, and nothing else", () => {
    expect(command(["path"])).toEqual({ status: 0, stdout: `${ROOT}\n`, stderr: "" });
});
