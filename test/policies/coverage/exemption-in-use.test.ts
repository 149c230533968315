import { disk, fromRestorePoint, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { SOON } from "../../harness/days";
import type { Configuration } from "../../harness/pack";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const restoredFrom = (sourceResourceId: Content): Program => ({
    rg: resourceGroup(),
    network: {
        type: "azure-native:network:VirtualNetwork",
        properties: { resourceGroupName: ref("rg.name"), addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    },
    data: disk({ creationData: { createOption: "Restore", sourceResourceId } }),
});
const RESTORED: Program = { ...SURROUNDINGS, data: disk({ creationData: fromRestorePoint() }) };

function exempting(resource: string, expires = SOON): Configuration {
    const exemption = { policies: ["BCDR110"], resource, reason: "Is read out until the audit is over.", expires };
    return { "shared-settings": { exemptions: [exemption] } };
}

/** What is exempted here is what BCDR110 finds. */
export const cases = policyCases(__filename, {
    policyId: "BCDR491",
    example: RESTORED,
    exampleConfiguration: exempting("data"),
    holds: [
        { name: "nothing is exempted", round: RESTORED },
        { name: "an exemption that has ended", round: RESTORED, configuration: exempting("*", "2020-01-31") },
        {
            name: "an exemption of something that is in order",
            round: { ...SURROUNDINGS, data: disk() },
            configuration: exempting("data"),
        },
    ],
    violated: [
        { name: "by a pattern", round: RESTORED, configuration: exempting("d*"), on: ["-"] },
        {
            name: "in the state",
            round: () => new Stack().up(RESTORED),
            configuration: exempting("data"),
            on: ["-"],
        },
    ],
    undecided: [
        {
            name: "what is open is not exempted",
            round: restoredFrom(ref("network.id")),
            configuration: exempting("data"),
            waitsFor: '"data": creationData.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "another disk is exempted", round: RESTORED, configuration: exempting("dat") },
            refused: { name: "this disk is exempted", round: RESTORED, configuration: exempting("data"), on: ["-"] },
        },
    ],
});
