import { readdirSync } from "node:fs";
import * as path from "node:path";
import type { CataloguePolicy } from "../../policies/policy";

const FOLDER = path.join(__dirname, "..", "policies");

/**
 * Tests of a file that others import for its cases: pages, property tests and tests of all policies. They are tests only
 * where jest runs that very file, so that nobody who imports it runs them again.
 */
export function whenRun(file: string, tests: () => void): void {
    if (expect.getState().testPath === file) {
        tests();
    }
}

/** The cases of each of these policies, from the test file with the policy's name. */
export function casesIn<Cases>(policies: readonly Pick<CataloguePolicy, "name">[]): readonly Cases[] {
    const names = new Set(policies.map(({ name }) => `${name}.test.ts`));
    return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
        .filter((file) => names.has(path.basename(file)))
        .sort()
        .map((file) => (require(path.join(FOLDER, file)) as { readonly cases: Cases }).cases);
}
