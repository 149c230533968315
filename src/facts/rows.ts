import { DISK_BACKUP, VM_BACKUP } from "./backup-matrix";
import { BACKUP_POLICIES } from "./backup-policies";
import { COVERAGE } from "./coverage";
import { PLANS } from "./plans";
import { READINESS } from "./readiness";
import { REPLICATION_POLICIES } from "./replication-policies";
import { RESTORES } from "./restores";
import type { Row } from "./row";
import { SITE_RECOVERY } from "./site-recovery-matrix";
import { VAULT_SETTINGS } from "./vault-settings";

const MATRICES: readonly Readonly<Record<string, Row<unknown>>>[] = [
    RESTORES,
    REPLICATION_POLICIES,
    BACKUP_POLICIES,
    SITE_RECOVERY,
    COVERAGE,
    READINESS,
    VAULT_SETTINGS,
    VM_BACKUP,
    DISK_BACKUP,
    PLANS,
];

/** Everything that policies rest on, for tables and for the checks that none is missing. */
export const ROWS: readonly Row<unknown>[] = MATRICES.flatMap((matrix) => Object.values(matrix));
