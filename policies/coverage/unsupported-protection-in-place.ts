import { pushTo } from "../../src/model/lists";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import type { PolicyId } from "../../src/findings/policy-id";
import { linesOf, listed, namesOf } from "../../src/advice/names";
import { NIST } from "../../src/facts/frameworks";
import { type FoundInPlace, stackPolicy } from "../policy";

interface Parameters {
    /** Undefined for what is found of the stack as a whole. */
    readonly name: string | undefined;
    readonly limits: readonly Limit[];
    /** True where a preview alone would not show it if the plan changed some of it. */
    readonly mayBeChanged: boolean;
}

interface Limit {
    readonly id: PolicyId;
    readonly policy: string;
    readonly headline: string;
}

/** BCDR430: protection that Azure has accepted, and that breaks a limit of policies which are about a plan's requests. */
export const unsupportedProtectionInPlace = stackPolicy<Parameters>({
    id: "BCDR430",
    name: "unsupported-protection-in-place",
    level: "advisory",
    severity: "medium",
    summary: "Protection works, but Azure can refuse to set it up again.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "support-matrix"],
    remediationSteps: "Change the setup before a restore requires you to enable protection again.",

    *evaluate({ estate, inPlace }): Iterable<Verdict<Parameters>> {
        const bySubject = new Map<string, FoundInPlace[]>();
        for (const found of inPlace()) {
            pushTo(bySubject, found.subject.urn ?? found.subject.name, found);
        }
        for (const [first, ...others] of bySubject.values()) {
            if (first === undefined) {
                continue;
            }
            const all = [first, ...others];
            const { subject } = first;
            const restsOn = [...new Set(all.flatMap((each) => each.restsOn))];
            yield {
                verdict: "violated",
                subject,
                parameters: {
                    name: subject.urn === estate.stackUrn ? undefined : subject.name,
                    limits: all.map(({ policyId, policyName, message }) => ({
                        id: policyId,
                        policy: policyName,
                        headline: message.headline,
                    })),
                    mayBeChanged: restsOn.some(
                        ({ provider, urn }) => provider === "azure-classic" && urn !== undefined,
                    ),
                },
                restsOn,
            };
        }
    },

    message: ({ name, limits, mayBeChanged }, { dryRun }): Message => ({
        headline: headline(
            (quoted) =>
                `${name === undefined ? "Protection in this stack" : quoted} is in place, but Azure can refuse to set it up again (${listed(idsOf(limits), MOST_IDS)}).`,
            name ?? "",
        ),
        why: dryRun
            ? "Azure has accepted this, and this plan does not change it. After a restore, you have to enable protection again, and then these limits count."
            : "Azure has accepted this. After a restore, you have to enable protection again, and then these limits count.",
        facts: [
            ...linesOf(namesOf(limits, ({ id, policy, headline: text }) => `${id} ${policy}: ${text}`)),
            ...(dryRun && mayBeChanged
                ? [
                      "A preview alone does not show whether the plan changes resources of the classic provider. azure-bcdr-guard preview checks that.",
                  ]
                : []),
        ],
        fix: {
            kind: "in order",
            intro: "To keep protection possible:",
            steps: [
                {
                    do: `Read what ${limits.length === 1 ? "the policy advises" : "the policies advise"}:`,
                    commands: idsOf(limits)
                        .slice(0, MOST_IDS)
                        .map((id) => `azure-bcdr-guard explain ${id}`),
                },
                {
                    do: "Change the setup at a time of your choice, before you need a restore.",
                    note: "The plan that changes it is checked against these limits.",
                },
            ],
        },
        sources: [],
    }),
});

/** More of them would make a headline too long. */
const MOST_IDS = 5;

function idsOf(limits: readonly Limit[]): readonly PolicyId[] {
    return [...new Set(limits.map(({ id }) => id))];
}
