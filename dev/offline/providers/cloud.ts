/**
 * "What exists in Azure", kept in a JSON file beside the tests or the demo that play it. Without a file nothing is
 * remembered: a created resource exists, and a read confirms whatever the state says.
 *
 * A test plays the portal with `changeCloud`.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { ValueMap } from "./values";

export const CLOUD_VARIABLE = "AZURE_BCDR_OFFLINE_CLOUD";

export interface CloudResource {
    /** The type token without package and version: `compute:VirtualMachine`. */
    readonly type: string;
    /** The id in the case in which it was created. */
    readonly id: string;
    /** What a read answers, in the shape of the SDK's outputs. */
    readonly response: ValueMap;
}

/** By lower-cased ARM id: Azure compares ids without case. */
export type Cloud = Readonly<Record<string, CloudResource>>;

export function cloudFile(environment: NodeJS.ProcessEnv = process.env): string | undefined {
    const file = environment[CLOUD_VARIABLE];
    return file === undefined || file === "" ? undefined : file;
}

export function cloudKey(id: string): string {
    return id.toLowerCase().replace(/\/+$/, "");
}

export function lastSegment(id: string): string {
    return id.replace(/\/+$/, "").split("/").at(-1) ?? "";
}

/** The resource group's id that an id begins with. */
export function groupOf(id: string): string {
    return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(id)?.[0] ?? "";
}

/** The file's content, or undefined where it has never existed. */
export function readCloud(file: string): Cloud | undefined {
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Cloud) : undefined;
}

export function writeCloud(file: string, cloud: Cloud): void {
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify(cloud, undefined, 2)}\n`);
    renameSync(temporary, file);
}

/** Reads, changes and writes the file in one go; a file that has never existed counts as empty. */
export function changeCloud(file: string, change: (cloud: Cloud) => Cloud): Cloud {
    const changed = change(readCloud(file) ?? {});
    writeCloud(file, changed);
    return changed;
}

/**
 * The resource of an id changed by a function of its read-back; an unknown id is an error, so that a test cannot miss
 * its target.
 */
export function changeResource(cloud: Cloud, id: string, change: (response: ValueMap) => ValueMap): Cloud {
    const found = cloud[cloudKey(id)];
    if (found === undefined) {
        throw new Error(`There is no '${id}' in this cloud; it has: ${Object.keys(cloud).join(", ") || "nothing"}.`);
    }
    return withResource(cloud, { ...found, response: change(found.response) });
}

export function withResource(cloud: Cloud, resource: CloudResource): Cloud {
    return { ...cloud, [cloudKey(resource.id)]: resource };
}

export function withoutResource(cloud: Cloud, id: string): Cloud {
    const { [cloudKey(id)]: _, ...rest } = cloud;
    return rest;
}

/** Longer than any change takes: whoever holds the file for that long has died with it. */
const LONGEST_CHANGE = 10_000;

/** Both providers deploy at the same time, and what one writes between the other's read and write would be lost. */
function locked(file: string, change: () => void): void {
    const lock = `${file}.lock`;
    for (let waited = 0; !taken(lock); waited++) {
        if (waited > LONGEST_CHANGE) {
            rmSync(lock, { force: true, recursive: true });
        }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
    try {
        change();
    } finally {
        rmSync(lock, { force: true, recursive: true });
    }
}

/** To make a folder is one step: it succeeds for one process only. */
function taken(lock: string): boolean {
    try {
        mkdirSync(lock);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") {
            return false;
        }
        throw error;
    }
}

/** Where a provider keeps the cloud: in a file, or nowhere. */
export interface CloudStore {
    /** Undefined where nothing is kept, or nothing has been kept so far. */
    read(): Cloud | undefined;
    change(change: (cloud: Cloud) => Cloud): void;
}

export function cloudStore(file: string | undefined): CloudStore {
    if (file === undefined) {
        return { read: () => undefined, change: () => undefined };
    }
    // A deployment of hundreds of resources would read the same file over and over.
    let known: { readonly stamp: string; readonly cloud: Cloud } | undefined;
    const stamp = (): string => {
        const { mtimeMs, size, ino } = statSync(file);
        return `${ino}/${mtimeMs}/${size}`;
    };
    const read = (): Cloud | undefined => {
        if (!existsSync(file)) {
            return undefined;
        }
        const current = stamp();
        if (known?.stamp !== current) {
            known = { stamp: current, cloud: readCloud(file) ?? {} };
        }
        return known.cloud;
    };
    return {
        read,
        change(change) {
            locked(file, () => {
                const cloud = change(read() ?? {});
                writeCloud(file, cloud);
                known = { stamp: stamp(), cloud };
            });
        },
    };
}
