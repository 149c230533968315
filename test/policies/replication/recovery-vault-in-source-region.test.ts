import { replicatedItem, vault } from "../../harness/azure";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    BETWEEN,
    classic,
    classicTo,
    native,
    OUTSIDE,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
    UNKNOWN,
    type Options,
} from "./programs";

function inVaultIn(location: Content, to: Options = TO_REGION): Program {
    return native({ ...to, more: { ...to.more, recovery: vault(undefined, { location }) } });
}

function classicIn(location: string): Program {
    const to = classicTo("there");
    return classic({ ...to, more: { ...to.more, recovery: vault(undefined, { location }) } });
}

const ELSEWHERE = replicatedItem(ref("web.id"), [`${OUTSIDE}/providers/Microsoft.Compute/disks/web-os`]);

export const cases = policyCases(__filename, {
    policyId: "BCDR220",
    example: inVaultIn("westeurope"),
    fixed: { program: inVaultIn("northeurope") },
    shows: [...BETWEEN, "item.resourceName", "there.properties.customDetails.location"],
    holds: [
        { name: "between zones", round: inVaultIn("westeurope", TO_ZONE) },
        {
            name: "a vault of another stack",
            round: {
                ...native(TO_REGION),
                item: {
                    ...ELSEWHERE,
                    properties: { ...ELSEWHERE.properties, resourceGroupName: "hub", resourceName: "recovery" },
                },
            },
        },
        { name: "the other side lies in another stack", round: inVaultIn("westeurope", {}) },
        { name: "in the exported state", round: stateOf(inVaultIn("northeurope")) },
        { name: "an item that is there, turned round by a failover", round: stateOf(inVaultIn("westeurope")) },
        { name: "classic", round: classicIn("northeurope") },
    ],
    violated: [{ name: "classic", round: classicIn("westeurope"), on: ["item"] }],
    undecided: [
        {
            name: "the region of the other side is not known",
            round: inVaultIn("westeurope", TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
        { name: "the vault's region is not known", round: inVaultIn(UNKNOWN), waitsFor: '"recovery": location' },
    ],
    limits: [
        {
            allowed: { name: "a vault in a third region", round: inVaultIn("West US") },
            refused: { name: "a vault in the VM's", round: inVaultIn("West Europe"), on: ["item"] },
        },
    ],
});
