import { PAGES } from "./page";
import { statement, type Row } from "./row";

/** What a policy of Azure Backup may say, for VMs and for disks. */
export const BACKUP_POLICIES = {
    INSTANT_RESTORE_STANDARD: {
        policies: ["BCDR330"],
        fact: "VMB-24",
        says: "A Standard policy keeps snapshots for 1 to 5 days, 2 unless it says otherwise, and for 5 where backups are weekly.",
        limit: { minimumDays: 1, maximumDays: 5, unsetDays: 2, weeklyDays: 5 },
        page: PAGES.VM_BACKUP_INSTANT,
    } satisfies Row<unknown>,
    INSTANT_RESTORE_ENHANCED: {
        policies: ["BCDR330"],
        fact: "VMB-24",
        says: "An Enhanced policy keeps snapshots for 1 to 30 days, 7 unless it says otherwise; for at most 17 with a backup every 4 hours, 22 with one every 6.",
        limit: {
            minimumDays: 1,
            maximumDays: 30,
            unsetDays: 7,
            byInterval: [
                { hours: 4, maximumDays: 17 },
                { hours: 6, maximumDays: 22 },
            ],
        },
        page: PAGES.VM_BACKUP_ENHANCED,
    } satisfies Row<unknown>,
    INSTANT_RESTORE_ENHANCED_WEEKLY: {
        policies: ["BCDR330"],
        fact: "VMB-24",
        says: "With weekly backups, an Enhanced policy keeps snapshots for 5 to 20 days.",
        // No page has the default; the least passes every other limit.
        limit: { minimumDays: 5, maximumDays: 20, unsetDays: 5 },
        page: PAGES.VM_BACKUP_INSTANT,
        changed: "Before the edition of 2025-06-16, Enhanced policies with weekly backups had no separate limits.",
    } satisfies Row<unknown>,
    INSTANT_RESTORE_IN_RETENTION: statement({
        policies: ["BCDR330"],
        fact: "VMB-24",
        says: "Snapshots are kept no longer than the recovery points in the vault.",
        page: PAGES.VM_BACKUP_INSTANT,
    }),
    DAILY_RETENTION: {
        policies: ["BCDR331", "BCDR330"],
        fact: "VMB-25",
        says: "Daily recovery points are kept for 7 to 9999 days.",
        limit: { minimumDays: 7, maximumDays: 9999 },
        page: PAGES.VM_BACKUP_FAQ,
    } satisfies Row<unknown>,
    HOURLY: {
        policies: ["BCDR332"],
        fact: "VMB-23",
        says: "Only an Enhanced policy backs up several times a day: every 4, 6, 8, 12 or 24 hours.",
        limit: { hours: [4, 6, 8, 12, 24] },
        page: PAGES.VM_BACKUP_ENHANCED,
    } satisfies Row<unknown>,
    CRASH_CONSISTENT: statement({
        policies: ["BCDR333"],
        fact: "VMB-30",
        says: "Only an Enhanced policy takes crash-consistent snapshots of several disks without the agent.",
        page: PAGES.VM_BACKUP_CRASH_CONSISTENT,
    }),
    DISK_INTERVAL: {
        policies: ["BCDR334"],
        fact: "DKB-02",
        says: "Disk Backup takes a backup every 1, 2, 4, 6, 8 or 12 hours, or every day.",
        limit: { hours: [1, 2, 4, 6, 8, 12, 24] },
        page: PAGES.DISK_BACKUP,
    } satisfies Row<unknown>,
    DISK_RETENTION: {
        policies: ["BCDR334"],
        fact: "DKB-04",
        says: "Disk Backup keeps a backup for at most 1 year, and at most 450 backups of a disk under one policy.",
        limit: { maximumDays: 365, maximumPoints: 450 },
        page: PAGES.DISK_BACKUP_FAQ,
        changed:
            "Older pages let a policy keep 180 backups, of 200 snapshots that a disk could have; now it is 450 of 500.",
    } satisfies Row<unknown>,
};
