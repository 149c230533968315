import { disk, fromRestorePoint, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { exempting } from "../../harness/exempting";
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

function audited(resource: string, expires?: string): Configuration {
    return exempting("BCDR110", resource, "Is read out until the audit is over.", expires);
}

/** What is exempted here is what BCDR110 finds. */
export const cases = policyCases(__filename, {
    policyId: "BCDR491",
    example: RESTORED,
    exampleConfiguration: audited("data"),
    fixed: {
        configuration: { "shared-settings": { exemptions: [] } },
        says: "When the audit is over, remove the exemption. If the disk is still there, BCDR110 reports it again:",
    },
    shows: ["data.creationData"],
    holds: [
        { name: "nothing is exempted", round: RESTORED },
        { name: "an exemption that has ended", round: RESTORED, configuration: audited("*", "2020-01-31") },
        {
            name: "an exemption of something that is in order",
            round: { ...SURROUNDINGS, data: disk() },
            configuration: audited("data"),
        },
    ],
    violated: [
        { name: "by a pattern", round: RESTORED, configuration: audited("d*"), on: ["-"] },
        {
            name: "in the state",
            round: () => new Stack().up(RESTORED),
            configuration: audited("data"),
            on: ["-"],
        },
    ],
    undecided: [
        {
            name: "what is open is not exempted",
            round: restoredFrom(ref("network.id")),
            configuration: audited("data"),
            waitsFor: '"data": creationData.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "another disk is exempted", round: RESTORED, configuration: audited("dat") },
            refused: { name: "this disk is exempted", round: RESTORED, configuration: audited("data"), on: ["-"] },
        },
    ],
});
