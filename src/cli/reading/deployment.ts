import type { PlannedResource, Urn } from "../../model/planned-resource";
import { own, type PropertyBag } from "../../model/property-bag";
import { isUrn, parseUrn } from "../../model/ids/urn";
import { type RecordedPlace, recordedPlaceIn } from "../sources/source-position";
import { elementsIn, Unbounded } from "./json-elements";
import { Interner, flagIn, isRecord, objectIn, placeOfTear, textIn, textsIn } from "./json";
import { isKept, isOfEngine, isProvider, plannedProvider, providerUrn, withId } from "./resources";
import { UnreadableInput } from "./unreadable";

/** A stack as `pulumi stack export` writes it down, or a backend in a folder keeps it. */
export interface Deployment {
    /** Undefined for a stack without resources. */
    readonly stack: string | undefined;
    readonly project: string | undefined;
    /** What Pulumi has made and what still exists: nothing that a replacement has left over, or has deleted already. */
    readonly resources: readonly PlannedResource[];
    /** What the program only reads: it is another's. */
    readonly readOnly: readonly PlannedResource[];
    /** The types of all other resources that are there: no reader knows them. */
    readonly others: ReadonlyMap<Urn, string>;
    /** What was deleted to be replaced by something that was not made yet. */
    readonly replacedByNothing: readonly Urn[];
    /** What resources of this state were made from, or belong to, without being in it: it has been filtered. */
    readonly leftOut: readonly Urn[];
    /** Those that Azure keeps when Pulumi deletes them. */
    readonly retained: ReadonlySet<Urn>;
    /** Where the program made each resource when it was deployed. */
    readonly places: ReadonlyMap<Urn, RecordedPlace>;
    /** The component of each resource, or the stack. */
    readonly parents: ReadonlyMap<Urn, Urn>;
    /** What an interrupted run was about to do: whether it has come to pass, the state does not know. */
    readonly interrupted: readonly InterruptedOperation[];
    /** When it was written: `2026-11-22T21:04:00Z`. */
    readonly writtenAt: string | undefined;
}

export interface InterruptedOperation {
    readonly urn: Urn;
    /** `creating`, `updating`, `deleting`, … */
    readonly operation: string;
}

/** The versions of the format that are known; a new one is raised for what an older reader would misread. */
const VERSIONS: readonly unknown[] = [3, 4];

/** What a deployment of version 4 may have that one of version 3 has not; Pulumi refuses a state with any other. */
const FEATURES: ReadonlySet<unknown> = new Set([
    "byteString",
    "extensionParameterization",
    "hooks",
    "refreshBeforeUpdate",
    "replaceWith",
    "snippets-prototype",
    "taint",
    "views",
]);

type Kind = "text" | "flag" | "object" | "list";

const IS: { readonly [K in Kind]: (value: unknown) => boolean } = {
    text: (value) => typeof value === "string",
    flag: (value) => typeof value === "boolean",
    object: isRecord,
    list: Array.isArray,
};

/** Names with the kinds of their values, as Pulumi's own reader has them. */
interface Shape {
    readonly kinds: ReadonlyMap<string, Kind | undefined>;
    /** By the name in small letters. */
    readonly names: ReadonlyMap<string, string>;
}

function shape(kinds: Readonly<Record<string, Kind | undefined>>): Shape {
    return {
        kinds: new Map(Object.entries(kinds)),
        names: new Map(Object.keys(kinds).map((name) => [inSmallLetters(name), name])),
    };
}

/** As Pulumi folds them: a Kelvin sign is a `k`, a long s is an `s`. */
function inSmallLetters(name: string): string {
    return name.toUpperCase().toLowerCase();
}

/** What is read of a document and of a resource. */
const DOCUMENT = shape({ version: undefined, features: "list", deployment: undefined, checkpoint: undefined });
const CHECKPOINT = shape({ stack: "text", latest: undefined });
const DEPLOYMENT = shape({ manifest: "object", resources: undefined, pending_operations: "list" });
const RESOURCE = shape({
    urn: "text",
    type: "text",
    custom: "flag",
    id: "text",
    inputs: "object",
    outputs: "object",
    parent: "text",
    provider: "text",
    dependencies: "list",
    propertyDependencies: "object",
    protect: "flag",
    external: "flag",
    delete: "flag",
    pendingReplacement: "flag",
    retainOnDelete: "flag",
    ignoreChanges: "list",
    sourcePosition: "text",
    stackTrace: "list",
});

/** Where an export has its resources, and where a state file of a backend. */
const LISTS = [
    ["deployment", "resources"],
    ["checkpoint", "latest", "resources"],
] as const;

const EXPORT_STACK = "Give the file that was written by: pulumi stack export --file FILE";

