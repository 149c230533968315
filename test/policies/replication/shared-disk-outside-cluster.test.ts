import { osDiskOf } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { classic, nativeWithDisk, OTHER_CLUSTER, REPLICATED_DATA, stateOf, UNKNOWN } from "./programs";

const SHARED = { maxShares: 2 };
const CLUSTER: Program = {
    cluster: {
        type: "azure-native:recoveryservices:ReplicationProtectionCluster",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName: "westeurope",
            protectionContainerName: "westeurope",
            properties: {
                sharedDiskProperties: {
                    sharedDiskProviderSpecificDetails: {
                        instanceType: "A2A",
                        protectedManagedDisks: [{ diskId: ref("data.id") }],
                    },
                },
            },
        },
    },
};
const IN_CLUSTER = { more: CLUSTER, details: { protectionClusterId: ref("cluster.id") }, disks: [osDiskOf("web")] };

export const cases = policyCases(__filename, {
    policyId: "BCDR211",
    example: nativeWithDisk(SHARED),
    fixed: {
        program: nativeWithDisk(SHARED, IN_CLUSTER),
        says: "With the shared disk in a protection cluster, to which the item of every node refers:",
    },
    shows: [...REPLICATED_DATA, "data.maxShares"],
    holds: [
        { name: "a shared disk that is left out", round: stateOf(nativeWithDisk(SHARED, { listed: false })) },
        {
            name: "a cluster of another stack",
            round: nativeWithDisk(SHARED, {
                details: { protectionClusterId: OTHER_CLUSTER },
            }),
        },
        { name: "a classic disk that nobody shares", round: classic() },
    ],
    violated: [{ name: "classic", round: classic({ data: SHARED }), on: ["web"] }],
    undecided: [
        {
            name: "a number that is not known",
            round: nativeWithDisk({ maxShares: UNKNOWN }),
            waitsFor: '"data": maxShares',
        },
        {
            name: "a cluster that is not known",
            round: nativeWithDisk(SHARED, { details: { protectionClusterId: UNKNOWN } }),
            waitsFor: '"item": properties.providerSpecificDetails.protectionClusterId',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(nativeWithDisk(SHARED)), on: ["web"] }],
    limits: [
        {
            allowed: { name: "one share", round: nativeWithDisk({ maxShares: 1 }) },
            refused: { name: "two", round: nativeWithDisk(SHARED), on: ["web"] },
        },
        {
            allowed: { name: "in a protection cluster", round: nativeWithDisk(SHARED, IN_CLUSTER) },
            refused: { name: "beside one", round: nativeWithDisk(SHARED, { more: CLUSTER }), on: ["web"] },
        },
    ],
});
