// What a query gives is what the mapping of its rows reads: no column less, and none for nothing.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as rows from "../../src/inventory/azure-rows";
import { bound, nodesOf } from "../kusto/language-service";

const FOLDER = path.join(__dirname, "..", "..", "src", "inventory", "queries");
const MAPPINGS: Readonly<Record<string, (row: unknown, source: number) => unknown>> = {
    subscriptions: rows.readableSubscriptionOf,
    machines: rows.vmOf,
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
        expect([...(bound(read(name)).columns?.keys() ?? [])].sort()).toEqual([...asked].sort());
    });

    test("has neither joins nor expansions", () => {
        // A join loses the rows whose partner lies in a subscription outside of the question; an expansion ends at its limit.
        const kinds = [...nodesOf(bound(read(name)).syntax)].map(({ kind }) => kind);
        expect(kinds.filter((kind) => /^(Join|Lookup|MvExpand|Union)Operator$/.test(kind))).toEqual([]);
        expect(kinds).toContain("FilterOperator");
    });
});
