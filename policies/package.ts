import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The folder of this package, which is the policy pack: from the sources and from dist/ alike. */
export function packageFolder(): string {
    let folder = __dirname;
    while (!existsSync(path.join(folder, "PulumiPolicy.yaml"))) {
        folder = path.dirname(folder);
    }
    return folder;
}

const MANIFEST = JSON.parse(readFileSync(path.join(packageFolder(), "package.json"), "utf8")) as {
    readonly version: string;
    readonly repository: { readonly url: string };
};

export const VERSION = MANIFEST.version;

/** Where this project lives, as an address for browsers: `git+https://host/owner/name.git` without what git needs. */
export const REPOSITORY = MANIFEST.repository.url.replace(/^git\+|\.git$/g, "");
