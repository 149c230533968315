import {
    backupItem,
    disk,
    fromRestorePoint,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
    vault,
} from "../../harness/azure";
import { ref, type Content, type Program } from "../../harness/program";
import type { PolicyCases } from "../../harness/rule-cases";
import { retokened } from "../../harness/retokened";
import { Stack } from "../../harness/stack";

const MACHINES = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines";

/** A disk of which the plan does, or does not, know where it comes from. */
const restoredFrom = (sourceResourceId: Content): Program => ({
    rg: resourceGroup(),
    network: {
        type: "azure-native:network:VirtualNetwork",
        properties: { resourceGroupName: ref("rg.name"), addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    },
    data: disk({ creationData: { createOption: "Restore", sourceResourceId } }),
});
const OPEN = restoredFrom(ref("network.id"));
const DECIDED = restoredFrom(fromRestorePoint()["sourceResourceId"] ?? null);

/** What is listed is what BCDR110 left open; what BCDR490 itself leaves open is what nobody is going to make. */
export const cases: PolicyCases = {
    policyId: "BCDR490",
    example: OPEN,
    holds: [
        { name: "after the deployment everything is known", round: () => new Stack().up(OPEN) },
        {
            name: "references that lead out of the stack",
            round: {
                ...SURROUNDINGS,
                one: backupItem(`${MACHINES}/one`, "g;one"),
                two: replicatedItem(`${MACHINES}/two`, [`${MACHINES}/disk`]),
            },
        },
        {
            name: "types of Azure that play no part",
            round: {
                rg: resourceGroup(),
                set: {
                    type: "azure-native:compute:AvailabilitySet",
                    properties: { resourceGroupName: ref("rg.name") },
                },
            },
        },
        {
            name: "what --target leaves out is not waited for",
            round: () => new Stack().preview(OPEN, { target: ["rg", "network"] }),
        },
    ],
    violated: [
        { name: "something is open", round: OPEN, on: ["-"] },
        {
            name: "an item of a type that is not known",
            round: () =>
                retokened(new Stack().preview({ rg: resourceGroup(), dr: vault("dr") }), {
                    "azure-native:recoveryservices:Vault": "azure-native:recoveryservices:VaultOfTomorrow",
                }),
            on: ["-"],
        },
        {
            name: "no inputs were collected",
            round: () => new Stack().up(DECIDED),
            configuration: {
                "disk-restored-from-backup": { enforcementLevel: "disabled" },
                "shared-settings": { enforcementLevel: "disabled" },
            },
            on: ["-"],
        },
    ],
    undecided: [
        {
            name: "something is open, and something left out by --target",
            round: () => new Stack().preview({ ...OPEN, spare: disk() }, { target: ["rg", "network", "data"] }),
            waitsFor: '"data": creationData.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "the one property is known", round: DECIDED },
            refused: { name: "the one property is not", round: OPEN, on: ["-"] },
        },
    ],
};
