/** A safe piece of a page: everything that was put into it is escaped. */
export class Markup {
    constructor(readonly text: string) {}
}

export type Content = Markup | string | number | undefined | false | readonly Content[];

/** A template whose texts are escaped as they are put in, so that no part of a page can forget it. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
    const [first = "", ...rest] = unindented(parts);
    return new Markup(rest.reduce((text, part, index) => text + textOf(contents[index]) + part, first));
}

const UNINDENTED = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Without the indentation of the source, which a browser would pass over and a large page be full of. */
function unindented(parts: TemplateStringsArray): readonly string[] {
    const found = UNINDENTED.get(parts) ?? parts.map((part) => part.replace(/\n\s*/g, "\n"));
    UNINDENTED.set(parts, found);
    return found;
}

function textOf(content: Content): string {
    if (content === undefined || content === false) {
        return "";
    }
    if (content instanceof Markup) {
        return content.text;
    }
    return typeof content === "object" ? content.map(textOf).join("") : escaped(String(content));
}

const ESCAPES: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

/** Fit for a text and for an attribute in quotes. What steers the text around it is shown instead of obeyed. */
function escaped(text: string): string {
    return text
        .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "")
        .replace(/[\t\n\r\u2028\u2029]+/g, " ")
        .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, codeOf)
        .replace(/[\p{Cs}\p{Noncharacter_Code_Point}]/gu, "\ufffd");
}

function codeOf(character: string): string {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `[U+${code}]`;
}

/** A link, where the address is one that a page may lead to. */
export function link(address: string, content: Content): Markup {
    return /^https:\/\/[^\s"'<>\\]+$/.test(address)
        ? html`<a href="${address}" rel="noopener noreferrer">${content}</a>`
        : html`${content}`;
}

export function counted(number: number, noun: string, several = `${noun}s`): string {
    return `${number.toLocaleString("en-US")} ${number === 1 ? noun : several}`;
}
