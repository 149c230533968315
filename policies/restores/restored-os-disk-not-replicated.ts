import { headline } from "../../src/findings/message";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { quoted } from "../../src/advice/names";
import { isPlanned, reProtectionAdvice } from "../../src/advice/re-protection";
import { sourceInWords } from "../../src/advice/restore-source";
import { NIST } from "../../src/facts/frameworks";
import { listMadeFromInWords, unreplicatedRestorePolicy } from "./restores";

/** BCDR121: a replicated VM boots from a restored disk that replication does not know: the VM was restored. */
export const restoredOsDiskNotReplicated = unreplicatedRestorePolicy({
    id: "BCDR121",
    name: "restored-os-disk-not-replicated",
    level: "mandatory",
    severity: "critical",
    summary: "A replicated VM boots from a restored disk that is not replicated.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, let a new replicated item list the disks that it runs on now, enable replication again, and run a test failover.",
    role: "os",

    message: ({ vm, disks, from, reProtection, isPossible, listMadeFrom }, { dryRun }) => ({
        headline: headline(
            (name, disk) =>
                `VM ${name} ${isPlanned(reProtection, dryRun) ? "will boot" : "boots"} from the restored disk ${disk}, which its replication does not know.`,
            vm,
            disks[0] ?? "",
        ),
        why:
            `The disk ${isPossible ? "looks restored" : "is restored"} from ${sourceInWords(from, `"${from.backup?.vm ?? ""}"`)}. Site Recovery knows ` +
            "the disks of a VM by id and does not follow it onto others: a failover would bring up the VM as it was before the restore." +
            (disks.length > 1 ? ` The same goes for ${quoted(disks.slice(1))}.` : ""),
        facts: listMadeFromInWords({ listMadeFrom }),
        ...reProtectionAdvice(reProtection, dryRun),
        sources: [INTEROPERABILITY["2025-12-08"].page],
    }),
});
