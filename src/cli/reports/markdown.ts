import type { Fix, Step } from "../../advice/fix";
import type { Page } from "../../facts/page";
import type { Report, ReportedFinding } from "../report";
import { codeBlock } from "./code-block";
import { estateDiagram } from "./estate-diagram";
import { changesText, groupsOf, inspectedLines, place, questionLines, suppressionText, TITLES } from "./groups";

export interface MarkdownOptions {
    /** In bytes of UTF-8. A comment on GitHub holds 65,536 characters, a job summary 1 MiB. */
    readonly maximumLength?: number;
    /** The HTML comment of the first line, by which an older page of this command is found and replaced. */
    readonly marker?: string;
    /** Where the whole report is, for a page that has no room for all of it: an address that needs no escaping. */
    readonly link?: string | undefined;
}

const DEFAULT_LENGTH = 65_000;

/** Kept free for what ends a section and for the line that tells what is left out. */
const LENGTH_OF_END = 400;

/** Room that a subject or a verdict may take before it is cut: they stand above everything that can be left out. */
const LONGEST_SENTENCE = 500;

interface Section {
    readonly title: string;
    /** What is counted when some of it is left out. */
    readonly noun: string;
    readonly folded: boolean;
    readonly entries: readonly string[];
}

/** For a job summary or a comment: the verdict, new and fixed findings first, the rest folded away. */
export function markdown(
    report: Report,
    { maximumLength = DEFAULT_LENGTH, marker = `<!-- ${report.tool.name} -->`, link }: MarkdownOptions = {},
): string {
    const { mandatory, advisory, known, suppressed, excepted } = groupsOf(report);
    const sections: readonly Section[] = [
        { title: TITLES.failures, noun: "failures", folded: false, entries: report.failures.map(listed) },
        section(TITLES.mandatory, "mandatory findings", mandatory, report),
        section(TITLES.advisory, "advisory findings", advisory, report),
        {
            title: TITLES.gone,
            noun: "fixed findings",
            folded: false,
            entries: report.gone.map(({ rule: policyId, headline }) => listed(`${policyId} ${headline}`)),
        },
        { title: TITLES.missing, noun: "gaps", folded: false, entries: report.missing.map(listed) },
        ...diagram(report),
        {
            title: `${TITLES.undecided} (${report.undecided.length})`,
            noun: "open questions",
            folded: true,
            entries: questionLines(report).map(listed),
        },
        {
            title: `${TITLES.known} (${known.length})`,
            noun: "known findings",
            folded: true,
            entries: known.map((finding) => listed(`${named(finding)}: ${finding.message.headline}`)),
        },
        {
            title: `${TITLES.suppressed} (${suppressed.length})`,
            noun: "suppressed findings",
            folded: true,
            entries: suppressed.map(withReason),
        },
        {
            title: `${TITLES.excepted} (${excepted.length})`,
            noun: "excepted findings",
            folded: true,
            entries: excepted.map(withReason),
        },
    ];
    return fitted(`${marker}\n${head(report)}`, sections, maximumLength, link);
}

/** Takes whole entries as long as there is room, and says how many of each kind there was no room for. */
function fitted(start: string, sections: readonly Section[], maximumLength: number, link: string | undefined): string {
    const where = link === undefined ? "" : ` [The run](<${link}>) has the whole report.`;
    const room = maximumLength - LENGTH_OF_END - Buffer.byteLength(where);
    let out = start;
    let isFull = false;
    const left: string[] = [];
    for (const { title, noun, folded, entries } of sections) {
        let body = "";
        let taken = 0;
        for (const entry of entries) {
            const tried = wrappedIn(title, folded, body + entry);
            isFull ||= Buffer.byteLength(out) + Buffer.byteLength(tried) > room;
            if (isFull) {
                break;
            }
            body += entry;
            taken++;
        }
        out += taken === 0 ? "" : wrappedIn(title, folded, body);
        if (taken < entries.length) {
            left.push(`${entries.length - taken} ${noun}`);
        }
    }
    return left.length === 0
        ? out
        : `${out}\n**Left out, because this page may not be longer:** ${left.join(", ")}.${where}\n`;
}

function wrappedIn(title: string, folded: boolean, body: string): string {
    return folded ? `\n<details><summary>${title}</summary>\n\n${body}\n</details>\n` : `\n### ${title}\n\n${body}`;
}

function head(report: Report): string {
    const { tool, subject, undecided, gone, verdict } = report;
    const { mandatory, advisory, known, suppressed, excepted } = groupsOf(report);
    const counts = [
        [TITLES.mandatory, mandatory],
        [TITLES.advisory, advisory],
        ["Fixed", gone],
        [TITLES.undecided, undecided],
        ["Known", known],
        [TITLES.suppressed, suppressed],
        ...(excepted.length === 0 ? [] : [[TITLES.excepted, excepted] as const]),
    ] as const;
    const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    const changes = changesText(report);
    return [
        `## ${tool.name}: ${inline(clipped(subject))}`,
        "",
        `**${inline(clipped(verdict.sentence))}**`,
        "",
        row(counts.map(([title]) => title)),
        row(counts.map(() => "--:")),
        row(counts.map(([, entries]) => String(entries.length))),
        "",
        ...(changes === undefined ? [] : [`Plan: ${inline(clipped(changes))}`, ""]),
        ...inspectedLines(report.lookedAt).flatMap((line) => [inline(clipped(line)), ""]),
    ].join("\n");
}

