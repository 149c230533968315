import { addAll } from "../../model/lists";

/**
 * Where a program's text makes resources. This reads no language whole: it takes comments and texts for what they are, looks for calls
 * whose first argument may be a resource's name, and knows no more. So what it finds is near, and never called exact by itself.
 */
export interface Construct {
    /** What is called: `VirtualMachine` of `new azure.compute.VirtualMachine(…)`. */
    readonly callee: string;
    /** The name that it gives, as far as the text tells. */
    readonly name: NamePattern;
    readonly line: number;
    readonly column: number;
}

/** Parts that are written out, and in between whatever an expression may give: `["", undefined, "-os"]` of `${name}-os`. */
export type NamePattern = readonly (string | undefined)[];

export interface Constructs {
    readonly calls: readonly Construct[];
    /** Types that components register themselves with: `super("shop:index:VM", …)`. */
    readonly components: readonly string[];
    /** Lines on which anything is called. */
    readonly lines: ReadonlySet<number>;
}

/** By the ending of a file; what is not here is not looked at. */
const SYNTAXES: Readonly<Record<string, Syntax>> = {
    ...Object.fromEntries(["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx"].map((ending) => [ending, "node"])),
    py: "python",
    go: "go",
    cs: "other",
    java: "other",
};

type Syntax = "node" | "python" | "go" | "other";

export function syntaxOf(file: string): Syntax | undefined {
    const ending = /\.([a-z]+)$/.exec(file)?.[1] ?? "";
    return /\.d\.[mc]?ts$/.test(file) || !Object.hasOwn(SYNTAXES, ending) ? undefined : SYNTAXES[ending];
}

export function constructsIn(text: string, syntax: Syntax): Constructs {
    const { masked, texts } = mask(text, syntax);
    const positions = new Positions(text);
    const calls: Construct[] = [];
    const components: string[] = [];
    const lines = new Set<number>();
    for (const { called, open, start, around } of callsIn(masked)) {
        const place = positions.of(start);
        lines.add(place.line);
        const callee = syntax === "go" ? called.replace(/^New(?=\p{Lu})/u, "") : called;
        const isRegistering = REGISTERING.has(called);
        if (!isRegistering && (!/^\p{Lu}/u.test(callee) || (syntax === "go" && callee === called))) {
            continue;
        }
        const first = argumentAfter(masked, open + 1);
        const second = syntax === "go" && first !== undefined ? argumentAfter(masked, first.end + 1) : undefined;
        const argument = syntax === "go" && !isRegistering ? second : first;
        if (argument === undefined) {
            continue;
        }
        if (isRegistering) {
            const type = textAt(texts, masked, argument);
            if (type?.kind === "plain" && type.value.includes(":")) {
                components.push(type.value);
            }
        } else {
            calls.push({
                callee,
                name: patternOf(masked, texts, argument),
                ...(around === undefined ? place : positions.of(around)),
            });
        }
    }
    return { calls, components, lines };
}

interface Call {
    readonly called: string;
    readonly start: number;
    readonly open: number;
    /** Where the call begins that takes the arrow function whose body this is: Pulumi names that line, too (ENG-51). */
    readonly around: number | undefined;
}

function* callsIn(masked: string): Iterable<Call> {
    const enclosing: (number | undefined)[] = [];
    for (const { 0: bracket, index } of masked.matchAll(/[()]/g)) {
        if (bracket === ")") {
            enclosing.pop();
            continue;
        }
        const call = calleeBefore(masked, index);
        if (call !== undefined) {
            const isBody = masked
                .slice(Math.max(call.start - LONGEST_NAME, 0), call.start)
                .trimEnd()
                .endsWith("=>");
            yield { ...call, open: index, around: isBody ? enclosing.at(-1) : undefined };
        }
        enclosing.push(call?.start);
    }
}

/** How components name their type: constructors of base classes, and Go's function. */
const REGISTERING: ReadonlySet<string> = new Set(["super", "__init__", "base", "RegisterComponentResource"]);

/** Whether a pattern may give a name. Each part is looked for behind the one before; nothing is tried twice. */
export function mayBe(pattern: NamePattern, name: string): boolean {
    // What is written out between the gaps.
    const parts = pattern.reduce<readonly string[]>(
        (done, part) => (part === undefined ? [...done, ""] : [...done.slice(0, -1), `${done.at(-1) ?? ""}${part}`]),
        [""],
    );
    const first = parts[0] ?? "";
    if (parts.length === 1 || !name.startsWith(first)) {
        return name === first;
    }
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
        const found = name.indexOf(part, at);
        if (found < 0) {
            return false;
        }
        at = found + part.length;
    }
    const last = parts.at(-1) ?? "";
    return name.length - last.length >= at && name.endsWith(last);
}

/** How much of a name is written out. */
export function certainty(pattern: NamePattern): "whole" | "part" | "none" {
    return pattern.every((part) => part !== undefined) ? "whole" : pattern.some(Boolean) ? "part" : "none";
}

