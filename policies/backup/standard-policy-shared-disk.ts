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
    remediationSteps: "Each finding says what to change.",
    isConcerned: ({ definedBy, isShared }: VmDisk): Answer => isTrue(definedBy, isShared),
    headline: (vm, policy) =>
        headline(
            (name, of) =>
                `VM ${name} has a shared disk, which the Standard policy${policy === undefined ? "" : ` ${of}`} does not support.`,
            vm,
            policy ?? "",
        ),
    why: "Azure Backup does not back shared disks up. An Enhanced policy backs up the rest of the VM; a Standard one refuses the VM.",
    firstSteps: [
        "If the VM is backed up by a Standard policy already: detach the shared disk while the policy changes, and attach it again afterwards.",
    ],
    page: VM_BACKUP.SHARED.page,
});
