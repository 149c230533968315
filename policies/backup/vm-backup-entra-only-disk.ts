import { equalsIgnoringCase } from "../../src/model/letter-case";
import { valueOf } from "../../src/model/values";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import { headline, type Message } from "../../src/findings/message";
import { idsInCli } from "../../src/advice/azure-cli";
import { diskInWords, leaveOutSteps } from "../../src/advice/backup";
import { ways } from "../../src/advice/fix";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { compare } from "../../src/model/answers";
import { anyBackedUpDisk, backedUpVmPolicy } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.ENTRA_ACCESS;

/** BCDR309: a backed-up disk that accepts only Microsoft Entra authentication (VMB-11). */
export const vmBackupEntraOnlyDisk = backedUpVmPolicy({
    id: "BCDR309",
    name: "vm-backup-entra-only-disk",
    level: "mandatory",
    severity: "high",
    summary: "A backed-up disk accepts only Microsoft Entra authentication.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Turn off Entra-only access on the disk, or exclude it from the backup.",

    check: (backedUpVm) =>
        anyBackedUpDisk(
            backedUpVm,
            ({ definedBy, accessMode }) =>
                compare(definedBy, accessMode, (mode) => equalsIgnoringCase(mode, limit.accessMode)),
            (disk) => ({
                ...diskInWords(disk.attached),
                inCli: inCli(disk),
                restsOn: backedUpVm.estate.disks.resourcesOf(disk.attached),
            }),
        ),

    message: ({ vm, item, provider, found: disks }, { dryRun }): Message => {
        const these = disks.length === 1 ? "the disk" : "these disks";
        const commands = dryRun
            ? []
            : disks.flatMap(({ inCli: ids }) => (ids === undefined ? [] : [`az disk update ${ids} ${NO_ENTRA}`]));
        return {
            headline: headline(
                (name) =>
                    `VM ${name} has ${disks.length === 1 ? "a disk that accepts" : `${disks.length} disks that accept`} only Microsoft Entra authentication, so its backups fail.`,
                vm,
            ),
            why: `Azure Backup cannot read ${these}, and the VM has no recovery point.`,
            facts: disks.map(({ words }) => words),
            fix: ways(
                [
                    {
                        do: `Turn off Entra-only access for ${these}${commands.length === 0 ? "." : ", in the program and in Azure:"}`,
                        ...(commands.length === 0 ? {} : { commands }),
                        where: 'dataAccessAuthMode = "None"',
                    },
                    ...leaveOutSteps(item, provider, disks),
                ],
                dryRun,
            ),
            sources: [page],
        };
    },
});

const NO_ENTRA = "--data-access-auth-mode None";

function inCli({ definedBy }: VmDisk): string | undefined {
    const id = valueOf(definedBy.id);
    return id?.subscription === undefined ? undefined : idsInCli(id);
}