interface Text {
    readonly start: number;
    readonly end: number;
    readonly value: string;
    /** What in it is no text: nothing, `${…}`, or `{…}`. */
    readonly kind: "plain" | "template" | "braces";
}

/** Comments become spaces, texts a mark as long as they are: what is left is code, in its place. */
function mask(text: string, syntax: Syntax): { readonly masked: string; readonly texts: ReadonlyMap<number, Text> } {
    const parts: string[] = [];
    const texts = new Map<number, Text>();
    const lineComment = syntax === "python" ? "#" : "//";
    let done = 0;
    let at = 0;
    const put = (end: number, mark: string): void => {
        parts.push(text.slice(done, at), mark.repeat(end - at));
        done = end;
        at = end;
    };
    while (at < text.length) {
        const character = text.charAt(at);
        if (text.startsWith(lineComment, at)) {
            put(endOf(text, "\n", at), " ");
        } else if (syntax !== "python" && text.startsWith("/*", at)) {
            put(Math.min(endOf(text, "*/", at + 2) + 2, text.length), " ");
        } else if (character === '"' || character === "'" || (character === "`" && syntax !== "python")) {
            const literal = literalAt(text, at, syntax);
            if (literal === undefined) {
                at += 1;
            } else {
                texts.set(at, literal);
                put(literal.end, MARK);
            }
        } else {
            at += 1;
        }
    }
    parts.push(text.slice(done));
    return { masked: parts.join(""), texts };
}

/** Nothing that a program is written with. */
const MARK = "\uE000";

function endOf(text: string, end: string, from: number): number {
    const found = text.indexOf(end, from);
    return found < 0 ? text.length : found;
}

