import type { PlannedResource, Urn } from "../../estate/planned-resource";
import { own, type PropertyBag } from "../../estate/property-bag";
import { parseUrn } from "../../estate/urn";
import { elementsIn } from "./json-elements";
import { Bags, flagIn, isRecord, objectIn, placeOfTear, textIn, textsIn, TooDeep } from "./json";
import { isKept, isProvider, plannedProvider, providerUrn, withId } from "./resources";
import { UnreadableInput } from "./unreadable";

/** A stack as `pulumi stack export` writes it down, or a backend in a folder keeps it. */
export interface Deployment {
    /** Undefined for a stack without resources. */
    readonly stack: string | undefined;
    readonly project: string | undefined;
    /** What is there: neither what a replacement has left over, nor what the program only reads. */
    readonly resources: readonly PlannedResource[];
    /** Those that Azure keeps when Pulumi deletes them. */
    readonly retained: ReadonlySet<Urn>;
    /** Where the program declares a resource, in Pulumi's words: `project:///index.ts#12,3`. */
    readonly sourcePositions: ReadonlyMap<Urn, string>;
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
    const rest = await elementsIn(texts, LISTS, (text, path) => reader.resource(text, path));
    return reader.end(rest);
}

type Content = Readonly<Record<string, unknown>>;

class DeploymentReader {
    private readonly bags = new Bags();
    private index = 0;
    /** `deployment.resources[41]` */
    private last: string | undefined;
    private stack: string | undefined;
    private project: string | undefined;
    private readonly resources: PlannedResource[] = [];
    private readonly providers = new Map<Urn, PropertyBag>();
    private readonly retained = new Set<Urn>();
    private readonly sourcePositions = new Map<Urn, string>();

    constructor(private readonly name: string) {}

    resource(text: string, path: readonly string[]): void {
        const place = `${path.join(".")}[${this.index}]`;
        this.index += 1;
        const resource = this.parsed(text, place);
        this.last = place;
        const urn = this.bags.shared(this.required(resource, "urn", place));
        const type = this.bags.shared(this.required(resource, "type", place));
        const { stack, project } = parseUrn(urn);
        this.stack ??= stack;
        this.project ??= project;
        const isThere = !flagIn(resource, "delete") && !flagIn(resource, "pendingReplacement");
        if (!isThere || flagIn(resource, "external") || !isKept(type)) {
            return;
        }
        const position = textIn(resource, "sourcePosition");
        if (position !== undefined) {
            this.sourcePositions.set(urn, this.bags.shared(position));
        }
        if (flagIn(resource, "retainOnDelete")) {
            this.retained.add(urn);
        }
        this.keep(urn, type, resource, place);
    }

    end(rest: string): Deployment {
        const document = this.parsed(rest, undefined);
        if (("deployment" in document || "checkpoint" in document) && !VERSIONS.includes(own(document, "version"))) {
            throw this.unreadable("version", "This version of Pulumi's format is not known here.", UPDATE);
        }
        const deployment = deploymentIn(document);
        if (!isRecord(deployment) || !(own(deployment, "manifest") ?? own(deployment, "resources"))) {
            throw this.unreadable("deployment", "It is no export of a stack.", EXPORT_STACK);
        }
        const resources = own(deployment, "resources") ?? [];
        if (!Array.isArray(resources) || resources.length > 0) {
            throw this.unreadable("deployment.resources", "It is no list of resources.", EXPORT_STACK);
        }
        return {
            stack: this.stack,
            project: this.project,
            resources: this.resources,
            retained: this.retained,
            sourcePositions: this.sourcePositions,
            interrupted: interruptedIn(deployment),
            writtenAt: timeIn(deployment),
        };
    }

    private keep(urn: Urn, type: string, resource: Content, place: string): void {
        const inputs = this.bag(resource, "inputs", place);
        const outputs = this.bag(resource, "outputs", place);
        if (isProvider(type)) {
            this.providers.set(urn, inputs);
        }
        const dependencies = this.dependencies(own(resource, "propertyDependencies"));
        const reference = providerUrn(textIn(resource, "provider"));
        const provider = reference === undefined ? undefined : this.bags.shared(reference);
        this.resources.push({
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

    private bag(resource: Content, name: string, place: string): PropertyBag {
        try {
            return this.bags.of(own(resource, name));
        } catch (error) {
            throw error instanceof TooDeep ? this.unreadable(`${place}.${name}`, error.message, EXPORT_STACK) : error;
        }
    }

    private dependencies(value: unknown): ReadonlyMap<string, readonly Urn[]> {
        const properties = isRecord(value) ? value : {};
        const entries = Object.keys(properties).map(
            (name) => [name, textsIn(properties, name).map((urn) => this.bags.shared(urn))] as const,
        );
        const some = entries.filter(([, urns]) => urns.length > 0);
        return some.length > 0 ? new Map(some) : NONE;
    }

    private parsed(text: string, place: string | undefined): Content {
        const object = objectIn(text);
        if (object === undefined) {
            const position = place ?? placeOfTear(text, this.last);
            throw this.unreadable(position, "It is no export of a stack: torn, or something else.", EXPORT_STACK);
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

function interruptedIn(deployment: Content): readonly InterruptedOperation[] {
    const operations = own(deployment, "pending_operations");
    return (Array.isArray(operations) ? (operations as readonly unknown[]) : []).flatMap((operation) => {
        const resource = isRecord(operation) ? own(operation, "resource") : undefined;
        const urn = isRecord(resource) ? textIn(resource, "urn") : undefined;
        const type = isRecord(operation) ? textIn(operation, "type") : undefined;
        return urn === undefined || type === undefined ? [] : [{ urn, operation: type }];
    });
}