/** Forges draw it. Where they do not, it is a block of code that can be read. */
function diagram({ picture }: Report): readonly Section[] {
    const drawn = estateDiagram(picture?.machines ?? []);
    if (drawn === undefined) {
        return [];
    }
    const { lines, isReduced, left } = drawn;
    const more = left > 0 ? ["", `Left out: ${left} directions of the fewest VMs.`] : [];
    return [
        {
            title: "Regions and replication",
            noun: "diagram of regions",
            folded: isReduced,
            entries: [["```mermaid", ...lines, "```", ...more, ""].join("\n")],
        },
    ];
}

function section(title: string, noun: string, findings: readonly ReportedFinding[], report: Report): Section {
    return { title, noun, folded: false, entries: findings.map((finding) => inFull(finding, report)) };
}

function inFull(finding: ReportedFinding, { rules: policies }: Report): string {
    const { rule: policyId, policy, level, severity, message } = finding;
    const { headline, why, facts: lines = [], fix, notes = [], sources } = message;
    const page = policies.find(({ id }) => id === policyId)?.url;
    const id = page === undefined ? policyId : `[${policyId}](<${page}>)`;
    const where = place(finding.location);
    const facts = [level, `severity ${severity}`, policy, finding.stack, where]
        .filter((fact) => fact !== undefined)
        .map(inline);
    return [
        `#### ${id} ${inline(finding.name)}\n`,
        `**${inline(headline)}**\n`,
        `${facts.join(" · ")}\n`,
        ...(why === "" ? [] : [`${inline(why)}\n`]),
        ...(lines.length === 0 ? [] : [lines.map(listed).join("")]),
        ...(fix.steps.length === 0
            ? []
            : [
                  `<details><summary>${inline(fix.intro)}</summary>\n`,
                  fix.steps.map((step, index) => inList(step, fix.kind, index)).join(""),
                  "</details>\n",
              ]),
        ...notes.map((note) => `${inline(note)}\n`),
        ...(sources.length === 0 ? [] : [`<sub>Source: ${sources.map(cited).join("; ")}</sub>\n`]),
    ]
        .map((part) => `${part}\n`)
        .join("");
}

/** A step of a list, with its commands in blocks to copy from. */
function inList({ do: text, commands = [], where, note }: Step, kind: Fix["kind"], index: number): string {
    const mark = kind === "in order" ? `${index + 1}. ` : "- ";
    const below = [
        ...(commands.length === 0 ? [] : [codeBlock(commands)]),
        ...(where === undefined ? [] : [`where: ${inline(where)}`]),
        ...(note === undefined ? [] : [inline(note)]),
    ].map((part) => `\n${part.replace(/^/gm, " ".repeat(mark.length))}\n`);
    return `${mark}${inline(text)}\n${below.join("")}`;
}

function cited({ title, publisher, date, address }: Page): string {
    return `[${inline(title)}](<${address}>), ${[publisher, ...(date === undefined ? [] : [date])].join(", ")}`;
}

function withReason(finding: ReportedFinding): string {
    return listed(`${named(finding)}: ${finding.message.headline} ${suppressionText(finding)}`);
}

function named({ rule: policyId, name, level, severity }: ReportedFinding): string {
    return `${policyId} ${name} (${level}, ${severity})`;
}

function listed(entry: string): string {
    return `- ${inline(entry)}\n`;
}

function clipped(sentence: string): string {
    return sentence.length <= LONGEST_SENTENCE
        ? sentence
        : `${sentence.slice(0, LONGEST_SENTENCE).replace(/\p{Cs}$/u, "")}…`;
}

/**
 * A text that Markdown and HTML show unchanged. Entities rather than backslashes, because they count inside HTML, too.
 * Forges look for mentions and references in what is already rendered, so an entity does not keep them from that; a
 * space without width does. GitLab obeys a line of a note that begins with a slash.
 */
function inline(text: string): string {
    return text
        .trim()
        .replace(/[&<>\\`*_[\]|~$#@!]/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/^(?:[-+=/]|\d+(?=[.)])|$)/, (start) => `&#8203;${start}`)
        .replace(REFERENCES, (mark) => `${mark}&#8203;`);
}

/** After escaping: `@octocat`, `#123`, `!45`, `GH-6`, `https://…`, `www.…` and their like on any forge. */
const REFERENCES =
    /&#64;(?=\w|&#)|&#(?:33|35|36|38|126);(?=\d)|%(?=\d)|\bGH-(?=\d)|\b(?:https?|ftp):(?=\/\/)|\b(?:mailto|xmpp):|\bwww(?=\.)/gi;
