import type { PackConfiguration } from "../../config/configuration-file";
import { addAll, pushTo, getOrCreate } from "../../model/lists";
import type { Urn } from "../../model/planned-resource";
import { parseUrn } from "../../model/ids/urn";
import type { OpenFinding } from "../../findings/finding";
import { countInOne, oneOfMany } from "../../findings/many-in-one";
import type { Message } from "../../findings/message";
import { parseMessage } from "../../findings/text";
import type { RecordedFinding } from "../../findings/record";
import type { PolicyId } from "../../findings/policy-id";
import { SEVERITIES, type Severity } from "../../../policies/policy";
import type { EngineViolation } from "../reading/engine-run";
import type { PackRecord } from "../reading/record";
import type { ReportedLevel } from "../report";
import { reportedLevel, UNDECIDED, type LevelledFinding } from "./evaluation";
import { policyNamed, reportedPolicies } from "./reported-policies";

/** Findings of this pack that no text could be made sense of. */
export interface PackFindings {
    readonly findings: readonly LevelledFinding[];
    /** Those among them that the engine told in one with others: of each, only what the record has is known. */
    readonly reportedInOne: ReadonlySet<LevelledFinding>;
    /** What the SDK said in the name of a policy of this pack that could not run. */
    readonly notices: readonly string[];
}

/**
 * The findings of this pack that the engine told, with the level that counted there, and those that exemptions took out.
 * What the engine told is text, in which secrets are masked; the record adds what such a text does not hold. Where the
 * engine was told many in one, the record has each of them, and the one is not told beside them.
 */
export function packFindings(
    violations: readonly EngineViolation[],
    record: Pick<PackRecord, "findings"> | undefined,
    configuration: PackConfiguration,
): PackFindings {
    const recorded = new RecordedFindings(record?.findings ?? []);
    const findings: LevelledFinding[] = [];
    const inOne: LevelledFinding[] = [];
    const notices: string[] = [];
    const levels = new Map<string, ReportedLevel>();
    for (const violation of violations) {
        const { policy, level, urn, text } = violation;
        levels.set(policy, level);
        const parsed = parseMessage(withoutDescription(text));
        if (parsed === undefined) {
            notices.push(`${policy}: ${text.replace(/\s+/g, " ")}`);
        } else {
            const { policyId, message } = parsed;
            const isInOne = countInOne(message) !== undefined;
            (isInOne ? inOne : findings).push({
                policy,
                policyId,
                urn,
                name: nameOf(urn),
                vm: isInOne ? undefined : recorded.take(policy, policyId, urn)?.vm,
                message,
                exemption: undefined,
                level,
                severity: severityIn(violation) ?? policyNamed(policy)?.severity ?? "medium",
            });
        }
    }
    const reportedInOne = new Set<LevelledFinding>();
    for (const one of inOne) {
        const each = eachOf(one, recorded);
        addAll(findings, each);
        each.forEach((finding) => reportedInOne.add(finding));
        // Of another run's record, or of none, nobody knows what is missing.
        if (each.length < (countInOne(one.message) ?? 0)) {
            findings.push(one);
        }
    }
    for (const finding of record?.findings ?? []) {
        const policy = policyNamed(finding.policy);
        if (finding.exemption !== undefined && policy !== undefined) {
            const level = levels.get(policy.name) ?? reportedLevel(configuration, policy);
            const message = exemptedMessage(finding.policyId);
            findings.push({ ...finding, name: nameOf(finding.urn), message, level, severity: policy.severity });
        }
    }
    return { findings, reportedInOne, notices };
}

/** Those that one finding counts for. */
function eachOf(one: LevelledFinding, recorded: RecordedFindings): readonly LevelledFinding[] {
    const { policy, policyId } = one;
    // A resource policy has told those of one resource in one, a stack policy those of the whole stack.
    const left =
        policyNamed(policy)?.scope === "resource"
            ? recorded.takeOn(policy, policyId, one.urn)
            : recorded.takeAll(policy, policyId);
    return left.map(({ vm, ...finding }) => {
        // As the engine does with one that is about no resource of the stack.
        const urn = finding.urn ?? one.urn;
        return { ...one, urn, vm, name: nameOf(urn), message: messageOf(policyId, nameOf(urn)) };
    });
}

function messageOf(policyId: PolicyId, name: string): Message {
    const about = reportedPolicies.find(({ id }) => id === policyId);
    return oneOfMany(name, about ?? { finds: `${policyId}.`, remediation: "See the page of the policy." });
}

function nameOf(urn: Urn | undefined): string {
    return urn === undefined ? "this stack" : parseUrn(urn).name;
}

/** The engine has told nothing of it, so it is told in general. */
function exemptedMessage(policyId: PolicyId): Message {
    const about = reportedPolicies.find(({ id }) => id === policyId);
    return {
        headline: `Exempted: ${about?.finds ?? `${policyId}.`}`,
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
    private readonly byPolicy = new Map<string, Map<Urn | undefined, RecordedFinding[]>>();

    constructor(findings: readonly RecordedFinding[]) {
        for (const finding of findings) {
            if (finding.exemption === undefined) {
                const { policy, policyId, urn } = finding;
                pushTo(getOrCreate(this.byPolicy, policyKey(policy, policyId), emptyMap), urn, finding);
            }
        }
    }

    /** Of several alike, each is taken once, in the order in which the engine tells them. */
    take(policy: string, policyId: PolicyId, urn: Urn | undefined): RecordedFinding | undefined {
        return this.byPolicy.get(policyKey(policy, policyId))?.get(urn)?.shift();
    }

    /** All that are left of a policy on one resource. */
    takeOn(policy: string, policyId: PolicyId, urn: Urn | undefined): readonly RecordedFinding[] {
        return this.byPolicy.get(policyKey(policy, policyId))?.get(urn)?.splice(0) ?? [];
    }

    /** All that are left of a policy. */
    takeAll(policy: string, policyId: PolicyId): readonly RecordedFinding[] {
        const left = this.byPolicy.get(policyKey(policy, policyId))?.values() ?? [];
        return [...left].flatMap((findings) => findings.splice(0));
    }
}

function emptyMap(): Map<Urn | undefined, RecordedFinding[]> {
    return new Map();
}

function policyKey(policy: string, policyId: PolicyId): string {
    return `${policy} ${policyId}`;
}

const OPEN_LINE = /^(?<policies>BCDR\d+(?:, BCDR\d+)*) on "(?<resource>.*)": (?<property>.*?)\.?$/;

/** What BCDR490 lists, for a stream without a record: policy, resource and property stand in its lines. */
export function openInText(findings: readonly LevelledFinding[]): readonly OpenFinding[] {
    return findings
        .filter(({ policyId, exemption }) => policyId === UNDECIDED && exemption === undefined)
        .flatMap(({ message }) => message.details ?? [])
        .flatMap((line) => {
            const { rules: policies = "", resource = "", property = "" } = OPEN_LINE.exec(line.trim())?.groups ?? {};
            return policies === ""
                ? []
                : policies.split(", ").map((policyId) => ({
                      policyId: policyId as OpenFinding["policyId"],
                      urn: undefined,
                      resource,
                      property,
                      changing: false,
                      inTemplate: false,
                      skipped: false,
                  }));
        });
}
