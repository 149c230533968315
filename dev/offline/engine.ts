// Which Pulumi engine an offline run uses: an installed one, Pulumi's own CLI downloaded through npm, or the open-source
// engine built from its Go module. One that is here already comes first.
import { spawn } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import * as path from "node:path";

import { type Built, type BuildPlan, builtTool, buildTools, readPlan } from "./engine-build";
import { cliPrograms, DOWNLOAD_SITE, downloadCli, downloadedCli, type DownloadSite } from "./engine-download";
import { type Environment, type Places, SettingError, settingEnvironment } from "./setting";

/** What a Pulumi command is run with. */
export interface Engine {
    /** The `pulumi` program. */
    readonly command: string;
    /** As it says itself, for instance "3.259.0". */
    readonly version: string;
    /** Whether it is built or downloaded here, or installed. */
    readonly origin: "built" | "downloaded" | "installed";
    /** Folders with further parts of it (language hosts that are here), to be put on PATH. */
    readonly folders: readonly string[];
    /** Why YAML programs cannot run with it, where that is so. */
    readonly withoutYaml?: string;
}

// The first version with everything that the runs here use.
const OLDEST_PULUMI = "3.249.0";

const YAML_HOST = "pulumi-language-yaml";
const NODE_HOST = "pulumi-language-nodejs";

const LONGEST_ANSWER_MS = 20_000;

/** Orders versions by their numbers: negative where the first is the older one. */
const compareVersions = (one: string, other: string): number => {
    const [left, right] = [one.split(".").map(Number), other.split(".").map(Number)];
    const differences = [0, 1, 2].map((place) => (left[place] ?? 0) - (right[place] ?? 0));
    return differences.find((difference) => difference !== 0) ?? 0;
};

const isProgram = (file: string): boolean => {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
};

const onPath = (name: string, folders: readonly string[]): string | undefined =>
    folders.map((folder) => path.join(folder, name)).find(isProgram);

/** What a program prints, or undefined when it cannot be asked. */
const ask = (command: string, args: readonly string[], env: Environment): Promise<string | undefined> =>
    new Promise((resolve) => {
        const asked = spawn(command, args, { env, stdio: ["ignore", "pipe", "ignore"], timeout: LONGEST_ANSWER_MS });
        let answer = "";
        asked.stdout.setEncoding("utf8").on("data", (text: string) => (answer += text));
        asked.on("error", () => resolve(undefined));
        asked.on("close", (status) => resolve(status === 0 ? answer : undefined));
    });

interface Installed {
    readonly command: string;
    readonly version: string | undefined;
}

const installedPulumi = async (
    folders: readonly string[],
    caller: Environment,
    places: Places,
): Promise<Installed | undefined> => {
    const command = onPath("pulumi", folders);
    if (command === undefined) {
        return undefined;
    }
    const answer = await ask(command, ["version"], settingEnvironment(caller, places));
    return { command, version: /^v?(\d+\.\d+\.\d+)/m.exec(answer ?? "")?.[1] };
};

// The engine itself looks on PATH and then beside its own program, links followed.
const hasHost = (host: string, command: string, folders: readonly string[]): boolean =>
    onPath(host, [...folders, path.dirname(realpathSync(command))]) !== undefined;

/** Adds the host for Node that is here where none is installed. One that belongs to a Pulumi of old does not count. */
const withNodeHost = (
    engine: Engine,
    pulumi: Installed | undefined,
    folders: readonly string[],
    places: Places,
): Engine => {
    const isInstalled =
        engine.origin === "built"
            ? pulumi === undefined && onPath(NODE_HOST, folders) !== undefined
            : hasHost(NODE_HOST, engine.command, engine.origin === "installed" ? folders : []);
    return isInstalled ? engine : { ...engine, folders: [...engine.folders, places.nodeHost] };
};

interface Go {
    readonly command: string;
    readonly version: string | undefined;
}

const installedGo = async (folders: readonly string[], caller: Environment): Promise<Go | undefined> => {
    const command = onPath("go", folders);
    if (command === undefined) {
        return undefined;
    }
    // An older Go would download a newer one by itself; that is for the person to decide.
    const answer = await ask(command, ["version"], { ...caller, GOTOOLCHAIN: "local" });
    const version = /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(answer ?? "")?.[1];
    return { command, version };
};

const describeFound = (what: string, found: { readonly version: string | undefined } | undefined): string => {
    if (found === undefined) {
        return `no ${what}`;
    }
    return found.version === undefined ? `a ${what} that does not tell its version` : `${what} ${found.version}`;
};

const short = (version: string): string => version.replace(/\.0$/, "");

const neither = (pulumi: Installed | undefined, go: Go | undefined, plan: BuildPlan, refusal: string): string =>
    `Offline runs need a Pulumi engine: install Pulumi ${short(OLDEST_PULUMI)} or later, or Go ${plan.oldestGo} or ` +
    `later, from which the engine is then built once; PATH has ${describeFound("Pulumi", pulumi)} and ` +
    `${describeFound("Go", go)}. Pulumi was not downloaded: ${refusal}.`;

