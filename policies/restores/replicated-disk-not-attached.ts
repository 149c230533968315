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
        "Disable replication of the VM, and enable it again with a replicated item that lists the VM's current disks.",
    disk: "listed disk",

    message: ({ vm, gone, osDiskIsUnlisted, reProtection }, { dryRun }) => {
        const { item } = reProtection;
        const isNewItem = item.isNew && dryRun;
        const isPlannedChange = isPlanned(reProtection, dryRun);
        return {
            headline: headline(
                (name, disk, itemName) =>
                    isNewItem
                        ? `Replicated item ${itemName} lists disk ${disk}, which VM ${name} does not have.`
                        : `Site Recovery replicates disk ${disk}, which VM ${name} ${isPlannedChange ? "will no longer have" : "no longer has"}.`,
                vm,
                listed(gone),
                item.name,
            ),
            why: osDiskIsUnlisted
                ? "The list does not contain the disk that the VM boots from. A failover would bring up the VM as it was before the disks were swapped."
                : isNewItem
                  ? "Site Recovery tracks disks by ID. With another disk in its list, it does not replicate the VM with its current disks."
                  : "Site Recovery does not support removing or swapping a disk of a replicated VM. Until you enable replication again, the VM is not replicated with its current disks.",
            facts:
                osDiskIsUnlisted && !isPlannedChange
                    ? ["A restore in the Azure portal (Replace existing) swaps disks this way."]
                    : [],
            ...reProtectionAdvice(reProtection, dryRun),
            sources: [INTEROPERABILITY["2025-12-08"].page],
        };
    },
});
