import type { ExemptionInUse } from "../../findings/exemption";
import type { Verdict } from "../../findings/finding";
import type { Message } from "../../findings/message";
import { singleLine } from "../../findings/message";
import { stackSubject } from "../../findings/subject";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";

interface Parameters {
    /** One line for each exemption from one rule. */
    readonly exemptions: readonly string[];
}

/** BCDR491: every exemption that has taken a finding out in this round, in one finding for the stack. */
export const inUse: Rule<StackSubject, unknown, Parameters> = {
    id: "BCDR491",
    finds: "exemptions that are in use",

    *evaluate({ estate, exemptionsInUse }): Iterable<Verdict<Parameters>> {
        const exemptions = exemptionLines(exemptionsInUse());
        if (exemptions.length > 0) {
            yield { verdict: "violated", subject: stackSubject(estate.stackUrn), parameters: { exemptions } };
        }
    },

    tell: ({ exemptions }): Message => exemptionsMessage(exemptions),
};

/** @param lines one for each exemption from one rule */
export function exemptionsMessage(lines: readonly string[]): Message {
    const [verb, noun] = lines.length === 1 ? ["is", "exemption"] : ["are", "exemptions"];
    return {
        headline: `${lines.length} ${noun} ${verb} in use: what they cover is not reported and fails nothing.`,
        why: "Whoever reviews this change sees here what is left out, why, and until when.",
        details: lines,
        steps: {
            occasion: "To end an exemption:",
            list: [
                "Remove it from the configuration of the policy or from shared-settings, or remove the tag bcdr-exempt from the VM.",
            ],
        },
    };
}

/** More names than these would bury the other lines; the rest is counted. */
const MOST_NAMES = 10;

/** Every exemption has a line; the resources that one covers are folded. */
export function exemptionLines(inUse: readonly ExemptionInUse[]): readonly string[] {
    const lines = new Map<string, { readonly start: string; readonly end: string; readonly names: Set<string> }>();
    for (const { policy, rule, resource, reason, expires } of inUse) {
        const key = JSON.stringify([policy, rule, reason, expires]);
        const line = lines.get(key) ?? {
            start: `${rule} (${policy}) on `,
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
