import { stripVTControlCharacters } from "node:util";
import { pushTo } from "../../model/lists";
import type { PlannedResource, Urn } from "../../model/planned-resource";
import { own, type PropertyBag } from "../../model/property-bag";
import { withoutColourMarks } from "../../findings/colour-marks";
import type { PolicyException } from "../../config/policy-exceptions";
import type { Deployment } from "./deployment";
import { isDigest } from "./digest";
import { Interner, flagIn, isRecord, sharing, textIn, textsIn } from "./json";
import { Numbering } from "./numbering";
import { PACK } from "../package";
import { isKept, isOfEngine, providerUrn, STACK } from "./resources";
import { UnreadableInput } from "./unreadable";

/** What one run of Pulumi told in its events: `--event-log`, a streaming `preview --json` or `policy analyze --json`. */
export interface EngineRun {
    /** Told from what is done: a run that only deletes is a destroy, one that only looks is a refresh. */
    readonly kind: "update" | "destroy" | "refresh";
    /** In their order; only of types that a reader knows, of providers, which know the subscription, and of the stack. */
    readonly steps: readonly EngineStep[];
    /** Of all packs. */
    readonly violations: readonly EngineViolation[];
    /** What this pack looked at. */
    readonly evaluated: Evaluated;
    /** The component of each resource that steps name, or the stack. */
    readonly parents: ReadonlyMap<Urn, Urn>;
    /** Those that steps name and no reader knows. */
    readonly others: ReadonlyMap<Urn, OtherResource>;
    /** The packs that ran, with their versions. */
    readonly packs: ReadonlyMap<string, string>;
    /** What failed, in the engine's words. */
    readonly errors: readonly string[];
    /** Undefined where the engine is too old to say it. */
    readonly outcome: "succeeded" | "failed" | undefined;
    readonly isPreview: boolean;
    /** How many resources by operation. */
    readonly changes: Readonly<Record<string, number>>;
}

export interface Evaluated {
    readonly stackPolicies: ReadonlySet<string>;
    readonly resourcePolicies: ReadonlySet<string>;
    /** How many resources resource policies looked at. */
    readonly resources: number;
}

export interface OtherResource {
    readonly type: string;
    /** Whether it is not there afterwards. */
    readonly isDeleted: boolean;
}

export interface EngineStep {
    /** The engine's word, such as `create-replacement`. */
    readonly operation: string;
    /** What a refresh found: `same`, `update` or `delete`. */
    readonly found: string | undefined;
    readonly urn: Urn;
    readonly type: string;
    readonly old: EngineState | undefined;
    readonly new: EngineState | undefined;
    /** Whether the engine said what came of it; else the new outputs are not told. */
    readonly isReported: boolean;
}

export interface EngineState {
    readonly urn: Urn;
    readonly id: string | undefined;
    readonly inputs: PropertyBag;
    readonly outputs: PropertyBag;
    /** The provider's URN. */
    readonly provider: Urn | undefined;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    /** Left over from a replacement, to be deleted; the URN is that of the one which has taken its place. */
    readonly isReplaced: boolean;
    /** Read by the program, and not Pulumi's own. */
    readonly isExternal: boolean;
}

export interface EngineViolation {
    readonly pack: string;
    readonly version: string;
    readonly policy: string;
    readonly level: "mandatory" | "advisory";
    readonly severity: string | undefined;
    readonly urn: Urn | undefined;
    /** Without colour marks. */
    readonly text: string;
    /** The exceptions of Pulumi's that it matched, by which it fails nothing (ENG-54). */
    readonly exceptions: readonly PolicyException[];
}

/** Whether it fails the run. */
export function isBlocking({ level, exceptions }: Pick<EngineViolation, "level" | "exceptions">): boolean {
    return level === "mandatory" && exceptions.length === 0;
}

/**
 * One line at a time, whatever the length of all.
 *
 * @param before the state before the run, where somebody has exported it: what an event says again is then kept once
 * @throws UnreadableInput
 */
