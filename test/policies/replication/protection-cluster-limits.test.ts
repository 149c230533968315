import { attached, disk, osDiskOf, replicatedItem, SURROUNDINGS, vm } from "../../harness/azure";
import { embedded } from "../../harness/embedded";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { classic, fabric, OUTSIDE, stateOf, UNKNOWN } from "./programs";

const WINDOWS = "Windows";
const LINUX = "Linux";
const FIVE = [WINDOWS, WINDOWS, WINDOWS, WINDOWS, WINDOWS];

interface Options {
    /** The operating system of each VM. */
    readonly vms?: readonly Content[];
    /** Shared disks of each VM. */
    readonly disks?: readonly (readonly string[])[];
    readonly details?: Properties;
    /** Properties of the cluster. */
    readonly cluster?: Properties;
    readonly listed?: readonly Properties[];
    readonly sku?: string;
    readonly more?: Program;
}

/** A cluster with a node for each VM, and with the shared disk `data`. */
function clusterOf({
    vms = [WINDOWS, WINDOWS],
    disks = vms.map(() => ["data"]),
    details = {},
    cluster = {},
    listed = [{ diskId: ref("data.id") }],
    sku = "Premium_LRS",
    more = {},
}: Options = {}): Program {
    const nodes = vms.map((osType, index): Program => {
        const name = `sql${index + 1}`;
        const item = replicatedItem(ref(`${name}.id`), [osDiskOf(name)], {
            protectionClusterId: ref("cluster.id"),
            ...details,
        });
        return {
            [name]: vm({
                name,
                over: {
                    storageProfile: {
                        osDisk: { createOption: "FromImage", osType },
                        dataDisks: (disks[index] ?? []).map((each, lun) => attached(lun, ref(`${each}.id`))),
                    },
                },
            }),
            [`${name}Item`]: { ...item, properties: { ...item.properties, fabricName: ref("here.name") } },
        };
    });
    return {
        ...SURROUNDINGS,
        here: fabric("westeurope"),
        there: fabric("northeurope"),
        ...more,
        data: disk({ name: "data", over: { maxShares: 5, sku: { name: sku } } }),
        cluster: clusterWith({
            sharedDiskProperties: {
                sharedDiskProviderSpecificDetails: { instanceType: "A2A", protectedManagedDisks: listed },
            },
            ...cluster,
        }),
        ...Object.assign({}, ...nodes),
    } as Program;
}

function clusterWith(properties: Properties): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationProtectionCluster",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName: ref("here.name"),
            protectionContainerName: "westeurope",
            replicationProtectionClusterName: "sql",
            properties,
        },
    };
}

function policy(appConsistentFrequencyInMinutes: Content): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationPolicy",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            policyName: "points",
            properties: {
                providerSpecificInput: {
                    instanceType: "A2A",
                    multiVmSyncStatus: "Enable",
                    recoveryPointHistory: 1440,
                    appConsistentFrequencyInMinutes,
                },
            },
        },
    };
}

function withPoints(minutes: Content): Program {
    return clusterOf({ cluster: { policyId: ref("points.id") }, more: { points: policy(minutes) } });
}

function inPlan(id: Content): Program {
    return {
        ...clusterOf(),
        plan: {
            type: "azure-native:recoveryservices:ReplicationRecoveryPlan",
            properties: {
                resourceGroupName: ref("rg.name"),
                resourceName: ref("recovery.name"),
                recoveryPlanName: "dr",
                properties: {
                    primaryFabricId: ref("here.id"),
                    recoveryFabricId: ref("there.id"),
                    groups: [{ groupType: "Boot", replicationProtectedItems: [{ id }] }],
                },
            },
        },
    };
}

const OTHER: Program = { other: disk({ name: "other", over: { maxShares: 2 } }) };

function to(name: "here" | "there"): Properties {
    return { recoveryContainerId: text`${ref(`${name}.id`)}/replicationProtectionContainers/other-side` };
}

function redundancy(sku: string, target: Content, place: "here" | "there"): Program {
    return clusterOf({
        sku,
        details: to(place),
        listed: [{ diskId: ref("data.id"), recoveryTargetDiskAccountType: target }],
    });
}

const ITEMS = `${OUTSIDE}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectedItems`;

