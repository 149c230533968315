import { formatArmId } from "../../../src/model/ids/arm-id";
import { valueOf } from "../../../src/model/values";
import type { Entity } from "../../../src/model/resources";
import { displayName } from "../../../src/model/ids/display-name";
import { backupItem, disk, vm, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { roundOf } from "../../harness/phases";
import { ref, type Program } from "../../harness/program";
import { Stack, type SentRound } from "../../harness/stack";
import { estateOf } from "../../harness/estate-of";

const SUBSCRIPTION = "8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";

function entity(round: SentRound, name: string): Entity {
    const found = estateOf(round).entities.find(({ pulumiName }) => pulumiName === name);
    if (found === undefined) {
        throw new Error(`no ${name} was read`);
    }
    return found;
}

/** The id as text, or the property that decides it. */
function idIn(round: SentRound, name: string): string {
    const { id } = entity(round, name);
    return id.state === "known" ? formatArmId(id.value) : id.state === "unknown" ? `unknown: ${id.property}` : "absent";
}

const named: Program = { rg: resourceGroup("shop"), data: disk({ name: "data" }) };

describe("at a first preview", () => {
    test("the group's name comes from the group of the same preview (SEE-06), the subscription is not known", () => {
        expect(idIn(roundOf(named, "first preview"), "data")).toBe(
            "/subscriptions/…/resourceGroups/shop/providers/Microsoft.Compute/disks/data",
        );
    });

    test("the provider's subscriptionId is the subscription", () => {
        const round = roundOf(named, "first preview", { subscriptionId: SUBSCRIPTION });
        expect(idIn(round, "data")).toBe(
            `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute/disks/data`,
        );
    });

    test("names that Pulumi makes are in the inputs already", () => {
        const round = roundOf({ rg: resourceGroup(), data: disk() }, "first preview");
        expect(idIn(round, "data")).toMatch(
            /^\/subscriptions\/…\/resourceGroups\/rg[0-9a-f]{8}\/providers\/Microsoft\.Compute\/disks\/data[0-9a-f]{8}$/,
        );
        expect(displayName(entity(round, "data"))).toBe("data");
    });

    test("the program's name goes before a name in Azure, which may be secret", () => {
        const round = roundOf({ rg: resourceGroup(), data: disk({ name: "data-disk" }) }, "first preview");
        expect(displayName(entity(round, "data"))).toBe("data");
    });

    test("a group outside of the stack, written out", () => {
        const round = roundOf({ data: disk({ name: "data", group: "Other" }) }, "first preview");
        expect(idIn(round, "data")).toBe(
            "/subscriptions/…/resourceGroups/Other/providers/Microsoft.Compute/disks/data",
        );
    });

    test("a group whose name is not known is the property that decides", () => {
        const round = roundOf({ ...named, web: vm({ name: "web", group: ref("data.uniqueId") }) }, "first preview");
        expect(idIn(round, "web")).toBe("unknown: resourceGroupName");
    });

    test("a name that is not known is the property that decides", () => {
        const program: Program = { ...named, web: vm({ over: { vmName: ref("data.uniqueId") } }) };
        const round = roundOf(program, "first preview");
        expect(idIn(round, "web")).toBe("unknown: vmName");
        expect(entity(round, "web").azureName).toEqual({ state: "unknown", property: "vmName" });
    });

    test("every name in the path of a backup item", () => {
        const program: Program = {
            ...SURROUNDINGS,
            rg: resourceGroup("shop"),
            item: { ...backupItem(null, "shop;web") },
        };
        const { type, properties } = backupItem(null, "shop;web");
        const round = roundOf(
            { ...program, item: { type, properties: { ...properties, vaultName: "vault" } } },
            "first preview",
        );
        expect(idIn(round, "item")).toBe(
            "/subscriptions/…/resourceGroups/shop/providers/Microsoft.RecoveryServices/vaults/vault/backupFabrics/Azure" +
                "/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;shop;web/protectedItems/vm;iaasvmcontainerv2;shop;web",
        );
    });
});

describe("once something exists", () => {
    test("its id is Azure's", () => {
        const stack = new Stack("shop");
        stack.up(named);
        expect(idIn(stack.state(), "data")).toBe(stack.idOf("data"));
    });

    test("a new resource learns the subscription from what the same provider made", () => {
        const stack = new Stack("shop");
        stack.up(named);
        const round = stack.preview({ ...named, web: vm({ name: "web" }) });
        const subscription = /^\/subscriptions\/([^/]+)/.exec(stack.idOf("data"))?.[1] ?? "";
        expect(subscription).not.toBe("");
        expect(idIn(round, "web")).toBe(
            `/subscriptions/${subscription}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web`,
        );
    });

    test("not from what another provider made", () => {
        const stack = new Stack("shop");
        stack.up(named);
        const elsewhere = { ...vm({ name: "web", group: "other" }), provider: "elsewhere" };
        const { id } = entity(stack.preview({ ...named, web: elsewhere }), "web");
        expect(valueOf(id)).toMatchObject({ subscription: undefined, resourceGroup: "other", names: ["web"] });
    });

    test("an update does not take its id away (SEE-05)", () => {
        const stack = new Stack("shop");
        stack.up(named);
        // The group keeps the subscription known: nothing changes about it.
        const round = stack.preview({ ...named, data: disk({ name: "data", over: { diskSizeGB: 256 } }) });
        expect(idIn(round, "data")).toBe(stack.idOf("data"));
    });
});

test("what --target left out has no id, and says so (SEE-15)", () => {
    const round = new Stack("shop").preview(named, { target: ["rg"] });
    expect(entity(round, "data")).toMatchObject({ skipped: true, id: { state: "unknown" } });
});