export async function readEngineRun(
    lines: AsyncIterable<string> | Iterable<string>,
    name: string,
    before?: Deployment,
): Promise<EngineRun> {
    const reader = new EngineRunReader(name, before?.resources ?? []);
    for await (const line of lines) {
        reader.read(line);
    }
    return reader.end();
}

const WRITE_EVENTS =
    "Give the events of one run: pulumi preview --event-log FILE (with PULUMI_DEBUG_COMMANDS=true), " +
    "or pulumi preview --json with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true.";

type Content = Readonly<Record<string, unknown>>;

class EngineRunReader {
    private readonly bags = new Interner();
    private line = 0;
    private readonly numbering = new Numbering();
    private opening: string | undefined;
    private readonly steps: EngineStep[] = [];
    /** The steps of each resource of which the outcome is not told yet. */
    private readonly begun = new Map<Urn, number[]>();
    private readonly operations = new Set<string>();
    private readonly violations: EngineViolation[] = [];
    private readonly stackPolicies = new Set<string>();
    private readonly resourcePolicies = new Set<string>();
    private readonly notRun = new Set<string>();
    private resources = 0;
    private readonly parents = new Map<Urn, Urn>();
    private readonly others = new Map<Urn, OtherResource>();
    private readonly packs = new Map<string, string>();
    private readonly errors: string[] = [];
    /** What a language host printed; it may say why a program failed. */
    private readonly printed: string[] = [];
    private summary: Content | undefined;

    private readonly known: ReadonlyMap<Urn, PlannedResource>;

    constructor(
        private readonly name: string,
        known: readonly PlannedResource[],
    ) {
        this.known = new Map(known.map((resource) => [resource.urn, resource]));
    }

    read(line: string): void {
        this.line += 1;
        const text = this.line === 1 ? line.replace(/^\uFEFF/, "") : line;
        if (this.opening !== undefined) {
            this.opening += `${text}\n`;
            if (this.line > 40) {
                throw this.document();
            }
            return;
        }
        if (text.trim() === "") {
            return;
        }
        if (text.trim() === "{" && !this.numbering.hasBegun) {
            this.opening = "";
            return;
        }
        const event = this.parsed(text);
        this.checkOrder(event);
        try {
            this.take(event);
        } catch (error) {
            if (error instanceof Malformed) {
                throw this.unreadable(error.message);
            }
            throw error;
        }
    }

    end(): EngineRun {
        const { summary } = this;
        if (this.opening !== undefined) {
            throw this.document();
        }
        if (!this.numbering.hasBegun) {
            throw new UnreadableInput(this.name, undefined, "It holds no events.", WRITE_EVENTS);
        }
        if (summary === undefined) {
            throw this.unreadable("The run has no end: nothing tells what became of it.");
        }
        const gap = this.numbering.gap(textIn(summary, "result") !== "failed");
        if (gap !== undefined) {
            throw new UnreadableInput(this.name, gap.position, gap.problem, WRITE_EVENTS);
        }
        for (const policy of this.notRun) {
            this.stackPolicies.delete(policy);
            this.resourcePolicies.delete(policy);
        }
        const result = textIn(summary, "result");
        const outcome = result === "succeeded" ? result : result === undefined ? undefined : "failed";
        return {
            kind: this.kind,
            steps: this.steps,
            violations: this.violations,
            evaluated: {
                stackPolicies: this.stackPolicies,
                resourcePolicies: this.resourcePolicies,
                resources: this.resources,
            },
            parents: this.parents,
            others: this.others,
            packs: this.packs,
            errors: outcome === "failed" && !this.isExplained ? this.printedErrors : this.errors,
            outcome,
            isPreview: flagIn(summary, "isPreview"),
            changes: numbersIn(own(summary, "resourceChanges")),
        };
    }

