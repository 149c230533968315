import { headline, type Message } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { any, type Answer, isTrue, withEvidence } from "../../src/model/answers";
import { areMoreThan, type BackedUpVm, backedUpVmPolicy, dataDisksOf } from "./backed-up-vm";
import type { RestsOn } from "../verdicts";

const { limit, page } = VM_BACKUP.DISK_COUNT;

interface TooMany {
    readonly dataDisks: number;
    readonly isUnmanaged: boolean;
}

/** BCDR303: a backed-up VM with more data disks than Azure Backup supports (VMB-01). */
export const vmBackupTooManyDisks = backedUpVmPolicy<TooMany>({
    id: "BCDR303",
    name: "vm-backup-too-many-disks",
    level: "mandatory",
    severity: "high",
    summary: "A backed-up VM has more data disks than Azure Backup supports.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use fewer disks, or exclude data disks from the backup.",

    check: hasTooMany,

    message: ({ vm, item, provider, found: [{ dataDisks, isUnmanaged }] }, { dryRun }): Message => ({
        headline: headline(
            (name) =>
                `VM ${name} is backed up with ${dataDisks} data disks, but Azure Backup supports at most ${isUnmanaged ? `${limit.unmanagedDisks} unmanaged disks` : limit.disks}.`,
            vm,
        ),
        why: "Azure refuses the backup, or it fails. The VM then has no recovery point.",
        fix: ways(
            [
                ...(isUnmanaged && dataDisks <= limit.disks
                    ? [
                          {
                              do: `Convert the disks of "${vm}" to managed disks. Azure Backup supports at most ${limit.disks} of these.`,
                              note: "Azure retired unmanaged disks on 2026-03-31.",
                          },
                      ]
                    : []),
                {
                    do: `Use at most ${isUnmanaged ? limit.unmanagedDisks : limit.disks} data disks for "${vm}".`,
                    note: "Move the data to fewer, larger disks or to a second VM.",
                },
                {
                    do: `Exclude data disks from the backup in item "${item}"${isUnmanaged ? "" : ", and protect them with Azure Disk Backup"}.`,
                    where: WORDS[provider].backup.leavesDisksOut,
                    note: isUnmanaged
                        ? "Recovery points then do not contain the data on these disks."
                        : "Disk Backup protects each disk separately. Its backups of several disks are not from the same point in time.",
                },
            ],
            dryRun,
        ),
        sources: [page],
    }),
});

/** Data disks alone: whether the OS disk counts towards the limit, the page leaves open. */
function hasTooMany(backedUpVm: BackedUpVm): Answer<TooMany & RestsOn> {
    const { vm, estate } = backedUpVm;
    const dataDisks = dataDisksOf(backedUpVm, limit.unmanagedDisks);
    const { certain } = dataDisks;
    const unmanaged = any(estate.disks.of(vm).map(({ settings }) => isTrue(vm, settings.unmanaged)));
    const most = unmanaged.answer === "no" ? limit.disks : limit.unmanagedDisks;
    const answer = areMoreThan(most, dataDisks);
    return withEvidence(answer.answer === "yes" && certain <= limit.disks ? unmanaged : answer, () => ({
        dataDisks: certain,
        isUnmanaged: most === limit.unmanagedDisks,
        restsOn: estate.disks.of(vm).flatMap(({ attached }) => estate.disks.resourcesOf(attached)),
    }));
}
