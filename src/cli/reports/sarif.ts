import { gzipSync } from "node:zlib";
import type * as Sarif from "sarif";
import type { Step } from "../../advice/fix";
import type { Message } from "../../findings/message";
import { singleLine } from "../../findings/plain-text";
import { formatMessage } from "../../findings/text";
import type { PolicyId } from "../../findings/policy-id";
import type { Severity } from "../../../policies/policy";
import { codeBlock } from "./code-block";
import { inspectedLines, PROJECT_FILE, referenceIn, remarkOn } from "./groups";
import type {
    KnownFinding,
    Location,
    Report,
    ReportedFinding,
    ReportedQuestion,
    ReportedLevel,
    ReportedPolicy,
} from "../report";

/** What GitHub takes of one run; it refuses a file with more. */
const MOST_RESULTS = 25_000;
const MOST_BYTES_COMPRESSED = 10_000_000;
const MOST_TAGS = 10;

/** GitHub's words for these numbers are the same as ours: critical above 9, high from 7, medium from 4, low below. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
    critical: "9.5",
    high: "8.0",
    medium: "5.5",
    low: "2.0",
};

const LEVELS: Readonly<Record<ReportedLevel | "disabled", "error" | "warning">> = {
    mandatory: "error",
    advisory: "warning",
    disabled: "warning",
};

/**
 * SARIF 2.1.0, in the part that GitHub's code scanning takes. GitHub opens an alert for every result, whatever its kind,
 * its suppressions and its baseline state say, and refuses the file for a result without a place. So the results are
 * the findings to fix; what could not be decided and what is fixed already are notifications.
 */
export function sarif(report: Report): string {
    for (let most = MOST_RESULTS; ; most = Math.floor(Math.min(most, report.findings.length) / 2)) {
        const text = JSON.stringify(log(report, most), wellFormed, 2) + "\n";
        if (most === 0 || text.length <= MOST_BYTES_COMPRESSED || gzipSync(text).length <= MOST_BYTES_COMPRESSED) {
            return text;
        }
    }
}

/** Half a character is no text to most readers of JSON. */
function wellFormed(_key: string, value: unknown): unknown {
    return typeof value === "string" ? value.replace(/\p{Cs}/gu, "\ufffd") : value;
}

function log(report: Report, most: number): Sarif.Log {
    const { tool, findings, rules, verdict, lookedAt: inspected } = report;
    const indexes = new Map(rules.map(({ id }, index) => [id, index]));
    const hasBaseline = report.gone.length > 0 || findings.some(({ state }) => state === "known");
    const kept = mostUrgent(findings, most);
    const wasEvaluated = verdict.exitCode <= 1 || findings.length > 0;
    return {
        $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: tool.name,
                        version: tool.version,
                        semanticVersion: tool.version,
                        informationUri: tool.url,
                        rules: rules.map(descriptor),
                    },
                },
                originalUriBaseIds: {
                    [SOURCE_ROOT]: { description: { text: "The folder in which the command was started." } },
                },
                columnKind: "utf16CodeUnits",
                invocations: [
                    {
                        executionSuccessful: verdict.exitCode <= 1,
                        exitCode: verdict.exitCode,
                        exitCodeDescription: singleLine(verdict.sentence),
                        toolExecutionNotifications: notifications(report, kept.length, indexes),
                        ...(inspected === undefined ? {} : { properties: { lookedAt: inspected } }),
                    },
                ],
                // An empty list says that all is well, and GitHub closes every alert.
                ...(wasEvaluated
                    ? { results: kept.map((finding) => result(report, finding, indexes, hasBaseline)) }
                    : {}),
            },
        ],
    };
}

type RuleIndexes = ReadonlyMap<PolicyId, number>;

const STATES: readonly ReportedFinding["state"][] = ["new", "known", "suppressed"];

/** Where some have to go, first those that somebody has decided to live with. */
function mostUrgent(findings: readonly ReportedFinding[], most: number): readonly ReportedFinding[] {
    return findings.length <= most
        ? findings
        : STATES.flatMap((each) => findings.filter(({ state }) => state === each)).slice(0, most);
}

