import type { ValueMap } from "../../../dev/offline/providers/values";
import { disk, vm, replicatedItem, NAMED_SURROUNDINGS, vault } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";

function program(...listed: readonly string[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        north: vault("north", { location: "North Europe" }),
        os: disk({ over: { osType: "Linux" } }),
        other: disk(),
        web: vm({ name: "web", osDisk: ref("os.id") }),
        webReplication: replicatedItem(
            ref("web.id"),
            listed.map((name) => ref(`${name}.id`)),
        ),
    };
}

/** The item as Azure answers once this side is the active one. */
function on(side: string, example = program("os"), recoveryFabricLocation = "northeurope"): SentRound {
    const stack = new Stack();
    stack.up(example);
    stack.portal("webReplication", (item) => {
        const properties = item["properties"] as ValueMap;
        const [subscription = ""] = stack.idOf("webReplication").split("/resourceGroups/");
        const details = {
            ...(properties["providerSpecificDetails"] as ValueMap),
            recoveryFabricObjectId: `${subscription}/resourceGroups/dr/providers/Microsoft.Compute/virtualMachines/web-dr`,
            recoveryFabricLocation,
        };
        return { ...item, properties: { ...properties, activeLocation: side, providerSpecificDetails: details } };
    });
    return stack.refresh();
}

export const cases = policyCases(__filename, {
    policyId: "BCDR416",
    example: program("os"),
    exampleLater: {
        says: "Once the VM has failed over, and after `pulumi refresh`",
        round: (example) => on("Recovery", example),
    },
    fixed: {
        round: (example) => on("Primary", example),
        says: "The fix is in Azure, not in the program. When the VM is protected again and `pulumi refresh` reads that the item's primary side is active, the pack reports nothing.",
    },
    shows: ["webReplication.properties.providerSpecificDetails.fabricObjectId"],
    holds: [{ name: "a new item", round: program("os") }],
    violated: [
        { name: "the other side is active", round: () => on("Recovery"), on: ["webReplication"] },
        {
            name: "no vault of the stack is in the region of the other side",
            round: () => on("Recovery", program("os"), "francecentral"),
            on: ["webReplication"],
        },
    ],
    undecided: [
        {
            name: "a preview that changes the item does not tell the side",
            round: () => {
                const stack = new Stack();
                stack.up(program("os"));
                return stack.preview(program("os", "other"));
            },
            waitsFor: '"webReplication": properties.activeLocation',
        },
    ],
    limits: [
        {
            allowed: { name: "the primary side is active", round: () => on("Primary") },
            refused: { name: "the recovery side is", round: () => on("Recovery"), on: ["webReplication"] },
        },
    ],
});
