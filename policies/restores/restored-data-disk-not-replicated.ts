import { headline } from "../../src/findings/message";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { listed } from "../../src/advice/names";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { sourceInWords } from "../../src/advice/restore-source";
import { NIST } from "../../src/facts/frameworks";
import { listMadeFromInWords, unreplicatedRestorePolicy } from "./restores";

/** BCDR111: a replicated VM has a restored data disk that replication does not know. BCDR121 takes its place. */
export const restoredDataDiskNotReplicated = unreplicatedRestorePolicy({
    id: "BCDR111",
    name: "restored-data-disk-not-replicated",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has a restored data disk that is not replicated.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, let a new replicated item list the restored disk, enable replication again, and run a test failover.",
    role: "data",

    message: ({ vm, disks, from, reProtection, isPossible, listMadeFrom }, { dryRun }) => ({
        headline: headline(
            (name, disk) => `VM ${name} is replicated, but not its restored data disk ${disk}.`,
            vm,
            listed(disks),
        ),
        why:
            `The disk ${isPossible ? "looks restored" : "is restored"} from ${sourceInWords(from, `"${from.backup?.vm ?? ""}"`)}, and the list of disks under replication ` +
            "leaves it out: a failover would bring the VM up without it, or with its old content. Adding one disk to running " +
            "replication works as well, but after a restore Microsoft asks for the full cycle. Data that nobody needs after a disaster may stay out, with an exemption.",
        facts: listMadeFromInWords({ listMadeFrom }),
        ...reProtectionAdvice(reProtection, dryRun),
        sources: [INTEROPERABILITY["2025-12-08"].page],
    }),
});
