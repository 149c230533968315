import { statSync } from "node:fs";
import { buildEstate } from "../estate/build";
import { append } from "../estate/lists";
import { stackName } from "../inventory/outside";
import { InventoryBuilder } from "../inventory/of-estate";
import { readDeployment } from "./reading/deployment";
import { nameOfFile, readTexts, STDIN } from "./files";
import { UnreadableInput } from "./reading/unreadable";

export interface InventoryOfStates {
    readonly builder: InventoryBuilder;
    /** What could not be read, with its path and place. */
    readonly problems: readonly string[];
    /** Stacks of which there is more than one state. */
    readonly repeated: readonly RepeatedStack[];
}

export interface RepeatedStack {
    readonly name: string;
    readonly files: readonly string[];
}

/**
 * What many states hold together. One state is in memory at a time.
 *
 * @param asOf how old that is: as old as the state, or, where all of them are looked at together, not old at all
 */
export async function inventoryOfStates(
    files: readonly string[],
    asOf: "written" | "now" = "written",
): Promise<InventoryOfStates> {
    const builder = new InventoryBuilder();
    const problems: string[] = [];
    const filesOf = new Map<string, string[]>();
    for (const file of files) {
        const { source, problem } = await add(builder, file, asOf);
        if (problem === undefined) {
            append(filesOf, source, nameOfFile(file));
        } else {
            problems.push(problem);
        }
    }
    const repeated = [...filesOf].filter(([, { length }]) => length > 1);
    return { builder, problems, repeated: repeated.map(([name, those]) => ({ name, files: those })) };
}

async function add(
    builder: InventoryBuilder,
    file: string,
    asOf: "written" | "now",
): Promise<{ readonly source: string; readonly problem?: string }> {
    const now = new Date().toISOString();
    const name = nameOfFile(file);
    try {
        const { resources, stack, project, writtenAt } = await readDeployment(readTexts(file), name);
        const source = stack === undefined || project === undefined ? name : stackName(stack, project);
        const readAt = asOf === "now" ? now : (writtenAt ?? changedAt(file));
        builder.addEstate(buildEstate(resources), { kind: "state", name: source, readAt });
        return { source };
    } catch (error) {
        if (!(error instanceof UnreadableInput)) {
            throw error;
        }
        builder.addUnreadable({ kind: "state", name, readAt: now, problem: error.message });
        return { source: name, problem: error.message };
    }
}

function changedAt(file: string): string {
    return (file === STDIN ? new Date() : statSync(file).mtime).toISOString();
}