/** @throws UnreadableInput */
export async function readDeployment(
    texts: AsyncIterable<string> | Iterable<string>,
    name: string,
): Promise<Deployment> {
    const reader = new DeploymentReader(name);
    const rest = await elementsIn(texts, LISTS, (text, path) => reader.resource(text, path)).catch((error: unknown) => {
        throw error instanceof Unbounded ? reader.unbounded(error) : error;
    });
    return reader.end(rest);
}

type Content = Readonly<Record<string, unknown>>;

class DeploymentReader {
    private readonly bags = new Interner();
    private index = 0;
    /** `deployment.resources[41]` */
    private last: string | undefined;
    private stack: string | undefined;
    private project: string | undefined;
    private readonly resources: PlannedResource[] = [];
    private readonly readOnly: PlannedResource[] = [];
    private readonly others = new Map<Urn, string>();
    private readonly replacedByNothing: Urn[] = [];
    private readonly urns = new Set<Urn>();
    private readonly referred = new Set<Urn>();
    private readonly providers = new Map<Urn, PropertyBag>();
    private readonly retained = new Set<Urn>();
    private readonly places = new Map<Urn, RecordedPlace>();
    private readonly parents = new Map<Urn, Urn>();

    constructor(private readonly name: string) {}

    resource(text: string, path: readonly string[]): void {
        const place = `${path.join(".")}[${this.index}]`;
        this.index += 1;
        const resource = this.parsed(text, place);
        this.last = place;
        this.check(resource, RESOURCE, place);
        const urn = this.bags.shared(this.required(resource, "urn", place));
        const type = this.bags.shared(this.required(resource, "type", place));
        if (!isUrn(urn)) {
            throw this.unreadable(`${place}.urn`, "It is no URN.", EXPORT_STACK);
        }
        if (own(resource, "custom") === false && textIn(resource, "id") !== undefined) {
            throw this.unreadable(`${place}.custom`, "A resource that is not custom has an id.", EXPORT_STACK);
        }
        const { stack, project } = parseUrn(urn);
        this.stack ??= stack;
        this.project ??= project;
        this.urns.add(urn);
        if (flagIn(resource, "delete")) {
            return;
        }
        if (flagIn(resource, "pendingReplacement")) {
            this.replacedByNothing.push(urn);
            return;
        }
        const dependencies = this.dependencies(resource);
        const parent = textIn(resource, "parent");
        if (parent !== undefined) {
            this.parents.set(urn, this.bags.shared(parent));
        }
        const reported = recordedPlaceIn(resource);
        if (reported !== undefined) {
            this.places.set(urn, reported);
        }
        if (!isKept(type)) {
            if (!isOfEngine(type)) {
                this.others.set(urn, type);
            }
            return;
        }
        if (flagIn(resource, "retainOnDelete")) {
            this.retained.add(urn);
        }
        this.keep(urn, type, resource, dependencies);
    }

    unbounded({ message, at }: Unbounded): UnreadableInput {
        const position = this.last === undefined ? `character ${at}` : `after ${this.last}`;
        return this.unreadable(position, message, EXPORT_STACK);
    }

    end(rest: string): Deployment {
        const document = this.parsed(rest, undefined);
        this.check(document, DOCUMENT, undefined);
        if (("deployment" in document || "checkpoint" in document) && !VERSIONS.includes(own(document, "version"))) {
            throw this.unreadable("version", "This version of Pulumi's format is not known here.", UPDATE);
        }
        const newer = own(document, "version") === 4 ? own(document, "features") : undefined;
        const feature = (Array.isArray(newer) ? (newer as readonly unknown[]) : []).find((each) => !FEATURES.has(each));
        if (feature !== undefined) {
            throw this.unreadable("features", `It uses ${JSON.stringify(feature)}, which is not known here.`, UPDATE);
        }
        const checkpoint = own(document, "checkpoint");
        if (isRecord(checkpoint)) {
            this.check(checkpoint, CHECKPOINT, "checkpoint");
        }
        const deployment = deploymentIn(document);
        if (!isRecord(deployment) || !(own(deployment, "manifest") ?? own(deployment, "resources"))) {
            throw this.unreadable("deployment", "This is not a stack export.", EXPORT_STACK);
        }
        const place = isRecord(checkpoint) ? "checkpoint.latest" : "deployment";
        this.check(deployment, DEPLOYMENT, place);
        const resources = own(deployment, "resources") ?? [];
        if (!Array.isArray(resources) || resources.length > 0) {
            throw this.unreadable("deployment.resources", "It is no list of resources.", EXPORT_STACK);
        }
        return {
            stack: this.stack,
            project: this.project,
            resources: this.resources,
            readOnly: this.readOnly,
            others: this.others,
            replacedByNothing: this.replacedByNothing,
            leftOut: [...this.referred].filter((urn) => !this.urns.has(urn)),
            retained: this.retained,
            places: this.places,
            parents: this.parents,
            interrupted: this.interruptedIn(deployment, place),
            writtenAt: timeIn(deployment),
        };
    }

