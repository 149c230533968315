import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import { formatLine, linesBelow } from "../../findings/text";
import type { Report, ReportedFinding } from "../report";
import {
    changesText,
    groupsOf,
    inspectedLines,
    place,
    questionLines,
    referenceIn,
    suppressionText,
    TITLES,
} from "./groups";

export interface TextOptions {
    readonly colours: boolean;
    /** Columns of the terminal; without it, lines are left as long as they are. */
    readonly width?: number | undefined;
}

/** What a person reads in a terminal. The verdict comes last, because that is where the eye is when a command ends. */
export function text(report: Report, { colours, width }: TextOptions): string {
    const { tool, subject, undecided, gone, missing, failures, verdict } = report;
    const { mandatory, advisory, known, suppressed, excepted } = groupsOf(report);
    const { bold, dim, red, yellow, green } = createColors(colours);
    const changes = changesText(report);

    const wrapped = (line: string, indent = ""): string[] =>
        (width === undefined ? line : wrapAnsi(line, Math.max(width - indent.length, 20)))
            .split("\n")
            .map((part) => `${indent}${part}`);

    const section = (title: string, count: number, lines: readonly string[]): string[] =>
        count === 0 ? [] : ["", bold(`${title} (${count})`), ...lines];

    const list = (title: string, entries: readonly string[], count = entries.length): string[] =>
        section(
            title,
            count,
            entries.flatMap((entry) => wrapped(entry, "  ")),
        );

    const inFull = (finding: ReportedFinding, colour: (line: string) => string): string[] => {
        const { headline } = finding.message;
        const below = linesBelow(referenceIn(report, finding), finding.message);
        return [
            "",
            ...wrapped(heading(finding), "  ").map(colour),
            ...wrapped(headline, "  ").map(bold),
            ...below.flatMap((line) =>
                line.isCommand || line.isReference
                    ? [`  ${formatLine(line)}`].map((each) => (line.isReference ? dim(each) : each))
                    : wrapped(line.text, `  ${line.indent}`),
            ),
        ];
    };

    const inShort = (finding: ReportedFinding): string[] => [
        ...wrapped(heading(finding), "  "),
        ...wrapped(finding.message.headline, "    "),
        ...(finding.state === "suppressed" ? wrapped(suppressionText(finding), "    ") : []),
    ];

    const lines = [
        ...wrapped(`${tool.name} ${tool.version}: ${subject}`).map(bold),
        ...(changes === undefined ? [] : wrapped(`Plan: ${changes}`)),
        ...section(
            TITLES.mandatory,
            mandatory.length,
            mandatory.flatMap((finding) => inFull(finding, red)),
        ),
        ...section(
            TITLES.advisory,
            advisory.length,
            advisory.flatMap((finding) => inFull(finding, yellow)),
        ),
        ...section(TITLES.known, known.length, known.flatMap(inShort)),
        ...section(TITLES.suppressed, suppressed.length, suppressed.flatMap(inShort)),
        ...section(TITLES.excepted, excepted.length, excepted.flatMap(inShort)),
        ...list(TITLES.undecided, questionLines(report), undecided.length),
        ...list(
            TITLES.gone,
            gone.map(({ rule: policyId, headline }) => `${policyId} ${headline}`),
        ),
        ...list(TITLES.missing, missing),
        ...list(TITLES.failures, failures),
        "",
        ...inspectedLines(report.lookedAt).flatMap((line) => wrapped(line)),
        ...wrapped(verdict.sentence).map(verdict.exitCode === 0 ? green : red),
    ];
    return `${lines.join("\n")}\n`;
}

/** `[mandatory] [severity: critical] BCDR121 app (infra/index.ts:42:7)`, as Pulumi begins its own. */
function heading({ level, severity, rule: policyId, name, stack, location }: ReportedFinding): string {
    const where = [stack, place(location)].filter((part) => part !== undefined).join(", ");
    return `[${level}] [severity: ${severity}] ${policyId} ${name}${where === "" ? "" : ` (${where})`}`;
}
