import type { KnownFinding, ReportedFinding } from "../report";
import { isRecord } from "../reading/json";
import { UnreadableInput } from "../reading/unreadable";

/** Findings that a team has decided to live with for now: they are told, and do not fail the gate. */
export interface Baseline {
    readonly version: 1;
    readonly findings: readonly KnownFinding[];
}

/** What is neither suppressed nor excepted, in the order of the report, so that a baseline under version control changes little. */
export function baselineOf(findings: readonly ReportedFinding[]): Baseline {
    return {
        version: 1,
        findings: findings
            .filter(({ state }) => state !== "suppressed")
            .map(({ fingerprint, rule: policyId, urn, message }) => ({
                fingerprint,
                rule: policyId,
                urn,
                headline: message.headline,
            })),
    };
}

export function writtenBaseline(baseline: Baseline): string {
    return `${JSON.stringify(baseline, undefined, 4)}\n`;
}

/**
 * @param name the file, for messages
 * @throws UnreadableInput where it is no baseline, or one of a newer version
 */
export function readBaseline(text: string, name: string): Baseline {
    const remedy = `Write it again with --write-baseline ${name}.`;
    const content = parsed(text);
    if (content === undefined) {
        throw new UnreadableInput(name, undefined, "It is no JSON text.", remedy);
    }
    const { version, findings } = content as { version?: unknown; findings?: unknown };
    if (version !== 1 || !Array.isArray(findings)) {
        const problem =
            typeof version === "number" ? `Its version is ${version}, and this command knows 1.` : "It is no baseline.";
        throw new UnreadableInput(name, undefined, problem, remedy);
    }
    findings.forEach((each: unknown, index) => {
        if (!isKnownFinding(each)) {
            throw new UnreadableInput(name, `findings[${index}]`, "It lacks fingerprint, policy or headline.", remedy);
        }
    });
    return content as Baseline;
}

function isKnownFinding(value: unknown): boolean {
    return (
        isRecord(value) &&
        ["fingerprint", "rule", "headline"].every((name) => typeof value[name] === "string") &&
        ["string", "undefined"].includes(typeof value["urn"])
    );
}

function parsed(text: string): object | undefined {
    try {
        const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
        return typeof content === "object" && content !== null ? content : undefined;
    } catch {
        return undefined;
    }
}
