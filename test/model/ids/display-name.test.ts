import { VmNames } from "../../../src/model/ids/display-name";
import { ABSENT, known, unknown } from "../../../src/model/values";
import type { VirtualMachine } from "../../../src/model/resources";
import { disk, fromRestorePoint, vm, replicatedItem, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { Pack } from "../../harness/pack";
import { PHASES, roundOf } from "../../harness/phases";
import { ref, type Program } from "../../harness/program";

/** A VM that the program calls `web`, somewhere. */
function at(subscription: string | undefined, resourceGroup: string | undefined, azureName = "web"): VirtualMachine {
    const type = "Microsoft.Compute/virtualMachines";
    return {
        kind: "VM",
        provider: "azure-native",
        urn: undefined,
        pulumiName: "web",
        azureName: known(azureName),
        id:
            resourceGroup === undefined
                ? unknown("resourceGroupName")
                : known({ subscription, resourceGroup, type, names: [azureName] }),
        lifetime: "existing",
        skipped: false,
        protect: false,
        ignoreChanges: [],
        embeddedIn: undefined,
        tags: ABSENT,
        location: ABSENT,
        groupFrom: [],
        parentFrom: [],
        diskPlaces: [],
        placesAreAll: true,
    } as unknown as VirtualMachine;
}

test.each<[string, readonly VirtualMachine[], readonly string[]]>([
    ["one of a kind", [at("s", "shop")], ["web"]],
    ["in two groups", [at("s", "shop"), at("s", "stage")], ["web (group shop)", "web (group stage)"]],
    ["in two subscriptions", [at("s", "shop"), at("t", "SHOP")], ["web (subscription s)", "web (subscription t)"]],
    [
        "in both",
        [at("s", "shop"), at("s", "stage"), at("t", "stage")],
        ["web (group shop)", "web (group stage, subscription s)", "web (subscription t)"],
    ],
    [
        "in places that the plan does not know",
        [at("s", undefined, "web-a"), at("s", undefined, "web-b")],
        ["web (in Azure web-a)", "web (in Azure web-b)"],
    ],
    ["of which nothing else is known", [at("s", undefined), at("s", undefined)], ["web", "web"]],
])("VMs of one name, %s", (_, vms, called) => {
    const names = new VmNames(vms);
    expect(vms.map((each) => names.of(each))).toEqual(called);
});

describe.each(PHASES)("%s", (phase) => {
    test("the message tells which of two VMs it is about that have one name in Azure", async () => {
        const shops: Program = {
            ...SURROUNDINGS,
            rg: resourceGroup("shop-a"),
            rg2: resourceGroup("shop-b"),
            one: vm({ name: "web" }),
            os: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
            two: vm({ name: "web", group: ref("rg2.name"), osDisk: ref("os.id") }),
            old: disk({ over: { osType: "Linux" } }),
            item: replicatedItem(ref("two.id"), [ref("old.id")]),
        };
        const violations = await new Pack().analyze(roundOf(shops, phase));
        const found = violations.find(({ policyId }) => policyId === "BCDR121");
        expect(found?.on).toBe("two");
        expect(found?.message).toMatch(/VM "two" (will boot|boots) from restored disk "os"/);
    });
});
