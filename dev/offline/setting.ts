// The self-contained setting of every offline run: where things lie, and the environment that a Pulumi command gets.
import { existsSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

/** Environment variables, as a process sees them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the offline runs keep things. All of it is written by them and may be deleted at any time. */
export interface Places {
    /** The project's root. */
    readonly root: string;
    /** The programs that the engine looks for on PATH: stand-in providers. */
    readonly programs: string;
    /** The same for programs and policy packs in Node, for where no Pulumi is installed that brings its own. */
    readonly nodeHost: string;
    /** A built engine, shared by all runs. */
    readonly engine: string;
    /** Pulumi's home. */
    readonly home: string;
    /** The file backend's folder. */
    readonly state: string;
    /** What exists in the stand-in Azure. */
    readonly cloud: string;
    /** What the stand-in providers derive from the SDKs, shared by all runs. */
    readonly schema: string;
}

/** Something a person has to put right; the message is the whole story. */
export class SettingError extends Error {}

/** Moves home, state and cloud to a folder of one's own, so that runs side by side do not meet. */
export const HOME_VARIABLE = "AZURE_BCDR_OFFLINE_HOME";

/** The project's root, for the sources and for their compiled form below dist/ alike. */
export const projectRoot = (): string => {
    let folder = __dirname;
    while (!existsSync(path.join(folder, "dev", "offline", "engine", "go.mod"))) {
        const parent = path.dirname(folder);
        if (parent === folder) {
            throw new SettingError(
                `Found no dev/offline/engine/go.mod above ${__dirname}: this checkout is not complete.`,
            );
        }
        folder = parent;
    }
    return folder;
};

export const placesOf = (root: string, caller: Environment): Places => {
    const shared = path.join(root, ".offline");
    const own = caller[HOME_VARIABLE] || shared;
    if (!path.isAbsolute(own)) {
        const absolute = path.resolve(own);
        throw new SettingError(`${HOME_VARIABLE} is "${own}": it must be an absolute path, such as ${absolute}.`);
    }
    return {
        root,
        programs: path.join(root, "dev", "offline", "bin"),
        nodeHost: path.join(root, "dev", "offline", "bin", "node"),
        engine: path.join(shared, "engine"),
        home: path.join(own, "home"),
        state: path.join(own, "state"),
        cloud: path.join(own, "cloud.json"),
        schema: path.join(shared, "schema"),
    };
};

// Pulumi takes options, configuration, credentials, project and stack from PULUMI_* variables (PULUMI_OPTION_* sets
// any flag), so only these pass: they ask for machine readable events or more details, or spare a program in TypeScript
// the check of its types, and change no result.
const PASSING = new Set([
    "PULUMI_DEBUG_COMMANDS",
    "PULUMI_DEBUG_GRPC",
    "PULUMI_ENABLE_STREAMING_JSON_PREVIEW",
    "PULUMI_EXPERIMENTAL",
    "PULUMI_NODEJS_TRANSPILE_ONLY",
]);

// A command here must not be able to reach a real subscription, even by mistake. AZURE_BCDR_* is this project's own.
const OF_THE_CALLER = /^(PULUMI_|ARM_|AZURE_(?!BCDR_))/i;

// What npm tells the script that it runs; a program further down must not take itself for that script.
const OF_NPM = /^(INIT_CWD$|npm_lifecycle_)/;

/**
 * The environment of a Pulumi command: the caller's without its Pulumi settings and Azure credentials, and with the
 * variables that make a run self-contained (ENG-04).
 */
export const settingEnvironment = (
    caller: Environment,
    places: Places,
    engineFolders: readonly string[] = [],
): Environment => {
    const kept = Object.entries(caller).filter(
        ([name]) => PASSING.has(name) || !(OF_THE_CALLER.test(name) || OF_NPM.test(name)),
    );
    // Node's own folder comes last: the programs in bin/ call `node`, which may not be on the caller's PATH.
    const folders = [places.programs, ...engineFolders, caller["PATH"], path.dirname(process.execPath)];
    return {
        ...Object.fromEntries(kept),
        PATH: folders.filter(Boolean).join(path.delimiter),
        PULUMI_HOME: places.home,
        PULUMI_BACKEND_URL: pathToFileURL(places.state).href,
        PULUMI_CONFIG_PASSPHRASE: "offline",
        // Nothing of a run may end in the operating system's key store.
        PULUMI_CREDENTIAL_STORE: "plaintext",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // Saves the state once, at the end: after each of 200 resources, it is two thirds of the time of a deployment.
        PULUMI_SKIP_CHECKPOINTS: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        [HOME_VARIABLE]: path.dirname(places.home),
        AZURE_BCDR_OFFLINE_CLOUD: places.cloud,
        AZURE_BCDR_OFFLINE_CACHE: places.schema,
    };
};
