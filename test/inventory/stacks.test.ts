import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Inventory } from "../../src/inventory/document";
import { INVENTORY_VARIABLE } from "../../src/inventory/files";
import { InventoryBuilder } from "../../src/inventory/of-estate";
import { readInventory } from "../../src/inventory/read";
import {
    attached,
    backupItem,
    disk,
    diskBackup,
    fromRestorePoint,
    vm,
    NAMED_SURROUNDINGS,
    replicatedItem,
    resourceGroup,
} from "../harness/azure";
import { Pack, type Violation } from "../harness/pack";
import type { Content, Program } from "../harness/program";
import { ref } from "../harness/program";
import { Stack, type SentRound } from "../harness/stack";
import { estateOf } from "../harness/estate-of";

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "inventory-"))));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
    delete process.env[INVENTORY_VARIABLE];
});

const OS = disk({ name: "web-os", over: { osType: "Linux" } });
const DATA = disk({ name: "web-data" });

/** The stack with the VM: nothing in it says that anything protects it. */
function vms(over: Program = {}): Program {
    return {
        rg: resourceGroup("shop"),
        os: OS,
        data: DATA,
        web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))] }),
        ...over,
    };
}

const RESTORED: Program = vms({
    os: disk({ name: "web-os-2", creationData: fromRestorePoint(), over: { osType: "Linux" } }),
});

function hoursAgo(hours: number): string {
    return new Date(Date.now() - hours * 3_600_000).toISOString();
}

function inventoryOf(stacks: Readonly<Record<string, SentRound>>, readAt = hoursAgo(3.5)): Inventory {
    const builder = new InventoryBuilder();
    for (const [project, round] of Object.entries(stacks)) {
        builder.addEstate(estateOf(round), { kind: "state", name: `stack "dev" of "${project}"`, readAt });
    }
    return readInventory(JSON.stringify(builder.inventory()), "estate.json");
}

let written = 0;

function file(inventory: Inventory | string): string {
    const target = path.join(folder, `${written++}.json`);
    writeFileSync(target, typeof inventory === "string" ? inventory : JSON.stringify(inventory));
    return target;
}

async function found(round: SentRound, settings: Readonly<Record<string, unknown>>): Promise<readonly Violation[]> {
    return new Pack().analyze(round, { "shared-settings": settings });
}

function policies(violations: readonly Violation[]): readonly string[] {
    return violations
        .filter(({ policyId }) => /^BCDR(1|490)/.test(policyId))
        .map(({ policyId, on }) => `${policyId} ${on ?? "-"}`)
        .sort();
}

/** Three stacks in one subscription: VMs, their backup, their replication. */
class Three {
    readonly vms = new Stack("machines");
    readonly backup = new Stack("backup");
    readonly replication = new Stack("replication");

    constructor() {
        this.vms.up(vms());
        this.backup.up({
            ...NAMED_SURROUNDINGS,
            web: backupItem(this.vms.idOf("web"), "shop;web"),
            data: diskBackup(this.vms.idOf("data")),
        });
        this.replicate([this.vms.idOf("os"), this.vms.idOf("data")]);
    }

    replicate(disks: readonly Content[]): void {
        this.replication.up({ ...NAMED_SURROUNDINGS, web: replicatedItem(this.vms.idOf("web"), disks) });
    }

    others(readAt?: string): Inventory {
        return inventoryOf({ backup: this.backup.state(), replication: this.replication.state() }, readAt);
    }
}

