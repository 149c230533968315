import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { INTERRUPTS, onInterrupt } from "./interrupts";

/** Lends a folder that only this user can read. It is gone afterwards, also where the process is told to end. */
export async function withScratchFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-"));
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    const giveBack = onInterrupt((signal) => {
        // While Pulumi runs, it is the one to end first.
        if (process.listenerCount(signal) === 1) {
            process.exit(128 + INTERRUPTS[signal]);
        }
    });
    process.once("exit", remove);
    try {
        return await work(folder);
    } finally {
        process.off("exit", remove);
        giveBack();
        remove();
    }
}
