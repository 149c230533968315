import type { Report, ReportedFinding } from "../report";
import { groupsOf, inspectedLines, notInspected, suppressionText, textAtPlace, TITLES, undecidedText } from "./groups";

/**
 * Logging commands, which Azure Pipelines shows as the issues of the step, and the outcome of the step. How much was
 * inspected, and what Pulumi excepts, is not an issue: it is in the log.
 */
export function azureDevOps(report: Report): string {
    const { mandatory, advisory, excepted } = groupsOf(report);
    const undecided = report.undecided.length === 0 ? [] : [undecidedText(report)];
    const isBar = report.verdict.bar === "undecided";
    const errors = [
        ...report.failures.map((failure) => issue("error", failure)),
        ...mandatory.map((finding) => findingIssue("error", report, finding)),
        ...(isBar ? undecided.map((questions) => issue("error", questions)) : []),
    ];
    const warnings = [
        ...advisory.map((finding) => findingIssue("warning", report, finding)),
        ...report.missing.map((sentence) => issue("warning", notInspected(sentence))),
        ...(isBar ? [] : undecided.map((questions) => issue("warning", questions))),
    ];
    const { exitCode, sentence } = report.verdict;
    const issues = [...errors, ...warnings];
    const result = exitCode !== 0 ? "Failed" : issues.length > 0 ? "SucceededWithIssues" : "Succeeded";
    const lines = [...inspectedLines(report.lookedAt), ...excepted.map(exceptedLine), ...issues];
    return [...lines, command("task.complete", { result }, sentence)].map((line) => `${line}\n`).join("");
}

function exceptedLine(finding: ReportedFinding): string {
    const { rule: policyId, name, message } = finding;
    return `${TITLES.excepted}: ${policyId} ${name}: ${message.headline} ${suppressionText(finding)}`;
}

type Kind = "error" | "warning";

function findingIssue(type: Kind, report: Report, finding: ReportedFinding): string {
    const { rule: policyId, location } = finding;
    return command(
        "task.logissue",
        {
            type,
            ...(location === undefined ? {} : { sourcepath: location.file, linenumber: location.line }),
            ...(location?.column === undefined ? {} : { columnnumber: location.column }),
            code: policyId,
        },
        textAtPlace(report, finding),
    );
}

function issue(type: Kind, message: string): string {
    return command("task.logissue", { type }, message);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
    const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))};`);
    return `##vso[${name} ${list.join("")}]${escapedData(message)}`;
}

/** The agent has its own mark for a percent sign, so that `%0A` in a name does not become a line break. */
function escapedData(text: string): string {
    return text.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
    return escapedData(text).replaceAll(";", "%3B").replaceAll("]", "%5D");
}
