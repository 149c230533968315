// Downloads Pulumi's own CLI through the npm package `pulumi`, once, into an ignored folder (ENG-59).
//
// The package installs into a separate folder here, which moves into place when the program in it answers. So neither
// an interruption nor a second download at the same time leaves anything broken.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";

import { roughMinutes } from "./engine-progress";
import { lockUnless, onInterruption, openWorkFolder, pause, removeLeftovers, type WorkFolder } from "./engine-work";
import type { Environment, Places } from "./setting";

export interface DownloadSite {
    /** The first file that the package fetches. */
    readonly url: string;
    readonly longestAnswerMs: number;
    readonly longestDownloadMs: number;
}

export const DOWNLOAD_SITE: DownloadSite = {
    url: "https://get.pulumi.com/install.sh",
    // A site that can be reached answers within a second. Some firewalls drop what they refuse, and then nothing answers.
    longestAnswerMs: 5_000,
    // Half of what a build takes, so that an attempt never costs more than it can save.
    longestDownloadMs: 180_000,
};

export interface Download {
    /** As the package is published, without a leading "v". */
    readonly version: string;
    readonly npx: string | undefined;
    /** Why there is something to download. */
    readonly reason: string;
    readonly caller: Environment;
    readonly places: Places;
    readonly site: DownloadSite;
}

/** The CLI that lies ready, or why there is none: half a sentence. */
export type Downloaded = { readonly command: string } | { readonly refusal: string };

const cliFolder = (version: string, places: Places): string =>
    path.join(places.engine, `cli-${version}-${process.platform}-${process.arch}`);

/** The folder of its programs, whether it is there or not. */
export const cliPrograms = (version: string, places: Places): string => path.join(cliFolder(version, places), "bin");

/** The CLI downloaded earlier. Its folder is there only if all of it is. */
export const downloadedCli = (version: string, places: Places): string | undefined => {
    const command = path.join(cliPrograms(version, places), "pulumi");
    return existsSync(command) ? command : undefined;
};

const say = (line: string): unknown => process.stderr.write(`${line}\n`);

/** Undefined if the site answers, else why not. Node asks as the package does, with or without a proxy. */
const unreachable = async ({ url, longestAnswerMs }: DownloadSite): Promise<string | undefined> => {
    const host = new URL(url).host;
    try {
        const { ok, status } = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(longestAnswerMs) });
        return ok ? undefined : `${host} answers with status ${status}`;
    } catch (error) {
        const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
        return name === "TimeoutError"
            ? `${host} does not answer within ${longestAnswerMs / 1000} s`
            : `${host} cannot be reached (${cause?.code ?? name})`;
    }
};

/** Ends a program with everything that it has started. */
const endAll = async (child: ChildProcess): Promise<void> => {
    const kill = (signal: NodeJS.Signals): void => {
        try {
            process.kill(-(child.pid ?? NaN), signal);
        } catch {
            // It has ended already.
        }
    };
    if (child.exitCode === null && child.signalCode === null) {
        const closed = new Promise((resolve) => child.once("close", resolve));
        kill("SIGTERM");
        await Promise.race([closed, pause(LONGEST_GOODBYE_MS)]);
    }
    kill("SIGKILL");
};

const LONGEST_GOODBYE_MS = 2_000;

/** Runs the package, which downloads the CLI and passes `version` on to it. Gives why that did not work. */
const runPackage = async (
    { version, npx, caller, site }: Download & { readonly npx: string },
    work: WorkFolder,
): Promise<string | undefined> => {
    // PULUMI_VERSION would choose another version, PULUMI_HOME another place.
    const kept = Object.entries(caller).filter(([name]) => !name.startsWith("PULUMI_"));
    const env = { ...Object.fromEntries(kept), PULUMI_HOME: work.folder, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const args = ["--yes", `pulumi@${version}`, "version"];
    // A process group, so that all of it can be ended: npx starts the package, and that a shell.
    const child = spawn(npx, args, { cwd: work.folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    work.child = child;
    let [printed, last] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (last = text.trim().split("\n").at(-1) || last));
    let clock: NodeJS.Timeout | undefined;
    const tooLong = new Promise<"too long">((resolve) => {
        clock = setTimeout(resolve, site.longestDownloadMs, "too long");
    });
    const closed = new Promise<number | Error>((resolve) => {
        child.on("error", resolve);
        child.on("close", (status) => resolve(status ?? 1));
    });
    const end = await Promise.race([closed, tooLong]);
    clearTimeout(clock);
    if (end === "too long") {
        await endAll(child);
        return `the download of Pulumi ${version} takes longer than ${site.longestDownloadMs / 1000} s`;
    }
    const isThere = existsSync(path.join(work.folder, "versions", version, "bin", "pulumi"));
    if (end === 0 && isThere && printed.trimEnd().endsWith(version)) {
        return undefined;
    }
    const why = end instanceof Error ? end.message : last;
    return `the npm package pulumi@${version} could not download it${why === "" ? "" : ` (${why})`}`;
};

/** Downloads the CLI if the site can be reached and nobody runs this unattended. */
export const downloadCli = async (download: Download): Promise<Downloaded> => {
    const { version, npx, reason, caller, places, site } = download;
    if (caller["CI"] !== undefined && caller["CI"] !== "" && caller["CI"] !== "false") {
        return { refusal: "with CI set, nothing is downloaded" };
    }
    if (npx === undefined) {
        return { refusal: "PATH has no npx to download it with" };
    }
    const refusal = await unreachable(site);
    if (refusal !== undefined) {
        return { refusal };
    }
    mkdirSync(places.engine, { recursive: true });
    const ready = (): Downloaded | undefined => {
        const command = downloadedCli(version, places);
        return command === undefined ? undefined : { command };
    };
    const unlock = await lockUnless(
        () => ready() !== undefined,
        places,
        () => say("Another run is preparing the Pulumi engine; waiting for it."),
    );
    const other = ready();
    if (unlock === undefined || other !== undefined) {
        unlock?.();
        return other ?? { refusal: "the download of another run no longer exists" };
    }
    removeLeftovers(places);
    const work = openWorkFolder(places);
    const tidy = (): void => {
        rmSync(work.folder, { recursive: true, force: true });
        unlock();
    };
    const forget = onInterruption(async () => {
        if (work.child !== undefined) {
            await endAll(work.child);
        }
        tidy();
    });
    try {
        const started = performance.now();
        say(`Downloading Pulumi ${version} with the npm package pulumi, once, since ${reason}.`);
        const problem = await runPackage({ ...download, npx }, work);
        if (problem !== undefined) {
            return { refusal: problem };
        }
        renameSync(path.join(work.folder, "versions", version), cliFolder(version, places));
        say(`Downloaded Pulumi ${version} in ${roughMinutes((performance.now() - started) / 1000)}.`);
        return ready() ?? { refusal: "the downloaded program no longer exists" };
    } finally {
        forget();
        tidy();
    }
};
