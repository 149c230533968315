import { createRequire } from "node:module";
import type { PolicyProviderResource, PolicyResource, StackValidation, StackValidationPolicy } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    type AnalyzerProviderResource,
    type AnalyzerResource,
    AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { getOrCreate } from "../model/lists";
import type { Urn } from "../model/planned-resource";
import { SIGNATURE } from "../model/property-bag";
import { requests } from "./requests";
import { eachField, textAt, WireBag } from "./wire";

// For each stack policy the SDK makes an object of every resource in the request (SEE-10). Here each is read once, from
// its bytes, for all policies, and the SDK finds none left to make (SEE-35). Policies of others in the same pack still
// get theirs from the SDK.

/** What policies look at of a resource of the stack: part of what the SDK gives them. */
export type StackResource = Pick<PolicyResource, "urn" | "name" | "type" | "props"> & {
    readonly provider?: PolicyProviderResource | undefined;
    readonly opts: Pick<PolicyResource["opts"], "protect" | "ignoreChanges">;
    readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: Urn }[]>>;
};

/** The version of the SDK that this was tried with; another one may do something else with an empty request. */
const TRIED_SDK = "v1.21.0";

let current: readonly StackResource[] | undefined;
let isTaking = false;
/** Whether the same pack has stack policies that are not of this package. */
let isShared = false;
/** Whether the SDK is about to ask a policy of this package. */
let asksOwn = false;

/** The resources of the request that is being answered, however the SDK has them. */
export function resourcesSent(args: { readonly resources: readonly PolicyResource[] }): readonly StackResource[] {
    return args.resources.length === 0 && current !== undefined ? current : args.resources;
}

/** The same policy, which announces itself: the SDK reads its function, then the list of resources, then calls it (SEE-57). */
export function announced(policy: StackValidationPolicy): StackValidationPolicy {
    const { validateStack: validate } = policy;
    const validateStack: StackValidation = (args, report) => {
        asksOwn = false;
        return validate(args, report);
    };
    return {
        ...policy,
        get validateStack() {
            asksOwn = true;
            return validateStack;
        },
    };
}

/**
 * Before the SDK serves: it asks once for the function that reads requests.
 *
 * @param shared true where the pack may have stack policies of others, which need the resources as the SDK makes them
 */
export function takeStackRequests(shared: boolean): void {
    isShared ||= shared;
    const { version } = load("@pulumi/policy/package.json") as { readonly version: string };
    if (isTaking || version !== TRIED_SDK) {
        return;
    }
    isTaking = true;
    const { analyzeStack } = AnalyzerService;
    const read = analyzeStack.requestDeserialize;
    analyzeStack.requestDeserialize = (bytes) => {
        if (isShared) {
            const request = read(bytes);
            takeResources(request);
            return request;
        }
        current = resourcesIn(bytes, read);
        return new AnalyzeStackRequest();
    };
}

type ByUrn<T> = Map<Urn, T>;
/** All resources of the stack: what others depend on. */
type Urns = ByUrn<{ readonly urn: Urn }>;
type Providers = ByUrn<PolicyProviderResource>;

/** @param read makes messages of what has marks, as of secrets, which the SDK knows how to take off */
function resourcesIn(bytes: Buffer, read: (bytes: Buffer) => AnalyzeStackRequest): readonly StackResource[] {
    const urns: Urns = new Map();
    const providers: Providers = new Map();
    const hasMarks = bytes.includes(SIGNATURE);
    const all: { readonly sent: SentResource; readonly field: Buffer }[] = [];
    let next = 0;
    eachField(bytes, 0, bytes.length, (number, start, end) => {
        const field = bytes.subarray(next, end);
        next = end;
        if (number === RESOURCES) {
            const sent = new SentResource(bytes, start, end, urns, providers);
            urns.set(sent.urn, sent);
            all.push({ sent, field });
        }
    });
    return all.map(({ sent, field }) => {
        // By itself it is a request with one resource.
        const [message] =
            sent.hasSecretOutputs || (hasMarks && field.includes(SIGNATURE)) ? read(field).getResourcesList() : [];
        requests.secrets.publish(sent.name);
        return message === undefined ? sent : stackResource(message, urns, providers);
    });
}

// The numbers of the fields in `analyzer.proto`.
const RESOURCES = 1;
const RESOURCE = { type: 1, properties: 2, urn: 3, name: 4, options: 5, provider: 6, propertyDependencies: 9 };
const OPTIONS = { protect: 1, ignoreChanges: 2, additionalSecretOutputs: 5 };
const PROVIDER = { type: 1, properties: 2, urn: 3, name: 4 };
const ENTRY = { key: 1, value: 2 };
const URNS = 1;

/** A resource of the stack as its bytes have it. */
class SentResource implements StackResource {
    urn = "";
    name = "";
    type = "";
    props: Properties = {};
    provider: PolicyProviderResource | undefined;
    readonly opts = { protect: false, ignoreChanges: [] as string[] };
    hasSecretOutputs = false;
    private readonly dependencies: (readonly [start: number, end: number])[] = [];
    private linked: Record<string, readonly { readonly urn: Urn }[]> | undefined;

