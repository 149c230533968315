// What a build and a download of the engine share: one at a time, in a folder that nothing is left of.
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import type { Places } from "./setting";

// A lock is taken so that two builds at the same time do not each take twice as long. It is a courtesy only: a
// holder that was killed or sent to sleep loses it after a while, and nothing breaks if two builds do meet.
const LOCK_REFRESH_MS = 1_000;
const LOCK_STALE_MS = 10_000;

const lockFile = (places: Places): string => path.join(places.engine, "building.lock");

export const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

const tryLock = (file: string, owner: string): boolean => {
    try {
        writeFileSync(file, owner, { flag: "wx" });
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (changed !== undefined && Date.now() - changed > LOCK_STALE_MS) {
        rmSync(file, { force: true });
    }
    return false;
};

/** Waits for the lock, or until somebody else's build made it needless; returns what gives the lock back. */
export const lockUnless = async (
    done: () => boolean,
    places: Places,
    onWait: () => void,
): Promise<(() => void) | undefined> => {
    const file = lockFile(places);
    const owner = randomUUID();
    for (let waited = false; !tryLock(file, owner); waited = true) {
        if (!waited) {
            onWait();
        }
        await pause(LOCK_REFRESH_MS / 2);
        if (done()) {
            return undefined;
        }
    }
    const refresh = setInterval(() => {
        try {
            utimesSync(file, new Date(), new Date());
        } catch {
            // Somebody took the lock for stale; the build continues without it.
        }
    }, LOCK_REFRESH_MS);
    refresh.unref();
    return () => {
        clearInterval(refresh);
        try {
            if (readFileSync(file, "utf8") === owner) {
                rmSync(file);
            }
        } catch {
            // Gone already.
        }
    };
};

export interface WorkFolder {
    readonly folder: string;
    readonly log: string;
    child?: ChildProcess;
    interrupted: boolean;
}

// The name holds the process, so that the next build can tell what an ended one left behind.
const WORK_FOLDER = /^building-(\d+)-/;

export const openWorkFolder = (places: Places): WorkFolder => {
    const folder = path.join(places.engine, `building-${process.pid}-${randomUUID().slice(0, 8)}`);
    mkdirSync(folder, { recursive: true });
    return { folder, log: path.join(folder, "log"), interrupted: false };
};

const isRunning = (pid: number): boolean => {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
};

export const removeLeftovers = (places: Places): void =>
    readdirSync(places.engine)
        .filter((name) => {
            const pid = WORK_FOLDER.exec(name)?.[1];
            return pid !== undefined && !isRunning(Number(pid));
        })
        .forEach((name) => rmSync(path.join(places.engine, name), { recursive: true, force: true }));

/** Lets an interrupted build put its things away before the process ends as it would have. */
export const onInterruption = (tidy: () => Promise<void>): (() => void) => {
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    const interrupted = (signal: NodeJS.Signals): void => {
        forget();
        void tidy().finally(() => process.kill(process.pid, signal));
    };
    const forget = (): void => signals.forEach((signal) => process.off(signal, interrupted));
    signals.forEach((signal) => process.on(signal, interrupted));
    return forget;
};
