import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stateFiles } from "../../src/cli/state-files";
import { UsageError } from "../../src/cli/usage-error";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

afterAll(removeScratchFolders);

/** A folder with empty files. */
function folderOf(...files: readonly string[]): string {
    const folder = scratchFolder();
    for (const file of files) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), "");
    }
    return folder;
}

/** The files that are found, by their paths in the folder, and what is told of the others. */
function foundIn(folder: string): readonly [files: readonly string[], passedOver: readonly string[]] {
    const { files, passedOver } = stateFiles([folder]);
    return [files.map((file) => path.relative(folder, file)), passedOver.map((each) => each.replace(folder, "HERE"))];
}

describe("the states in a folder", () => {
    test.each(["backups", "history", "locks", "node_modules", "stacks", ".pulumi", ".hidden"])(
        "are found in one that is called %s",
        (name) => {
            const folder = folderOf("a.json", `${name}/b.json`, `${name}/deeper/c.json.gz`);
            expect(foundIn(folder)).toEqual([[...["a.json", `${name}/b.json`, `${name}/deeper/c.json.gz`]].sort(), []]);
        },
    );

    test.each(["backups", "history", "locks", "node_modules", "stacks"])(
        "are found in a backend's project that is called %s",
        (project) => {
            const folder = folderOf(`.pulumi/stacks/${project}/dev.json`, ".pulumi/stacks/shop/dev.json");
            const states = [`.pulumi/stacks/${project}/dev.json`, ".pulumi/stacks/shop/dev.json"].sort();
            expect(foundIn(folder)).toEqual([states, []]);
            expect(stateFiles([path.join(folder, ".pulumi")]).files).toHaveLength(2);
            expect(stateFiles([path.join(folder, ".pulumi", "stacks")]).files).toHaveLength(2);
        },
    );

    test("are not what a backend keeps beside them", () => {
        const folder = folderOf(
            ".pulumi/stacks/shop/dev.json",
            ".pulumi/stacks/shop/dev.json.bak",
            ".pulumi/stacks/shop/dev.json.attrs",
            ".pulumi/backups/shop/dev/dev.1.json",
            ".pulumi/history/shop/dev/dev-1.history.json",
            ".pulumi/locks/shop/dev/lock.json",
            ".pulumi/meta.yaml",
        );
        expect(foundIn(folder)).toEqual([[".pulumi/stacks/shop/dev.json"], []]);
    });

    test("what lies beside a backend, or in it without being its own, is told", () => {
        const folder = folderOf(
            ".pulumi/stacks/shop/dev.json",
            ".pulumi/more/b.json",
            "c.json",
            "exports/d.json",
            "a.ts",
        );
        expect(foundIn(folder)).toEqual([
            [".pulumi/more/b.json", ".pulumi/stacks/shop/dev.json"],
            ["In HERE, c.json, exports lie beside a backend and were skipped."],
        ]);
    });

    test("are not in installed packages, which is told", () => {
        const folder = folderOf("a.json", "node_modules/.package-lock.json", "node_modules/x/package.json");
        expect(foundIn(folder)).toEqual([
            ["a.json"],
            ["In HERE, node_modules holds installed packages and was skipped."],
        ]);
    });

    test("links to folders are not followed, in a circle even, and told; links to files are", () => {
        const folder = folderOf("a/b.json", "real/c.json");
        symlinkSync("..", path.join(folder, "a", "up"));
        symlinkSync("../real", path.join(folder, "a", "real"));
        symlinkSync("itself.json", path.join(folder, "a", "itself.json"));
        symlinkSync("../real/c.json", path.join(folder, "a", "d.json"));
        expect(foundIn(folder)).toEqual([
            ["a/b.json", "a/d.json"],
            [
                "In HERE, a/real, a/up are links to folders and were skipped.",
                "In HERE, a/itself.json is no file, or a link to none, and was skipped.",
            ],
        ]);
    });

    test("other files are told, and counted where they are many", () => {
        const folder = folderOf("a.json", ...Array.from({ length: 8 }, (_, index) => `${index}.yaml`));
        expect(foundIn(folder)).toEqual([
            ["a.json"],
            [
                "In HERE, 0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml and 3 more are no files that end in .json or .json.gz and were skipped.",
            ],
        ]);
    });

    test("are each looked at once, by whichever ways they are named", () => {
        const folder = folderOf("a.json");
        symlinkSync("a.json", path.join(folder, "b.json"));
        const file = path.join(folder, "a.json");
        expect(stateFiles([folder, file, path.join(folder, ".", "b.json"), "-", "-"]).files).toEqual([file, "-"]);
    });

    test("have to be there", () => {
        const folder = folderOf("readme.md");
        symlinkSync("loop", path.join(folder, "loop"));
        expect(() => stateFiles([folder])).toThrow(UsageError);
        expect(() => stateFiles([folder])).toThrow(/has no state files.*loop, readme\.md are no files/);
        expect(() => stateFiles([path.join(folder, "loop")])).toThrow(UsageError);
        expect(() => stateFiles([path.join(folder, "none")])).toThrow(/no such file/);
    });
});
