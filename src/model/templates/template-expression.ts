import { UNKNOWN_SUBSCRIPTION } from "../ids/arm-id";
import { isUnknown, UNKNOWN_VALUE, UNTRACED_VALUE } from "../property-bag";
import type { Work } from "./work";

/** What expressions of a template can refer to. */
export interface TemplateScope {
    readonly parameter: (name: string, depth: number) => unknown;
    readonly variable: (name: string, depth: number) => unknown;
    /** Undefined where the plan does not know it. */
    readonly subscription: string | undefined;
    readonly resourceGroup: string | undefined;
    readonly work: Work;
}

/** What `resourceGroup().location` is: nobody has to know it to put a resource there. */
export const LOCATION_OF_GROUP: unique symbol = Symbol("the location of the resource group");

/**
 * A value of a template with its expressions worked out. Nothing is guessed: what the plan does not know yet is
 * `UNKNOWN_VALUE`, as long as the expression does no more than pass it on or put it into a text, because then it leads to
 * what the program made it from. All else that cannot be worked out for sure, because it takes Azure to answer, a function
 * that is not known here, or too much work, is `UNTRACED_VALUE`.
 */
export function evaluate(value: unknown, scope: TemplateScope, depth = 0): unknown {
    const { work } = scope;
    if (!work.step() || !work.mayDescend(depth)) {
        return UNTRACED_VALUE;
    }
    if (typeof value === "string") {
        return isUnknown(value) ? value : evaluateText(value, scope, depth);
    }
    if (Array.isArray(value)) {
        return (value as readonly unknown[]).map((element) => evaluate(element, scope, depth + 1));
    }
    return typeof value === "object" && value !== null ? evaluateObject(value, scope, depth) : value;
}

function evaluateText(text: string, scope: TemplateScope, depth: number): unknown {
    if (!isExpression(text)) {
        return text.startsWith("[[") ? text.slice(1) : text;
    }
    return scope.work.mayParse(text) ? new Expression(text.slice(1, -1), scope, depth).evaluate() : UNTRACED_VALUE;
}

function evaluateObject(value: object, scope: TemplateScope, depth: number): unknown {
    const entries: [string, unknown][] = [];
    for (const [name, element] of Object.entries(value) as [string, unknown][]) {
        if (name.toLowerCase() === "copy" && Array.isArray(element)) {
            // A loop makes a list of each name that it gives. How long that is, and what is in it, is not worked out.
            for (const each of element as readonly unknown[]) {
                const made = typeof each === "object" && each !== null ? (each as { readonly name?: unknown }).name : 0;
                if (typeof made !== "string" || isExpression(made)) {
                    return UNTRACED_VALUE;
                }
                entries.push([made, UNTRACED_VALUE]);
            }
            continue;
        }
        const key = isExpression(name) ? evaluate(name, scope, depth + 1) : name;
        if (typeof key !== "string" || isUnknown(key)) {
            // It may be any name.
            return UNTRACED_VALUE;
        }
        entries.push([key, evaluate(element, scope, depth + 1)]);
    }
    return Object.fromEntries(entries);
}

function isExpression(text: string): boolean {
    return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
}

type Token = { readonly kind: "text" | "number" | "name" | "mark"; readonly text: string };

// Each character belongs to one alternative only, so that no text takes longer than its length.
const TOKEN = /\s+|'((?:[^']|'')*)'|(-?\d+)|([A-Za-z_]\w*)|([()[\].,])/gy;

class Expression {
    private readonly tokens: readonly Token[] | undefined;
    private at = 0;

    constructor(
        text: string,
        private readonly scope: TemplateScope,
        private readonly depth: number,
    ) {
        this.tokens = tokensOf(text);
    }

    evaluate(): unknown {
        if (this.tokens === undefined) {
            return UNTRACED_VALUE;
        }
        const value = this.value(this.depth);
        return this.at === this.tokens.length ? value : UNTRACED_VALUE;
    }

    private value(depth: number): unknown {
        const { work } = this.scope;
        if (!work.step() || !work.mayDescend(depth)) {
            return this.end();
        }
        const token = this.next();
        switch (token?.kind) {
            case "text":
                return token.text;
            case "number":
                return Number(token.text);
            case "name":
                return this.members(this.call(token.text, depth), depth);
            case "mark":
            case undefined:
                return this.end();
        }
    }

    /** What cannot be read on: all that is still open ends here. */
    private end(): unknown {
        this.at = Number.MAX_SAFE_INTEGER;
        return UNTRACED_VALUE;
    }

    private call(name: string, depth: number): unknown {
        const args: unknown[] = [];
        if (!this.take("(")) {
            return this.end();
        }
        while (!this.take(")")) {
            args.push(this.value(depth + 1));
            if (!this.take(",") && this.peek()?.text !== ")") {
                return this.end();
            }
        }
        return this.apply(name.toLowerCase(), args, depth);
    }

