import { statSync } from "node:fs";
import { buildEstate } from "../model/build";
import { pushTo } from "../model/lists";
import { stackName } from "../inventory/external-resources";
import { InventoryBuilder } from "../inventory/of-estate";
import { inspected } from "./judging/inspected";
import { readDeployment } from "./reading/deployment";
import { nameOfFile, readTexts, STDIN } from "./files";
import { unsettledIn } from "./reading/unsettled";
import type { Inspected } from "./report";
import { UnreadableInput } from "./reading/unreadable";

export interface InventoryOfStates {
    readonly builder: InventoryBuilder;
    /** What could not be read, with its path and place. */
    readonly problems: readonly string[];
    /** What these states cannot tell, one sentence each. */
    readonly unsettled: readonly string[];
    /** How much of each state was looked at, by its path. */
    readonly inspected: ReadonlyMap<string, Inspected>;
    /** Stacks of which there is more than one state. */
    readonly repeated: readonly RepeatedStack[];
}

export interface RepeatedStack {
    readonly name: string;
    readonly files: readonly string[];
}

/** What many states hold together. One state is in memory at a time. */
export async function inventoryOfStates(files: readonly string[]): Promise<InventoryOfStates> {
    const builder = new InventoryBuilder();
    const problems: string[] = [];
    const unsettled: string[] = [];
    const inspected = new Map<string, Inspected>();
    const sources = new Map<string, string>();
    for (const file of files) {
        const added = await addState(builder, file, "written");
        if ("problem" in added) {
            problems.push(added.problem);
        } else {
            sources.set(file, added.source);
            added.unsettled.forEach((sentence) => unsettled.push(`${nameOfFile(file)}: ${sentence}`));
            inspected.set(nameOfFile(file), added.inspected);
        }
    }
    return {
        builder,
        problems,
        unsettled,
        inspected: inspected,
        repeated: repeatedStacks(sources),
    };
}

/** @param sources the stack of each file */
export function repeatedStacks(sources: ReadonlyMap<string, string>): readonly RepeatedStack[] {
    const filesOf = new Map<string, string[]>();
    sources.forEach((source, file) => pushTo(filesOf, source, nameOfFile(file)));
    return [...filesOf].flatMap(([name, files]) => (files.length > 1 ? [{ name, files }] : []));
}

interface Added {
    readonly source: string;
    readonly unsettled: readonly string[];
    readonly inspected: Inspected;
}

/**
 * What one state has for the others.
 *
 * @param asOf how old that is: as old as the state, or, where all of them are looked at together, not old at all
 */
export async function addState(
    builder: InventoryBuilder,
    file: string,
    asOf: "written" | "now",
): Promise<Added | { readonly problem: string }> {
    const now = new Date().toISOString();
    const name = nameOfFile(file);
    try {
        const deployment = await readDeployment(readTexts(file), name);
        // What a program only reads belongs to another program, whose state has it.
        const { resources, stack, project, writtenAt, interrupted } = deployment;
        const source = stack === undefined || project === undefined ? name : stackName(stack, project);
        const readAt = asOf === "now" ? now : (writtenAt ?? changedAt(file));
        const estate = buildEstate(resources);
        builder.addEstate(estate, { kind: "state", name: source, readAt }, interrupted.length);
        return {
            source,
            unsettled: unsettledIn(deployment),
            inspected: inspected(estate, resources, [...deployment.others.values()]),
        };
    } catch (error) {
        if (!(error instanceof UnreadableInput)) {
            throw error;
        }
        builder.addUnreadable({ kind: "state", name, readAt: now, problem: error.message });
        return { problem: error.message };
    }
}

function changedAt(file: string): string {
    return (file === STDIN ? new Date() : statSync(file).mtime).toISOString();
}