const asBuilt = (engine: Built, host: Built): Engine => ({
    command: engine.file,
    version: engine.version,
    origin: "built",
    folders: [...new Set([path.dirname(engine.file), path.dirname(host.file)])],
});

const asDownloaded = (command: string, version: string): Engine => ({
    command,
    version,
    origin: "downloaded",
    folders: [path.dirname(command)],
});

/** The version of Pulumi for a download is that of the build, so that both ways lead to the same engine. */
const pinnedVersion = ({ engine }: BuildPlan): string => engine.version.replace(/^v/, "");

/**
 * Finds the engine, downloading or building what is missing.
 *
 * An installed Pulumi comes first. One without a YAML host gets that built; without Go it is still used, since
 * states and programs in other languages can do without. The host for programs in Node comes with the project. What was
 * built or downloaded earlier comes next. A download is tried before a build, because it takes a minute and not six.
 */
export const prepareEngine = async (
    caller: Environment,
    places: Places,
    site: DownloadSite = DOWNLOAD_SITE,
): Promise<Engine> => {
    const plan = readPlan(places);
    // A run started by another one finds that one's folders on PATH: they are not "installed".
    const downloads = cliPrograms(pinnedVersion(plan), places);
    const own: readonly string[] = ["", places.engine, downloads, places.programs, places.nodeHost];
    const folders = (caller["PATH"] ?? "").split(path.delimiter).filter((folder) => !own.includes(folder));
    const pulumi = await installedPulumi(folders, caller, places);
    return withNodeHost(await foundOrMade(pulumi, folders, caller, places, plan, site), pulumi, folders, places);
};

const foundOrMade = async (
    pulumi: Installed | undefined,
    folders: readonly string[],
    caller: Environment,
    places: Places,
    plan: BuildPlan,
    site: DownloadSite,
): Promise<Engine> => {
    const [builtEngine, builtHost] = [builtTool(plan.engine, places), builtTool(plan.yamlHost, places)];

    const usable = pulumi?.version !== undefined && compareVersions(pulumi.version, OLDEST_PULUMI) >= 0;
    const installed = usable
        ? { command: pulumi.command, version: pulumi.version, origin: "installed" as const, folders: [] }
        : undefined;
    if (installed !== undefined && hasHost(YAML_HOST, installed.command, folders)) {
        return installed;
    }
    if (installed !== undefined && builtHost !== undefined) {
        return { ...installed, folders: [path.dirname(builtHost.file)] };
    }
    if (installed === undefined && builtEngine !== undefined && builtHost !== undefined) {
        return asBuilt(builtEngine, builtHost);
    }

    const version = pinnedVersion(plan);
    const needed = `PATH has ${describeFound("Pulumi", pulumi)} and ${short(OLDEST_PULUMI)} or later is needed`;
    const downloadedEarlier = installed === undefined ? downloadedCli(version, places) : undefined;
    if (downloadedEarlier !== undefined) {
        return asDownloaded(downloadedEarlier, version);
    }
    const npx = onPath("npx", folders);
    const downloaded =
        installed === undefined
            ? await downloadCli({ version, npx, reason: needed, caller, places, site })
            : { refusal: "" };
    if ("command" in downloaded) {
        return asDownloaded(downloaded.command, version);
    }

    const go = await installedGo(folders, caller);
    if (go?.version === undefined || compareVersions(go.version, plan.oldestGo) < 0) {
        if (installed === undefined) {
            throw new SettingError(neither(pulumi, go, plan, downloaded.refusal));
        }
        const withoutYaml =
            `The installed Pulumi ${installed.version} has no ${YAML_HOST}, which YAML programs need: install all ` +
            `of Pulumi, or Go ${plan.oldestGo} or later, from which it is then built; PATH has ` +
            `${describeFound("Go", go)}.`;
        return { ...installed, withoutYaml };
    }

    const missing = installed === undefined ? [plan.engine, plan.yamlHost] : [plan.yamlHost];
    const reason =
        installed === undefined
            ? `${needed}, and ${downloaded.refusal}`
            : `the installed Pulumi ${installed.version} has no ${YAML_HOST}`;
    await buildTools(missing, { go: { command: go.command, version: go.version }, reason, caller, places });

    const host = builtTool(plan.yamlHost, places);
    const engine = builtTool(plan.engine, places);
    if (host === undefined || (installed === undefined && engine === undefined)) {
        throw new SettingError(`The engine built in ${places.engine} no longer exists: run the command once more.`);
    }
    return installed !== undefined || engine === undefined
        ? { ...(installed as Engine), folders: [path.dirname(host.file)] }
        : asBuilt(engine, host);
};