    private apply(name: string, args: readonly unknown[], depth: number): unknown {
        const [first] = args;
        switch (name) {
            case "parameters":
                return isText(first) ? this.scope.parameter(first, depth + 1) : UNTRACED_VALUE;
            case "variables":
                return isText(first) ? this.scope.variable(first, depth + 1) : UNTRACED_VALUE;
            case "concat":
                return known(args, isScalar, (parts) => this.written(parts));
            case "format":
                return known(args, isScalar, ([pattern, ...parts]) => this.written(format(String(pattern), parts)));
            case "tolower":
                return known(args, isText, ([text = ""]) => this.written([text.toLowerCase()]));
            case "toupper":
                return known(args, isText, ([text = ""]) => this.written([text.toUpperCase()]));
            case "resourceid":
                return known(args, isText, (texts) => this.resourceId(texts));
            case "resourcegroup":
                return { name: this.scope.resourceGroup ?? UNTRACED_VALUE, location: LOCATION_OF_GROUP };
            case "subscription":
                return { subscriptionId: this.scope.subscription ?? UNTRACED_VALUE };
            case "true":
                return args.length === 0 ? true : UNTRACED_VALUE;
            case "false":
                return args.length === 0 ? false : UNTRACED_VALUE;
            case "if":
                return typeof first === "boolean" && args.length === 3 ? args[first ? 1 : 2] : UNTRACED_VALUE;
            case "not":
                return typeof first === "boolean" ? !first : UNTRACED_VALUE;
            case "and":
                return decided(args, false);
            case "or":
                return decided(args, true);
            case "equals":
                return args.length === 2 && args.every((arg) => isScalar(arg) && !isUnknown(arg))
                    ? first === args[1]
                    : UNTRACED_VALUE;
            default:
                return UNTRACED_VALUE;
        }
    }

    /** The parts as one text, if that may be. */
    private written(parts: readonly (string | number | boolean)[]): unknown {
        const texts = parts.map(String);
        const { work } = this.scope;
        return work.step(texts.length) && work.mayWrite(texts.reduce((sum, { length }) => sum + length, 0))
            ? texts.join("")
            : UNTRACED_VALUE;
    }

    /** `resourceId([subscription,] [group,] type, names…)`: the type is the first argument with a slash in it. */
    private resourceId(texts: readonly string[]): unknown {
        const at = texts.findIndex((text) => text.includes("/"));
        const [namespace = "", ...types] = (texts[at] ?? "").split("/");
        const names = texts.slice(at + 1);
        const [subscription, group] =
            at === 2 ? texts : [this.scope.subscription, at === 1 ? texts[0] : this.scope.resourceGroup];
        if (at < 0 || at > 2 || names.length !== types.length || group === undefined) {
            return UNTRACED_VALUE;
        }
        const path = types.flatMap((type, index) => ["/", type, "/", names[index] ?? ""]);
        // Who reads the id knows that the subscription may be any; group, type and names are told all the same.
        return this.written([
            `/subscriptions/${subscription ?? UNKNOWN_SUBSCRIPTION}/resourceGroups/${group}/providers/${namespace}`,
            ...path,
        ]);
    }

    /** `.name` and `[0]` behind a call. */
    private members(value: unknown, depth: number): unknown {
        let current = value;
        while (this.scope.work.step()) {
            let key: unknown;
            if (this.take(".")) {
                key = this.next()?.text;
            } else if (this.take("[")) {
                key = this.value(depth + 1);
                if (!this.take("]")) {
                    return this.end();
                }
            } else {
                return current;
            }
            current = member(current, key);
        }
        return this.end();
    }

    private peek(): Token | undefined {
        return this.tokens?.[this.at];
    }

    private next(): Token | undefined {
        const token = this.peek();
        this.at += 1;
        return token;
    }

    private take(mark: string): boolean {
        const token = this.peek();
        const isThere = token?.kind === "mark" && token.text === mark;
        this.at += isThere ? 1 : 0;
        return isThere;
    }
}

function tokensOf(text: string): readonly Token[] | undefined {
    const tokens: Token[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
        const match = TOKEN.exec(text);
        if (match === null) {
            return undefined;
        }
        const [, quoted, number, name, mark] = match;
        if (quoted !== undefined) {
            tokens.push({ kind: "text", text: quoted.replaceAll("''", "'") });
        } else if (number !== undefined) {
            tokens.push({ kind: "number", text: number });
        } else if (name !== undefined) {
            tokens.push({ kind: "name", text: name });
        } else if (mark !== undefined) {
            tokens.push({ kind: "mark", text: mark });
        }
    }
    return tokens;
}

/** What a function makes of arguments that are all known; of others, what is unknown of them. */
function known<T>(
    args: readonly unknown[],
    fits: (value: unknown) => value is T,
    make: (args: readonly T[]) => unknown,
): unknown {
    if (args.length === 0 || !args.every(fits)) {
        return UNTRACED_VALUE;
    }
    return args.some(isUnknown) ? UNKNOWN_VALUE : make(args);
}

/** One argument may decide, whatever the others are. */
function decided(args: readonly unknown[], by: boolean): unknown {
    if (args.includes(by)) {
        return by;
    }
    return args.length > 0 && args.every((arg) => arg === !by) ? !by : UNTRACED_VALUE;
}

function isText(value: unknown): value is string {
    return typeof value === "string";
}

function isScalar(value: unknown): value is string | number | boolean {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** The parts that make up the text: a place may be there often, and what it stands for is long. */
function format(pattern: string, args: readonly (string | number | boolean)[]): readonly string[] {
    const parts: string[] = [];
    let from = 0;
    for (const match of pattern.matchAll(/\{(\d{1,3})\}/g)) {
        parts.push(pattern.slice(from, match.index), String(args[Number(match[1])] ?? match[0]));
        from = match.index + match[0].length;
    }
    return [...parts, pattern.slice(from)];
}

/** Of what the program does not know yet, a part is not known either. */
function member(value: unknown, key: unknown): unknown {
    if (isUnknown(value) && !isUnknown(key)) {
        return value;
    }
    const isObject = typeof value === "object" && value !== null;
    if (!isObject || (typeof key !== "string" && typeof key !== "number") || !Object.hasOwn(value, key)) {
        return UNTRACED_VALUE;
    }
    return (value as Record<string | number, unknown>)[key];
}