    private get kind(): EngineRun["kind"] {
        const operations = [...this.operations].filter((operation) => operation !== "refresh");
        if (operations.length === 0) {
            return this.operations.size > 0 ? "refresh" : "update";
        }
        // A program's own run has a step for the stack itself, if only `same`.
        return operations.every((operation) => DELETIONS.has(operation)) ? "destroy" : "update";
    }

    private get isExplained(): boolean {
        return this.errors.length > 0 || this.violations.some(isBlocking);
    }

    /** Some language hosts print why a program fails, and the engine passes it on as what was printed (ENG-14). */
    private get printedErrors(): readonly string[] {
        const printed = this.printed.map((text) => text.trim()).filter((text) => text !== "");
        return [printed.length === 0 ? "Pulumi ended with a failure and did not say why." : printed.join("\n")];
    }

    private parsed(text: string): Content {
        let value: unknown;
        try {
            value = JSON.parse(text);
        } catch {
            throw this.unreadable("This is not an engine event: the JSON is incomplete or invalid.");
        }
        if (!isRecord(value)) {
            throw this.unreadable("This is not an engine event.");
        }
        if (!("sequence" in value) || !("timestamp" in value)) {
            const document = documentIn(Object.keys(value));
            throw document === undefined
                ? this.unreadable("This is not an engine event.")
                : new UnreadableInput(this.name, undefined, ...document);
        }
        return value;
    }

    private checkOrder(event: Content): void {
        const problem = this.numbering.next(own(event, "sequence"), this.line);
        if (problem !== undefined) {
            throw this.unreadable(problem);
        }
    }

    private take(event: Content): void {
        for (const [kind, take] of Object.entries(this.kinds)) {
            const content = own(event, kind);
            if (content !== undefined && content !== null) {
                take(record(content, kind));
            }
        }
    }

    /** Kinds that are not here, those of newer engines among them, tell nothing that is needed. */
    private readonly kinds: Readonly<Record<string, (content: Content) => void>> = {
        resourcePreEvent: (content) => this.begin(metadataIn(content)),
        resOutputsEvent: (content) => this.finish(metadataIn(content)),
        policyEvent: (content) => this.violation(content),
        policyAnalyzeSummaryEvent: (content) => {
            this.learnPack(content);
            this.numbering.analysed(required(content, "resourceUrn"));
            this.numbering.failed(packIn(content), textsIn(content, "failed"));
            if (packIn(content) === PACK) {
                this.resources += 1;
                this.evaluated(this.resourcePolicies, content);
            }
        },
        policyAnalyzeStackSummaryEvent: (content) => {
            this.learnPack(content);
            this.numbering.failed(packIn(content), textsIn(content, "failed"));
            if (packIn(content) === PACK) {
                this.evaluated(this.stackPolicies, content);
            }
        },
        diagnosticEvent: (content) => this.diagnostic(content),
        summaryEvent: (content) => {
            this.summary = content;
            const packs = own(content, "PolicyPacks");
            for (const [name, version] of Object.entries(isRecord(packs) ? packs : {})) {
                // A pack from a folder has more behind its name (ENG-13).
                this.learnPackBy(name.split("|", 1)[0] ?? name, typeof version === "string" ? version : "");
            }
        },
    };

    private begin(metadata: Content): void {
        const operation = required(metadata, "op");
        this.operations.add(operation);
        const step = this.step(metadata, operation, undefined);
        if (step !== undefined) {
            pushTo(this.begun, step.urn, this.steps.push(step) - 1);
        }
    }

    private finish(metadata: Content): void {
        const operation = required(metadata, "op");
        const begun = this.begun.get(required(metadata, "urn")) ?? [];
        const position = begun.findIndex((index) => {
            const started = this.steps[index]?.operation;
            return started === operation || started === "refresh";
        });
        const index = begun[position];
        const started = index === undefined ? undefined : this.steps[index];
        const finished = this.step(metadata, started?.operation ?? operation, operation);
        if (finished === undefined) {
            return;
        }
        if (index === undefined) {
            // The stack tells its outputs a second time, at the end of the run.
            if (finished.type !== STACK) {
                this.steps.push(finished);
            }
            return;
        }
        begun.splice(position, 1);
        if (begun.length === 0) {
            this.begun.delete(finished.urn);
        }
        this.steps[index] = finished;
    }

