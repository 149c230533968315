import { osDiskOf } from "../../harness/azure";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import type { SentRound } from "../../harness/stack";
import { classic, nativeWithDisk, OUTSIDE, REPLICATED_DATA, stateOf, UNKNOWN } from "./programs";

const ELEMENT = {
    primaryStagingAzureStorageAccountId: `${OUTSIDE}/providers/Microsoft.Storage/storageAccounts/staging`,
    recoveryResourceGroupId: `${OUTSIDE}-recovery`,
};
const DISK_ACCESS = `${OUTSIDE}-recovery/providers/Microsoft.Compute/diskAccesses/exports`;

/** A data disk with this network access, and what the item asks for on the other side, for either disk. */
function replicated(disk: Properties, replica: Properties): Program {
    return nativeWithDisk(disk, {
        details: {
            vmManagedDisks: [
                { ...ELEMENT, diskId: osDiskOf("web"), ...replica },
                { ...ELEMENT, diskId: ref("data.id"), ...replica },
            ],
        },
    });
}

/** A disk that is private, and its replica. */
function privately(replica: Properties, policy: Content = "AllowPrivate"): Program {
    return replicated({ networkAccessPolicy: policy }, replica);
}

const OPEN = privately({});
const KEPT = { recoveryNetworkAccessPolicy: "AllowPrivate", recoveryDiskAccessId: DISK_ACCESS };

/** The state, with what Azure returns for the replicas. */
function answered(told: Properties): () => SentRound {
    return () => {
        const round = stateOf(OPEN)();
        const toldOf = (key: string, value: unknown): unknown =>
            key === "protectedManagedDisks" && Array.isArray(value)
                ? value.map((disk: Properties) => ({ ...disk, ...told }))
                : value;
        const resources = round.resources.map((each) => ({
            ...each,
            outputs: JSON.parse(JSON.stringify(each.outputs, toldOf)) as typeof each.outputs,
        }));
        return { ...round, resources };
    };
}

function classicDiskAccess(data: Properties): Program {
    const element = {
        stagingStorageAccountId: ELEMENT.primaryStagingAzureStorageAccountId,
        targetResourceGroupId: ELEMENT.recoveryResourceGroupId,
        targetDiskType: "Premium_LRS",
        targetReplicaDiskType: "Premium_LRS",
    };
    const managedDisks = [ref("os.id"), ref("data.id")].map((diskId) => ({ ...element, diskId }));
    return classic({ data, item: { managedDisks } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR236",
    example: OPEN,
    fixed: {
        program: privately(KEPT),
        says: "With a disk access in the target region, and a version of the provider that has these properties:",
    },
    shows: [...REPLICATED_DATA, "data.networkAccessPolicy"],
    holds: [
        { name: "a disk that is public", round: replicated({}, {}) },
        { name: "a disk that says so", round: replicated({ networkAccessPolicy: "AllowAll" }, {}) },
        {
            name: "a disk that is left out",
            round: nativeWithDisk({ networkAccessPolicy: "DenyAll" }, { listed: false }),
        },
        { name: "a replica without public traffic", round: privately({ recoveryPublicNetworkAccess: "Disabled" }) },
        {
            name: "a replica that Azure keeps private",
            round: answered({ recoveryNetworkAccessPolicy: "DenyAll", recoveryPublicNetworkAccess: "Disabled" }),
        },
        { name: "a classic disk that is public", round: classicDiskAccess({ publicNetworkAccessEnabled: true }) },
    ],
    violated: [
        {
            name: "a disk without public traffic",
            round: replicated({ publicNetworkAccess: "Disabled" }, {}),
            on: ["web"],
        },
        { name: "a classic disk", round: classicDiskAccess({ networkAccessPolicy: "DenyAll" }), on: ["web"] },
        {
            name: "a classic disk without public traffic",
            round: classicDiskAccess({ publicNetworkAccessEnabled: false }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "the network access of the disk is not known",
            round: privately({}, UNKNOWN),
            waitsFor: '"data": networkAccessPolicy',
        },
        {
            name: "that of the replica is not known",
            round: privately({ recoveryNetworkAccessPolicy: UNKNOWN }),
            waitsFor: '"item": properties.providerSpecificDetails.vmManagedDisks[0].recoveryNetworkAccessPolicy',
        },
        {
            name: "Azure does not tell that of the replica",
            round: stateOf(OPEN),
            waitsFor: '"item": properties.providerSpecificDetails.protectedManagedDisks[1].recoveryNetworkAccessPolicy',
        },
        {
            name: "nor that of the replica of a classic disk",
            round: stateOf(classicDiskAccess({ networkAccessPolicy: "DenyAll" })),
            waitsFor: '"item": managedDisks[1]',
        },
    ],
    inPlace: [
        {
            name: "a replica that Azure says is public",
            round: answered({ recoveryNetworkAccessPolicy: "AllowAll" }),
            on: ["web"],
        },
    ],
    limits: [
        {
            allowed: { name: "nobody exports it", round: privately({ recoveryNetworkAccessPolicy: "DenyAll" }) },
            refused: {
                name: "all networks",
                round: privately({ recoveryNetworkAccessPolicy: "AllowAll" }),
                on: ["web"],
            },
        },
        {
            allowed: { name: "private with a disk access", round: privately(KEPT) },
            refused: {
                name: "private without a disk access",
                round: privately({ recoveryNetworkAccessPolicy: "AllowPrivate" }),
                on: ["web"],
            },
        },
    ],
});