export const cases = policyCases(__filename, {
    policyId: "BCDR229",
    example: withPoints(60),
    fixed: { program: withPoints(0) },
    shows: [
        "cluster.properties.policyId",
        "points.properties.providerSpecificInput",
        "sql1Item.properties.providerSpecificDetails.protectionClusterId",
    ],
    holds: [
        { name: "two nodes", round: clusterOf() },
        { name: "in the exported state", round: stateOf(clusterOf()) },
        { name: "items without a cluster", round: classic() },
        { name: "zone-redundant to zone-redundant", round: redundancy("Premium_ZRS", "Premium_ZRS", "there") },
        { name: "locally redundant to zone-redundant", round: redundancy("Premium_LRS", "Premium_ZRS", "there") },
    ],
    violated: [
        {
            name: "five nodes of another stack",
            round: clusterOf({
                cluster: { clusterProtectedItemIds: [1, 2, 3, 4, 5].map((each) => `${ITEMS}/${each}`) },
            }),
            on: ["cluster"],
        },
        {
            name: "five nodes, in a template",
            round: embedded(clusterOf({ vms: FIVE }), new Set(["protection cluster"]), "template"),
            on: ["cluster"],
        },
        { name: "a node in a recovery plan", round: inPlan(ref("sql1Item.id")), on: ["cluster"] },
        {
            name: "several limits",
            round: clusterOf({ vms: [LINUX, ...FIVE.slice(1)] }),
            on: ["cluster"],
        },
    ],
    undecided: [
        {
            name: "an interval that is not known",
            round: withPoints(UNKNOWN),
            waitsFor: '"points": properties.providerSpecificInput.appConsistentFrequencyInMinutes',
        },
        {
            name: "nodes that are not known",
            round: clusterOf({ cluster: { clusterProtectedItemIds: UNKNOWN } }),
            waitsFor: '"cluster": properties.clusterProtectedItemIds',
        },
        {
            name: "an operating system that is not known",
            round: clusterOf({ vms: [UNKNOWN, WINDOWS] }),
            waitsFor: '"sql1": storageProfile.osDisk.osType',
        },
        {
            name: "a type that is not known",
            round: redundancy("Premium_ZRS", UNKNOWN, "there"),
            waitsFor:
                '"cluster": properties.sharedDiskProperties.sharedDiskProviderSpecificDetails.protectedManagedDisks[0].recoveryTargetDiskAccountType',
        },
    ],
    inPlace: [
        {
            name: "five nodes, in the exported state",
            round: stateOf(clusterOf({ vms: FIVE })),
            on: ["cluster"],
        },
        {
            name: "a node on Linux, in the exported state",
            round: stateOf(clusterOf({ vms: [LINUX, WINDOWS] })),
            on: ["cluster"],
        },
        { name: "in the exported state", round: stateOf(withPoints(60)), on: ["cluster"] },
    ],
    limits: [
        {
            allowed: { name: "four nodes", round: clusterOf({ vms: FIVE.slice(1) }) },
            refused: { name: "five nodes", round: clusterOf({ vms: FIVE }), on: ["cluster"] },
        },
        {
            allowed: { name: "without app-consistent points", round: withPoints(0) },
            refused: { name: "with some", round: withPoints(60), on: ["cluster"] },
        },
        {
            allowed: {
                name: "the same disks",
                round: clusterOf({
                    more: OTHER,
                    disks: [
                        ["data", "other"],
                        ["other", "data"],
                    ],
                }),
            },
            refused: {
                name: "one more",
                round: clusterOf({ more: OTHER, disks: [["data", "other"], ["data"]] }),
                on: ["cluster"],
            },
        },
        {
            allowed: {
                name: "zone-redundant, between regions",
                round: redundancy("StandardSSD_ZRS", "StandardSSD_ZRS", "there"),
            },
            refused: {
                name: "to locally redundant",
                round: redundancy("StandardSSD_ZRS", "StandardSSD_LRS", "there"),
                on: ["cluster"],
            },
        },
        {
            allowed: {
                name: "locally redundant, between zones",
                round: redundancy("Premium_LRS", "Premium_LRS", "here"),
            },
            refused: {
                name: "to zone-redundant",
                round: redundancy("Premium_LRS", "Premium_ZRS", "here"),
                on: ["cluster"],
            },
        },
        {
            allowed: { name: "Premium SSD v2", round: redundancy("PremiumV2_LRS", "PremiumV2_LRS", "there") },
            refused: {
                name: "to another redundancy",
                round: redundancy("PremiumV2_LRS", "Premium_ZRS", "there"),
                on: ["cluster"],
            },
        },
    ],
});
