import type { Fix, Step } from "../advice/fix";
import type { Page } from "../facts/page";
import type { Message } from "./message";
import { singleLine } from "./plain-text";
import type { PolicyId } from "./policy-id";

/** How a message names its policy. */
export interface PolicyReference {
    readonly id: PolicyId;
    readonly name: string;
    /** The address of its page. */
    readonly url: string;
}

/** A line of a message as a terminal or a log shows it. */
export interface TextLine {
    readonly indent: string;
    readonly text: string;
    /** Commands and addresses have to survive being copied: their lines must not be wrapped. */
    readonly isCommand?: true;
    readonly isReference?: true;
}

/** The text of a finding as Pulumi prints it below the policy's description. */
export function formatMessage(policy: PolicyReference, message: Message): string {
    return [line(`[${policy.id}] ${message.headline}`), ...linesBelow(policy, message)].map(formatLine).join("\n");
}

/** The lines below the headline. */
export function linesBelow(policy: PolicyReference, message: Message): readonly TextLine[] {
    const { why, facts = [], fix, notes = [], sources } = message;
    return [
        ...(why === "" ? [] : [line(`Why: ${why}`)]),
        ...facts.map((fact) => line(fact, INDENT)),
        ...fixLines(fix),
        ...notes.map((note) => line(note)),
        reference(policy.url === "" ? `Policy: ${policy.name}` : `Policy: ${policy.name}  ${policy.url}`),
        ...sources.map((source) => reference(`Source: ${formatSource(source)}`)),
    ];
}

/** Steps as lines of text: numbered where they follow one another. */
export function fixLines({ kind, intro, steps }: Fix): readonly TextLine[] {
    return steps.length === 0
        ? []
        : [
              line(intro),
              ...steps.flatMap((step, index) => stepLines(step, kind === "in order" ? `${index + 1}. ` : "- ")),
          ];
}

function stepLines({ do: text, commands = [], where, note }: Step, mark: string): readonly TextLine[] {
    const below = INDENT + " ".repeat(mark.length);
    const inBlock = (command: string): TextLine => ({ indent: below + INDENT, text: command, isCommand: true });
    return [
        line(`${mark}${text}`, INDENT),
        ...commands.map(inBlock),
        ...(where === undefined ? [] : [line(`where: ${where}`, below)]),
        ...(note === undefined ? [] : [line(note, below)]),
    ];
}

const INDENT = "  ";

function line(text: string, indent = ""): TextLine {
    return { indent, text };
}

function reference(text: string): TextLine {
    return { indent: "", text, isReference: true };
}

/** The first line of a finding in a text that may begin with the policy's description; undefined where it is none of this pack. */
export function headlineIn(text: string): { readonly policyId: PolicyId; readonly headline: string } | undefined {
    const [, policyId, headline = ""] =
        text
            .split("\n", 2)
            .map((each) => HEADLINE.exec(each))
            .find((found) => found !== null) ?? [];
    return policyId === undefined ? undefined : { policyId: policyId as PolicyId, headline };
}

const HEADLINE = /^\[(BCDR\d{3})\] (.*?)\r?$/;

export function formatLine({ indent, text }: TextLine): string {
    return indent + singleLine(text);
}

/** `Support for using Site Recovery with Azure Backup, Microsoft Learn, 2025-12-08  https://…` */
export function formatSource({ title, publisher, date, address }: Page): string {
    return `${[title, publisher, ...(date === undefined ? [] : [date])].join(", ")}  ${address}`;
}