    private step(metadata: Content, operation: string, reported: string | undefined): EngineStep | undefined {
        const urn = this.bags.shared(required(metadata, "urn"));
        const type = this.bags.shared(required(metadata, "type"));
        this.numbering.stepped(urn, operation, providersIn(metadata));
        const state = own(metadata, "new") ?? own(metadata, "old");
        const parent = isRecord(state) ? textIn(state, "parent") : undefined;
        if (parent !== undefined) {
            this.parents.set(urn, this.bags.shared(parent));
        }
        if (!isKept(type)) {
            if (!isOfEngine(type)) {
                this.others.set(urn, { type, isDeleted: DELETIONS.has(reported ?? operation) });
            }
            return undefined;
        }
        const formerly = own(metadata, "old");
        const known = isRecord(formerly) ? this.known.get(textIn(formerly, "urn") ?? "") : undefined;
        const old = this.state(formerly, known);
        const now = this.state(own(metadata, "new"), old);
        return {
            operation,
            found: operation === "refresh" && reported !== undefined ? found(reported, old, now) : undefined,
            urn,
            type,
            old,
            new: now,
            isReported: reported !== undefined,
        };
    }

    private state(
        state: unknown,
        like: Pick<PlannedResource, "inputs" | "outputs"> | undefined,
    ): EngineState | undefined {
        if (!isRecord(state)) {
            return undefined;
        }
        const inputs = this.bags.of(own(state, "inputs"));
        const outputs = this.bags.of(own(state, "outputs"));
        return {
            urn: this.bags.shared(required(state, "urn")),
            id: this.shared(textIn(state, "id")),
            inputs: like?.inputs === undefined ? inputs : sharing(inputs, like.inputs),
            outputs: like === undefined ? outputs : sharing(outputs, like.outputs),
            provider: this.shared(providerUrn(textIn(state, "provider"))),
            protect: flagIn(state, "protect"),
            retainOnDelete: flagIn(state, "retainOnDelete"),
            isReplaced: flagIn(state, "delete"),
            isExternal: flagIn(state, "external"),
        };
    }

    private shared(text: string | undefined): string | undefined {
        return text === undefined ? undefined : this.bags.shared(text);
    }

    private violation(content: Content): void {
        this.learnPack(content);
        const pack = packIn(content);
        const policy = required(content, "policyName");
        this.numbering.violated(pack, policy);
        const text = plain(textIn(content, "message") ?? "");
        if (pack === PACK && text.startsWith("can't run policy ")) {
            this.notRun.add(policy);
            this.errors.push(text);
            return;
        }
        const level = textIn(content, "enforcementLevel");
        this.violations.push({
            pack: this.bags.shared(pack),
            version: this.bags.shared(versionIn(content)),
            policy: this.bags.shared(policy),
            level: level === "mandatory" || level === "remediate" ? "mandatory" : "advisory",
            severity: textIn(content, "severity"),
            urn: this.shared(textIn(content, "resourceUrn")),
            text,
            exceptions: exceptionsIn(content),
        });
    }

    private evaluated(policies: Set<string>, content: Content): void {
        [...textsIn(content, "passed"), ...textsIn(content, "failed")].forEach((policy) => policies.add(policy));
    }

    private diagnostic(content: Content): void {
        const text = plain(textIn(content, "message") ?? "");
        switch (textIn(content, "severity")) {
            case "error":
                if (!CLOSING_WORDS.test(text)) {
                    this.errors.push(text);
                }
                break;
            case "info#err":
                if (!text.startsWith("warning: ")) {
                    this.printed.push(text);
                }
                break;
        }
    }

