import type { PackConfiguration } from "../../config/configuration-file";
import { addAll, pushTo, getOrCreate } from "../../model/lists";
import type { Urn } from "../../model/planned-resource";
import { parseUrn } from "../../model/ids/urn";
import type { OpenFinding } from "../../findings/finding";
import type { Message } from "../../findings/message";
import { forDisplay } from "../../findings/plain-text";
import { formatMessage, headlineIn } from "../../findings/text";
import type { RecordedFinding } from "../../findings/record";
import type { PolicyId } from "../../findings/policy-id";
import { referenceTo } from "../../../policies/documentation";
import { SEVERITIES, type Severity } from "../../../policies/policy";
import type { EngineViolation } from "../reading/engine-run";
import type { PackRecord } from "../reading/record";
import type { ReportedLevel } from "../report";
import { reportedLevel, UNDECIDED, type LevelledFinding } from "./evaluation";
import { policyNamed, reportedPolicies } from "./reported-policies";

/** What the engine reported in the name of this pack. */
export interface PackFindings {
    readonly findings: readonly LevelledFinding[];
    /** What the SDK said in the name of a policy of this pack that could not run. */
    readonly notices: readonly string[];
}

/**
 * The findings of this pack that the engine told, with the level that counted there, and those that exemptions took out.
 * What the engine told is text; the record has each finding in parts. Where the engine was told many in one, the record
 * has each of them, and the one is not told beside them.
 */
export function packFindings(
    violations: readonly EngineViolation[],
    record: Pick<PackRecord, "findings" | "inOne"> | undefined,
    configuration: PackConfiguration,
): PackFindings {
    const recorded = new RecordedFindings(record?.findings ?? []);
    const findings: LevelledFinding[] = [];
    const inOne: { readonly one: LevelledFinding; readonly count: number }[] = [];
    const notices: string[] = [];
    const levels = new Map<string, ReportedLevel>();
    for (const violation of violations) {
        const { policy, level, urn, text } = violation;
        levels.set(policy, level);
        const first = headlineIn(text);
        if (first === undefined) {
            notices.push(`${policy}: ${text.replace(/\s+/g, " ")}`);
            continue;
        }
        const { policyId } = first;
        const many = record?.inOne.find((each) => each.policy === policy && (each.urn ?? urn) === urn);
        const one = many === undefined ? recorded.take(policy, urn) : undefined;
        const finding: LevelledFinding = {
            policy,
            policyId,
            urn,
            name: nameOf(urn),
            vm: one?.vm,
            message: messageIn(violation, first, (many ?? one)?.message),
            exemption: undefined,
            level,
            severity: severityIn(violation) ?? policyNamed(policy)?.severity ?? "medium",
            target: urn,
            exceptions: violation.exceptions,
        };
        if (many === undefined) {
            findings.push(finding);
        } else {
            inOne.push({ one: finding, count: many.count });
        }
    }
    for (const { one, count } of inOne) {
        const each = eachOf(one, recorded);
        addAll(findings, each);
        // Of another run's record nobody knows what is missing.
        if (each.length < count) {
            findings.push(one);
        }
    }
    for (const finding of record?.findings ?? []) {
        const policy = policyNamed(finding.policy);
        if (finding.exemption !== undefined && policy !== undefined) {
            const level = levels.get(policy.name) ?? reportedLevel(configuration, policy);
            const message = exemptedMessage(finding.policyId);
            findings.push({
                ...finding,
                name: nameOf(finding.urn),
                message,
                level,
                severity: policy.severity,
                target: finding.urn,
                exceptions: [],
            });
        }
    }
    return { findings, notices };
}

/**
 * What a finding says, in parts, where that is what the engine printed. Where the engine has masked more than the pack
 * knows to be secret, and where there is no record, it is the engine's text line by line.
 */
function messageIn(
    { policy, text }: EngineViolation,
    { policyId, headline }: { readonly policyId: PolicyId; readonly headline: string },
    recorded: Message | undefined,
): Message {
    const reference = referenceTo({ id: policyId, name: policy });
    const lines = text
        .slice(text.indexOf(`[${policyId}] `))
        .trimEnd()
        .split(/\r?\n/);
    const isPrinted =
        recorded !== undefined && forDisplay(formatMessage(reference, recorded)).trimEnd() === lines.join("\n");
    return isPrinted
        ? recorded
        : { headline, why: "", facts: lines.slice(1), fix: { kind: "in order", intro: "", steps: [] }, sources: [] };
}

/** Those that one finding counts for. */
function eachOf(one: LevelledFinding, recorded: RecordedFindings): readonly LevelledFinding[] {
    const { policy } = one;
    // A resource policy has told those of one resource in one, a stack policy those of the whole stack.
    const left =
        policyNamed(policy)?.scope === "resource" ? recorded.takeOn(policy, one.urn) : recorded.takeAll(policy);
    return left.flatMap(({ vm, message, ...finding }) => {
        // As the engine does with one that is about no resource of the stack.
        const urn = finding.urn ?? one.urn;
        return message === undefined ? [] : [{ ...one, urn, vm, name: nameOf(urn), message }];
    });
}

function nameOf(urn: Urn | undefined): string {
    return urn === undefined ? "this stack" : parseUrn(urn).name;
}

/** The engine has told nothing of it, so it is told in general. */
function exemptedMessage(policyId: PolicyId): Message {
    const about = reportedPolicies.find(({ id }) => id === policyId);
    return {
        headline: `Exempted: ${about?.finds ?? `${policyId}.`}`,
        why: "The policy pack found it and does not report it because of the exemption.",
        fix: {
            kind: "in order",
            intro: "In general:",
            steps: about === undefined ? [] : [{ do: about.remediation }],
        },
        sources: [],
    };
}

/** Newer engines may have words that are none of ours. */
function severityIn({ severity }: EngineViolation): Severity | undefined {
    return SEVERITIES.find((each) => each === severity);
}

class RecordedFindings {
    private readonly byPolicy = new Map<string, Map<Urn | undefined, RecordedFinding[]>>();

    constructor(findings: readonly RecordedFinding[]) {
        for (const finding of findings) {
            if (finding.exemption === undefined) {
                pushTo(getOrCreate(this.byPolicy, finding.policy, emptyMap), finding.urn, finding);
            }
        }
    }

    /** Of several alike, each is taken once, in the order in which the engine tells them. */
    take(policy: string, urn: Urn | undefined): RecordedFinding | undefined {
        return this.byPolicy.get(policy)?.get(urn)?.shift();
    }

    /** All that are left of a policy on one resource. */
    takeOn(policy: string, urn: Urn | undefined): readonly RecordedFinding[] {
        return this.byPolicy.get(policy)?.get(urn)?.splice(0) ?? [];
    }

    /** All that are left of a policy. */
    takeAll(policy: string): readonly RecordedFinding[] {
        const left = this.byPolicy.get(policy)?.values() ?? [];
        return [...left].flatMap((findings) => findings.splice(0));
    }
}

function emptyMap(): Map<Urn | undefined, RecordedFinding[]> {
    return new Map();
}

/** What of a stream without a record is known to be open: that there is something, and which finding lists it. */
export function openWithoutRecord(findings: readonly LevelledFinding[]): readonly OpenFinding[] {
    return findings
        .filter(({ policyId, exemption }) => policyId === UNDECIDED && exemption === undefined)
        .map(({ policyId, urn, name }) => ({
            policyId,
            urn,
            resource: name,
            property: `what ${policyId} lists`,
            cause: "output",
        }));
}
