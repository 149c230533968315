import { statSync } from "node:fs";
import { Estate } from "../estate/estate";
import { stackName } from "../inventory/outside";
import { InventoryBuilder } from "../inventory/of-estate";
import { readDeployment } from "./reading/deployment";
import { nameOfFile, readTexts, STDIN } from "./files";
import { UnreadableInput } from "./reading/unreadable";

export interface InventoryOfStates {
    readonly builder: InventoryBuilder;
    /** What could not be read, with its path and place. */
    readonly problems: readonly string[];
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
    for (const file of files) {
        const problem = await add(builder, file, asOf);
        if (problem !== undefined) {
            problems.push(problem);
        }
    }
    return { builder, problems };
}

async function add(builder: InventoryBuilder, file: string, asOf: "written" | "now"): Promise<string | undefined> {
    const now = new Date().toISOString();
    const name = nameOfFile(file);
    try {
        const { resources, stack, project, writtenAt } = await readDeployment(readTexts(file), name);
        builder.addEstate(new Estate(resources), {
            kind: "state",
            name: stack === undefined || project === undefined ? name : stackName(stack, project),
            readAt: asOf === "now" ? now : (writtenAt ?? changedAt(file)),
        });
        return undefined;
    } catch (error) {
        if (!(error instanceof UnreadableInput)) {
            throw error;
        }
        builder.addUnreadable({ kind: "state", name, readAt: now, problem: error.message });
        return error.message;
    }
}

function changedAt(file: string): string {
    return (file === STDIN ? new Date() : statSync(file).mtime).toISOString();
}
