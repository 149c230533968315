import { displayName } from "../../src/model/ids/display-name";
import { repetitionHours } from "../../src/model/duration";
import { type Value, valueOf } from "../../src/model/values";
import type { AzureResource, DiskBackup, DiskBackupPolicy } from "../../src/model/resources";
import type { Estate } from "../../src/model/estate";
import { headline, type Message } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { WORDS } from "../../src/advice/property-names";
import { DISK_BACKUP } from "../../src/facts/backup-matrix";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { all, any, type Answer, compare, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { type BackedUpDisk, diskBackupPolicy, disksMeant } from "./disk-backups";

const { limit, page } = DISK_BACKUP.ULTRA_AND_PREMIUM_V2;
const KINDS = new Map(Object.entries(limit.kinds).map(([sku, kind]) => [sku.toLowerCase(), kind]));
const MOST_A_DAY = 24 / limit.leastHours;

interface Kind {
    /** `Premium SSD v2` */
    readonly kind: string;
    readonly definedBy: AzureResource;
}

interface Schedule {
    readonly policy: DiskBackupPolicy;
    readonly timesADay: number;
    /** Where the program has the first of its intervals. */
    readonly property: string;
}

interface TooOften {
    readonly kind: string;
    readonly policy: string;
    readonly isNewPolicy: boolean;
    readonly timesADay: number;
    readonly property: string;
    readonly restsOn: readonly AzureResource[];
}

/** BCDR323: Disk Backup of a Premium SSD v2 or Ultra disk more often than Azure allows (DKB-02). */
export const diskBackupPremiumV2Interval = diskBackupPolicy<TooOften>({
    id: "BCDR323",
    name: "disk-backup-premium-v2-interval",
    level: "mandatory",
    severity: "high",
    summary: "Disk Backup of a Premium SSD v2 or Ultra disk is too frequent.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Assign a Disk Backup policy with an interval of 12 hours or one day.",

    check: ({ backedUp, estate }) => {
        const kinds = kindsOf(estate, backedUp);
        const schedules = kinds.answer === "no" ? NO : tooOften(estate, backedUp.backup);
        if (kinds.answer !== "yes" || schedules.answer !== "yes") {
            return all([kinds, schedules]);
        }
        const items = kinds.items.flatMap(({ kind, definedBy }) =>
            schedules.items.map(({ policy, timesADay, property }) => ({
                kind,
                policy: displayName(policy),
                isNewPolicy: policy.lifetime === "new",
                timesADay,
                property,
                restsOn: [definedBy, policy],
            })),
        );
        return { answer: "yes", items };
    },

    message: ({ instance, disk, provider, isNew, found: [found] }, { dryRun }): Message => {
        const { kind, policy, isNewPolicy, timesADay, property } = found;
        return {
            headline: headline(
                (of, name) =>
                    `Disk Backup policy ${of} backs up ${kind} disk ${name} ${often(timesADay)}, but Azure allows only every ${limit.leastHours} or 24 hours.`,
                policy,
                disk,
            ),
            why: "Azure can refuse the backup instance, and then the disk has no backup. Other kinds of disk allow shorter intervals.",
            fix: ways(
                [
                    isNewPolicy
                        ? { do: `Set the interval of "${policy}" to ${LONG_ENOUGH}.`, where: property }
                        : {
                              do: `Create a Disk Backup policy with an interval of ${LONG_ENOUGH}, and assign it to "${instance}".`,
                              where: WORDS[provider].backup.followsDiskPolicy,
                              note: `Other disks can keep "${policy}".`,
                          },
                    {
                        do: `Back up the VM as a whole under an Enhanced policy, and remove "${instance}" from the program.`,
                        note: `An Enhanced policy also backs up Premium SSD v2 and Ultra disks.${isNew ? "" : " Deleting a backup instance deletes its snapshots."}`,
                    },
                ],
                dryRun,
            ),
            sources: [page],
        };
    },
});

const LONG_ENOUGH = `${limit.leastHours} hours (PT${limit.leastHours}H) or one day (P1D)`;

/** By the disk, or by the VM that Azure makes it with. Without a kind, Azure makes neither of the two. */
function kindsOf(estate: Estate, backedUp: BackedUpDisk): Answer<Kind> {
    const { disk, vms } = backedUp;
    const disks = [
        ...(disk === undefined ? [] : [{ definedBy: disk, sku: disk.sku }]),
        ...vms.flatMap((vm) => disksMeant(estate, vm, backedUp)),
    ];
    return any(
        disks.map(({ definedBy, sku }) => {
            const kind = KINDS.get(valueOf(sku)?.toLowerCase() ?? "");
            return withEvidence(
                compare(definedBy, sku, () => kind !== undefined),
                () => ({ kind: kind ?? "", definedBy }),
            );
        }),
    );
}

function tooOften(estate: Estate, backup: DiskBackup): Answer<Schedule> {
    const link = estate.backup.policyOf(backup);
    switch (link.state) {
        case "linked":
            return scheduledTooOften(link.to);
        case "undecided":
            return unknownAnswer(backup, link.property);
        case "external":
        case "none":
            return NO;
    }
}

/** An interval that no disk takes is BCDR334's. */
function scheduledTooOften(policy: DiskBackupPolicy): Answer<Schedule> {
    const { value } = policy.schedule;
    const intervals = valueOf(value) ?? [];
    const timesADay = intervals
        .map((interval) => repetitionHours(valueOf(interval.value) ?? "") ?? NaN)
        .filter((hours) => BACKUP_POLICIES.DISK_INTERVAL.limit.hours.includes(hours))
        .reduce((sum, hours) => sum + 24 / hours, 0);
    if (timesADay > MOST_A_DAY) {
        const property = intervals[0]?.property ?? policy.schedule.property;
        return { answer: "yes", items: [{ policy, timesADay, property }] };
    }
    const decisive: readonly Value<unknown>[] = [value, ...intervals.map((interval) => interval.value)];
    return any(decisive.map((each) => compare(policy, each, () => false)));
}

function often(timesADay: number): string {
    const hours = 24 / timesADay;
    return hours === 1 ? "every hour" : Number.isInteger(hours) ? `every ${hours} hours` : `${timesADay} times a day`;
}
