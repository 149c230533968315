import { isatty } from "node:tty";
import type { GraphProgress } from "../inventory/graph-pages";
import {
    AzurePackagesMissing,
    connectAzure,
    isSignInError,
    signInCode,
    type AskGraph,
    type CloudName,
} from "../inventory/resource-graph";
import { endProgress, printNotes, printProgress } from "./printing";
import { UsageError } from "./usage-error";

/**
 * Does something with Azure Resource Graph.
 *
 * @throws UsageError where the clients are not installed, or no token is to be had
 */
export async function askAzure<Result>(
    cloud: CloudName,
    use: (ask: AskGraph) => Promise<Result>,
    connect: (cloud: CloudName) => Promise<AskGraph> = connectAzure,
): Promise<Result> {
    try {
        return await use(await connect(cloud));
    } catch (error) {
        if (error instanceof AzurePackagesMissing) {
            throw new UsageError(error.message);
        }
        if (isSignInError(error)) {
            const code = signInCode(error);
            throw new UsageError(
                `Azure gave no token${code === undefined ? "" : ` (${code})`}. Sign in with az login, or give the variables of a service principal, a workload identity or a managed identity to this process.`,
            );
        }
        throw error;
    }
}

/** Between two lines where nobody watches. */
const PAGES_PER_LINE = 50;

function isWatched(): boolean {
    return isatty(process.stderr.fd);
}

export function showProgress({ table, pages, rows }: GraphProgress): void {
    const line = `Reading ${table}: ${rows} rows on ${pages} pages so far`;
    if (isWatched()) {
        printProgress(line);
    } else if (pages % PAGES_PER_LINE === 0) {
        printNotes([line]);
    }
}

/** Takes the line away that shows progress. */
export function stopProgress(): void {
    if (isWatched()) {
        endProgress();
    }
}
