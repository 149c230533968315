import * as fc from "fast-check";
import { Estate } from "../../src/model/estate";
import type { PlannedResource } from "../../src/model/planned-resource";
import { InventoryBuilder } from "../../src/inventory/of-estate";
import { readInventory } from "../../src/inventory/read";
import type { Inventory } from "../../src/inventory/document";
import { readDeployment } from "../../src/cli/reading/deployment";
import { attached, disk, vm, replicatedItem, resourceGroup, SURROUNDINGS } from "../harness/azure";
import { exported, exportText, type ExportedResource } from "../harness/exported";
import { ref } from "../harness/program";
import { Stack } from "../harness/stack";
import { smallEstate } from "../reference-estates/small-estate";

/** What an inventory of states holds is what every reader takes, whatever the states hold. */

async function planned(resources: readonly ExportedResource[]): Promise<readonly PlannedResource[]> {
    return (await readDeployment([exportText(resources)], "state")).resources;
}

async function inventoryOf(
    resources: readonly ExportedResource[],
    readAt = "2026-11-22T21:04:00Z",
): Promise<Inventory> {
    const builder = new InventoryBuilder();
    builder.addEstate(new Estate(await planned(resources)), { kind: "state", name: "state", readAt });
    return readInventory(JSON.stringify(builder.inventory()), "what was just written");
}

function stateOf(lun: number): readonly ExportedResource[] {
    const stack = new Stack();
    stack.up({
        rg: resourceGroup("shop"),
        os: disk({ name: "web-os", over: { osType: "Linux" } }),
        data: disk({ name: "web-data" }),
        web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(lun, ref("data.id"))] }),
    });
    return exported(stack.state());
}

test.each([1.5, -1])("a LUN of %d is left out, and its disk is there", async (lun) => {
    const [web] = (await inventoryOf(stateOf(lun))).machines;
    expect(web?.dataDisks).toEqual([{ id: expect.stringMatching(/disks\/web-data$/) as unknown }]);
});

test("whether a disk that is replicated has a key is open where nothing of its element is known", async () => {
    const key = "/subscriptions/s/resourceGroups/keys/providers/Microsoft.Compute/diskEncryptionSets/keys";
    const listed = (diskId: string, set?: string): object => ({
        diskId: `/subscriptions/s/resourceGroups/shop/providers/Microsoft.Compute/disks/${diskId}`,
        ...(set === undefined ? {} : { recoveryDiskEncryptionSetId: set }),
    });
    const itemWith = async (...disks: readonly unknown[]) => {
        const stack = new Stack();
        stack.up({ ...SURROUNDINGS, item: replicatedItem(`${HUB}/virtualMachines/web`, [`${HUB}/disks/web-os`]) });
        const state = exported(stack.state()).map((resource) =>
            resource.urn.endsWith("::item") ? { ...resource, outputs: withList(resource.outputs, disks) } : resource,
        );
        const [item] = (await inventoryOf(state)).replicatedItems;
        return item;
    };
    const known = await itemWith(listed("os", key), listed("data"));
    expect(known?.encryptedDisks).toEqual([expect.stringMatching(/disks\/os$/) as unknown]);
    expect(known?.unknown ?? []).not.toContain("encryptedDisks");
    const open = await itemWith(listed("os", key), UNKNOWN);
    expect(open?.encryptedDisks).toBeUndefined();
    expect(open?.unknown).toContain("encryptedDisks");
});

/** How Pulumi writes down what it does not know. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const HUB = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Compute";

function withList(outputs: ExportedResource["outputs"], disks: readonly unknown[]): ExportedResource["outputs"] {
    const properties = outputs["properties"] as Readonly<Record<string, object>>;
    const details = { ...properties["providerSpecificDetails"], protectedManagedDisks: disks };
    return { ...outputs, properties: { ...properties, providerSpecificDetails: details } };
}

test("what has no id that can be written down is a problem of its source", async () => {
    const state = stateOf(0).map((resource) =>
        resource.urn.endsWith("::web")
            ? { ...resource, id: "/subscriptions/s/a//b", outputs: { id: "none" }, inputs: {} }
            : resource,
    );
    const { machines: vms, sources } = await inventoryOf(state);
    expect(vms).toEqual([]);
    expect(sources[0]?.problem).toMatch(/^1 of its resources could not be read, or have no id that is known\./);
});

test("of the tags of a disk, that it has one of Azure Backup's or Site Recovery's is kept, and nothing of what they hold", async () => {
    const stack = new Stack();
    const tags = { RSVaultBackup: "held-1", "ASR-ReplicaDisk": "held-2", owner: "held-3" };
    stack.up({ rg: resourceGroup("shop"), os: disk({ name: "web-os", over: { tags } }) });
    const inventory = await inventoryOf(exported(stack.state()));
    expect(inventory.disks?.[0]?.tags).toEqual({ RSVaultBackup: "", "ASR-ReplicaDisk": "" });
    expect(JSON.stringify(inventory)).not.toContain("held");
});

test("a time that no reader takes is one of long ago", async () => {
    const [source] = (await inventoryOf(stateOf(0), "+010000-01-01T00:00:00.000Z")).sources;
    expect(source?.readAt).toBe("1970-01-01T00:00:00Z");
});

test("damaged states give inventories that are read all the same", async () => {
    const stack = new Stack();
    stack.up(smallEstate());
    const whole = exported(stack.state());
    const damage = fc.oneof(
        fc.constantFrom<unknown>(null, "", " ", 0, -1, 1.5, 1e300, true, [], {}, "/subscriptions//x", "a/b", "\n", "…"),
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const damages = fc.array(fc.tuple(fc.nat(), fc.nat(), damage), { minLength: 1, maxLength: 6 });
    await fc.assert(
        fc.asyncProperty(damages, async (each) => {
            const state = JSON.parse(JSON.stringify(whole)) as ExportedResource[];
            each.forEach(([which, where, value]) => put(state[which % state.length], where, value));
            await inventoryOf(state);
        }),
        { numRuns: Number(process.env["PROPERTY_RUNS"] ?? "100"), seed: 20261122 },
    );
});

/** Writes a value into one of the leaves of a resource's inputs or outputs. */
function put(resource: ExportedResource | undefined, where: number, value: unknown): void {
    const leaves: { readonly of: Record<string, unknown>; readonly key: string }[] = [];
    const visit = (part: unknown): void => {
        if (typeof part !== "object" || part === null) {
            return;
        }
        for (const [key, inner] of Object.entries(part)) {
            leaves.push({ of: part as Record<string, unknown>, key });
            visit(inner);
        }
    };
    visit(resource?.inputs);
    visit(resource?.outputs);
    const leaf = leaves[where % Math.max(leaves.length, 1)];
    if (leaf !== undefined) {
        leaf.of[leaf.key] = value;
    }
}
