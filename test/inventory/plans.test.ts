// What a plan does to VMs that another stack, or the portal, protects.
import { packConfiguration } from "../../src/config/configuration-file";
import { Plan, type PlanContent } from "../../src/model/plan";
import { evaluatePlan, type LevelledFinding } from "../../src/cli/judging/evaluation";
import { catalogue } from "../../src/cli/judging/reported-policies";
import { InventoryBuilder } from "../../src/inventory/of-estate";
import { InventoriedResources } from "../../src/inventory/external-resources";
import { indexOf } from "../../src/inventory/inventory-index";
import { packed } from "../../src/inventory/packed-entries";
import { estateOf } from "../harness/estate-of";
import { attached, backupItem, disk, vm, NAMED_SURROUNDINGS, replicatedItem, resourceGroup } from "../harness/azure";
import { ref, type Program } from "../harness/program";
import { Stack } from "../harness/stack";

const NOW = new Date("2026-11-22T23:00:00Z");

function vms(over: Program = {}): Program {
    return {
        rg: resourceGroup("shop"),
        os: disk({ name: "web-os", over: { osType: "Linux" } }),
        data: disk({ name: "web-data" }),
        spare: disk({ name: "web-os-2", over: { osType: "Linux" } }),
        web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))] }),
        ...over,
    };
}

/** The VMs' own stack, and what two other stacks have to do with them. */
function deployed(): { readonly stack: Stack; readonly external: InventoriedResources } {
    const stack = new Stack("machines");
    stack.up(vms());
    const protection = new Stack("protection");
    protection.up({
        ...NAMED_SURROUNDINGS,
        webBackup: backupItem(stack.idOf("web"), "shop;web"),
        webReplication: replicatedItem(stack.idOf("web"), [stack.idOf("os"), stack.idOf("data")]),
    });
    const builder = new InventoryBuilder();
    const readAt = "2026-11-22T21:00:00Z";
    builder.addEstate(estateOf(protection.state()), { kind: "state", name: 'stack "dev" of "protection"', readAt });
    return {
        stack,
        external: new InventoriedResources(indexOf(packed(builder.inventory())), { now: NOW, maximumAgeHours: 24 }),
    };
}

function findingsOf(content: PlanContent, external?: InventoriedResources): readonly LevelledFinding[] {
    return evaluatePlan(new Plan(content, external), packConfiguration({}, catalogue)).findings;
}

function found(content: PlanContent, external?: InventoriedResources): readonly string[] {
    return findingsOf(content, external)
        .map(({ policyId, name }) => `${policyId} ${name}`)
        .sort();
}

test.each([
    {
        name: "swaps the OS disk",
        after: vms({
            web: vm({ name: "web", osDisk: ref("spare.id"), dataDisks: [attached(0, ref("data.id"))] }),
        }),
        replace: [],
        finds: ["BCDR601 web"],
    },
    {
        name: "takes a data disk away",
        after: vms({ web: vm({ name: "web", osDisk: ref("os.id") }) }),
        replace: [],
        finds: ["BCDR608 web"],
    },
    { name: "makes the VM anew", after: vms(), replace: ["web"], finds: ["BCDR602 web"] },
    {
        name: "deletes the VM",
        after: Object.fromEntries(Object.entries(vms()).filter(([name]) => name !== "web")),
        replace: [],
        finds: ["BCDR602 web"],
    },
])("a plan that $name is found with the inventory, and not without", ({ after, replace, finds }) => {
    const { stack, external } = deployed();
    const content = stack.plan(after, { replace });
    expect(found(content, external)).toEqual(finds);
    expect(found(content)).toEqual([]);
    for (const { message } of findingsOf(content, external)) {
        expect(message.facts?.join("\n")).toMatch(
            /known from the inventory: stack "dev" of "protection", read 2026-11-22 21:00 UTC, 2 hours ago/,
        );
    }
});

test("a plan that only tags the VM is left alone", () => {
    const { stack, external } = deployed();
    const web = vms()["web"]!;
    const tagged = vms({ web: { ...web, properties: { ...web.properties, tags: { owner: "finance" } } } });
    expect(found(stack.plan(tagged), external)).toEqual([]);
});

test("what the plan deletes is gone afterwards, though an inventory of Azure has it still", () => {
    const stack = new Stack("machines");
    const declared = { ...NAMED_SURROUNDINGS, ...vms() };
    const disks = [ref("os.id"), ref("data.id")];
    stack.up({ ...declared, replication: replicatedItem(ref("web.id"), disks) });
    const builder = new InventoryBuilder();
    const readAt = "2026-11-22T21:00:00Z";
    builder.addEstate(estateOf(stack.state()), { kind: "azure", name: "subscription 00000000", readAt });
    const external = new InventoriedResources(indexOf(packed(builder.inventory())), { now: NOW, maximumAgeHours: 24 });
    const { before, after } = new Plan(stack.plan(declared), external);
    expect([before, after].map((estate) => estate.vms.map((each) => estate.replication.of(each).answer))).toEqual([
        ["yes"],
        ["no"],
    ]);
});
