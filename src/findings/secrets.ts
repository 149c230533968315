import { parseArmId } from "../model/ids/arm-id";
import { backupOrigin } from "../model/disks/restored-disk";
import { sourceInWords } from "../advice/restore-source";
import { isUnknown } from "../model/property-bag";
import type { Message } from "./message";
import { singleLine } from "./plain-text";
import { SHORTEST, TextSearch } from "./text-search";

/** What a message or a report shows instead of a secret. */
const HIDDEN = "(secret)";

/**
 * The texts that are known to be secret, and how to keep them out of what is printed.
 *
 * A text is hidden wherever it occurs: names, ids and commands are made of properties, and nobody can tell afterwards
 * which ones. A name in a URN is not hidden: Pulumi prints it on every line. Nor is a text of less than three letters:
 * it is in every other word, and Pulumi draws the line there, too, when it masks what it prints.
 */
export class Secrets {
    private readonly texts = new Set<string>();
    private readonly published = new Set<string>();
    private readonly search = new TextSearch();
    private readonly isHidden = (text: string): boolean => !this.published.has(text);

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
        this.published.add(name);
    }

    /** True for a whole value that is secret. */
    has(text: string): boolean {
        return this.texts.has(text);
    }

    hide(text: string): string {
        return this.texts.size === 0 ? text : this.shortenedHidden(this.search.replaced(text, HIDDEN, this.isHidden));
    }

    /** A value of plain data with nothing secret in any text of it. */
    hideIn<T>(value: T): T {
        return this.texts.size === 0 ? value : (this.hiddenIn(value) as T);
    }

    /** The pages that a message rests on, and the kind of its fix, are this pack's own. */
    hideInMessage({ sources, fix, ...message }: Message): Message {
        const { kind, ...steps } = fix;
        return { ...this.hideIn(message), fix: { kind, ...this.hideIn(steps) }, sources };
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
                this.search.addEnds(each);
                new Set(spellings(each)).forEach((written) => this.search.add(written, each));
                partsTold(each).forEach((written) => this.search.add(written, each));
            }
        }
    }

    /** A headline shortens long names in the middle, and may have cut a secret in two. */
    private shortenedHidden(text: string): string {
        return text.includes("…")
            ? text.replace(/"([^"…]*)…([^"…]*)"/g, (quoted, head: string, tail: string) =>
                  this.search.startsAtEndOf(head) || this.search.endsAtStartOf(tail) ? `"${HIDDEN}"` : quoted,
              )
            : text;
    }
}

/** What messages quote from the id of a recovery point, without the id: which VM was backed up, and when. */
function partsTold(text: string): readonly string[] {
    const id = parseArmId(text);
    const backup = id && backupOrigin(id);
    if (backup === undefined) {
        return [];
    }
    const words = sourceInWords({ kind: "restore point", backup, byAzureBackup: true }, JSON.stringify(backup.vm));
    return [words.slice(words.indexOf("VM ")), ...(backup.moment === undefined ? [] : [backup.moment])];
}

/** What tells nobody anything. */
const WORDS: ReadonlySet<string> = new Set(["true", "false", "null", "none"]);

/** A text as messages may have it: on one line, without blanks around it, within a text in JSON, in quotes of a shell. */
function spellings(text: string): readonly string[] {
    const plain = singleLine(text).trim();
    return [text, plain, JSON.stringify(plain).slice(1, -1), plain.replaceAll("'", "'\\''")];
}
