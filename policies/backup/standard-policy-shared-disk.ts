import type { VmDisk } from "../../src/model/disks/vm-disks";
import { headline } from "../../src/findings/message";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { type Answer, isTrue } from "../../src/model/answers";
import { disksUnderStandardPolicy } from "./disks-under-standard-policy";

/** BCDR307: a shared disk, with which only an Enhanced policy backs a VM up (VMB-07). */
export const standardPolicySharedDisk = disksUnderStandardPolicy({
    id: "BCDR307",
    name: "standard-policy-shared-disk",
    level: "mandatory",
    severity: "high",
    summary: "A Standard policy backs up a shared disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use an Enhanced policy, or exclude the disk from the backup.",
    isConcerned: ({ definedBy, isShared }: VmDisk): Answer => isTrue(definedBy, isShared),
    headline: (vm, policy) =>
        headline(
            (name, of) =>
                `VM ${name} has a shared disk, which ${policy === undefined ? "a Standard policy" : `Standard policy ${of}`} does not support.`,
            vm,
            policy ?? "",
        ),
    why: "Under a Standard policy, Azure refuses the backup of the VM. An Enhanced policy backs up the VM, but never its shared disks.",
    beforehand:
        "If a Standard policy already backs up the VM, detach the shared disk before you change the policy. Attach it again afterwards.",
    page: VM_BACKUP.SHARED.page,
});
