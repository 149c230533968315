import { FILE_VERSION } from "../../config/configuration-file";
import type { Report, ReportedFinding } from "../report";
import { isFailing } from "./groups";

/** Enough of a fingerprint to keep IDs of one policy apart, and the same from run to run. */
const LENGTH_OF_MARK = 8;

/**
 * A configuration file with an exception of Pulumi's for each finding that fails the command. The reasons are empty, which
 * Pulumi and `config check` refuse: nobody excepts by accident.
 */
export function pulumiExceptions(report: Report): string {
    const failing = report.findings.filter(
        ({ state, level }) => state === "new" && isFailing(level, report.verdict.bar),
    );
    const exceptions = new Map<string, unknown>();
    const seen = new Set<string>();
    for (const finding of failing) {
        const target = finding.target ?? finding.urn;
        // One exception matches all findings of a policy on a URN.
        const key = `${finding.policy} ${target ?? ""}`;
        if (target !== undefined && !seen.has(key)) {
            seen.add(key);
            exceptions.set(idOf(finding), {
                reason: "",
                match: [{ policies: [finding.policy], targets: [target] }],
            });
        }
    }
    return `${JSON.stringify({ version: FILE_VERSION, exceptions: Object.fromEntries(exceptions) }, undefined, 4)}\n`;
}

function idOf({ rule: policyId, fingerprint }: ReportedFinding): string {
    return `${policyId}-${fingerprint.slice(0, LENGTH_OF_MARK)}`;
}
