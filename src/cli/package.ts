import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { REPOSITORY } from "../../policies/documentation";
import type { Tool } from "./report";

/** The name of the command, and that under which the pack runs. */
export const PACK = "azure-bcdr-guard";

/** The folder of this package, which is the policy pack: from the sources and from dist/ alike. */
export function packageFolder(): string {
    let folder = __dirname;
    while (!existsSync(path.join(folder, "PulumiPolicy.yaml"))) {
        folder = path.dirname(folder);
    }
    return folder;
}

export function tool(): Tool {
    const { version } = JSON.parse(readFileSync(path.join(packageFolder(), "package.json"), "utf8")) as {
        readonly version: string;
    };
    return { name: PACK, version, url: REPOSITORY };
}
