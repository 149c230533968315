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

/** Tells such a message from all others. */
const WHY = "Pulumi cannot take so many findings from a policy pack at once, so this one counts for all of them.";

/** One message in the place of many of one policy; it stays short, whatever those say. */
export function manyInOne(headlines: readonly string[], { finds, remediation }: Common): Message {
    const count = headlines.length;
    const left = count - NAMED;
    return {
        headline: headline(() => `${inWords(count)} ${count === 1 ? "finding" : "findings"}: ${finds}`),
        why: WHY,
        details: [...headlines.slice(0, NAMED).map(cut), ...(left > 0 ? [`and ${inWords(left)} more`] : [])],
        steps: {
            occasion: "To see each of them with its steps:",
            list: [
                "Before a deployment: azure-bcdr-guard preview -- --stack STACK",
                "For what is deployed: pulumi stack export --stack STACK --file state.json && azure-bcdr-guard analyze state.json",
            ],
        },
        notes: [`In general: ${remediation}`],
    };
}

function inWords(count: number): string {
    return count.toLocaleString("en-US");
}

function cut(line: string): string {
    return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}

/** How many findings a message counts for; undefined where it is one of its own. */
export function countInOne({ headline: line, why }: Message): number | undefined {
    const [, count] = /^([\d,]+) findings?: /.exec(line) ?? [];
    return why === WHY && count !== undefined ? Number(count.replaceAll(",", "")) : undefined;
}

/** One of them, where nothing is known of it but its policy and its resource. */
export function oneOfMany(name: string, { finds, remediation }: Common): Message {
    return {
        headline: headline((quoted) => `${quoted}: ${finds}`, name),
        why: "It is one of so many that Pulumi could not take each from the policy pack; the pack has written down no more of it.",
        steps: { occasion: "In general:", list: [remediation] },
    };
}
