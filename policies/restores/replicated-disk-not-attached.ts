import { headline } from "../../src/findings/message";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { listed } from "../../src/advice/names";
import { isPlanned, reProtectionAdvice } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { mismatchPolicy } from "./mismatch";

/** BCDR131: replication lists a disk that the VM certainly no longer has: it was swapped or removed. */
export const replicatedDiskNotAttached = mismatchPolicy({
    id: "BCDR131",
    name: "replicated-disk-not-attached",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk is no longer attached to its VM.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, let a new replicated item list the disks that the VM has, and enable replication again.",
    disk: "listed disk",

    message: ({ vm, gone, osDiskIsUnlisted, reProtection }, { dryRun }) => ({
        headline: headline(
            (name, disk) =>
                `Replication of VM ${name} lists the disk ${disk}, which the VM ${isPlanned(reProtection, dryRun) ? "will not have" : "does not have"}.`,
            vm,
            listed(gone),
        ),
        why: osDiskIsUnlisted
            ? "The disk that the VM boots from is not listed, so it was swapped, as a restore in the portal does it. A failover would bring up the VM as it was before."
            : "A disk that was swapped or removed stays in the list, and replication of the VM as it is does not go on. Removing a disk from a replicated VM is not supported.",
        ...reProtectionAdvice(reProtection, dryRun),
        sources: [INTEROPERABILITY["2025-12-08"].page],
    }),
});