    private learnPack(content: Content): void {
        this.learnPackBy(packIn(content), versionIn(content));
    }

    private learnPackBy(name: string, version: string): void {
        if (name !== "" && !this.packs.get(name)) {
            this.packs.set(name, version);
        }
    }

    private document(): UnreadableInput {
        const names = [...(this.opening ?? "").matchAll(/^\s{0,8}"(\w+)":/gm)].map(([, name = ""]) => name);
        const document = documentIn(names);
        return document === undefined
            ? new UnreadableInput(this.name, "line 1", "This is not an engine event.", WRITE_EVENTS)
            : new UnreadableInput(this.name, undefined, ...document);
    }

    private unreadable(problem: string): UnreadableInput {
        return new UnreadableInput(this.name, `line ${this.line}`, problem, WRITE_EVENTS);
    }
}

/** A refresh that comes before another run does not say what it has found (ENG-11). */
function found(reported: string, old: EngineState | undefined, now: EngineState | undefined): string {
    if (reported !== "refresh") {
        return reported;
    }
    // Bags that are equal are shared.
    return now === undefined ? "delete" : now.inputs === old?.inputs && now.outputs === old.outputs ? "same" : "update";
}

const DELETIONS: ReadonlySet<string> = new Set([
    "delete",
    "delete-replaced",
    "discard",
    "discard-replaced",
    "remove-pending-replace",
]);

/** The engine's last word: that it failed, not why. */
const CLOSING_WORDS = /^(error: )?\w+ failed$/;

/** Documents of Pulumi's that somebody may take for a stream of events, by their properties. */
function documentIn(names: readonly string[]): readonly [problem: string, remedy: string] | undefined {
    if (isDigest(names)) {
        return [
            "It is the digest of a preview, which tells nothing of policies.",
            `${WRITE_EVENTS} The digest itself tells where resources are declared: --digest FILE.`,
        ];
    }
    if (names.includes("deployment")) {
        return ["It is the export of a stack.", `Look at it with: ${PACK} analyze FILE`];
    }
    return undefined;
}

class Malformed extends Error {}

function record(value: unknown, name: string): Content {
    if (!isRecord(value)) {
        throw new Malformed(`The event's ${name} is none.`);
    }
    return value;
}

function providersIn(metadata: Content): readonly Urn[] {
    return [metadata, own(metadata, "old"), own(metadata, "new")].flatMap(
        (each) => (isRecord(each) ? providerUrn(textIn(each, "provider")) : undefined) ?? [],
    );
}

function metadataIn(content: Content): Content {
    return record(own(content, "metadata"), "metadata");
}

function required(content: Content, name: string): string {
    const text = textIn(content, name);
    if (text === undefined) {
        throw new Malformed(`The event has no "${name}".`);
    }
    return text;
}

function packIn(content: Content): string {
    return textIn(content, "policyPackName") ?? "";
}

function versionIn(content: Content): string {
    return textIn(content, "policyPackVersion") ?? textIn(content, "policyPackVersionTag") ?? "";
}

/** One without an ID or a reason in words that are known is an exception all the same: Pulumi has let the run pass. */
function exceptionsIn(content: Content): readonly PolicyException[] {
    const exceptions = own(content, "exceptions");
    return Array.isArray(exceptions)
        ? exceptions.filter(isRecord).map((each) => ({
              id: textIn(each, "id") ?? "",
              reason: plain(textIn(each, "reason") ?? ""),
          }))
        : [];
}

function numbersIn(value: unknown): Readonly<Record<string, number>> {
    const entries = Object.entries(isRecord(value) ? value : {});
    return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"));
}

/** Without the engine's colour marks and those of a terminal, and without the line end. */
function plain(text: string): string {
    return withoutColourMarks(stripVTControlCharacters(text)).trimEnd();
}
