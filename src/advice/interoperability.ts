import { PAGES, type Page } from "../facts/page";

/** What was backed up, and so what a restore brings back. */
export type BackupKind = "file" | "disk" | "vm";

/** The page has been rewritten over the years, and some organisations must follow an older edition. */
export const EDITIONS = ["2025-12-08", "2019-02-26"] as const;
export type Edition = (typeof EDITIONS)[number];

export interface InteroperabilityTable {
    readonly page: Page;
    /** True where the page counts taking the backup, and not only restoring it, among what is not supported. */
    readonly includesBackup: boolean;
    readonly rows: Readonly<Record<BackupKind, InteroperabilityRow>>;
}

export interface InteroperabilityRow {
    readonly operation: string;
    readonly supported: boolean;
    readonly status: string;
    readonly remedy: string;
}

/** Which operations of Azure Backup leave replication intact: INT-02 to INT-04 (today's page), INT-07 (2019's). */
export const INTEROPERABILITY: Readonly<Record<Edition, InteroperabilityTable>> = {
    "2025-12-08": {
        page: PAGES.INTEROPERABILITY,
        includesBackup: false,
        rows: {
            file: {
                operation: "File restore",
                supported: true,
                status: "supported",
                remedy: "Replication continues",
            },
            disk: {
                operation: "Disk restore",
                supported: false,
                status: "not supported today",
                remedy: "After it, disable replication of the VM and enable it again",
            },
            vm: {
                operation: "VM restore",
                supported: false,
                status: "not supported today",
                remedy: "Disable replication of the VM and enable it again",
            },
        },
    },
    "2019-02-26": {
        page: PAGES.INTEROPERABILITY_2019,
        includesBackup: true,
        rows: {
            file: {
                operation: "File backup and restore",
                supported: true,
                status: "supported",
                remedy: "Replication continues",
            },
            disk: {
                operation: "Disk backup and restore",
                supported: false,
                status: "not currently supported",
                remedy: "Disable protection of the VM and enable it again",
            },
            vm: {
                operation: "VM backup and restore",
                supported: false,
                status: "not supported",
                remedy: "Disable protection of the VM and enable it again",
            },
        },
    },
};

/** The rows for just these kinds, each as one line. */
export function interoperabilityLines(edition: Edition, kinds: readonly BackupKind[]): string[] {
    const { rows } = INTEROPERABILITY[edition];
    return kinds.map((kind) => {
        const { operation, status, remedy } = rows[kind];
        return `${operation}: ${status}. ${remedy}.`;
    });
}
