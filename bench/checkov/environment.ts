import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../offline/setting";

const REQUIREMENTS = path.join(projectRoot(), "bench", "checkov", "requirements.txt");
const PLACE = path.join(projectRoot(), ".offline", "bench", "checkov", "environment");

export interface Environment {
    readonly python: string;
    readonly checkov: string;
    readonly versions: { readonly Checkov: string; readonly Python: string };
}

function output(command: string, args: readonly string[]): string | undefined {
    const run = spawnSync(command, args, { encoding: "utf8" });
    return run.status === 0 ? run.stdout.trim() : undefined;
}

function does(command: string, args: readonly string[]): boolean {
    return spawnSync(command, args, { stdio: ["ignore", 2, 2] }).status === 0;
}

/** The exact version of Checkov that is measured. */
function wantedVersion(): string {
    const version = /^checkov==(\S+)$/m.exec(readFileSync(REQUIREMENTS, "utf8"))?.[1];
    if (version === undefined) {
        throw new Error(`${REQUIREMENTS} does not say which version of Checkov is measured.`);
    }
    return version;
}

/** Checkov of the wanted version in an environment of its own, which is made where there is none. */
export function checkovEnvironment(): Environment {
    const checkov = wantedVersion();
    const python = path.join(PLACE, "bin", "python");
    const command = path.join(PLACE, "bin", "checkov");
    const installed = (): string | undefined =>
        existsSync(command)
            ? output(python, ["-c", "from importlib.metadata import version; print(version('checkov'))"])
            : undefined;
    if (installed() !== checkov) {
        rmSync(PLACE, { recursive: true, force: true });
        const isMade = does("python3", ["-m", "venv", PLACE]) || does("uv", ["venv", "--seed", PLACE]);
        if (!isMade) {
            throw new Error(
                "Checkov needs Python 3.9 or later with the module venv (Debian and Ubuntu: apt install python3-venv), or uv.",
            );
        }
        const isInstalled = does(python, ["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]);
        if (!isInstalled || installed() !== checkov) {
            throw new Error(
                `pip could not install Checkov ${checkov}: it needs PyPI (or a mirror of it, see pip config) and about 300 MB.`,
            );
        }
    }
    const version = output(python, ["-c", "import platform; print(platform.python_version())"]);
    return { python, checkov: command, versions: { Checkov: checkov, Python: version ?? "unknown" } };
}
