import { readFileSync } from "node:fs";
import * as path from "node:path";
import { pythonEnvironment, pythonVersion } from "../../offline/python";
import { projectRoot } from "../../offline/setting";

const REQUIREMENTS = path.join(projectRoot(), "dev", "bench", "checkov", "requirements.txt");
const PLACE = path.join(projectRoot(), ".offline", "bench", "checkov", "environment");

export interface Environment {
    readonly python: string;
    readonly checkov: string;
    readonly versions: { readonly Checkov: string; readonly Python: string };
}

/** The exact version of Checkov that is measured. */
function wantedVersion(): string {
    const version = /^checkov==(\S+)$/m.exec(readFileSync(REQUIREMENTS, "utf8"))?.[1];
    if (version === undefined) {
        throw new Error(`${REQUIREMENTS} does not say which version of Checkov is measured.`);
    }
    return version;
}

/** Checkov of the wanted version in a separate environment, which is created if it does not exist. */
export function checkovEnvironment(): Environment {
    const checkov = wantedVersion();
    const environment = pythonEnvironment({
        name: `Checkov ${checkov}`,
        requirements: REQUIREMENTS,
        place: PLACE,
        since: "3.9",
        size: "about 300 MB",
    });
    return {
        python: environment.python,
        checkov: environment.command("checkov"),
        versions: { Checkov: checkov, Python: pythonVersion(environment) },
    };
}
