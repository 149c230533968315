import type { PackConfiguration } from "../../configuration/configuration-file";
import { append } from "../../estate/lists";
import type { Urn } from "../../estate/planned-resource";
import { parseUrn } from "../../estate/urn";
import type { OpenFinding } from "../../findings/finding";
import { parseMessage, type Message } from "../../findings/message";
import type { RecordedFinding } from "../../findings/record";
import type { RuleId } from "../../findings/rule-id";
import { SEVERITIES, type Severity } from "../../policies/policy";
import type { EngineViolation } from "../reading/engine-run";
import type { PackRecord } from "../reading/record";
import type { ReportedLevel } from "../report";
import { reportedLevel, UNDECIDED, type LevelledFinding } from "./evaluation";
import { policyNamed, reportedRules } from "./reported-rules";

/** Findings of this pack that no text could be made sense of. */
export interface PackFindings {
    readonly findings: readonly LevelledFinding[];
    /** What the SDK said in the name of a policy of this pack that could not run. */
    readonly notices: readonly string[];
}

/**
 * The findings of this pack that the engine told, with the level that counted there, and those that exemptions took out.
 * What the engine told is text, in which secrets are masked; the record adds what such a text does not hold.
 */
export function packFindings(
    violations: readonly EngineViolation[],
    record: Pick<PackRecord, "findings"> | undefined,
    configuration: PackConfiguration,
): PackFindings {
    const recorded = new RecordedFindings(record?.findings ?? []);
    const findings: LevelledFinding[] = [];
    const notices: string[] = [];
    const levels = new Map<string, ReportedLevel>();
    for (const violation of violations) {
        const { policy, level, urn, text } = violation;
        levels.set(policy, level);
        const parsed = parseMessage(withoutDescription(text));
        if (parsed === undefined) {
            notices.push(`${policy}: ${text.replace(/\s+/g, " ")}`);
        } else {
            const { rule, message } = parsed;
            findings.push({
                policy,
                rule,
                urn,
                name: nameOf(urn),
                machine: recorded.take(policy, rule, urn)?.machine,
                message,
                exemption: undefined,
                level,
                severity: severityIn(violation) ?? policyNamed(policy)?.severity ?? "medium",
            });
        }
    }
    for (const finding of record?.findings ?? []) {
        const policy = policyNamed(finding.policy);
        if (finding.exemption !== undefined && policy !== undefined) {
            const level = levels.get(policy.name) ?? reportedLevel(configuration, policy);
            const message = exemptedMessage(finding.rule);
            findings.push({ ...finding, name: nameOf(finding.urn), message, level, severity: policy.severity });
        }
    }
    return { findings, notices };
}

function nameOf(urn: Urn | undefined): string {
    return urn === undefined ? "this stack" : parseUrn(urn).name;
}

/** The engine has told nothing of it, so it is told in general. */
function exemptedMessage(rule: RuleId): Message {
    const about = reportedRules.find(({ id }) => id === rule);
    return {
        headline: `Exempted: ${about?.finds ?? rule}.`,
        why: "The policy pack has found it and does not report it, because of the exemption.",
        steps: { occasion: "In general:", list: about === undefined ? [] : [about.remediation] },
    };
}

/** Newer engines may have words that are none of ours. */
function severityIn({ severity }: EngineViolation): Severity | undefined {
    return SEVERITIES.find((each) => each === severity);
}

/** The engine's texts begin with the policy's description. */
function withoutDescription(text: string): string {
    const start = text.search(/^\[BCDR\d+\] /m);
    return start < 0 ? text : text.slice(start).trimEnd();
}

class RecordedFindings {
    private readonly byRule = new Map<string, RecordedFinding[]>();

    constructor(findings: readonly RecordedFinding[]) {
        for (const finding of findings) {
            if (finding.exemption === undefined) {
                append(this.byRule, keyOf(finding.policy, finding.rule, finding.urn), finding);
            }
        }
    }

    /** Of several alike, each is taken once, in the order in which the engine tells them. */
    take(policy: string, rule: RuleId, urn: Urn | undefined): RecordedFinding | undefined {
        return this.byRule.get(keyOf(policy, rule, urn))?.shift();
    }
}

function keyOf(policy: string, rule: RuleId, urn: Urn | undefined): string {
    return `${policy} ${rule} ${urn ?? ""}`;
}

const OPEN_LINE = /^(?<rules>BCDR\d+(?:, BCDR\d+)*) on "(?<resource>.*)": (?<property>.*?)\.?$/;

/** What BCDR490 lists, for a stream without a record: rule, resource and property stand in its lines. */
export function openInText(findings: readonly LevelledFinding[]): readonly OpenFinding[] {
    return findings
        .filter(({ rule, exemption }) => rule === UNDECIDED && exemption === undefined)
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
