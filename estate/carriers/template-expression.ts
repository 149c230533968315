import { UNKNOWN_VALUE } from "../property-bag";

/** What expressions of a template can refer to. */
export interface TemplateScope {
    readonly parameter: (name: string) => unknown;
    readonly variable: (name: string) => unknown;
    /** Undefined where the plan does not know it. */
    readonly subscription: string | undefined;
    readonly resourceGroup: string | undefined;
}

/** Deeper than any template; a value below that is not read. */
const DEEPEST = 64;

/**
 * A value of a template with its expressions worked out. What cannot be worked out for sure, because it takes Azure to
 * answer or a function that is not known here, is `UNKNOWN_VALUE`: nothing is guessed.
 */
export function evaluate(value: unknown, scope: TemplateScope, depth = 0): unknown {
    if (depth > DEEPEST) {
        return UNKNOWN_VALUE;
    }
    if (typeof value === "string") {
        return isExpression(value)
            ? new Expression(value.slice(1, -1), scope, depth).evaluate()
            : value.replace(/^\[\[/, "[");
    }
    if (Array.isArray(value)) {
        return (value as readonly unknown[]).map((element) => evaluate(element, scope, depth + 1));
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(
            Object.entries(value).map(([key, element]) => [key, evaluate(element, scope, depth + 1)]),
        );
    }
    return value;
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
            return UNKNOWN_VALUE;
        }
        const value = this.value(this.depth);
        return this.at === this.tokens.length ? value : UNKNOWN_VALUE;
    }

    private value(depth: number): unknown {
        const token = this.next();
        if (token === undefined || depth > DEEPEST) {
            return UNKNOWN_VALUE;
        }
        switch (token.kind) {
            case "text":
                return token.text;
            case "number":
                return Number(token.text);
            case "name":
                return this.members(this.call(token.text, depth), depth);
            case "mark":
                return UNKNOWN_VALUE;
        }
    }

    private call(name: string, depth: number): unknown {
        const args: unknown[] = [];
        if (!this.take("(")) {
            return UNKNOWN_VALUE;
        }
        while (!this.take(")")) {
            args.push(this.value(depth + 1));
            if (!this.take(",") && this.peek()?.text !== ")") {
                this.at = Number.MAX_SAFE_INTEGER;
                return UNKNOWN_VALUE;
            }
        }
        return args.includes(UNKNOWN_VALUE) ? UNKNOWN_VALUE : this.apply(name.toLowerCase(), args);
    }

    private apply(name: string, args: readonly unknown[]): unknown {
        const [first] = args;
        switch (name) {
            case "parameters":
                return typeof first === "string" ? this.scope.parameter(first) : UNKNOWN_VALUE;
            case "variables":
                return typeof first === "string" ? this.scope.variable(first) : UNKNOWN_VALUE;
            case "concat":
                return args.every(isScalar) ? args.join("") : UNKNOWN_VALUE;
            case "format":
                return args.every(isScalar) ? format(String(args[0]), args.slice(1)) : UNKNOWN_VALUE;
            case "tolower":
                return typeof first === "string" ? first.toLowerCase() : UNKNOWN_VALUE;
            case "toupper":
                return typeof first === "string" ? first.toUpperCase() : UNKNOWN_VALUE;
            case "resourceid":
                return this.resourceId(args);
            case "resourcegroup":
                return { name: this.scope.resourceGroup ?? UNKNOWN_VALUE };
            case "subscription":
                return { subscriptionId: this.scope.subscription ?? UNKNOWN_VALUE };
            default:
                return UNKNOWN_VALUE;
        }
    }

    /** `resourceId([subscription,] [group,] type, names…)`: the type is the first argument with a slash in it. */
    private resourceId(args: readonly unknown[]): unknown {
        const texts = args.filter((arg): arg is string => typeof arg === "string");
        const at = texts.findIndex((text) => text.includes("/"));
        const [namespace, ...types] = (texts[at] ?? "").split("/");
        const names = texts.slice(at + 1);
        const [subscription, group] =
            at === 2 ? texts : [this.scope.subscription, at === 1 ? texts[0] : this.scope.resourceGroup];
        const isWhole = at >= 0 && at <= 2 && names.length === types.length && texts.length === args.length;
        if (!isWhole || subscription === undefined || group === undefined) {
            return UNKNOWN_VALUE;
        }
        const path = types.map((type, index) => `/${type}/${names[index]}`).join("");
        return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${namespace}${path}`;
    }

    /** `.name` and `[0]` behind a call. */
    private members(value: unknown, depth: number): unknown {
        let current = value;
        for (;;) {
            let key: unknown;
            if (this.take(".")) {
                key = this.next()?.text;
            } else if (this.take("[")) {
                key = this.value(depth + 1);
                if (!this.take("]")) {
                    return UNKNOWN_VALUE;
                }
            } else {
                return current;
            }
            current = member(current, key);
        }
    }

    private peek(): Token | undefined {
        return this.tokens?.[this.at];
    }

    private next(): Token | undefined {
        return this.tokens?.[this.at++];
    }

    private take(mark: string): boolean {
        const token = this.peek();
        const isIt = token?.kind === "mark" && token.text === mark;
        this.at += isIt ? 1 : 0;
        return isIt;
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

function isScalar(value: unknown): value is string | number | boolean {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function format(pattern: string, args: readonly (string | number | boolean)[]): string {
    return pattern.replace(/\{(\d{1,3})\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

function member(value: unknown, key: unknown): unknown {
    const isObject = typeof value === "object" && value !== null;
    if (!isObject || (typeof key !== "string" && typeof key !== "number") || !Object.hasOwn(value, key)) {
        return UNKNOWN_VALUE;
    }
    return (value as Record<string | number, unknown>)[key];
}
