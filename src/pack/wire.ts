import { LazyBag } from "../model/property-bag";

// Reads protocol buffers from their bytes. google-protobuf makes three objects of each value, and each text one
// character after another (SEE-34).

export type PlainValue =
    null | number | string | boolean | readonly PlainValue[] | { readonly [name: string]: PlainValue };
export type PlainStruct = Record<string, PlainValue>;

/** A field's number and wire type, as they stand before it. */
const tag = (field: number, wireType: number): number => (field << 3) | wireType;
const [VARINT, EIGHT_BYTES, WITH_LENGTH, FOUR_BYTES] = [0, 1, 2, 5];

// What is read, and how far that has come. Nothing below waits for anything, so one place will do for all.
let bytes: Buffer = Buffer.of();
let at = 0;

/** A field of a message, and where its content is. */
export type FieldVisitor = (field: number, start: number, end: number) => void;

export function eachField(message: Buffer, start: number, end: number, visit: FieldVisitor): void {
    let next = start;
    while (next < end) {
        [bytes, at] = [message, next];
        const field = varint();
        let content = at;
        if ((field & 7) === WITH_LENGTH) {
            next = endOfNext();
            content = at;
        } else {
            skip(field);
            next = at;
        }
        visit(field >>> 3, content, next);
    }
}

export function textAt(message: Buffer, start: number, end: number): string {
    [bytes, at] = [message, start];
    return textUpTo(end);
}

/** A `google.protobuf.Struct` as a plain object. */
export function plainStruct(message: Buffer, start: number, end: number): PlainStruct {
    [bytes, at] = [message, start];
    return structUpTo(end);
}

/**
 * Where the message ends that a field holds.
 *
 * @param field where the field begins, with its tag and its length
 * @param start where the message begins: elsewhere, if it is no field's
 */
export function endOfField(message: Buffer, field: number, start: number): number {
    [bytes, at] = [message, field];
    varint();
    const length = varint();
    return at === start ? start + length : message.length;
}

/**
 * A `google.protobuf.Struct` of which only those properties are read that somebody asks for. Readers look at a fraction of
 * what a stack has, and what is never made need not be kept, nor moved around by the garbage collector.
 */
export class WireBag extends LazyBag {
    constructor(
        private readonly message: Buffer,
        private readonly start: number,
        private readonly end: number,
    ) {
        super();
    }

    override get(name: string): unknown {
        [bytes, at] = [this.message, this.start];
        while (at < this.end) {
            const entryEnd = startOfEntry();
            if (entryEnd !== undefined) {
                const keyEnd = endOfNext();
                if (isAt(name, at, keyEnd)) {
                    at = keyEnd;
                    return valueOfEntry(entryEnd, true);
                }
                at = entryEnd;
            }
        }
        // Names in other scripts are not compared byte by byte.
        return NOT_ASCII.test(name) ? this.whole()[name] : undefined;
    }

    override names(): readonly string[] {
        [bytes, at] = [this.message, this.start];
        const names: string[] = [];
        while (at < this.end) {
            const entryEnd = startOfEntry();
            if (entryEnd !== undefined) {
                names.push(textUpTo(endOfNext()));
                at = entryEnd;
            }
        }
        return names;
    }

    override whole(): PlainStruct {
        return plainStruct(this.message, this.start, this.end);
    }
}

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * `map<string, Value> fields = 1`, and each entry of the map a message with its key as 1 and its value as 2. All writers
 * write the key first.
 *
 * @returns where the entry ends whose key comes next; undefined for a field that is none
 */
function startOfEntry(): number | undefined {
    const field = varint();
    if (field !== tag(1, WITH_LENGTH)) {
        skip(field);
        return undefined;
    }
    const end = endOfNext();
    if (varint() !== tag(1, WITH_LENGTH)) {
        throw new Error("An entry of a map in a request does not begin with its key.");
    }
    return end;
}

