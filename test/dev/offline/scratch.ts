// Folders with stand-in programs, such as a `pulumi` that says it is old.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const made: string[] = [];

/** A fresh folder; all of them go with `removeScratchFolders`. */
export const scratchFolder = (): string => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-test-")));
    made.push(folder);
    return folder;
};

export const removeScratchFolders = (): void =>
    made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));

/** A folder for PATH, with shell scripts by name. Nothing else is on that PATH: they may use the shell's own words. */
export const folderOfPrograms = (scripts: Readonly<Record<string, string>>): string => {
    const folder = path.join(scratchFolder(), "bin");
    mkdirSync(folder);
    Object.entries(scripts).forEach(([name, script]) => {
        writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
        chmodSync(path.join(folder, name), 0o755);
    });
    return folder;
};