describe("three stacks", () => {
    test("a restore in the first is found with the inventory of the others, and not without", async () => {
        const three = new Three();
        const preview = three.vms.preview(RESTORED);
        expect(policies(await found(preview, {}))).toEqual(["BCDR110 os"]);
        const violations = await found(preview, { inventory: file(three.others()) });
        expect(policies(violations)).toEqual(["BCDR101 web", "BCDR110 os", "BCDR121 web"]);
        const message = violations.find(({ policyId }) => policyId === "BCDR121")?.message ?? "";
        expect(message).toMatch(
            /The replicated item "web" is known from the inventory: stack "dev" of "replication", read \d{4}-\d\d-\d\d \d\d:\d\d UTC, 3 hours ago\.\n/,
        );
        expect(message).toContain(
            "az site-recovery protected-item remove --ids /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.RecoveryServices/vaults/shop-recovery/",
        );
        expect(message).toContain('In stack "dev" of "replication", drop the item from Pulumi\'s state');
        expect(message).toContain('In the program of stack "dev" of "replication", in "web"');
        expect(message).toContain("Check that Azure Backup has a usable recovery point. Step 2 deletes");
    });

    test("re-protecting in the third clears it, once the inventory is read again", async () => {
        const three = new Three();
        three.vms.up(RESTORED);
        const inventory = file(three.others());
        expect(policies(await found(three.vms.state(), { inventory }))).toContain("BCDR121 web");
        three.replication.up(NAMED_SURROUNDINGS);
        three.replicate([three.vms.idOf("os"), three.vms.idOf("data")]);
        writeFileSync(inventory, JSON.stringify(three.others()));
        utimesSync(inventory, new Date(), new Date(Date.now() + 5000));
        expect(policies(await found(three.vms.state(), { inventory }))).toEqual(["BCDR101 web", "BCDR110 os"]);
    });

    test("a VM that is new and only named alike is not the one", async () => {
        const three = new Three();
        const elsewhere = new Stack("machines", { subscriptionId: "11111111-0f3d-4b6a-9d2e-5c4b3a291f60" });
        expect(policies(await found(elsewhere.preview(RESTORED), { inventory: file(three.others()) }))).toEqual([
            "BCDR110 os",
        ]);
    });

    test("what the stack has itself counts once, also where the inventory has an older tale of it", async () => {
        const three = new Three();
        const all = inventoryOf({ vms: three.vms.state(), replication: three.replication.state() });
        const own = new Stack("replication");
        expect(policies(await found(three.replication.state(), { inventory: file(all) }))).toEqual([]);
        expect(
            policies(
                await found(own.preview({ rg: resourceGroup("shop"), web: vm({ name: "web" }) }), {
                    inventory: file(all),
                }),
            ),
        ).toEqual([]);
    });

    test("of two inventories that tell of one stack, the one that was read last counts alone", async () => {
        const three = new Three();
        const older = file(three.others(hoursAgo(5)));
        three.replication.up(NAMED_SURROUNDINGS);
        const newer = file(three.others(hoursAgo(1)));
        const preview = three.vms.preview(RESTORED);
        expect(policies(await found(preview, { inventory: older }))).toContain("BCDR121 web");
        for (const inventory of [
            [older, newer],
            [newer, older],
        ]) {
            expect(policies(await found(preview, { inventory }))).toEqual(["BCDR110 os"]);
        }
    });

    test("a consistency group that another stack forms is told as a whole", async () => {
        const three = new Three();
        const others = new Stack("others");
        others.up({
            rg: resourceGroup("shop"),
            os: disk({ name: "db-os", over: { osType: "Linux" } }),
            db: vm({ name: "db", osDisk: ref("os.id") }),
        });
        three.replication.up({
            ...NAMED_SURROUNDINGS,
            web: replicatedItem(three.vms.idOf("web"), [three.vms.idOf("os")], { multiVmGroupName: "erp" }),
            db: replicatedItem(others.idOf("db"), [others.idOf("os")], { multiVmGroupName: "erp" }),
        });
        const violations = await found(three.vms.preview(RESTORED), { inventory: file(three.others()) });
        expect(policies(violations)).toContain("BCDR123 web");
        const message = violations.find(({ policyId }) => policyId === "BCDR123")?.message ?? "";
        expect(message).toContain('The restore of VM "web" breaks consistency group "erp" of 2 VMs.');
        expect(message).toMatch(
            /The replicated items "web", "db" are known from the inventory: stack "dev" of "replication"/,
        );
    });

    test("both services on a VM of another stack are told on the item of this one", async () => {
        const three = new Three();
        const violations = await found(three.backup.state(), { inventory: file(three.others()) });
        expect(policies(violations)).toEqual(["BCDR101 web"]);
    });
});

describe("the age of an inventory", () => {
    test("above maximumAgeHours is told on the finding, and once for the stack", async () => {
        const three = new Three();
        const inventory = file(three.others(hoursAgo(100)));
        const preview = three.vms.preview(RESTORED);
        const violations = await found(preview, { inventory });
        expect(policies(violations)).toEqual(["BCDR101 web", "BCDR110 os", "BCDR121 web", "BCDR490 -"]);
        expect(violations.find(({ policyId }) => policyId === "BCDR121")?.message).toContain(
            "4 days ago. That is older than maximumAgeHours (24)",
        );
        expect(violations.find(({ policyId }) => policyId === "BCDR490")?.message).toContain("in 2 of its 2 sources");
        expect(policies(await found(preview, { inventory, maximumAgeHours: 200 }))).not.toContain("BCDR490 -");
    });

    test("a source that could not be read is told, not taken for one without protection", async () => {
        const three = new Three();
        const builder = new InventoryBuilder();
        builder.addUnreadable({ kind: "state", name: "recovery.json", readAt: hoursAgo(1), problem: "It is torn." });
        const inventory = file(builder.inventory());
        const violations = await found(three.vms.preview(RESTORED), { inventory });
        expect(violations.find(({ policyId }) => policyId === "BCDR490")?.message).toContain(
            "recovery.json (It is torn.)",
        );
    });
});

describe("the configuration", () => {
    const round = (): SentRound => new Stack("machines").preview(vms());

    test.each<[string, () => unknown, RegExp]>([
        ["a relative path", () => "estate.json", /must be absolute: Pulumi runs the pack in the pack's own folder/],
        ["a file that is not there", () => path.join(folder, "none.json"), /there is no such file/],
        ["a folder", () => folder, /it is a folder/],
        ["a torn file", () => file('{"version": 1,'), /line 1: It is no JSON/],
        ["a foreign one", () => file("{}"), /no inventory of azure-bcdr-guard/],
        ["a newer one", () => file('{"version": 9, "sources": []}'), /Use a newer azure-bcdr-guard/],
        ["one of a list", () => [file(inventoryOf({})), "b.json"], /b\.json: .*must be absolute/],
        ["a number", () => 7, /must be of type string or array/],
    ])("%s ends the run", async (_, inventory, message) => {
        await expect(found(round(), { inventory: inventory() })).rejects.toThrow(message);
    });

    test("may come from the environment, where the setting is not given", async () => {
        const three = new Three();
        const preview = three.vms.preview(RESTORED);
        process.env[INVENTORY_VARIABLE] = file(three.others());
        expect(policies(await found(preview, {}))).toContain("BCDR121 web");
        expect(policies(await found(preview, { enforcementLevel: "disabled" }))).toContain("BCDR121 web");
        expect(policies(await found(preview, { inventory: [] }))).not.toContain("BCDR121 web");
    });
});
