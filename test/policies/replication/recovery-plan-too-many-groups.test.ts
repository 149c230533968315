import { SURROUNDINGS } from "../../harness/azure";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { changed, fabric, OUTSIDE, stateOf, UNKNOWN } from "./programs";

const FABRIC = `${OUTSIDE}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/westeurope`;

function plan(groups: Content): Program {
    return {
        ...SURROUNDINGS,
        here: fabric("westeurope"),
        there: fabric("northeurope"),
        plan: {
            type: "azure-native:recoveryservices:ReplicationRecoveryPlan",
            properties: {
                resourceGroupName: ref("rg.name"),
                resourceName: ref("recovery.name"),
                properties: { primaryFabricId: ref("here.id"), recoveryFabricId: ref("there.id"), groups },
            },
        },
    };
}

function groups(boot: number): Content {
    const types = ["Shutdown", "Failover", ...Array.from({ length: boot }, () => "Boot")];
    return types.map((groupType) => ({ groupType }));
}

function classicPlan(boot: number): Program {
    return {
        ...SURROUNDINGS,
        plan: {
            type: "azure:siterecovery/replicationRecoveryPlan:ReplicationRecoveryPlan",
            properties: {
                recoveryVaultId: ref("recovery.id"),
                sourceRecoveryFabricId: FABRIC,
                targetRecoveryFabricId: FABRIC,
                shutdownRecoveryGroup: {},
                failoverRecoveryGroup: {},
                bootRecoveryGroups: Array.from({ length: boot }, () => ({ replicatedProtectedItems: [] })),
            },
        },
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR223",
    example: plan(groups(8)),
    fixed: { program: plan(groups(7)) },
    shows: ["plan.properties.groups"],
    holds: [{ name: "no plan", round: SURROUNDINGS }],
    violated: [{ name: "one more, day 2", round: changed(plan(groups(7)), plan(groups(8))), on: ["plan"] }],
    undecided: [{ name: "groups that are not known", round: plan(UNKNOWN), waitsFor: '"plan": properties.groups' }],
    inPlace: [{ name: "in the exported state", round: stateOf(plan(groups(8))), on: ["plan"] }],
    limits: [
        {
            allowed: { name: "7 groups that start VMs", round: plan(groups(7)) },
            refused: { name: "8 groups that start VMs", round: plan(groups(8)), on: ["plan"] },
        },
        {
            allowed: { name: "classic, 7 groups", round: classicPlan(7) },
            refused: { name: "classic, 8 groups", round: classicPlan(8), on: ["plan"] },
        },
    ],
});
