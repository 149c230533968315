import type { Urn } from "../../model/planned-resource";
import { own } from "../../model/property-bag";
import { OPEN_CAUSES, type OpenFinding } from "../../findings/finding";
import type { Message } from "../../findings/message";
import {
    RECORD_VERSION,
    type FindingsInOne,
    type RecordedFinding,
    type RecordedResource,
    type RecordLine,
} from "../../findings/record";
import { Interner, isRecord } from "./json";
import { UnreadableInput } from "./unreadable";

/** What the pack has written down for this gate while Pulumi ran it. */
export interface PackRecord {
    readonly resources: ReadonlyMap<Urn, RecordedResource>;
    readonly findings: readonly RecordedFinding[];
    /** Those among them that the engine got as one. */
    readonly inOne: readonly FindingsInOne[];
    readonly open: readonly OpenFinding[];
    /** The tags of the stack that policies look at. */
    readonly stackTags: ReadonlyMap<string, string>;
    /** The stack policies that have looked at the stack. */
    readonly evaluated: ReadonlySet<string>;
}

const RUN_AGAIN = "Run the command again; it removes this file by itself.";

/** @throws UnreadableInput */
export async function readRecord(lines: AsyncIterable<string> | Iterable<string>, name: string): Promise<PackRecord> {
    const reader = new RecordReader(name);
    for await (const line of lines) {
        reader.read(line);
    }
    return reader.end();
}

type Check = (value: unknown) => boolean;
type Checks<T> = { readonly [K in keyof T]-?: Check };

const isText: Check = (value) => typeof value === "string";
const isFlag: Check = (value) => typeof value === "boolean";
const areAll =
    (check: Check): Check =>
    (value) =>
        Array.isArray(value) && value.every(check);
const areTexts = areAll(isText);
const orNone =
    (check: Check): Check =>
    (value) =>
        value === undefined || check(value);

function shaped<T>(checks: Checks<T>): Check {
    return (value) =>
        isRecord(value) && Object.entries<Check>(checks).every(([name, check]) => check(own(value, name)));
}

const isPage = shaped<Message["sources"][number]>({
    title: isText,
    publisher: isText,
    date: orNone(isText),
    address: isText,
});
const isMessage = shaped<Message>({
    headline: isText,
    why: isText,
    facts: orNone(areTexts),
    fix: shaped<Message["fix"]>({
        kind: (value) => value === "in order" || value === "one of",
        intro: isText,
        steps: areAll(
            shaped<Message["fix"]["steps"][number]>({
                do: isText,
                commands: orNone(areTexts),
                where: orNone(isText),
                note: orNone(isText),
            }),
        ),
    }),
    notes: orNone(areTexts),
    sources: areAll(isPage),
});

/** What each line holds; the types keep this reader in step with the writer. */
const LINES: { readonly [L in RecordLine["line"]]: Check } = {
    start: shaped<Omit<Line<"start">, "version">>({ line: isText }),
    resource: shaped<Line<"resource">>({
        line: isText,
        urn: isText,
        protect: isFlag,
        ignoreChanges: areTexts,
        dependencies: (value) => isRecord(value) && Object.values(value).every(areTexts),
    }),
    "stack tag": shaped<Line<"stack tag">>({ line: isText, name: isText, value: isText }),
    evaluated: shaped<Line<"evaluated">>({ line: isText, policy: isText }),
    finding: shaped<Line<"finding">>({
        line: isText,
        policy: isText,
        policyId: isText,
        urn: orNone(isText),
        vm: orNone(isText),
        message: orNone(isMessage),
        exemption: orNone(shaped<NonNullable<RecordedFinding["exemption"]>>({ reason: isText, expires: isText })),
    }),
    "in one": shaped<Line<"in one">>({
        line: isText,
        policy: isText,
        urn: orNone(isText),
        count: (value) => typeof value === "number",
        message: isMessage,
    }),
    open: shaped<Line<"open">>({
        line: isText,
        policyId: isText,
        urn: orNone(isText),
        resource: isText,
        property: isText,
        cause: (value) => OPEN_CAUSES.some((cause) => cause === value),
    }),
};

type Line<L extends RecordLine["line"]> = Extract<RecordLine, { line: L }>;

class RecordReader {
    private readonly bags = new Interner();
    private line = 0;
    private started = false;
    private resources = new Map<Urn, RecordedResource>();
    private findings: RecordedFinding[] = [];
    private inOne: FindingsInOne[] = [];
    private open: OpenFinding[] = [];
    private stackTags = new Map<string, string>();
    private evaluated = new Set<string>();

    constructor(private readonly name: string) {}

    read(text: string): void {
        this.line += 1;
        if (text.trim() === "") {
            return;
        }
        const line = this.parsed(text);
        if (!this.started && line.line !== "start") {
            throw this.unreadable("It does not begin as it should.");
        }
        switch (line.line) {
            case "start":
                if (line.version !== RECORD_VERSION) {
                    throw this.unreadable("Another version of the pack has written it.");
                }
                // `up` runs the pack twice, for its preview and for the deployment; the last run counts.
                this.started = true;
                this.resources = new Map();
                this.findings = [];
                this.inOne = [];
                this.open = [];
                this.stackTags = new Map();
                this.evaluated = new Set();
                break;
            case "resource":
                this.resources.set(line.urn, line);
                break;
            case "stack tag":
                this.stackTags.set(line.name, line.value);
                break;
            case "evaluated":
                this.evaluated.add(line.policy);
                break;
            case "finding":
                this.findings.push(line);
                break;
            case "in one":
                this.inOne.push(line);
                break;
            case "open":
                this.open.push(line);
                break;
        }
    }

    end(): PackRecord {
        if (!this.started) {
            throw this.unreadable("It is empty: the pack has written nothing.");
        }
        const { resources, findings, inOne, open, stackTags, evaluated } = this;
        return { resources, findings, inOne, open, stackTags, evaluated };
    }

    private parsed(text: string): RecordLine {
        let value: unknown;
        try {
            value = this.bags.of(JSON.parse(text));
        } catch {
            throw this.unreadable("The line is incomplete.");
        }
        if (!isLine(value)) {
            throw this.unreadable("It is no line of this pack.");
        }
        return value;
    }

    private unreadable(problem: string): UnreadableInput {
        return new UnreadableInput(this.name, `line ${this.line}`, problem, RUN_AGAIN);
    }
}

function isLine(value: unknown): value is RecordLine {
    const kind = isRecord(value) ? own(value, "line") : undefined;
    return Object.entries(LINES).some(([name, check]) => name === kind && check(value));
}