    private keep(urn: Urn, type: string, resource: Content, dependencies: ReadonlyMap<string, readonly Urn[]>): void {
        const inputs = this.bags.of(own(resource, "inputs"));
        const outputs = this.bags.of(own(resource, "outputs"));
        if (isProvider(type)) {
            this.providers.set(urn, inputs);
        }
        const reference = providerUrn(textIn(resource, "provider"));
        const provider = reference === undefined ? undefined : this.bags.shared(reference);
        (flagIn(resource, "external") ? this.readOnly : this.resources).push({
            urn,
            name: parseUrn(urn).name,
            type,
            inputs,
            outputs: withId(outputs, textIn(resource, "id")),
            dependenciesOf: (property) => dependencies.get(property) ?? [],
            // Pulumi writes a provider before what it provides.
            provider: plannedProvider(provider, this.providers),
            protect: flagIn(resource, "protect"),
            ignoreChanges: textsIn(resource, "ignoreChanges"),
        });
    }

    /** By property. */
    private dependencies(resource: Content): ReadonlyMap<string, readonly Urn[]> {
        const parent = textIn(resource, "parent");
        [...textsIn(resource, "dependencies"), ...(parent === undefined ? [] : [parent])].forEach((urn) =>
            this.refer(urn),
        );
        const value = own(resource, "propertyDependencies");
        const properties = isRecord(value) ? value : {};
        const entries = Object.keys(properties).map(
            (name) => [name, textsIn(properties, name).map((urn) => this.refer(urn))] as const,
        );
        const some = entries.filter(([, urns]) => urns.length > 0);
        return some.length > 0 ? new Map(some) : NONE;
    }

    private refer(urn: Urn): Urn {
        const shared = this.bags.shared(urn);
        if (!isOfEngine(parseUrn(shared).type)) {
            this.referred.add(shared);
        }
        return shared;
    }

    /** Pulumi reads a name in letters of any case, and takes a value of the right kind only. Neither is passed over. */
    private check(content: Content, { kinds, names }: Shape, place: string | undefined): void {
        for (const name of Object.keys(content)) {
            const position = place === undefined ? name : `${place}.${name}`;
            if (kinds.has(name)) {
                const kind = kinds.get(name);
                const value = own(content, name);
                if (kind !== undefined && value !== null && !IS[kind](value)) {
                    throw this.unreadable(position, `It is no ${kind}.`, EXPORT_STACK);
                }
                continue;
            }
            const meant = names.get(inSmallLetters(name));
            if (meant !== undefined) {
                throw this.unreadable(
                    position,
                    `Pulumi takes it for "${meant}", and it is not spelt so.`,
                    EXPORT_STACK,
                );
            }
        }
    }

    private interruptedIn(deployment: Content, place: string): readonly InterruptedOperation[] {
        const operations = own(deployment, "pending_operations");
        return (Array.isArray(operations) ? (operations as readonly unknown[]) : []).map((operation, index) => {
            const resource = isRecord(operation) ? own(operation, "resource") : undefined;
            const urn = isRecord(resource) ? textIn(resource, "urn") : undefined;
            const type = isRecord(operation) ? textIn(operation, "type") : undefined;
            if (urn === undefined || type === undefined || !isUrn(urn)) {
                const position = `${place}.pending_operations[${index}]`;
                throw this.unreadable(position, "It is no operation on a resource.", EXPORT_STACK);
            }
            return { urn, operation: type };
        });
    }

    private parsed(text: string, place: string | undefined): Content {
        const object = objectIn(text);
        if (object === undefined) {
            const position = place ?? placeOfTear(text, this.last);
            throw this.unreadable(position, "This is not a complete stack export.", EXPORT_STACK);
        }
        return object;
    }

    private required(resource: Content, name: string, place: string): string {
        const text = textIn(resource, name);
        if (text === undefined) {
            throw this.unreadable(`${place}.${name}`, "A resource has none.", EXPORT_STACK);
        }
        return text;
    }

    private unreadable(position: string | undefined, problem: string, remedy: string): UnreadableInput {
        return new UnreadableInput(this.name, position, problem, remedy);
    }
}

/** A stack that was only just made has no deployment in its backend yet. */
function deploymentIn(document: Content): unknown {
    const checkpoint = own(document, "checkpoint");
    if (!isRecord(checkpoint)) {
        return own(document, "deployment");
    }
    return textIn(checkpoint, "stack") === undefined ? undefined : (own(checkpoint, "latest") ?? { manifest: {} });
}

function timeIn(deployment: Content): string | undefined {
    const manifest = own(deployment, "manifest");
    const time = isRecord(manifest) ? textIn(manifest, "time") : undefined;
    // Go writes the year 1 for a time that was never set.
    return time === undefined || !(Date.parse(time) > 0) ? undefined : new Date(time).toISOString();
}

const NONE: ReadonlyMap<string, readonly Urn[]> = new Map();

const UPDATE = "Use a newer azure-bcdr-guard, or export the stack with Pulumi 3.";
