import { skippedInWords } from "../../src/advice/azure-policy";
import { ways } from "../../src/advice/fix";
import { headline } from "../../src/findings/message";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
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
    remediationSteps:
        "Add a backup item for the restored VM, or exempt it if something else backs it up or you keep it only for a while.",

    check: isCopyWithoutBackup,

    message: ({ copy, found: [{ provider, original, isRenamed, skipping }] }, { dryRun }) => ({
        headline: headline(
            (name, from) => `VM ${name} was restored from a backup of ${from}, but nothing backs it up.`,
            copy,
            original,
        ),
        why: `Azure Backup continues only for the same VM name in the same resource group. ${isRenamed ? "Under another name" : "In another resource group"}, it treats this VM as a new one.`,
        ...(skipping === undefined ? {} : { facts: [skippedInWords(skipping)] }),
        fix: ways(
            [
                {
                    do: `Add a backup item (${WORDS[provider].backupItemType}) for "${copy}", in a vault of its region.`,
                    note: `Keep the old item of "${original}" until its recovery points expire. They are the history of both VMs.`,
                },
                { do: `Exempt "${copy}" from this policy if something outside this program backs it up.` },
                { do: `Exempt "${copy}" until a date if you keep it only for a while.` },
            ],
            dryRun,
        ),
        sources: [
            READINESS.RESTORED_ELSEWHERE.page,
            ...(skipping === undefined ? [] : [COVERAGE.ASSIGNED_BY_IMAGE.page]),
        ],
    }),
});