function descriptor(reported: ReportedPolicy): Sarif.ReportingDescriptor {
    const { id, policy, finds, level, severity, tags, remediation, url } = reported;
    return {
        id,
        name: pascalCase(policy),
        shortDescription: { text: finds },
        fullDescription: { text: `${policy}: ${finds}` },
        help: {
            text: `${remediation} More: ${url}`,
            markdown: `${remediation}\n\nMore, with an example and what it rests on: [${id}](${url})`,
        },
        helpUri: url,
        defaultConfiguration: { level: LEVELS[level] },
        properties: {
            // GitHub reads the severity of policies that are about security only.
            tags: ["security", ...tags].slice(0, MOST_TAGS),
            precision: "high",
            "security-severity": SECURITY_SEVERITY[severity],
        },
    };
}

function pascalCase(name: string): string {
    return name
        .split("-")
        .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
        .join("");
}

function result(report: Report, finding: ReportedFinding, indexes: RuleIndexes, hasBaseline: boolean): Sarif.Result {
    const { rule: policyId, policy, level, severity, state, stack, message, fingerprint } = finding;
    return {
        ...ruleReference(policyId, indexes),
        level: LEVELS[level],
        message: { text: plainText(report, finding), markdown: markdown(message) },
        locations: [location(finding)],
        partialFingerprints: {
            "azureBcdrGuard/v1": fingerprint,
            // The only one that GitHub looks at. Left to itself it hashes the line, and all findings in one line are one.
            primaryLocationLineHash: fingerprint,
        },
        // A suppressed finding was not held against the baseline.
        ...(hasBaseline && state !== "suppressed"
            ? { baselineState: state === "known" ? ("unchanged" as const) : ("new" as const) }
            : {}),
        ...(state === "suppressed" ? { suppressions: justifications(finding).map(suppression) } : {}),
        properties: { policy, severity, ...(stack === undefined ? {} : { stack }) },
    };
}

function justifications({ exemption, exceptions = [] }: ReportedFinding): readonly string[] {
    return exemption === undefined
        ? exceptions.map(({ id, reason }) => `Pulumi's exception ${id}: ${reason}`)
        : [`${exemption.reason} (until ${exemption.expires})`];
}

function suppression(justification: string): Sarif.Suppression {
    return { kind: "external", status: "accepted", justification: singleLine(justification) };
}

function ruleReference(
    policyId: PolicyId,
    indexes: RuleIndexes,
): { readonly ruleId: PolicyId; readonly ruleIndex?: number } {
    const ruleIndex = indexes.get(policyId);
    return ruleIndex === undefined ? { ruleId: policyId } : { ruleId: policyId, ruleIndex };
}

const SOURCE_ROOT = "%SRCROOT%";

function location({ location: place, urn, azureId }: ReportedFinding): Sarif.Location {
    const remark = remarkOn(place);
    return {
        physicalLocation: physicalLocation(place),
        ...logicalLocations(urn ?? azureId),
        ...(remark === undefined ? {} : { message: { text: remark } }),
    };
}

function physicalLocation(location: Omit<Location, "exact" | "basis"> | undefined): Sarif.PhysicalLocation {
    const { file, line, column } = location ?? { file: PROJECT_FILE, line: 1, column: undefined };
    const [, drive = "", below = ""] = /^([a-z]:\/)?(.*)$/is.exec(file.replace(/\p{Cs}/gu, "\ufffd")) ?? [];
    const path = below.split("/").map(encodeURIComponent).join("/");
    const uri = drive === "" ? path : `file:///${drive}${path}`;
    return {
        // A path that leads out of the root, or to another drive of Windows, is none below it.
        artifactLocation: drive !== "" || uri.startsWith("../") ? { uri } : { uri, uriBaseId: SOURCE_ROOT },
        region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
    };
}

function logicalLocations(urn: string | undefined): Pick<Sarif.Location, "logicalLocations"> {
    return urn === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }] };
}

