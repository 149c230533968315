// What is installed with the package may be used, changed and passed on by anybody, whatever they do with it.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { ROOT } from "../../dev/docs/generated";

const PERMISSIVE = new Set([
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-3.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Python-2.0",
]);

/** Packages that name a file in place of a licence: what is in it. */
const IN_A_FILE: Readonly<Record<string, RegExp>> = {
    "node_modules/@logdna/tail-file": /^The MIT License \(MIT\)$/m,
};

const { packages } = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly license?: string; readonly dev?: boolean }>>;
};

const installed = Object.entries(packages).filter(([folder, { dev }]) => folder !== "" && dev !== true);

test.each(installed)("%s", (folder, { license = "" }) => {
    const inFile = IN_A_FILE[folder];
    if (inFile === undefined) {
        const all = license.replace(/^\((.*)\)$/, "$1").split(" AND ");
        expect(all.filter((each) => !PERMISSIVE.has(each))).toEqual([]);
    } else {
        expect(readFileSync(path.join(ROOT, folder, "LICENSE"), "utf8")).toMatch(inFile);
    }
});

test("the licence of the package itself is whole", () => {
    const text = readFileSync(path.join(ROOT, "LICENSE"), "utf8");
    expect(packages[""]?.license).toBe("Apache-2.0");
    expect(text).toMatch(/^\s+Apache License\n\s+Version 2\.0, January 2004$/m);
    expect(text).toContain("END OF TERMS AND CONDITIONS");
    expect(text).toHaveLength(11358);
});
