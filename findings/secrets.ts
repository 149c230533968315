import { parseArmId } from "../estate/arm-id";
import { isUnknown } from "../estate/property-bag";
import { singleLine, type Message } from "./message";

/** What stands in a message or a report where a secret would have stood. */
const HIDDEN = "(secret)";

/** Shorter texts are in every other word; Pulumi draws the line there, too, where it masks what it prints. */
const SHORTEST = 3;

/** From this length on, a text is not in another word by chance. */
const LONG = 8;

/**
 * The texts that are known to be secret, and how to keep them out of what is printed.
 *
 * A text is hidden wherever it stands: names, ids and commands are made of properties, and nobody can tell afterwards
 * of which. What is a name in a URN is not hidden: Pulumi prints it on every line.
 */
export class Secrets {
    private readonly texts = new Set<string>();
    private readonly published = new Set<string>();
    private current: RegExp | undefined;
    private isCurrent = true;

    /** Takes every text in a value that is secret. */
    add(value: unknown): void {
        if (typeof value === "string") {
            this.addText(value);
        } else if (typeof value === "object" && value !== null) {
            Object.values(value).forEach((held) => this.add(held));
        }
    }

    /** The name that a program gives a resource. */
    publish(name: string): void {
        if (!this.published.has(name)) {
            this.published.add(name);
            this.isCurrent = this.isCurrent && !this.texts.has(name);
        }
    }

    /** True for a whole value that is secret. */
    has(text: string): boolean {
        return this.texts.has(text);
    }

    hide(text: string): string {
        const pattern = this.pattern();
        return pattern === undefined ? text : shortenedHidden(text.replace(pattern, HIDDEN), this.texts);
    }

    /** A value of plain data with nothing secret in any text of it. */
    hideIn<T>(value: T): T {
        return this.pattern() === undefined ? value : (this.hiddenIn(value) as T);
    }

    /** The page that a message rests on is this pack's own. */
    hideInMessage({ source, ...message }: Message): Message {
        const hidden = this.hideIn(message);
        return source === undefined ? hidden : { ...hidden, source };
    }

    private hiddenIn(value: unknown): unknown {
        if (typeof value === "string") {
            return this.hide(value);
        }
        if (Array.isArray(value)) {
            return value.map((each) => this.hiddenIn(each));
        }
        return typeof value === "object" && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, this.hiddenIn(held)]))
            : value;
    }

    private addText(text: string): void {
        const all = [text, parseArmId(text)?.subscription ?? ""];
        for (const each of all) {
            const isWorth = each.trim().length >= SHORTEST && !WORDS.has(each.toLowerCase()) && !isUnknown(each);
            if (isWorth && !this.texts.has(each)) {
                this.texts.add(each);
                this.isCurrent = false;
            }
        }
    }

    private pattern(): RegExp | undefined {
        if (!this.isCurrent) {
            const texts = [...this.texts].filter((text) => !this.published.has(text));
            const written = [...new Set(texts.flatMap(spellings))].sort((a, b) => b.length - a.length);
            this.current = written.length === 0 ? undefined : new RegExp(written.map(patternOf).join("|"), "giu");
            this.isCurrent = true;
        }
        return this.current;
    }
}

/** What tells nobody anything. */
const WORDS: ReadonlySet<string> = new Set(["true", "false", "null", "none"]);

/** A text as messages may have it: on one line, without blanks around it, within a text in JSON, in quotes of a shell. */
function spellings(text: string): readonly string[] {
    const plain = singleLine(text).trim();
    return [text, plain, JSON.stringify(plain).slice(1, -1), plain.replaceAll("'", "'\\''")].filter(
        (each) => each.length >= SHORTEST,
    );
}

function patternOf(text: string): string {
    const literal = text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    return text.length >= LONG ? literal : `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`;
}

/** A headline shortens long names in the middle, and may have cut a secret in two. */
function shortenedHidden(text: string, secrets: ReadonlySet<string>): string {
    return text.includes("…")
        ? text.replace(/"([^"…]*)…([^"…]*)"/g, (quoted, head: string, tail: string) =>
              [...secrets].some((secret) => endsWithStartOf(head, secret) || startsWithEndOf(tail, secret))
                  ? `"${HIDDEN}"`
                  : quoted,
          )
        : text;
}

/** How much of a secret may be told: less than this tells nobody anything. */
const TELLING = 4;

function endsWithStartOf(head: string, secret: string): boolean {
    return lengthsOf(head, secret).some((length) => head.endsWith(secret.slice(0, length)));
}

function startsWithEndOf(tail: string, secret: string): boolean {
    return lengthsOf(tail, secret).some((length) => tail.startsWith(secret.slice(secret.length - length)));
}

function lengthsOf(part: string, secret: string): readonly number[] {
    const most = Math.min(part.length, secret.length);
    return Array.from({ length: Math.max(0, most - TELLING + 1) }, (_, index) => TELLING + index);
}
