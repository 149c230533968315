import type { OpenFinding, Verdict } from "../../findings/finding";
import { singleLine, type Message } from "../../findings/message";
import { stackSubject } from "../../findings/subject";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";

interface Parameters {
    readonly open: readonly OpenFinding[];
    readonly externalReferences: number;
    readonly skippedResources: number;
    readonly inputsCollected: boolean;
}

/** More than these would bury what matters; the rest is counted. */
const MOST_LINES = 20;

/** BCDR490: what the rules that ran in this round could not decide, in one finding for the stack. */
export const undecided: Rule<StackSubject, undefined, Parameters> = {
    id: "BCDR490",
    finds: "what the plan does not know yet and a rule depends on",

    *evaluate({ estate, open }): Iterable<Verdict<Parameters>> {
        // What --target left out is not going to be made, so waiting for it would be noise; it is only counted.
        const waiting = open().filter(({ skipped }) => !skipped);
        const { externalReferences, skippedResources, inputsCollected } = estate;
        if (waiting.length > 0 || !inputsCollected) {
            yield {
                verdict: "violated",
                subject: stackSubject(estate.stackUrn),
                parameters: { open: waiting, externalReferences, skippedResources, inputsCollected },
            };
        }
    },

    tell: ({ open, externalReferences, skippedResources, inputsCollected }, { dryRun }): Message => ({
        headline:
            open.length === 0
                ? "No inputs were collected: every resource policy of this pack is disabled, so this stack is seen by its outputs alone."
                : `${count(open.length, "question")} could not be decided: ${dryRun ? "the plan does not know the answer yet" : "the state does not tell"}.`,
        why:
            "Undecided is neither a violation nor a clean bill. What is listed here is decided once the property is known." +
            (inputsCollected || open.length === 0
                ? ""
                : " No inputs were collected, because every resource policy of this pack is disabled: that alone leaves much open."),
        details: [
            ...open
                .slice(0, MOST_LINES)
                .map(({ rule, resource, property }) => singleLine(`${rule} on "${resource}": ${property}`)),
            ...(open.length > MOST_LINES ? [`and ${open.length - MOST_LINES} more`] : []),
            ...(externalReferences > 0
                ? [
                      `${count(externalReferences, "reference")} to resources outside of this stack, which were not looked at.`,
                  ]
                : []),
            ...(skippedResources > 0 ? [`${count(skippedResources, "resource")} left out by --target.`] : []),
        ],
        steps: {
            occasion: "To have it decided:",
            list: [
                ...(inputsCollected
                    ? []
                    : [
                          "Enable at least one resource policy of this pack, such as restored-disk: it hands the inputs over.",
                      ]),
                ...(dryRun && open.length > 0
                    ? [
                          "Give the property a value that is known before the deployment, or refer to the resource's id directly, so that the plan shows which one is meant.",
                          "Or look again after the deployment: pulumi policy analyze --stack <stack> --policy-pack <this pack>.",
                      ]
                    : []),
                ...(!dryRun && open.length > 0 ? ["Run pulumi refresh, then look again."] : []),
            ],
        },
    }),
};

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
