import { BACKUP_POLICIES } from "./backup-policies";
import { REPLICATION_POLICIES } from "./replication-policies";
import { RESTORES } from "./restores";
import type { Row } from "./row";

const MATRICES: readonly Readonly<Record<string, Row<unknown>>>[] = [RESTORES, REPLICATION_POLICIES, BACKUP_POLICIES];

/** Everything that rules rest on, for tables and for the checks that none is missing. */
export const ROWS: readonly Row<unknown>[] = MATRICES.flatMap((matrix) => Object.values(matrix));
