import { ways } from "../../src/advice/fix";
import { removal } from "../../src/advice/replication-support";
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
    remediationSteps:
        "Add a replicated item for the restored VM. If it replaces the original, disable replication of the original.",

    check: isUnreplicatedCopy,

    message: ({ copy, found: [{ original, originalItem, itemOfOriginal }] }, { dryRun }) => ({
        headline: headline(
            (name, from) => `VM ${name} was restored from ${from}, but only ${from} is replicated.`,
            copy,
            original,
        ),
        why: `Site Recovery continues to replicate the original (item "${originalItem}"). If the region fails, nothing brings up "${copy}".`,
        fix: ways(
            [
                { do: `If you keep both VMs: add a replicated item for "${copy}" that lists its disks.` },
                removal(itemOfOriginal, `If "${copy}" replaces "${original}": replicate "${copy}".`),
                { do: `If you keep "${copy}" only for a while: exempt it from this policy until a date.` },
            ],
            dryRun,
        ),
        notes: [
            "While both are replicated, make sure that nobody fails over the wrong VM.",
            `Back up "${copy}", too. Under another name or in another resource group, Azure Backup treats it as a new VM.`,
        ],
        sources: [PAGES.VM_RESTORE],
    }),
});
