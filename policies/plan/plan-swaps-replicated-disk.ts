import { headline, type Message } from "../../src/findings/message";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { planPolicy } from "../policy";
import { deletedFacts } from "./deleted-disks";
import { type DiskChangesInWords, diskChangeVerdicts } from "./disk-changes";
import { capitalised, tense, says } from "./tense";

/** BCDR601: another disk replaces one that Site Recovery replicates, and the item stays unchanged (INT-10, INT-14). */
export const planSwapsReplicatedDisk = planPolicy<DiskChangesInWords>({
    id: "BCDR601",
    name: "plan-swaps-replicated-disk",
    level: "mandatory",
    severity: "critical",
    summary: "The plan swaps a disk of a replicated VM but keeps its replicated item.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "Disable replication, list the new disk in the replicated item, swap the disk, then enable replication again.",

    evaluate: (plan) => diskChangeVerdicts(plan, ({ swapped }) => swapped),

    message: ({ kind, vm, disks, deleted, reProtection }, circumstances): Message => {
        const now = tense(kind, circumstances);
        const [first] = disks;
        const role = roleInWords(first);
        return {
            headline: headline(
                (name, disk) =>
                    `${says(now, `The plan swaps ${role} ${disk} of VM ${name}`, `${capitalised(role)} ${disk} of VM ${name} was swapped`)}, but Site Recovery still replicates the old disk.`,
                vm,
                first.name,
            ),
            why: `Site Recovery tracks disks by ID. A failover would bring up the VM as it was before the swap${first.role === "os" ? "" : ", or without the new disk"}.`,
            facts: [...disks.map(swapInWords), ...deletedFacts(deleted, now)],
            ...reProtectionAdvice({ ...reProtection, isUnchanged: now !== "planned" }, circumstances.dryRun),
            sources: [first.role === "os" ? PLANS.OS_DISK_SWAP.page : PLANS.DISK_REMOVED.page],
        };
    },
});

type SwappedDisk = DiskChangesInWords["disks"][0];

function roleInWords({ role }: SwappedDisk): string {
    return role === "os" ? "OS disk" : "data disk";
}

function swapInWords(disk: SwappedDisk): string {
    const { name, successor = "" } = disk;
    const by = successor === name ? "a new disk of the same name" : `"${successor}"`;
    return `${capitalised(roleInWords(disk))} "${name}" is replaced by ${by}.`;
}
