import { headline } from "../../src/findings/message";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { isPlanned, reProtectionAdvice } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { RESTORES } from "../../src/facts/restores";
import { restoreFactsInWords, unreplicatedRestorePolicy } from "./restores";

/** BCDR121: a replicated VM boots from a restored disk that is not replicated: the VM was restored. */
export const restoredOsDiskNotReplicated = unreplicatedRestorePolicy({
    id: "BCDR121",
    name: "restored-os-disk-not-replicated",
    level: "mandatory",
    severity: "critical",
    summary: "A replicated VM boots from a restored disk that is not replicated.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, enable it again with a replicated item that lists the VM's current disks, and run a test failover.",
    role: "os",

    message: (facts, { dryRun }) => {
        const { vm, disks, from, reProtection } = facts;
        const { item } = reProtection;
        return {
            headline: headline(
                (name, disk, itemName) =>
                    `VM ${name} ${isPlanned(reProtection, dryRun) ? "will boot" : "boots"} from restored disk ${disk}, but ` +
                    (item.isNew
                        ? `replicated item ${itemName} does not list it.`
                        : "Site Recovery still replicates the old OS disk."),
                vm,
                disks[0] ?? "",
                item.name,
            ),
            why:
                "Site Recovery tracks disks by ID. A failover would bring up the VM as it was before the restore" +
                (from.backup?.moment === undefined ? "." : ` (recovery point ${from.backup.moment} UTC).`),
            facts: restoreFactsInWords(facts, from.backup?.vm !== vm || from.backup.moment === undefined),
            ...reProtectionAdvice(reProtection, dryRun),
            sources: [INTEROPERABILITY["2025-12-08"].page, RESTORES.OS_DISK_SWAP.page],
        };
    },
});
