import { createHash } from "node:crypto";
import type { Severity } from "../../../policies/policy";
import type { Report, ReportedFinding, ReportedLevel } from "../report";
import { groupsOf, inspectedLines, notInspected, PROJECT_FILE } from "./groups";

type GitLabSeverity = "info" | "minor" | "major" | "critical" | "blocker";

/** A mandatory finding ranks one step above an advisory one of the same severity. */
const SEVERITIES: Readonly<Record<ReportedLevel, Readonly<Record<Severity, GitLabSeverity>>>> = {
    mandatory: { critical: "blocker", high: "critical", medium: "major", low: "minor" },
    advisory: { critical: "critical", high: "major", medium: "minor", low: "info" },
};

/** GitLab's Code Quality report. It compares fingerprints itself, so known findings and suppressed ones are left out. */
export function gitlab(report: Report): string {
    const { mandatory, advisory } = groupsOf(report);
    const inProjectFile = { path: PROJECT_FILE, lines: { begin: 1 } };
    const ofFinding = ({ rule: policyId, level, severity, message, fingerprint, location }: ReportedFinding) => ({
        description: message.headline,
        check_name: policyId,
        fingerprint,
        severity: SEVERITIES[level][severity],
        location:
            location === undefined
                ? inProjectFile
                : { path: location.file.replace(/^(?:\.\/)+/, ""), lines: { begin: location.line } },
    });
    const ofRun =
        (severity: GitLabSeverity, identity?: string) =>
        (description: string): unknown => ({
            description,
            check_name: report.tool.name,
            fingerprint: createHash("sha256")
                .update(identity ?? description)
                .digest("hex"),
            severity,
            location: inProjectFile,
        });
    const inspected = inspectedLines(report.lookedAt).join(" ");
    const issues = [
        // An empty list would tell GitLab that everything has been resolved.
        ...report.failures.map(ofRun("blocker")),
        ...mandatory.map(ofFinding),
        ...advisory.map(ofFinding),
        ...report.missing.map(notInspected).map(ofRun("info")),
        // The same fingerprint whatever the numbers: a merge request shows an entry only if its target branch has none.
        ...(inspected === "" ? [] : [ofRun("info", "looked at")(inspected)]),
    ];
    return `${JSON.stringify(issues, undefined, 4)}\n`;
}
