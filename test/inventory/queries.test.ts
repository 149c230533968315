// What a query gives is what the mapping of its rows reads: no column less, and none for nothing.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as rows from "../../inventory/azure-rows";

const FOLDER = path.join(__dirname, "..", "..", "inventory", "queries");
const MAPPINGS: Readonly<Record<string, (row: unknown, source: number) => unknown>> = {
    subscriptions: rows.identityOf,
    machines: rows.machineOf,
    vaults: rows.vaultOf,
    "backup-items": rows.backupItemOf,
    "disk-backups": rows.diskBackupOf,
    "replicated-items": rows.replicatedItemOf,
    "recovery-plans": rows.recoveryPlanOf,
};
/** Enough for every mapping to go to its end. */
const ROW = {
    id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web",
    subscriptionId: "s",
    type: "microsoft.recoveryservices/vaults",
    level: "machine",
    planGroups: [],
};

const read = (name: string): string => readFileSync(path.join(FOLDER, `${name}.kql`), "utf8");

test("each query has a mapping", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(
        Object.keys(MAPPINGS)
            .map((name) => `${name}.kql`)
            .sort(),
    );
});

describe.each(Object.keys(MAPPINGS))("%s", (name) => {
    test("gives the columns that its mapping reads, and the id and subscription of each row", () => {
        const asked = new Set(["id", "subscriptionId"]);
        const watched = new Proxy(ROW, {
            get: (row, column) => {
                asked.add(String(column));
                return Reflect.get(row, column) as unknown;
            },
        });
        MAPPINGS[name]!(watched, 0);
        expect(projected(read(name))).toEqual([...asked].sort());
    });

    test("is explained, only reads, and has its rows in an order that stays", () => {
        const lines = read(name).trim().split("\n");
        const query = lines.filter((line) => !line.startsWith("//"));
        expect(lines[0]).toMatch(/^\/\/ [A-Z]/);
        expect(query[0]).toMatch(/^(resources|resourcecontainers|recoveryservicesresources)$/);
        expect(query.at(-1)).toBe("| order by id asc");
        // A join loses the rows whose partner lies in a subscription outside of the question.
        expect(query.join("\n")).not.toMatch(/\bjoin\b|\bmv-expand\b/);
    });
});

/** The names of the columns behind `| project`. */
function projected(query: string): readonly string[] {
    const list = /\| project ([^|]*)/.exec(query)?.[1] ?? "";
    let depth = 0;
    const columns = [""];
    for (const sign of list) {
        depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
        if (sign === "," && depth === 0) {
            columns.push("");
        } else {
            columns.push(`${columns.pop() ?? ""}${sign}`);
        }
    }
    return columns.map((column) => column.split("=")[0]!.trim()).sort();
}