function structUpTo(end: number): PlainStruct {
    const struct: PlainStruct = {};
    while (at < end) {
        const entryEnd = startOfEntry();
        if (entryEnd !== undefined) {
            const name = textUpTo(endOfNext());
            struct[name] = valueOfEntry(entryEnd, false) as PlainValue;
        }
    }
    return struct;
}

/** An entry without a value has null. */
function valueOfEntry(end: number, isLazy: boolean): unknown {
    let value: unknown = null;
    while (at < end) {
        const field = varint();
        if (field === tag(2, WITH_LENGTH)) {
            value = valueUpTo(endOfNext(), isLazy);
        } else {
            skip(field);
        }
    }
    return value;
}

function valueUpTo(end: number, isLazy: boolean): unknown {
    let value: unknown = null;
    while (at < end) {
        const field = varint();
        switch (field) {
            case tag(2, EIGHT_BYTES):
                value = bytes.readDoubleLE(at);
                at += 8;
                break;
            case tag(3, WITH_LENGTH):
                value = textUpTo(endOfNext());
                break;
            case tag(4, VARINT):
                value = varint() !== 0;
                break;
            case tag(5, WITH_LENGTH): {
                const structEnd = endOfNext();
                value = isLazy ? new WireBag(bytes, at, structEnd) : structUpTo(structEnd);
                at = structEnd;
                break;
            }
            case tag(6, WITH_LENGTH):
                value = listUpTo(endOfNext(), isLazy);
                break;
            default:
                value = field === tag(1, VARINT) ? null : value;
                skip(field);
        }
    }
    return value;
}

function listUpTo(end: number, isLazy: boolean): readonly unknown[] {
    const list: unknown[] = [];
    while (at < end) {
        const field = varint();
        if (field === tag(1, WITH_LENGTH)) {
            list.push(valueUpTo(endOfNext(), isLazy));
        } else {
            skip(field);
        }
    }
    return list;
}

function varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
        const byte = bytes[at++] ?? 0;
        if (byte < 0x80) {
            return value + byte * factor;
        }
        value += (byte & 0x7f) * factor;
    }
}

/** Where the message or text ends whose length comes next. */
function endOfNext(): number {
    const length = varint();
    if (at + length > bytes.length) {
        throw new Error("A request ends in the middle of a message.");
    }
    return at + length;
}

function skip(field: number): void {
    switch (field & 7) {
        case VARINT:
            varint();
            break;
        case EIGHT_BYTES:
            at += 8;
            break;
        case WITH_LENGTH:
            at = endOfNext();
            break;
        case FOUR_BYTES:
            at += 4;
            break;
        default:
            throw new Error(`A field in a request has wire type ${field & 7}, which this version does not know.`);
    }
}

// Names of properties, and many values, come again with every resource. One text for all of them takes less memory than
// one each, and a comparison less time than a new text.
const TEXTS: string[] = Array.from({ length: 4096 }, () => "");
const LONGEST_KEPT = 128;

function textUpTo(end: number): string {
    const start = at;
    at = end;
    if (end - start > LONGEST_KEPT) {
        return bytes.toString("utf8", start, end);
    }
    let hash = 0;
    for (let index = start; index < end; index += 1) {
        hash = (hash * 31 + (bytes[index] ?? 0)) | 0;
    }
    const slot = hash & (TEXTS.length - 1);
    const kept = TEXTS[slot] ?? "";
    if (isAt(kept, start, end)) {
        return kept;
    }
    const made = bytes.toString("utf8", start, end);
    TEXTS[slot] = made;
    return made;
}

/** Only of ASCII: a character of any other text takes several bytes. */
function isAt(text: string, start: number, end: number): boolean {
    if (text.length !== end - start) {
        return false;
    }
    for (let index = start; index < end; index += 1) {
        const byte = bytes[index] ?? 0;
        if (byte > 0x7f || text.charCodeAt(index - start) !== byte) {
            return false;
        }
    }
    return true;
}
