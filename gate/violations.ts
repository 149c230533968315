import type { PackConfiguration } from "../configuration/configuration-file";
import type { OpenFinding } from "../findings/finding";
import { formatMessage, parseMessage } from "../findings/message";
import type { RecordedFinding } from "../findings/record";
import type { Severity } from "../policies/policy";
import type { EngineViolation } from "./engine-run";
import { reportedLevel, type LevelledFinding } from "./evaluation";
import type { PackRecord } from "./record";
import { nameIn } from "./resources";
import { policyNamed } from "./reported-rules";
import type { ReportedLevel } from "./report";

/** Findings of this pack that no text could be made sense of. */
export interface PackFindings {
    readonly findings: readonly LevelledFinding[];
    /** What the SDK said in the name of a policy of this pack that could not run. */
    readonly notices: readonly string[];
}

/**
 * The findings of this pack that the engine told, with the level that counted there, and those that exemptions took out.
 * The record has them as data; without it they are taken from the text.
 */
export function packFindings(
    violations: readonly EngineViolation[],
    record: Pick<PackRecord, "findings"> | undefined,
    configuration: PackConfiguration,
): PackFindings {
    const recorded = new RecordedByText(record?.findings ?? []);
    const findings: LevelledFinding[] = [];
    const notices: string[] = [];
    const levels = new Map<string, ReportedLevel>();
    for (const violation of violations) {
        const { policy, level, urn, text } = violation;
        levels.set(policy, level);
        const finding = recorded.take(violation) ?? fromText(violation);
        if (finding === undefined) {
            notices.push(`${policy}: ${text.replace(/\s+/g, " ")}`);
        } else {
            const severity = severityIn(violation) ?? policyNamed(policy)?.severity ?? "medium";
            findings.push({ ...finding, urn: finding.urn ?? urn, level, severity });
        }
    }
    for (const finding of record?.findings ?? []) {
        const policy = policyNamed(finding.policy);
        if (finding.exemption !== undefined && policy !== undefined) {
            const level = levels.get(policy.name) ?? reportedLevel(configuration, policy);
            findings.push({ ...finding, level, severity: policy.severity });
        }
    }
    return { findings, notices };
}

const SEVERITIES = ["low", "medium", "high", "critical"] as const satisfies readonly Severity[];

/** Newer engines may have words that are none of ours. */
function severityIn({ severity }: EngineViolation): Severity | undefined {
    return SEVERITIES.find((each) => each === severity);
}

/** The engine's texts begin with the policy's description; the record has no such line. */
function withoutDescription(text: string): string {
    const start = text.search(/^\[BCDR\d+\] /m);
    return start < 0 ? text : text.slice(start).trimEnd();
}

class RecordedByText {
    private readonly byText = new Map<string, RecordedFinding[]>();

    constructor(findings: readonly RecordedFinding[]) {
        for (const finding of findings) {
            if (finding.exemption === undefined) {
                const key = keyOf(finding.policy, formatMessage(finding.rule, finding.message));
                this.byText.set(key, [...(this.byText.get(key) ?? []), finding]);
            }
        }
    }

    /** Two resources may have the same text; each is taken once, the one on the same resource first. */
    take({ policy, urn, text }: EngineViolation): RecordedFinding | undefined {
        const alike = this.byText.get(keyOf(policy, withoutDescription(text))) ?? [];
        const found = alike.find((each) => each.urn === urn) ?? alike[0];
        if (found !== undefined) {
            alike.splice(alike.indexOf(found), 1);
        }
        return found;
    }
}

/** The edge breaks up what the engine would take for a colour mark; with it gone the texts are the same again. */
function keyOf(policy: string, text: string): string {
    return `${policy}\n${text.replace(/<\{ ?%/g, "").trimEnd()}`;
}

function fromText({ policy, urn, text }: EngineViolation): RecordedFinding | undefined {
    const parsed = parseMessage(withoutDescription(text));
    return (
        parsed && {
            policy,
            rule: parsed.rule,
            urn,
            name: urn === undefined ? "this stack" : nameIn(urn),
            machine: undefined,
            message: parsed.message,
            exemption: undefined,
        }
    );
}

const OPEN_LINE = /^(?<rules>BCDR\d+(?:, BCDR\d+)*) on "(?<resource>.*)": (?<property>.*?)\.?$/;

/** What BCDR490 lists, for a stream without a record: rule, resource and property stand in its lines. */
export function openInText(findings: readonly LevelledFinding[]): readonly OpenFinding[] {
    return findings
        .filter(({ rule, exemption }) => rule === "BCDR490" && exemption === undefined)
        .flatMap(({ message }) => message.details ?? [])
        .flatMap((line) => {
            const { rules = "", resource = "", property = "" } = OPEN_LINE.exec(line.trim())?.groups ?? {};
            return rules === ""
                ? []
                : rules.split(", ").map((rule) => ({
                      rule: rule as OpenFinding["rule"],
                      urn: undefined,
                      resource,
                      property,
                      changing: false,
                      inTemplate: false,
                      skipped: false,
                  }));
        });
}
