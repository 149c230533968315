import { headline } from "../../src/findings/message";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { mismatchPolicy } from "./mismatch";

/** BCDR132: replication certainly does not list the OS disk. BCDR131 tells it along where a listed disk is gone. */
export const osDiskNotReplicated = mismatchPolicy({
    id: "BCDR132",
    name: "os-disk-not-replicated",
    level: "mandatory",
    severity: "high",
    summary: "The OS disk of a replicated VM is not replicated.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, let a new replicated item list the disks that the VM has, and enable replication again.",
    disk: "OS disk",

    message: ({ vm, reProtection }, { dryRun }) => ({
        headline: headline((name) => `Replication of VM ${name} does not list the OS disk of the VM.`, vm),
        why: "A VM cannot fail over without the disk that it boots from. Site Recovery knows disks by their ids, and the one of the OS disk is not among them.",
        ...reProtectionAdvice(reProtection, dryRun),
        sources: [INTEROPERABILITY["2025-12-08"].page],
    }),
});
