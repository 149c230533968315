import type { ExemptionInUse } from "../../src/findings/exemption";
import type { Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { singleLine } from "../../src/findings/plain-text";
import { stackSubject } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";

interface Parameters {
    /** One line for each exemption from one policy. */
    readonly exemptions: readonly string[];
}

/** BCDR491: every exemption that has suppressed a finding in this round, in one finding for the stack. */
export const exemptionInUse = stackPolicy<Parameters>({
    id: "BCDR491",
    name: "exemption-in-use",
    level: "advisory",
    severity: "low",
    summary: "Exemptions suppress findings.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["exemptions"],
    remediationSteps: "Remove exemptions that are no longer needed.",

    *evaluate({ estate, exemptionsInUse }): Iterable<Verdict<Parameters>> {
        const exemptions = exemptionLines(exemptionsInUse());
        if (exemptions.length > 0) {
            yield { verdict: "violated", subject: stackSubject(estate.stackUrn), parameters: { exemptions } };
        }
    },

    message: ({ exemptions }): Message => exemptionsMessage(exemptions),
});

/** @param lines one for each exemption from one policy */
export function exemptionsMessage(lines: readonly string[]): Message {
    return {
        headline:
            lines.length === 1
                ? "1 exemption is in use: the findings that it covers are not reported and block nothing."
                : `${lines.length} exemptions are in use: the findings that they cover are not reported and block nothing.`,
        why: "Reviewers see here what is left out, why, and until when.",
        facts: lines,
        fix: {
            kind: "one of",
            intro: "To end an exemption, do one of these:",
            steps: [
                { do: "Remove it from the policy's configuration or from shared-settings." },
                { do: "Remove the tag bcdr-exempt from the VM." },
            ],
        },
        sources: [],
    };
}

/** More names than these would bury the other lines; the rest is counted. */
const MOST_NAMES = 10;

/** Every exemption has a line; the resources that one covers are folded. */
export function exemptionLines(inUse: readonly ExemptionInUse[]): readonly string[] {
    const lines = new Map<string, { readonly start: string; readonly end: string; readonly names: Set<string> }>();
    for (const { policy, policyId, resource, reason, expires } of inUse) {
        const key = JSON.stringify([policy, policyId, reason, expires]);
        const line = lines.get(key) ?? {
            start: `${policyId} (${policy}) on `,
            end: ` until ${expires}: ${singleLine(reason)}`,
            names: new Set<string>(),
        };
        line.names.add(singleLine(resource));
        lines.set(key, line);
    }
    return [...lines.values()].map(({ start, end, names }) => {
        const all = [...names].map((name) => `"${name}"`);
        const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "";
        return `${start}${all.slice(0, MOST_NAMES).join(", ")}${more}${end}`;
    });
}
