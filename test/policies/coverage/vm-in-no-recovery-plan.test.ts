import { vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, text, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { answered } from "../answers";

const HUB = "/subscriptions/s/resourceGroups/hub/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics";
const REPLICATED: Program = {
    ...SURROUNDINGS,
    web: vm({ name: "web" }),
    item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};
const CLASSIC: Program = {
    ...SURROUNDINGS,
    os: classicDisk(),
    web: classicVm("linux", ref("os.id")),
    item: replicatedVm(ref("web.id"), [ref("os.id")]),
};
const DB: Program = {
    db: vm({ name: "db" }),
    dbItem: replicatedItem(ref("db.id"), [osDiskOf("db")]),
};

function plan(groups: Content): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationRecoveryPlan",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            properties: {
                primaryFabricId: text`${ref("recovery.id")}/replicationFabrics/westeurope`,
                recoveryFabricId: text`${ref("recovery.id")}/replicationFabrics/northeurope`,
                groups,
            },
        },
    };
}

function planWith(...ids: readonly Content[]): Declaration {
    return plan([{ groupType: "Boot", replicationProtectedItems: ids.map((id) => ({ id })) }]);
}

function classicPlan(...items: readonly Content[]): Declaration {
    return {
        type: "azure:siterecovery/replicationRecoveryPlan:ReplicationRecoveryPlan",
        properties: {
            recoveryVaultId: ref("recovery.id"),
            sourceRecoveryFabricId: `${HUB}/westeurope`,
            targetRecoveryFabricId: `${HUB}/northeurope`,
            shutdownRecoveryGroup: {},
            failoverRecoveryGroup: {},
            bootRecoveryGroups: [{ replicatedProtectedItems: items }],
        },
    };
}

const ELSEWHERE = `${HUB}/westeurope/replicationProtectionContainers/c/replicationProtectedItems/elsewhere`;

/** The item is in a cluster with shared disks. */
function inCluster(protectionClusterId: Content): Program {
    return {
        ...REPLICATED,
        ...DB,
        item: replicatedItem(ref("web.id"), [osDiskOf("web")], { protectionClusterId }),
        plan: planWith(ref("dbItem.id")),
    };
}

const CLUSTER: Declaration = {
    type: "azure-native:recoveryservices:ReplicationProtectionCluster",
    properties: {
        resourceGroupName: ref("rg.name"),
        resourceName: ref("recovery.name"),
        fabricName: "westeurope",
        protectionContainerName: "westeurope",
        replicationProtectionClusterName: "sql",
    },
};

const RESILIENCE_PLAN: Declaration = {
    type: "azure-native:azureresiliencemanagement:RecoveryPlan",
    properties: { serviceGroupName: "shop", recoveryPlanName: "shop" },
};

export const cases = policyCases(__filename, {
    policyId: "BCDR413",
    example: { ...REPLICATED, ...DB, plan: planWith(ref("dbItem.id")) },
    fixed: { program: { ...REPLICATED, ...DB, plan: planWith(ref("dbItem.id"), ref("item.id")) } },
    shows: ["item.properties.providerSpecificDetails.fabricObjectId", "plan.properties.groups"],
    holds: [
        { name: "a stack without plans", round: REPLICATED },
        {
            name: "in the second of two plans",
            round: { ...REPLICATED, one: planWith(ELSEWHERE), two: planWith(ref("item.id")) },
        },
        { name: "in a classic plan", round: { ...CLASSIC, plan: classicPlan(ref("item.id")) } },
        {
            name: "a VM of a cluster, which no plan takes",
            round: { ...inCluster(ref("cluster.id")), cluster: CLUSTER },
        },
        {
            name: "a VM of a cluster of another stack",
            round: inCluster(
                `${HUB}/westeurope/replicationProtectionContainers/westeurope/replicationProtectionClusters/sql`,
            ),
        },
        {
            name: "a plan of Azure Resilience Management alone",
            round: { ...REPLICATED, resilience: RESILIENCE_PLAN },
        },
        {
            name: "failed over, which BCDR416 reports",
            round: () => answered({ ...REPLICATED, plan: planWith(ELSEWHERE) }, "item", { activeLocation: "Recovery" }),
        },
    ],
    violated: [
        {
            name: "in the state",
            round: () => new Stack().up({ ...REPLICATED, plan: planWith(ELSEWHERE) }),
            on: ["web"],
        },
        { name: "not in a classic plan", round: { ...CLASSIC, plan: classicPlan(ELSEWHERE) }, on: ["web"] },
    ],
    undecided: [
        {
            name: "a cluster that is not known",
            round: inCluster(ref("rg.id")),
            waitsFor: '"item": properties.providerSpecificDetails.protectionClusterId',
        },
        {
            name: "a plan of Azure Resilience Management, which names no VMs",
            round: { ...REPLICATED, plan: planWith(ELSEWHERE), resilience: RESILIENCE_PLAN },
            waitsFor: '"resilience": properties.recoveryGroupsSetting',
        },
        {
            name: "groups that are not known",
            round: { ...REPLICATED, plan: plan(text`${ref("rg.id")}`) },
            waitsFor: '"plan": properties.groups.replicationProtectedItems.id',
        },
        {
            name: "an item that is not known",
            round: { ...REPLICATED, plan: planWith(ref("rg.id")) },
            waitsFor: '"plan": properties.groups[0].replicationProtectedItems[0].id',
        },
    ],
    limits: [
        {
            allowed: { name: "a plan of one item", round: { ...REPLICATED, plan: planWith(ref("item.id")) } },
            refused: { name: "a plan of none", round: { ...REPLICATED, plan: planWith() }, on: ["web"] },
        },
    ],
});