/** Undefined for a quotation mark that ends on no line: in a regular expression, or as an apostrophe. */
function literalAt(text: string, start: number, syntax: Syntax): Text | undefined {
    const quote = text.charAt(start);
    const isLong = quote !== "`" && syntax !== "node" && text.startsWith(quote.repeat(3), start);
    const mark = isLong ? quote.repeat(3) : quote;
    const isRaw = /[@rR`]/.test(text.charAt(start - 1)) || (quote === "`" && syntax === "go");
    let at = start + mark.length;
    for (; at < text.length && !text.startsWith(mark, at); at += 1) {
        if (text.charAt(at) === "\\" && !isRaw) {
            at += 1;
        } else if (text.charAt(at) === "\n" && quote !== "`" && !isLong) {
            return undefined;
        }
    }
    if (at >= text.length) {
        return undefined;
    }
    const before = text.slice(Math.max(start - 2, 0), start);
    const isFormatted = (syntax === "python" && /[fF]/.test(before)) || (syntax === "other" && before.includes("$"));
    return {
        start,
        end: at + mark.length,
        value: text.slice(start + mark.length, at),
        kind: isFormatted ? "braces" : quote === "`" && syntax === "node" ? "template" : "plain",
    };
}

interface Span {
    readonly start: number;
    /** Of the comma or the bracket behind it. */
    readonly end: number;
}

/** Longer ones name nothing. */
const LONGEST_ARGUMENT = 500;

/** The argument that begins there; undefined for none, and for one that is too long. */
function argumentAfter(masked: string, start: number): Span | undefined {
    let depth = 0;
    for (let at = start; at < Math.min(masked.length, start + LONGEST_ARGUMENT); at += 1) {
        const character = masked.charAt(at);
        if (depth === 0 && (character === "," || character === ")")) {
            return masked.slice(start, at).trim() === "" ? undefined : { start, end: at };
        }
        depth += "([{".includes(character) ? 1 : ")]}".includes(character) ? -1 : 0;
    }
    return undefined;
}

/** The one text that an argument is. */
function textAt(texts: ReadonlyMap<number, Text>, masked: string, { start, end }: Span): Text | undefined {
    const found = masked.slice(start, end).indexOf(MARK);
    const text = found < 0 ? undefined : texts.get(start + found);
    const isAlone =
        text !== undefined &&
        masked.slice(start, text.start).replace(PREFIX, "").trim() === "" &&
        masked.slice(text.end, end).trim() === "";
    return isAlone ? text : undefined;
}

const ANYTHING: NamePattern = [undefined];

/** `"web"`, `"web-" + role`, `` `${name}-os` ``, `f"{name}-os"`, `fmt.Sprintf("%s-os", name)`. All else may be any name. */
function patternOf(masked: string, texts: ReadonlyMap<number, Text>, argument: Span): NamePattern {
    const code = masked.slice(argument.start, argument.end);
    const formatting = /^\s*(?:fmt\.Sprintf|[Ss]tring\.[Ff]ormat)\(\s*\uE000/.exec(code);
    const isFormatted = /\uE000\s*(?:\.\s*format\s*\(|%)/.test(code);
    if (formatting !== null || isFormatted) {
        const first = texts.get(argument.start + code.indexOf(MARK));
        return first?.kind === "plain" ? gaps(first.value, /%[-+ 0#.\d]*[a-zA-Z]|\{[^{}]*\}/) : ANYTHING;
    }
    // A choice, a call or an element of a list gives something that the text does not tell.
    if (/[?|&([{;:]/.test(code.replace(/^\s*(?:name|resourceName)\s*:/, ""))) {
        return ANYTHING;
    }
    const parts: (string | undefined)[] = [];
    let at = argument.start;
    for (;;) {
        const found = masked.indexOf(MARK, at);
        const literal = found < 0 || found >= argument.end ? undefined : texts.get(found);
        const between = masked.slice(at, literal?.start ?? argument.end).replace(ARGUMENT_NAME, "");
        if (/[^\s+]/.test(literal === undefined ? between : between.replace(PREFIX, ""))) {
            parts.push(undefined);
        }
        if (literal === undefined) {
            return parts.length === 0 ? ANYTHING : parts;
        }
        addAll(parts, piecesOf(literal));
        at = literal.end;
    }
}

/** The prefix before a quotation mark, which belongs to the text. */
const PREFIX = /(?<![\w$])[fFrRuUbB$@]{1,2}$/;

/** How Python and C# name the argument. */
const ARGUMENT_NAME = /^\s*(?:resource_name\s*=|name\s*:|resourceName\s*:)/;

function piecesOf({ value, kind }: Text): NamePattern {
    switch (kind) {
        case "plain":
            return value.includes("\\") ? ANYTHING : [value];
        case "template":
            return gaps(value, /\$\{[^{}]*\}/);
        case "braces":
            return gaps(value, /\{[^{}]*\}/);
    }
}

function gaps(value: string, gap: RegExp): NamePattern {
    return /\\|\{\{/.test(value)
        ? ANYTHING
        : value.split(gap).flatMap((part, index) => (index === 0 ? [part] : [undefined, part]));
}

/** Names are no longer, and nobody puts more between a class and its arguments. */
const LONGEST_NAME = 200;

/** What is called before a bracket, and where that begins: at `new`, or at the module that holds it. */
function calleeBefore(masked: string, open: number): { readonly called: string; readonly start: number } | undefined {
    const from = Math.max(open - LONGEST_NAME, 0);
    let at = backOverSpace(masked, from, open);
    if (masked.charAt(at - 1) === ">") {
        at = backOverSpace(masked, from, backOverTypes(masked, from, at));
    }
    const end = at;
    let start = backOverWord(masked, from, end);
    let called = masked.slice(start, end);
    if (!/^[\p{L}_$]/u.test(called)) {
        return undefined;
    }
    for (let dot = backOverSpace(masked, from, start); masked.charAt(dot - 1) === ".";) {
        const wordEnd = backOverSpace(masked, from, dot - 1);
        const wordStart = backOverWord(masked, from, wordEnd);
        if (wordStart === wordEnd) {
            break;
        }
        // `Disk.get("web", id)` reads a disk.
        called = called === "get" ? masked.slice(wordStart, wordEnd) : called;
        start = wordStart;
        dot = backOverSpace(masked, from, wordStart);
    }
    const word = backOverSpace(masked, from, start);
    const before = word < start ? masked.slice(backOverWord(masked, from, word), word) : "";
    return DECLARING.has(before) ? undefined : { called, start: before === "new" ? word - "new".length : start };
}

/** The keywords before a class or a function that is declared, not called. */
const DECLARING: ReadonlySet<string> = new Set(
    "class def function func interface record public private protected internal".split(" "),
);

function backOverSpace(masked: string, from: number, at: number): number {
    let start = at;
    while (start > from && /\s/.test(masked.charAt(start - 1))) {
        start -= 1;
    }
    return start;
}

function backOverWord(masked: string, from: number, at: number): number {
    let start = at;
    while (start > from && /[\p{L}\p{N}_$]/u.test(masked.charAt(start - 1))) {
        start -= 1;
    }
    return start;
}

/** Over `<…>`. */
function backOverTypes(masked: string, from: number, at: number): number {
    let depth = 0;
    for (let start = at; start > from; start -= 1) {
        const character = masked.charAt(start - 1);
        depth += character === ">" ? 1 : character === "<" ? -1 : 0;
        if (depth === 0) {
            return start - 1;
        }
    }
    return at;
}

/** Lines and columns of a text. */
class Positions {
    private readonly lineStarts: readonly number[];

    constructor(text: string) {
        this.lineStarts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
    }

    of(offset: number): { readonly line: number; readonly column: number } {
        let [low, high] = [0, this.lineStarts.length];
        while (high - low > 1) {
            const middle = Math.floor((low + high) / 2);
            [low, high] = (this.lineStarts[middle] ?? 0) <= offset ? [middle, high] : [low, middle];
        }
        return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 };
    }
}
