// Python programs that the project holds its own against, each in an environment of its own below .offline/.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { SettingError } from "./setting";

export interface PythonProgram {
    /** As messages call it. */
    readonly name: string;
    /** A file of requirements, each with its exact version. */
    readonly requirements: string;
    /** The folder of the environment. */
    readonly place: string;
    /** The oldest Python that runs it, such as `3.11`. */
    readonly since: string;
    /** How much is installed. */
    readonly size: string;
}

export interface PythonEnvironment {
    readonly python: string;
    /** The path of a command that its packages bring. */
    readonly command: (name: string) => string;
}

/** The environment of a program where it is there already, with the versions that are wanted. */
export function installedEnvironment({ requirements, place }: PythonProgram): PythonEnvironment | undefined {
    const environment = environmentIn(place);
    const installed = path.join(place, INSTALLED);
    const isWanted =
        existsSync(environment.python) &&
        existsSync(installed) &&
        readFileSync(installed, "utf8") === readFileSync(requirements, "utf8");
    return isWanted ? environment : undefined;
}

/**
 * The environment of a program, which is made where there is none.
 *
 * @throws SettingError
 */
export function pythonEnvironment(program: PythonProgram): PythonEnvironment {
    return installedEnvironment(program) ?? made(program);
}

/** A copy of the requirements, which is written when all of them are installed. */
const INSTALLED = "installed.txt";

function made({ name, requirements, place, since, size }: PythonProgram): PythonEnvironment {
    const environment = environmentIn(place);
    rmSync(place, { recursive: true, force: true });
    const isMade =
        STARTERS.some((starter) => does(starter, ["-m", "venv", place])) || does("uv", ["venv", "--seed", place]);
    if (!isMade) {
        throw new SettingError(
            `${name} needs Python ${since} or later with the module venv (Debian and Ubuntu: apt install python3-venv), or uv.`,
        );
    }
    const version = pythonVersion(environment);
    if (isOlder(version, since)) {
        throw new SettingError(`${name} needs Python ${since} or later; the one that is installed is ${version}.`);
    }
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
    if (!does(environment.python, install)) {
        throw new SettingError(
            `pip could not install ${name}: it needs PyPI (or a mirror of it, see pip config) and ${size}.`,
        );
    }
    writeFileSync(path.join(place, INSTALLED), readFileSync(requirements));
    return environment;
}

/** The full version of an environment's Python, `3.11.7`. */
export function pythonVersion({ python }: PythonEnvironment): string {
    const run = spawnSync(python, ["-c", "import platform; print(platform.python_version())"], {
        encoding: "utf8",
        env: process.env,
    });
    return run.status === 0 ? run.stdout.trim() : "unknown";
}

function isOlder(version: string, than: string): boolean {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    const [wantedMajor = 0, wantedMinor = 0] = than.split(".").map(Number);
    return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

const ON_WINDOWS = process.platform === "win32";
const STARTERS = ON_WINDOWS ? ["py", "python"] : ["python3"];

function environmentIn(place: string): PythonEnvironment {
    const command = (name: string): string =>
        ON_WINDOWS ? path.join(place, "Scripts", `${name}.exe`) : path.join(place, "bin", name);
    return { python: command("python"), command };
}

function does(command: string, args: readonly string[]): boolean {
    return spawnSync(command, args, { stdio: ["ignore", 2, 2], env: process.env }).status === 0;
}
