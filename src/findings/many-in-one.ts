import { headline, type Message } from "./message";

/** What the findings of one policy have in common. */
export interface Common {
    /** What the policy finds, as a sentence. */
    readonly finds: string;
    /** What to do about it, in general. */
    readonly remediation: string;
}

/** So many of them are named; the rest is counted. */
const NAMED = 10;

/** No headline of this pack is longer, but the names in it may be. */
const LONGEST_LINE = 200;

/** One message in the place of many of one policy; it stays short, whatever those say. */
export function manyInOne(headlines: readonly string[], { finds, remediation }: Common): Message {
    const count = headlines.length;
    const left = count - NAMED;
    return {
        headline: headline(() => `${inWords(count)} ${count === 1 ? "finding" : "findings"}: ${finds}`),
        why: "Pulumi cannot take so many findings from a policy pack at once. This one counts for all of them.",
        facts: [...headlines.slice(0, NAMED).map(cut), ...(left > 0 ? [`and ${inWords(left)} more`] : [])],
        fix: {
            kind: "one of",
            intro: "To see each finding with its fix, run one of these:",
            steps: [
                { do: "Before a deployment:", commands: ["azure-bcdr-guard preview -- --stack STACK"] },
                {
                    do: "For what is deployed:",
                    commands: [
                        "pulumi stack export --stack STACK --file state.json",
                        "azure-bcdr-guard analyze state.json",
                    ],
                },
            ],
        },
        notes: [`In general: ${remediation}`],
        sources: [],
    };
}

function inWords(count: number): string {
    return count.toLocaleString("en-US");
}

function cut(line: string): string {
    return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
