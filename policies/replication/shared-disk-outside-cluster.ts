import { isTrue, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { leaveOut, MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import {
    dataDisks,
    diskProperty,
    disksIn,
    lines,
    outsideOfCluster,
    placesOf,
    replicatedDiskPolicy,
} from "./replicated-vm";

/** BCDR211: a shared disk is replicated with a VM that is in no protection cluster (A2A-07). */
export const sharedDiskOutsideCluster = replicatedDiskPolicy({
    id: "BCDR211",
    name: "shared-disk-outside-cluster",
    level: "mandatory",
    severity: "high",
    summary: "A replicated shared disk is in no protection cluster.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Protect all nodes of the cluster together in a protection cluster, or leave the shared disk out of replication.",
    appliesTo: outsideOfCluster,

    check: ({ disk: { attached, definedBy, isShared } }) =>
        withEvidence(isTrue(definedBy, isShared), () => {
            const shares = attached.disk.state === "linked" ? valueOf(attached.disk.to.maxShares) : undefined;
            return {
                value: shares === undefined ? "shared" : `shared by up to ${shares} VMs`,
                property: diskProperty(definedBy, "shares"),
            };
        }),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline((name) => `Replicated VM ${name} has a shared disk but is in no protection cluster.`, vm),
        why: `Site Recovery replicates shared disks only for Windows failover clusters, with all nodes in one protection cluster. ${MAY_NOT_REPLICATE}`,
        facts: lines(found),
        fix: ways(
            [
                {
                    do: `If "${vm}" is a node of a Windows failover cluster, create a ReplicationProtectionCluster (azure-native:recoveryservices). Reference it in the replicated item of every node.`,
                    where: `properties.providerSpecificDetails.protectionClusterId of "${item.name}"`,
                    ...(item.provider === "azure-classic"
                        ? {
                              note: `The classic provider has no property for this. Define "${item.name}" as azure-native:recoveryservices:ReplicationProtectedItem.`,
                          }
                        : {}),
                },
                ...leaveOut(item, dataDisks(found)),
                {
                    do: `If only "${vm}" uses ${disksIn(found)}, stop sharing: set the maximum number of shares to 1.`,
                    where: placesOf(found),
                },
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.SHARED.page],
    }),
});
