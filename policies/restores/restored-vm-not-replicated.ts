import { headline } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { isUnreplicatedCopy, restoredCopyPolicy } from "./restored-copies";

/** BCDR420: a restored VM beside the one that it came from, of which only the original is replicated (INT-32). */
export const restoredVmNotReplicated = restoredCopyPolicy({
    id: "BCDR420",
    name: "restored-vm-not-replicated",
    level: "advisory",
    severity: "medium",
    summary: "A restored copy of a replicated VM is not replicated.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    check: isUnreplicatedCopy,

    message: ({ copy, found: [{ original, originalItem }] }) => ({
        headline: headline(
            (name, from) => `VM ${name} was restored from ${from} and is not replicated; only the original is.`,
            copy,
            original,
        ),
        why: `Restoring into a new VM leaves the original and its replication ("${originalItem}") alone, which goes on. But that replication does not cover the copy.`,
        fix: {
            kind: "in order",
            intro: "If the copy is to stay:",
            steps: [
                { do: `Enable replication for "${copy}" by a replicated item of its own that lists its disks.` },
                {
                    do: `If it takes over from "${original}": disable replication of the original, so that nobody fails over the wrong one.`,
                },
                {
                    do: `Set up backup for "${copy}" as well: under another name or in another group it is another VM to Azure Backup.`,
                },
            ],
        },
        sources: [PAGES.VM_RESTORE],
    }),
});
