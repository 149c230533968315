import * as path from "node:path";
import { nameOf, parseArmId } from "../../model/ids/arm-id";
import type { Inventory } from "../../inventory/document";
import { readInventoryFile } from "../../inventory/files";
import { readAtInWords } from "../../inventory/external-resources";
import { inspectedIn } from "../judging/inspected";
import { inspectedLines } from "../reports/groups";
import { inventoryOfStates } from "../inventory-of-states";
import { writeInventory } from "../inventory-output";
import { printNotes, textOf } from "../printing";
import type { ExitCode } from "../report";
import { stateFiles } from "../state-files";

export interface FromStatesOptions {
    readonly output?: string;
    readonly allowIncomplete?: true;
}

/** Makes an inventory of states. What could not be read is in it as a source with a problem. */
export async function inventoryFromStates(paths: readonly string[], options: FromStatesOptions): Promise<ExitCode> {
    const { files, passedOver } = stateFiles(paths);
    const { builder, problems, unsettled, inspected, repeated } = await inventoryOfStates(files);
    const inventory = builder.inventory();
    writeInventory(inventory, options.output);
    // A source with a problem of its own was read, but not wholly.
    const incomplete = inventory.sources.flatMap(({ name, problem }) =>
        problem === undefined || problems.includes(problem) ? [] : [`${name}: ${problem}`],
    );
    const problemCount = problems.length + incomplete.length;
    printNotes([
        ...[...passedOver, ...unsettled].map((sentence) => `Not read: ${sentence}`),
        ...problems,
        ...incomplete,
        ...repeated.map(
            ({ name, files: those }) => `${those.join(" and ")} are states of ${name}: what was written last counts.`,
        ),
        `${count(files.length, "state")}, ${count(problemCount, "problem")}: ${countsOf(inventory)}.`,
        ...inspectedLines(inspectedIn(inspected)),
    ]);
    return problemCount > 0 && options.allowIncomplete !== true ? 4 : 0;
}

const LISTS = [
    ["machines", "VM"],
    ["backupItems", "backup item"],
    ["diskBackups", "disk backup"],
    ["replicatedItems", "replicated item"],
    ["vaults", "vault"],
    ["recoveryPlans", "recovery plan"],
] as const;

/** A line for each VM, then counts and ages. */
export function showInventory(file: string): string {
    const inventory = readInventoryFile(path.resolve(file));
    const protections = protectionsOf(inventory);
    const vms = [...protections]
        .map(([key, { id, reported }]) => ({
            key,
            line: `${nameIn(id)}: ${reported.length === 0 ? "nothing" : reported.join("; ")}  ${id}`,
        }))
        .sort((a, b) => (a.line < b.line ? -1 : 1))
        .map(({ line }) => line);
    const ages = inventory.sources.map(
        ({ name, readAt, problem }) =>
            `${name}, read ${readAtInWords(readAt)}${problem === undefined ? "" : `, with a problem: ${problem}`}`,
    );
    return textOf([...vms, "", `${countsOf(inventory)}.`, ...ages]);
}

interface Protected {
    readonly id: string;
    readonly reported: string[];
}

function protectionsOf({
    machines: vms,
    backupItems,
    diskBackups,
    replicatedItems,
}: Inventory): Map<string, Protected> {
    const all = new Map<string, Protected>();
    const vmOfDisk = new Map<string, string>();
    const of = (id: string): Protected => {
        const found = all.get(id.toLowerCase()) ?? { id, reported: [] };
        all.set(id.toLowerCase(), found);
        return found;
    };
    for (const { id, osDisk, dataDisks = [] } of vms) {
        of(id);
        [osDisk, ...dataDisks.map((disk) => disk.id)].forEach(
            (disk) => disk !== undefined && vmOfDisk.set(disk.toLowerCase(), id),
        );
    }
    for (const { id, machine: vm, level, active, state } of backupItems) {
        if (vm !== undefined) {
            const what = level === "machine" ? "backed up" : "files backed up";
            of(vm).reported.push(`${what} by "${nameIn(id)}"${stateInWords(active, state)}`);
        }
    }
    for (const { id, disk, active, state } of diskBackups) {
        const vm = vmOfDisk.get(disk?.toLowerCase() ?? "");
        if (vm !== undefined) {
            of(vm).reported.push(
                `disk "${nameIn(disk ?? "")}" backed up by "${nameIn(id)}"${stateInWords(active, state)}`,
            );
        }
    }
    for (const { id, machine: vm, disks, failedOver, health } of replicatedItems) {
        if (vm !== undefined) {
            const list = disks === undefined ? "disks not known" : count(disks.length, "disk");
            const more = [
                list,
                ...(failedOver === true ? ["failed over"] : []),
                ...(health === undefined ? [] : [health]),
            ];
            of(vm).reported.push(`replicated by "${nameIn(id)}" (${more.join(", ")})`);
        }
    }
    return all;
}

function stateInWords(active: boolean | undefined, state: string | undefined): string {
    const reported = state ?? (active === false ? "not active" : active === undefined ? "state not known" : undefined);
    return reported === undefined ? "" : ` (${reported})`;
}

/** What was added, removed or changed from one inventory to another, whatever source tells it. */
export function diffInventories(oldFile: string, newFile: string): string {
    const before = readInventoryFile(path.resolve(oldFile));
    const after = readInventoryFile(path.resolve(newFile));
    const lines = LISTS.flatMap(([list, noun]) => {
        const old = byId(before[list]);
        const now = byId(after[list]);
        return [
            ...[...old].filter(([key]) => !now.has(key)).map(([, { id }]) => `- ${noun} ${id}`),
            ...[...now].filter(([key]) => !old.has(key)).map(([, { id }]) => `+ ${noun} ${id}`),
            ...[...now].flatMap(([key, entry]) => {
                const former = old.get(key);
                const changed = former === undefined ? [] : changesBetween(former, entry);
                return changed.length === 0 ? [] : [`~ ${noun} ${entry.id}: ${changed.join(", ")}`];
            }),
        ];
    });
    return textOf(lines.length === 0 ? ["Nothing has changed."] : lines);
}

interface Identified {
    readonly id: string;
}

/** One type for all kinds of entries: with a separate type for each, the compiler would have to choose one. */
function byId(entries: readonly Identified[]): ReadonlyMap<string, Identified> {
    return new Map(entries.map((entry) => [entry.id.toLowerCase(), entry]));
}

function changesBetween(old: object, now: object): readonly string[] {
    const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(now))];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
        const [from, to] = [JSON.stringify(before.get(name)), JSON.stringify(after.get(name))];
        return name === "source" || name === "id" || from === to ? [] : [`${name} ${from ?? "none"} → ${to ?? "none"}`];
    });
}

function countsOf(inventory: Inventory): string {
    return LISTS.map(([list, noun]) => count(inventory[list].length, noun)).join(", ");
}

function nameIn(id: string): string {
    const parsed = parseArmId(id);
    return parsed === undefined ? id : nameOf(parsed);
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
