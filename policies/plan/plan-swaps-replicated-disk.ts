import { headline, type Message } from "../../src/findings/message";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { planPolicy } from "../policy";
import { deletedWords } from "./deleted-disks";
import { type DiskChangesInWords, diskChangeVerdicts } from "./disk-changes";
import { tense, says } from "./tense";

/** BCDR601: another disk takes the place of one that replication knows, and the item stays as it is (INT-10, INT-14). */
export const planSwapsReplicatedDisk = planPolicy<DiskChangesInWords>({
    id: "BCDR601",
    name: "plan-swaps-replicated-disk",
    level: "mandatory",
    severity: "critical",
    summary: "The plan swaps a disk of a VM and leaves its replication as it is.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    evaluate: (plan) => diskChangeVerdicts(plan, ({ swapped }) => swapped),

    message: ({ kind, vm, disks, deleted, reProtection }, circumstances): Message => {
        const now = tense(kind, circumstances);
        const [first] = disks;
        const which = first.role === "os" ? "OS disk" : "data disk";
        return {
            headline: headline(
                (name, disk) =>
                    `${says(now, `The plan swaps the ${which} ${disk} of VM ${name}`, `The ${which} ${disk} of VM ${name} has been swapped`)}; its replication does not follow.`,
                vm,
                first.name,
            ),
            why:
                "Site Recovery knows the disks of a VM by id, from the moment at which replication was enabled. The disk that is new to it is not " +
                `replicated: a failover would bring up the VM as it was before${first.role === "os" ? "" : ", or without that disk"}.`,
            facts: [
                ...disks.map(({ name, successor, role }) => {
                    const disk = `${role === "os" ? "OS disk" : "data disk"}: "${name}"`;
                    return successor === name
                        ? `${disk} is made anew under its name`
                        : `${disk} gives way to "${successor ?? ""}"`;
                }),
                ...deletedWords(deleted, now),
            ],
            ...reProtectionAdvice({ ...reProtection, isUnchanged: now !== "planned" }, circumstances.dryRun),
            sources: [PLANS.NEW_DISK_ID.page],
        };
    },
});
