import { asSteps } from "../../src/advice/fix";
import { equalsIgnoringCase } from "../../src/model/letter-case";
import { formatArmId } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import { headline, type Message } from "../../src/findings/message";
import { diskInWords, leaveOutSteps, intro } from "../../src/advice/backup";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { compare } from "../../src/model/answers";
import { anyBackedUpDisk, backedUpVmPolicy } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.ENTRA_ACCESS;

/** BCDR309: a backed-up disk that takes no other authentication than Entra ID's (VMB-11). */
export const vmBackupEntraOnlyDisk = backedUpVmPolicy({
    id: "BCDR309",
    name: "vm-backup-entra-only-disk",
    level: "mandatory",
    severity: "high",
    summary: "A backed-up disk takes Entra authentication only.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: (backedUpVm) =>
        anyBackedUpDisk(
            backedUpVm,
            ({ definedBy, accessMode }) =>
                compare(definedBy, accessMode, (mode) => equalsIgnoringCase(mode, limit.accessMode)),
            (disk) => ({ ...diskInWords(disk.attached), id: idOf(disk) }),
        ),

    message: ({ vm, item, provider, found: disks }, { dryRun }): Message => ({
        headline: headline(
            (name) => `VM ${name} has a disk that only accepts Microsoft Entra authentication: its backups fail.`,
            vm,
        ),
        why: `Azure Backup cannot read a disk with dataAccessAuthMode ${limit.accessMode}.`,
        facts: disks.map(({ words }) => words),
        fix: {
            kind: "in order",
            intro: intro(dryRun),
            steps: asSteps([
                ...disks.map(
                    ({ words, id }) =>
                        `Set dataAccessAuthMode of ${words} to "None"${!dryRun && id !== undefined ? `, or now: az disk update --ids ${id} --data-access-auth-mode None` : ""}.`,
                ),
                ...leaveOutSteps(item, provider, disks),
            ]),
        },
        sources: [page],
    }),
});

function idOf({ definedBy }: VmDisk): string | undefined {
    const id = valueOf(definedBy.id);
    return id?.subscription === undefined ? undefined : formatArmId(id);
}