    constructor(
        private readonly bytes: Buffer,
        from: number,
        to: number,
        private readonly urns: Urns,
        providers: Providers,
    ) {
        eachField(bytes, from, to, (field, start, end) => {
            switch (field) {
                case RESOURCE.type:
                    this.type = textAt(bytes, start, end);
                    break;
                case RESOURCE.properties:
                    this.props = new WireBag(bytes, start, end);
                    break;
                case RESOURCE.urn:
                    this.urn = textAt(bytes, start, end);
                    break;
                case RESOURCE.name:
                    this.name = textAt(bytes, start, end);
                    break;
                case RESOURCE.options:
                    this.takeOptions(start, end);
                    break;
                case RESOURCE.provider:
                    this.provider = sentProvider(bytes, start, end, providers);
                    break;
                case RESOURCE.propertyDependencies:
                    this.dependencies.push([start, end]);
                    break;
            }
        });
    }

    private takeOptions(from: number, to: number): void {
        const { bytes, opts } = this;
        eachField(bytes, from, to, (field, start, end) => {
            switch (field) {
                case OPTIONS.protect:
                    opts.protect = bytes[start] !== 0;
                    break;
                case OPTIONS.ignoreChanges:
                    opts.ignoreChanges.push(textAt(bytes, start, end));
                    break;
                case OPTIONS.additionalSecretOutputs:
                    this.hasSecretOutputs = true;
                    break;
            }
        });
    }

    /** Those that are in the stack, as the SDK has them; read once all of the stack is known. */
    get propertyDependencies(): StackResource["propertyDependencies"] {
        this.linked ??= this.readDependencies();
        return this.linked;
    }

    private readDependencies(): StackResource["propertyDependencies"] {
        const { bytes, urns } = this;
        const all: Record<string, readonly { readonly urn: Urn }[]> = {};
        for (const [from, to] of this.dependencies) {
            let property = "";
            const on: { readonly urn: Urn }[] = [];
            eachField(bytes, from, to, (part, partFrom, partTo) => {
                if (part === ENTRY.key) {
                    property = textAt(bytes, partFrom, partTo);
                } else if (part === ENTRY.value) {
                    eachField(bytes, partFrom, partTo, (field, start, end) => {
                        const known = field === URNS ? urns.get(textAt(bytes, start, end)) : undefined;
                        if (known !== undefined) {
                            on.push(known);
                        }
                    });
                }
            });
            all[property] = on;
        }
        return all;
    }
}

function sentProvider(bytes: Buffer, from: number, to: number, providers: Providers): PolicyProviderResource {
    const provider = { urn: "", name: "", type: "", props: {} };
    eachField(bytes, from, to, (field, start, end) => {
        switch (field) {
            case PROVIDER.type:
                provider.type = textAt(bytes, start, end);
                break;
            case PROVIDER.properties:
                provider.props = new WireBag(bytes, start, end);
                break;
            case PROVIDER.urn:
                provider.urn = textAt(bytes, start, end);
                break;
            case PROVIDER.name:
                provider.name = textAt(bytes, start, end);
                break;
        }
    });
    return getOrCreate(providers, provider.urn, () => provider);
}

const load = createRequire(__filename);
type Struct = ReturnType<AnalyzerResource["getProperties"]>;
type Properties = Record<string, unknown>;
/** The SDK's own: they unwrap secrets, and keep policies from reading what is not known yet. */
const { deserializeProperties } = load("@pulumi/policy/deserialize") as {
    readonly deserializeProperties: (struct: Struct, proxySecrets: boolean) => Properties;
};
const { unknownCheckingProxy } = load("@pulumi/policy/proxy") as {
    readonly unknownCheckingProxy: (properties: Properties) => Properties;
};

function propertiesOf(struct: Struct): Properties {
    return unknownCheckingProxy(deserializeProperties(struct, false));
}

/**
 * Makes the resources of a request that has been read. The SDK goes through the list that the request holds, so that list
 * is emptied, or looks empty to the policies of this package.
 */
export function takeResources(request: AnalyzeStackRequest): void {
    const list = request.getResourcesList();
    const resources = [...list];
    asksOwn = false;
    if (isShared) {
        list[Symbol.iterator] = () => (asksOwn ? [] : list).values();
    } else {
        list.length = 0;
    }
    const urns: Urns = new Map(resources.map((resource) => [resource.getUrn(), { urn: resource.getUrn() }]));
    const providers: Providers = new Map();
    current = resources.map((resource) => stackResource(resource, urns, providers));
}

/** Holds nothing of the message, so that all messages of the request can go. */
function stackResource(resource: AnalyzerResource, urns: Urns, providers: Providers): StackResource {
    const options = resource.getOptions();
    const provider = resource.getProvider();
    return {
        urn: resource.getUrn(),
        name: resource.getName(),
        type: resource.getType(),
        props: propertiesOf(resource.getProperties()),
        provider: provider && getOrCreate(providers, provider.getUrn(), () => providerResource(provider)),
        opts: {
            protect: options?.getProtect() ?? false,
            ignoreChanges: options?.getIgnorechangesList() ?? [],
        },
        propertyDependencies: dependenciesOf(resource, urns),
    };
}

function providerResource(provider: AnalyzerProviderResource): PolicyProviderResource {
    return {
        urn: provider.getUrn(),
        name: provider.getName(),
        type: provider.getType(),
        props: propertiesOf(provider.getProperties()),
    };
}

/** Those that are in the stack, as the SDK has them. */
function dependenciesOf(resource: AnalyzerResource, urns: Urns): StackResource["propertyDependencies"] {
    const dependencies: Record<string, readonly { readonly urn: Urn }[]> = {};
    resource.getPropertydependenciesMap().forEach((on, property) => {
        dependencies[property] = on.getUrnsList().flatMap((urn) => urns.get(urn) ?? []);
    });
    return dependencies;
}
