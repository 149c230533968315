import { existsSync, readFileSync } from "node:fs";
import { REPOSITORY } from "../../policies/package";

/** README.md as Pulumi Cloud can show it: what its links lead to is not there, but in the repository. */
export function readmeText(file: string): string {
    return existsSync(file) ? withLinksToRepository(readFileSync(file, "utf8")) : "";
}

function withLinksToRepository(markdown: string): string {
    return markdown.replace(/\]\((?![a-z]+:|#)/g, `](${REPOSITORY}/blob/main/`);
}