/** Without the id, which the result has already. A name must not become a link, which plain text has, too. */
function plainText(report: Report, finding: ReportedFinding): string {
    const { rule: policyId, message } = finding;
    return formatMessage(referenceIn(report, finding), message).slice(`[${policyId}] `.length).replaceAll("](", "] (");
}

function markdown({ headline, why, facts = [], fix, sources, notes = [] }: Message): string {
    const { kind, intro, steps } = fix;
    return [
        `**${escaped(headline)}**`,
        escaped(why),
        facts.map((line) => `- ${escaped(line)}`).join("\n"),
        ...(steps.length > 0 ? [escaped(intro)] : []),
        steps.map((step, index) => inList(step, kind === "in order" ? `${index + 1}. ` : "- ")).join("\n"),
        ...notes.map(escaped),
        ...sources.map(
            ({ title, publisher, date, address }) =>
                `Source: [${escaped(title)}](<${address}>), ${publisher}${date === undefined ? "" : `, ${date}`}`,
        ),
    ]
        .filter((part) => part !== "")
        .join("\n\n");
}

function inList({ do: text, commands = [], where, note }: Step, mark: string): string {
    const below = [
        ...(commands.length === 0 ? [] : [codeBlock(commands)]),
        ...(where === undefined ? [] : [`where: ${escaped(where)}`]),
        ...(note === undefined ? [] : [escaped(note)]),
    ].map((part) => part.replace(/^/gm, " ".repeat(mark.length)));
    return [`${mark}${escaped(text)}`, ...below].join("\n\n");
}

/** As the text that it is: no mark, no link, no list, whatever it holds. */
function escaped(text: string): string {
    return singleLine(text)
        .trim()
        .replace(/[\\`*_[\]<>|~&$@#]/g, "\\$&")
        .replaceAll("://", ":\\//")
        .replace(/^(\d*)([-+.)])/, "$1\\$2");
}

function notifications(report: Report, kept: number, indexes: RuleIndexes): Sarif.Notification[] {
    const { findings, undecided, gone, missing, failures, lookedAt: inspected } = report;
    const dropped = findings.length - kept;
    const plain = (level: "error" | "warning" | "note", text: string): Sarif.Notification => ({
        level,
        message: { text: singleLine(text) },
    });
    return [
        ...failures.map((text) => plain("error", text)),
        ...missing.map((text) => plain("warning", text)),
        ...(dropped === 0
            ? []
            : [
                  plain(
                      "warning",
                      `${dropped} of ${findings.length} findings are left out: GitHub takes ${MOST_RESULTS} results and 10 MB at most. Another format has them all.`,
                  ),
              ]),
        ...undecided.map((open) => undecidedNotification(open, indexes)),
        ...gone.map((known) => fixedNotification(known, indexes)),
        ...inspectedLines(inspected).map((line) => plain("note", line)),
    ];
}

function undecidedNotification(
    { rule: policyId, urn, resource, property }: ReportedQuestion,
    indexes: RuleIndexes,
): Sarif.Notification {
    return {
        level: "note",
        message: { text: singleLine(`${policyId} is undecided: ${property} of "${resource}" is not known.`) },
        associatedRule: ruleDescriptor(policyId, indexes),
        ...notificationLocations(urn),
    };
}

function fixedNotification({ rule: policyId, urn, headline }: KnownFinding, indexes: RuleIndexes): Sarif.Notification {
    return {
        level: "note",
        message: { text: singleLine(`${policyId} is fixed since the baseline: ${headline}`) },
        associatedRule: ruleDescriptor(policyId, indexes),
        ...notificationLocations(urn),
    };
}

function ruleDescriptor(policyId: PolicyId, indexes: RuleIndexes): Sarif.ReportingDescriptorReference {
    const index = indexes.get(policyId);
    return index === undefined ? { id: policyId } : { id: policyId, index };
}

function notificationLocations(urn: string | undefined): Pick<Sarif.Notification, "locations"> {
    return urn === undefined ? {} : { locations: [logicalLocations(urn)] };
}
