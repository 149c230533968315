import { headline } from "../../src/findings/message";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { restoreFactsInWords, unreplicatedRestorePolicy } from "./restores";

/** BCDR111: a replicated VM has a restored data disk that is not replicated. BCDR121 goes before it. */
export const restoredDataDiskNotReplicated = unreplicatedRestorePolicy({
    id: "BCDR111",
    name: "restored-data-disk-not-replicated",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has a restored data disk that is not replicated.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, enable it again with a replicated item that lists the restored disk, and run a test failover.",
    role: "data",

    message: (facts, { dryRun }) => {
        const { vm, disks, reProtection } = facts;
        const { fix, notes } = reProtectionAdvice(reProtection, dryRun);
        return {
            headline: headline(
                (name, disk) => `VM ${name} is replicated, but its restored data disk ${disk} is not.`,
                vm,
                disks[0] ?? "",
            ),
            why: "Site Recovery tracks disks by ID, and its list leaves this disk out. A failover would bring up the VM without the disk, or with its old content.",
            facts: restoreFactsInWords(facts, true),
            fix,
            notes: [
                ...notes,
                ...(reProtection.item.isNew
                    ? []
                    : [
                          "Site Recovery can also add a single disk to running replication. After a restore, Microsoft asks you to disable replication and enable it again.",
                      ]),
                "If nobody needs this data after a disaster, leave the disk out and exempt the VM from this policy.",
            ],
            sources: [INTEROPERABILITY["2025-12-08"].page],
        };
    },
});
