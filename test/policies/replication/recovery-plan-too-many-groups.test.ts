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

const ITEMS = `${FABRIC}/replicationProtectionContainers/westeurope/replicationProtectedItems`;

function ids(count: number): readonly string[] {
    return Array.from({ length: count }, (_, index) => `${ITEMS}/vm${index}`);
}

/** Two groups, the first of which has all but the last VM. */
function groupsOf(vms: readonly string[]): Content {
    return [vms.slice(0, -1), vms.slice(-1)].map((items) => ({
        groupType: "Boot",
        replicationProtectedItems: items.map((id) => ({ id })),
    }));
}

function classicPlan(boot: number, vms: readonly string[] = []): Program {
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
                bootRecoveryGroups: Array.from({ length: boot }, (_, index) => ({
                    replicatedProtectedItems: index === 0 ? vms : [],
                })),
            },
        },
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR223",
    example: plan(groups(8)),
    fixed: { program: plan(groups(7)) },
    shows: ["plan.properties.groups"],
    holds: [
        { name: "no plan", round: SURROUNDINGS },
        { name: "a VM that is named twice", round: plan(groupsOf([...ids(100), `${ITEMS}/VM0`])) },
    ],
    violated: [
        { name: "one more, day 2", round: changed(plan(groups(7)), plan(groups(8))), on: ["plan"] },
        {
            name: "one VM more, day 2",
            round: changed(plan(groupsOf(ids(100))), plan(groupsOf(ids(101)))),
            on: ["plan"],
        },
        {
            name: "too many groups and VMs",
            round: classicPlan(8, ids(101)),
            on: ["plan"],
        },
        {
            name: "too many VMs beside a group whose type is not known",
            round: plan([{ groupType: UNKNOWN, replicationProtectedItems: ids(101).map((id) => ({ id })) }]),
            on: ["plan"],
        },
    ],
    undecided: [
        { name: "groups that are not known", round: plan(UNKNOWN), waitsFor: '"plan": properties.groups' },
        {
            name: "VMs of a group that are not known",
            round: plan([{ groupType: "Boot", replicationProtectedItems: UNKNOWN }]),
            waitsFor: '"plan": properties.groups[0].replicationProtectedItems',
        },
    ],
    inPlace: [
        { name: "in the exported state", round: stateOf(plan(groups(8))), on: ["plan"] },
        { name: "too many VMs in the exported state", round: stateOf(plan(groupsOf(ids(101)))), on: ["plan"] },
    ],
    limits: [
        {
            allowed: { name: "7 groups that start VMs", round: plan(groups(7)) },
            refused: { name: "8 groups that start VMs", round: plan(groups(8)), on: ["plan"] },
        },
        {
            allowed: { name: "classic, 7 groups", round: classicPlan(7) },
            refused: { name: "classic, 8 groups", round: classicPlan(8), on: ["plan"] },
        },
        {
            allowed: { name: "100 VMs", round: plan(groupsOf(ids(100))) },
            refused: { name: "101 VMs", round: plan(groupsOf(ids(101))), on: ["plan"] },
        },
        {
            allowed: { name: "classic, 100 VMs", round: classicPlan(2, ids(100)) },
            refused: { name: "classic, 101 VMs", round: classicPlan(2, ids(101)), on: ["plan"] },
        },
    ],
});
