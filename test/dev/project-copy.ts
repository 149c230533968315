import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { ROOT } from "../../dev/docs/generated";
import { scratchFolder } from "./offline/scratch";

const LEFT_OUT = new Set(["node_modules", "dist", "coverage", "docs", "examples"]);

/** A copy of this project that a test may change: its sources, its tests and what checks them. */
export class ProjectCopy {
    readonly root = scratchFolder();

    constructor() {
        for (const name of readdirSync(ROOT).filter((each) => !each.startsWith(".") && !LEFT_OUT.has(each))) {
            cpSync(path.join(ROOT, name), this.path(name), { recursive: true });
        }
        cpSync(path.join(ROOT, ".prettierrc.json"), this.path(".prettierrc.json"));
        symlinkSync(path.join(ROOT, "node_modules"), this.path("node_modules"));
    }

    read(file: string): string {
        return readFileSync(this.path(file), "utf8");
    }

    write(file: string, text: string): void {
        writeFileSync(this.path(file), text);
    }

    /** Runs a tool of this project in the copy. */
    run(tool: string, ...args: readonly string[]): { readonly status: number | null; readonly printed: string } {
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [path.join(ROOT, "node_modules", tool), ...args],
            { cwd: this.root, encoding: "utf8" },
        );
        return { status, printed: `${stdout}${stderr}` };
    }

    /** What is wrong with the types, the form or the style of these files; empty where nothing is. */
    problemsIn(files: readonly string[]): string {
        this.write(
            "tsconfig.copy.json",
            JSON.stringify({ extends: "./tsconfig.test.json", include: files.filter((file) => file.endsWith(".ts")) }),
        );
        const results = [
            this.run("typescript/bin/tsc", "--project", "tsconfig.copy.json"),
            this.run("prettier/bin/prettier.cjs", "--check", ...files),
            this.run("eslint/bin/eslint.js", ...files),
        ];
        return results.map(({ status, printed }) => (status === 0 ? "" : printed)).join("");
    }

    /** Runs tests of the copy, without a build. */
    test(...files: readonly string[]): { readonly status: number | null; readonly printed: string } {
        return this.run("jest/bin/jest.js", "--maxWorkers=1", "--selectProjects", "unit", "--", ...files);
    }

    private path(file: string): string {
        return path.join(this.root, file);
    }
}
