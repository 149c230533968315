import { includesIgnoringCase } from "../../src/model/letter-case";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import { headline } from "../../src/findings/message";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { type Answer, compare } from "../../src/model/answers";
import { disksUnderStandardPolicy } from "./disks-under-standard-policy";

const { limit, page } = VM_BACKUP.ULTRA_AND_PREMIUM_V2;

/** BCDR305: an Ultra or Premium SSD v2 disk, which only an Enhanced policy backs up (VMB-04). */
export const standardPolicyUltraOrPremiumV2Disk = disksUnderStandardPolicy({
    id: "BCDR305",
    name: "standard-policy-ultra-or-premium-v2-disk",
    level: "mandatory",
    severity: "high",
    summary: "A Standard policy backs up an Ultra or Premium SSD v2 disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use an Enhanced policy, or exclude the disks from the backup.",
    isConcerned: ({ definedBy, sku }: VmDisk): Answer =>
        compare(definedBy, sku, (name) => includesIgnoringCase(limit.skus, name)),
    headline: (vm, policy) =>
        headline(
            (name, of) =>
                `VM ${name} has Ultra or Premium SSD v2 disks, which ${policy === undefined ? "a Standard policy" : `Standard policy ${of}`} does not support.`,
            vm,
            policy ?? "",
        ),
    why: "Under a Standard policy, Azure refuses the backup of the VM. Only Enhanced policies back up Ultra and Premium SSD v2 disks.",
    page,
});
