import type { Report, ReportedFinding } from "../report";
import { groupsOf, inspectedLines, notInspected, suppressionText, textAtPlace, undecidedText } from "./groups";

/** How many annotations of each kind GitHub shows for a step; it drops the others without a word. */
const MOST_SHOWN = 10;

type Kind = "error" | "warning" | "notice";

interface Annotation {
    readonly kind: Kind;
    readonly title: string;
    readonly message: string;
    readonly location?: ReportedFinding["location"];
}

/**
 * Workflow commands, each of which GitHub Actions turns into an annotation, the most severe first. How much was
 * inspected is not an annotation: it is in the log.
 */
export function github(report: Report): string {
    const { mandatory, advisory, known, excepted } = groupsOf(report);
    const errors: Annotation[] = [
        ...report.failures.map((failure) => general("error", report, failure)),
        ...mandatory.map((finding) => annotation("error", report, finding)),
    ];
    const warnings: Annotation[] = [
        ...report.missing.map((sentence) => general("warning", report, notInspected(sentence))),
        ...advisory.map((finding) => annotation("warning", report, finding)),
    ];
    const open = general(report.verdict.bar === "undecided" ? "error" : "notice", report, undecidedText(report));
    const undecided = report.undecided.length === 0 ? [] : [open];
    const all = [
        ...errors,
        ...undecided.filter(({ kind }) => kind === "error"),
        ...warnings,
        ...undecided.filter(({ kind }) => kind === "notice"),
        ...known.map((finding) => annotation("notice", report, finding)),
        ...excepted.map((finding) => exceptedAnnotation(report, finding)),
    ];
    return [...inspectedLines(report.lookedAt), ...shown(all, report).map(command)].map((line) => `${line}\n`).join("");
}

/** Errors and warnings that GitHub will not show still stand in the log; of notices, the last must be among the shown. */
function shown(all: readonly Annotation[], report: Report): readonly Annotation[] {
    const of = (kind: Kind): readonly Annotation[] => all.filter((each) => each.kind === kind);
    const [errors, warnings, notices] = [of("error"), of("warning"), of("notice")];
    if ([errors, warnings, notices].every(({ length }) => length <= MOST_SHOWN)) {
        return all;
    }
    const left = [
        `${Math.max(errors.length - MOST_SHOWN, 0)} errors`,
        `${Math.max(warnings.length - MOST_SHOWN, 0)} warnings`,
        // The notice that says so takes the place of one.
        `${Math.max(notices.length - (MOST_SHOWN - 1), 0)} notices`,
    ].filter((count) => !count.startsWith("0 "));
    const sentence = `GitHub shows ${MOST_SHOWN} annotations of a kind. Not shown: ${left.join(", ")}. See the log or another report.`;
    return [...errors, ...warnings, ...notices.slice(0, MOST_SHOWN - 1), general("notice", report, sentence)];
}

function annotation(kind: Kind, report: Report, finding: ReportedFinding): Annotation {
    const { rule: policyId, name, level, severity, location } = finding;
    return {
        kind,
        title: `${policyId} ${name} (${level}, ${severity})`,
        message: textAtPlace(report, finding),
        location,
    };
}

function exceptedAnnotation(report: Report, finding: ReportedFinding): Annotation {
    const { title, message, ...each } = annotation("notice", report, finding);
    return {
        ...each,
        title: `${title}, excepted by Pulumi`,
        message: `${suppressionText(finding)}\n${message}`,
    };
}

function general(kind: Kind, { tool }: Report, message: string): Annotation {
    return { kind, title: tool.name, message };
}

function command({ kind, title, message, location }: Annotation): string {
    const properties = {
        ...(location === undefined ? {} : { file: location.file, line: location.line }),
        ...(location?.column === undefined ? {} : { col: location.column }),
        title,
    };
    const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
    return `::${kind} ${list.join(",")}::${escapedData(message)}`;
}

function escapedData(text: string): string {
    return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
    return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
