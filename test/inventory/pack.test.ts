import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

/** All files that a file makes Node load, and the packages that they name. */
function loadedBy(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
    const [files, packages] = [new Set<string>(), new Set<string>()];
    const visit = (file: string): void => {
        if (files.has(file)) {
            return;
        }
        files.add(file);
        for (const [, name] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
            if (!name!.startsWith(".")) {
                packages.add(name!);
                continue;
            }
            const target = path.resolve(path.dirname(file), name!);
            const source = [`${target}.ts`, path.join(target, "index.ts")].find(existsSync);
            if (source !== undefined) {
                visit(source);
            }
        }
    };
    visit(path.join(ROOT, entry));
    return { files, packages };
}

test("the command loads Azure's clients, and the pack never does", () => {
    const azure = ["@azure/arm-resourcegraph", "@azure/identity"];
    expect([...loadedBy("src/cli/main.ts").packages]).toEqual(expect.arrayContaining(azure));
    const pack = loadedBy("policy-pack.ts");
    expect(pack.files.size).toBeGreaterThan(100);
    expect([...pack.packages].filter((name) => name.startsWith("@azure"))).toEqual([]);
});
