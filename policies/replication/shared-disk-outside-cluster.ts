import { isTrue, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { dataDisks, diskProperty, lines, placesOf, quotedDisks, replicatedDiskPolicy } from "./replicated-vm";

/** BCDR211: a shared disk is replicated with a VM that is in no protection cluster (A2A-07). */
export const sharedDiskOutsideCluster = replicatedDiskPolicy({
    id: "BCDR211",
    name: "shared-disk-outside-cluster",
    level: "mandatory",
    severity: "high",
    summary: "A replicated shared disk is in no protection cluster.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",
    appliesTo: ({ item, estate }) => {
        const cluster = estate.replication.clusterOf(item);
        if (cluster.state === "undecided") {
            return unknownAnswer(item, cluster.property);
        }
        return cluster.state === "none" ? YES : NO;
    },

    check: ({ disk: { attached, definedBy, isShared } }) =>
        withEvidence(isTrue(definedBy, isShared), () => {
            const shares = attached.disk.state === "linked" ? valueOf(attached.disk.to.maxShares) : undefined;
            return {
                value: shares === undefined ? "shared" : `shared by up to ${shares} VMs`,
                property: diskProperty(definedBy, "shares"),
            };
        }),

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline(
            (name) => `The replicated VM ${name} has a shared disk and is in no protection cluster.`,
            vm,
        ),
        why: "Site Recovery replicates shared disks only for Windows failover clusters, whose VMs are protected together in a protection cluster.",
        facts: lines(found),
        fix: ways(
            [
                {
                    do:
                        item.provider === "azure-classic"
                            ? `If "${vm}" is a node of a Windows failover cluster: make an azure-native:recoveryservices:ReplicationProtectionCluster for it, and write "${item.name}" as an azure-native:recoveryservices:ReplicationProtectedItem, whose properties.providerSpecificDetails.protectionClusterId names the cluster. The classic provider has no property for it.`
                            : `If "${vm}" is a node of a Windows failover cluster: make an azure-native:recoveryservices:ReplicationProtectionCluster, and let properties.providerSpecificDetails.protectionClusterId of "${item.name}" name it, for every node.`,
                },
                leaveOut(item, dataDisks(found)),
                { do: `If only one VM uses ${quotedDisks(found)}, take ${placesOf(found)} back to 1.` },
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.SHARED.page],
    }),
});
