import type { Steps } from "../advice/steps";
import { PAGES, type Page } from "../facts/page";
import type { Message } from "./message";
import type { PolicyId } from "./policy-id";

/** The text of a finding as Pulumi prints it below the policy's description. */
export function formatMessage(policyId: PolicyId, message: Message): string {
    const { headline, why, details = [], steps, source, notes = [] } = message;
    return [
        `[${policyId}] ${headline}`,
        why,
        ...details.map((line) => `${INDENT}${line}`),
        ...formatSteps(steps),
        ...notes,
        ...(source === undefined ? [] : [formatSource(source)]),
    ]
        .map(singleLine)
        .join("\n");
}

/** Steps as lines of text. */
export function formatSteps({ occasion, list }: Steps): readonly string[] {
    return list.length === 0 ? [] : [occasion, ...list.map((step, index) => `${numbered(index)}${step}`)];
}

/** What tells details and steps from the lines around them. */
const INDENT = "  ";

function numbered(index: number): string {
    return `${INDENT}${index + 1}. `;
}

/** The last line of a finding. */
export function formatSource({ title, publisher, date }: Page): string {
    return `Source: "${title}", ${publisher}${date === undefined ? "" : `, ${date}`}.`;
}

/**
 * A finding read back from its text, for where nothing but the text is left: a saved stream of events. The policy's
 * description, which Pulumi puts above it, may stand there. Undefined for a text that is no finding of this pack.
 *
 * The occasion of steps that are none is not printed, and so comes back empty.
 */
export function parseMessage(text: string): { readonly policyId: PolicyId; readonly message: Message } | undefined {
    const lines = text.replace(/[\r\n]+$/, "").split(/\r?\n/);
    const start = lines.slice(0, 2).findIndex((line) => HEADLINE.test(line));
    const [, policyId, headline = ""] = HEADLINE.exec(lines[start] ?? "") ?? [];
    if (policyId === undefined) {
        return undefined;
    }
    const [why = "", ...rest] = lines.slice(start + 1);
    const details = linesWhile(rest, (line) => line.startsWith(INDENT));
    const afterDetails = rest.slice(details.length);
    const steps = linesWhile(afterDetails.slice(1), (line, index) => line.startsWith(numbered(index)));
    const remarks = steps.length === 0 ? afterDetails : afterDetails.slice(1 + steps.length);
    const source = parseSource(remarks.at(-1) ?? "");
    const notes = source === undefined ? remarks : remarks.slice(0, -1);
    return {
        policyId: policyId as PolicyId,
        message: {
            headline,
            why,
            ...(details.length > 0 ? { details: details.map((line) => line.slice(INDENT.length)) } : {}),
            steps: {
                occasion: steps.length === 0 ? "" : (afterDetails[0] ?? ""),
                list: steps.map((line, index) => line.slice(numbered(index).length)),
            },
            ...(source === undefined ? {} : { source }),
            ...(notes.length > 0 ? { notes } : {}),
        },
    };
}

const HEADLINE = /^\[(BCDR\d{3})\] (.*)$/;

function linesWhile(lines: readonly string[], belongs: (line: string, index: number) => boolean): readonly string[] {
    const end = lines.findIndex((line, index) => !belongs(line, index));
    return end < 0 ? lines : lines.slice(0, end);
}

/** Only what `formatSource` makes of a page that can be one: a remark may begin with the same word. */
function parseSource(line: string): Page | undefined {
    const [, title, name, date] = /^Source: "(.*)", ([^"]*?)(?:, (\d{4}-\d{2}-\d{2}))?\.$/.exec(line) ?? [];
    const publisher = Object.values(PAGES).find((page) => page.publisher === name)?.publisher;
    return title === undefined || publisher === undefined ? undefined : { title, publisher, date };
}

/** Names come from the program; one with line breaks in it must not be able to forge lines of a report. */
export function singleLine(text: string): string {
    return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
