import Ajv from "ajv";
import schema from "../../src/inventory/inventory.schema.json";
import { InventoryError, readInventory } from "../../src/inventory/read";
import { EMPTY, FULL, VM_ID } from "./an-inventory";

const ajv = new Ajv({ strict: true, allErrors: false });
const fits = ajv.compile(schema);

/** The full document with one part replaced; `undefined` takes it away. */
function broken(path: readonly (string | number)[], value: unknown): unknown {
    const document: unknown = JSON.parse(JSON.stringify(FULL));
    const parent = path
        .slice(0, -1)
        .reduce<Record<string, unknown>>(
            (part, name) => part[name] as Record<string, unknown>,
            document as Record<string, unknown>,
        );
    const last = String(path.at(-1));
    if (value === undefined) {
        delete parent[last];
    } else {
        parent[last] = value;
    }
    return document;
}

function errorOf(document: unknown): InventoryError | undefined {
    try {
        readInventory(typeof document === "string" ? document : JSON.stringify(document), "estate.json");
        return undefined;
    } catch (error) {
        expect(error).toBeInstanceOf(InventoryError);
        return error as InventoryError;
    }
}

describe("an inventory that is right", () => {
    test.each([
        ["with everything", FULL],
        ["with nothing", EMPTY],
        ["that names its schema", { ...EMPTY, $schema: "inventory.schema.json" }],
    ])("%s is read, and fits the schema", (_, document) => {
        expect(readInventory(JSON.stringify(document), "estate.json")).toEqual(document);
        expect(fits(document)).toBe(true);
    });

    test("may begin with a byte order mark", () => {
        expect(readInventory(`\uFEFF${JSON.stringify(EMPTY)}`, "estate.json")).toEqual(EMPTY);
    });
});

describe("what the schema refuses, the pack refuses with its place", () => {
    test.each<[readonly (string | number)[], unknown, string]>([
        [["version"], 0, "version"],
        [["version"], "1", "version"],
        [["sources"], {}, "sources"],
        [["sources", 0, "kind"], "portal", "sources[0].kind"],
        [["sources", 0, "name"], "", "sources[0].name"],
        [["sources", 0, "readAt"], "yesterday", "sources[0].readAt"],
        [["sources", 0, "readAt"], undefined, "sources[0].readAt"],
        [["machines"], undefined, "machines"],
        [["machines", 0], null, "machines[0]"],
        [["machines", 0, "id"], "web", "machines[0].id"],
        [["machines", 0, "id"], undefined, "machines[0].id"],
        [["machines", 0, "source"], "0", "machines[0].source"],
        [["machines", 0, "source"], -1, "machines[0].source"],
        [["machines", 0, "source"], 0.5, "machines[0].source"],
        [["machines", 0, "tags", "tier"], 1, "machines[0].tags.tier"],
        [["machines", 0, "dataDisks", 0, "lun"], "0", "machines[0].dataDisks[0].lun"],
        [["machines", 0, "size"], "large", "machines[0].size"],
        [["backupItems", 0, "level"], "disk", "backupItems[0].level"],
        [["backupItems", 0, "level"], undefined, "backupItems[0].level"],
        [["backupItems", 0, "active"], "yes", "backupItems[0].active"],
        [["diskBackups", 0, "disk"], "", "diskBackups[0].disk"],
        [["replicatedItems", 0, "disks"], "none", "replicatedItems[0].disks"],
        [["replicatedItems", 0, "disks", 1], 7, "replicatedItems[0].disks[1]"],
        [["replicatedItems", 0, "failedOver"], null, "replicatedItems[0].failedOver"],
        [["vaults", 0, "kind"], "vault", "vaults[0].kind"],
        [["recoveryPlans", 0, "items"], undefined, "recoveryPlans[0].items"],
        [["policies"], [], "policies"],
    ])("%j", (path, value, position) => {
        const document = broken(path, value);
        expect(fits(document)).toBe(false);
        expect(errorOf(document)?.position).toBe(position);
        expect(errorOf(document)?.message).toMatch(/^estate\.json, /);
    });
});

describe("what a schema cannot tell", () => {
    test.each<[string, unknown, string | undefined, RegExp]>([
        ["torn", '{\n "version": 1,\n "sources": [', "line 3", /torn/],
        ["empty", "", "line 1", /no JSON/],
        ["foreign", { version: 3, deployment: {} }, undefined, /no inventory of azure-bcdr-guard/],
        ["a list", [], undefined, /no inventory/],
        ["newer", { ...EMPTY, version: 2, clusters: [] }, "version", /Use a newer azure-bcdr-guard/],
        ["a source that is not there", broken(["machines", 0, "source"], 2), "machines[0].source", /no source 2/],
        ["half an id", broken(["machines", 0, "id"], `${VM_ID}/extensions`), "machines[0].id", /no ARM id/],
        ["no day", broken(["sources", 0, "readAt"], "2026-13-41T00:00:00Z"), "sources[0].readAt", /no time/],
    ])("%s", (_, document, position, message) => {
        const error = errorOf(document);
        expect(error?.position).toBe(position);
        expect(error?.message).toMatch(message);
    });
});

test("every property of the schema is described", () => {
    const undescribed: string[] = [];
    const visit = (part: unknown, path: string): void => {
        if (typeof part !== "object" || part === null) {
            return;
        }
        const { properties, items, description } = part as Record<string, unknown>;
        if (description === undefined) {
            undescribed.push(path);
        }
        Object.entries(properties ?? {}).forEach(([name, each]) => visit(each, `${path}.${name}`));
        visit(items, `${path}[]`);
    };
    visit(schema, "");
    expect(undescribed).toEqual([]);
});

test("a hundred thousand VMs are read in seconds", () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `${VM_ID}${index}`);
    const [vm] = FULL.machines;
    const text = JSON.stringify({ ...FULL, machines: ids.map((id) => ({ ...vm, id })) });
    expect(readInventory(text, "estate.json").machines).toHaveLength(100_000);
}, 20_000);
