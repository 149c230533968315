import { headline } from "../../src/findings/message";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { isCopyWithoutBackup, restoredCopyPolicy } from "./restored-copies";

/** BCDR419: a VM restored under another name or into another group, which the original's backup does not follow. */
export const restoredVmNotBackedUp = restoredCopyPolicy({
    id: "BCDR419",
    name: "restored-vm-not-backed-up",
    level: "advisory",
    severity: "medium",
    summary: "A restored copy of a VM is not backed up.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    check: isCopyWithoutBackup,

    message: ({ copy, found: [{ provider, original, isRenamed }] }) => ({
        headline: headline(
            (name, from) => `VM ${name} was restored from a backup of ${from} and has no backup of its own.`,
            copy,
            original,
        ),
        why: `Backup goes on by itself only under the same name in the same group. ${isRenamed ? "Under another name" : "In another group"} this is another VM to Azure Backup.`,
        fix: {
            kind: "in order",
            intro: "If the VM is to stay:",
            steps: [
                {
                    do: `Give "${copy}" a backup item (${WORDS[provider].backupItemType}) of its own, in a vault of its region.`,
                },
                {
                    do: `Keep the old item of "${original}" until its recovery points expire: they are the history of both.`,
                },
                {
                    do: "If its backup is set up outside of this program, there is nothing to do: exempt it from this policy.",
                },
            ],
        },
        sources: [READINESS.RESTORED_ELSEWHERE.page],
    }),
});
