import type { Urn } from "../estate/planned-resource";
import { own } from "../estate/property-bag";
import type { OpenFinding } from "../findings/finding";
import { RECORD_VERSION, type RecordedFinding, type RecordedResource, type RecordLine } from "../findings/record";
import { Bags, isRecord, TooDeep } from "./json";
import { UnreadableInput } from "./unreadable";

/** What the pack has written down for this gate while Pulumi ran it. */
export interface PackRecord {
    readonly resources: ReadonlyMap<Urn, RecordedResource>;
    readonly findings: readonly RecordedFinding[];
    readonly open: readonly OpenFinding[];
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

/** The lines by what they hold; each `satisfies` keeps this reader in step with the writer. */
const REQUIRED = {
    start: ["version"],
    resource: ["urn", "protect", "ignoreChanges", "dependencies"],
    evaluated: ["policy"],
    finding: ["policy", "rule", "name", "message"],
    open: ["rule", "resource", "property"],
} as const satisfies { [L in RecordLine["line"]]: readonly (keyof Extract<RecordLine, { line: L }>)[] };

class RecordReader {
    private readonly bags = new Bags();
    private line = 0;
    private started = false;
    private resources = new Map<Urn, RecordedResource>();
    private findings: RecordedFinding[] = [];
    private open: OpenFinding[] = [];
    private evaluated = new Set<string>();

    constructor(private readonly name: string) {}

    read(text: string): void {
        this.line += 1;
        if (text === "") {
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
                this.open = [];
                this.evaluated = new Set();
                break;
            case "resource":
                this.resources.set(line.urn, line);
                break;
            case "evaluated":
                this.evaluated.add(line.policy);
                break;
            case "finding":
                this.findings.push(line);
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
        const { resources, findings, open, evaluated } = this;
        return { resources, findings, open, evaluated };
    }

    private parsed(text: string): RecordLine {
        let value: unknown;
        try {
            value = this.bags.of(JSON.parse(text));
        } catch (error) {
            throw this.unreadable(error instanceof TooDeep ? error.message : "The line is torn.");
        }
        const kind = isRecord(value) ? own(value, "line") : undefined;
        const names = isRecord(value) && isKind(kind) ? REQUIRED[kind] : undefined;
        if (names === undefined || !names.every((name) => Object.hasOwn(value as object, name))) {
            throw this.unreadable("It is no line of this pack.");
        }
        return value as RecordLine;
    }

    private unreadable(problem: string): UnreadableInput {
        return new UnreadableInput(this.name, `line ${this.line}`, problem, RUN_AGAIN);
    }
}

function isKind(kind: unknown): kind is RecordLine["line"] {
    return typeof kind === "string" && Object.hasOwn(REQUIRED, kind);
}
