import { RESTORES } from "./restores";
import type { Row } from "./row";

/** Everything that rules rest on, for tables and for the checks that none is missing. */
export const ROWS: readonly Row<unknown>[] = [RESTORES].flatMap((matrix) => Object.values(matrix));
