// What README.md shows is what the product has: its sample is the pack's, its policies are those of the catalogue.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { planPolicies, policies } from "../../policies";
import { pageOf } from "../../policies/documentation";
import { ROOT } from "../../dev/docs/generated";

const EXAMPLE = path.join(ROOT, "examples", "restored-machine", "expected-output.txt");

const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");

test("it has at most 120 lines", () => expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(120));

test("its sample is what the example prints, shortened where it says so", () => {
    const [, sample = ""] = /```text\n(.*?)```/s.exec(readme) ?? [];
    const lines = sample.trimEnd().split("\n");
    const printed = readFileSync(EXAMPLE, "utf8").split("\n");
    const places = lines.map((line) => {
        const [start = "", ...rest] = line.trim().split("…");
        const end = rest.at(-1) ?? "";
        return printed.findIndex((each) => each.trim().startsWith(start) && each.endsWith(end));
    });
    expect(places).not.toContain(-1);
    expect(lines.at(-1)?.trim()).toBe("…");
    // Line by line; the last one, which says that more follows, fits anywhere.
    expect(places.slice(0, -1)).toEqual(places.slice(0, -1).map((_, index) => (places[0] ?? 0) + index));
});

test("it names policies as the catalogue does, in a row for each question", () => {
    const rows = readme.split("\n").filter((line) => /^\| .*\?/.test(line));
    expect(rows).toHaveLength(7);
    const named = [...readme.matchAll(/\[`([\w-]+)`\]\(docs\/(policies\/[^)]+)\)/g)];
    expect(named.length).toBeGreaterThanOrEqual(2 * rows.length);
    for (const [, name = "", page] of named) {
        const policy = [...policies, ...planPolicies].find((each) => each.name === name);
        expect({ name, page }).toEqual({ name, page: policy && pageOf(policy) });
    }
});
