import { headline } from "../../src/findings/message";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { RESTORES } from "../../src/facts/restores";
import { mismatchPolicy } from "./mismatch";

/** BCDR132: replication certainly does not list the OS disk. Where the VM lacks a listed disk, BCDR131 reports both. */
export const osDiskNotReplicated = mismatchPolicy({
    id: "BCDR132",
    name: "os-disk-not-replicated",
    level: "mandatory",
    severity: "high",
    summary: "The OS disk of a replicated VM is not replicated.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "restore"],
    remediationSteps:
        "List the OS disk in the replicated item. If the VM is already replicated, disable its replication first, and enable it again with that list.",
    disk: "OS disk",

    message: ({ vm, reProtection }, { dryRun }) => ({
        headline: headline(
            (name, item) => `Replicated item ${item} does not list the OS disk of VM ${name}.`,
            vm,
            reProtection.item.name,
        ),
        why: "Site Recovery tracks disks by ID. Without the disk that it boots from, the VM cannot fail over.",
        ...reProtectionAdvice(reProtection, dryRun),
        sources: [RESTORES.OS_DISK_SWAP.page, INTEROPERABILITY["2025-12-08"].page],
    }),
});
