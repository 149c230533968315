import { indexOf, InventoryLookup } from "../../src/inventory/inventory-index";
import { packed } from "../../src/inventory/packed-entries";
import { armKeyOf, parseArmId } from "../../src/model/ids/arm-id";
import type { Inventory, InventoryReplicatedItem } from "../../src/inventory/document";
import { EMPTY } from "./an-inventory";

const GROUP = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/shop/providers";
const vmId = (name: string): string => `${GROUP}/Microsoft.Compute/virtualMachines/${name}`;
const VAULT = `${GROUP}/Microsoft.RecoveryServices/vaults/recovery`;
const itemId = (name: string): string =>
    `${VAULT}/replicationFabrics/w/replicationProtectionContainers/w/replicationProtectedItems/${name}`;

function inventoryOf(readAt: string, replicatedItems: readonly InventoryReplicatedItem[]): Inventory {
    return { ...EMPTY, sources: [{ kind: "state", name: `read ${readAt}`, readAt }], replicatedItems };
}

function namesUnder(lookup: InventoryLookup, vm: string): readonly string[] {
    const id = parseArmId(vmId(vm));
    return id === undefined ? [] : lookup.under("replicatedItems", "machine", id).map(({ entry }) => entry.id);
}

test("finds each of more entries than a part takes, in whatever letters", () => {
    const names = Array.from({ length: 45_000 }, (_, index) => (index % 3 === 0 ? `größe${index}` : `web${index}`));
    const machines = names.map((name) => ({ id: vmId(name), source: 0, location: `at ${name}` }));
    const parts = packed({ ...inventoryOf("2026-11-22T21:04:00Z", []), machines });
    expect(parts.length).toBeGreaterThan(1);
    const lookup = new InventoryLookup(indexOf(parts));
    for (const name of names) {
        const found = lookup.find("machines", armKeyOf(vmId(name)));
        expect(found?.entry.location).toBe(`at ${name}`);
    }
    expect(lookup.find("machines", armKeyOf(vmId("web45000")))).toBeUndefined();
});

const OLD = inventoryOf("2026-11-20T21:04:00Z", [
    { id: itemId("one"), source: 0, machine: vmId("before") },
    { id: itemId("two"), source: 0, machine: vmId("web") },
]);
const NEW = inventoryOf("2026-11-22T21:04:00Z", [
    { id: itemId("three"), source: 0, machine: vmId("web") },
    { id: itemId("ONE"), source: 0, machine: vmId("web") },
]);

test.each([
    ["first", [NEW, OLD], ["three", "ONE", "two"]],
    ["last", [OLD, NEW], ["ONE", "two", "three"]],
])("of two entries of one resource, the one read last counts, where it comes %s", (_where, inventories, names) => {
    const lookup = new InventoryLookup(indexOf(inventories.flatMap(packed)));
    expect(namesUnder(lookup, "web")).toEqual(names.map(itemId));
    expect(namesUnder(lookup, "before")).toEqual([]);
    expect(lookup.find("replicatedItems", armKeyOf(itemId("one")))?.entry.machine).toBe(vmId("web"));
});

test("an entry is one object, however often it is found", () => {
    const lookup = new InventoryLookup(indexOf(packed(OLD)));
    const id = parseArmId(vmId("web"));
    expect(id && lookup.under("replicatedItems", "machine", id)[0]).toBe(
        lookup.find("replicatedItems", armKeyOf(itemId("two"))),
    );
});
