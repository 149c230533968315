import { createRequire } from "node:module";
import type { PolicyProviderResource, PolicyResource, StackValidation, StackValidationPolicy } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerProviderResource, AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { getOrCreate } from "../model/lists";
import type { Urn } from "../model/planned-resource";
import { unmarkedValues } from "./plain-structs";

// For each stack policy the SDK makes an object of every resource in the request (SEE-10). Here each is made once, for
// all policies, and the SDK finds none left to make (SEE-35). Policies of others in the same pack still get theirs from
// the SDK.

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
        const request = read(bytes);
        takeResources(request);
        return request;
    };
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
    return unknownCheckingProxy((struct && unmarkedValues(struct)) ?? deserializeProperties(struct, false));
}

/**
 * Makes the resources of a request. The SDK goes through the list that the request holds, so that list is emptied, or
 * looks empty to the policies of this package.
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
    const urns = new Map(resources.map((resource) => [resource.getUrn(), { urn: resource.getUrn() }]));
    const providers = new Map<string, PolicyProviderResource>();
    current = resources.map((resource) => {
        const provider = resource.getProvider();
        return stackResource(
            resource,
            provider && getOrCreate(providers, provider.getUrn(), () => providerResource(provider)),
            urns,
        );
    });
}

function providerResource(provider: AnalyzerProviderResource): PolicyProviderResource {
    return {
        urn: provider.getUrn(),
        name: provider.getName(),
        type: provider.getType(),
        props: propertiesOf(provider.getProperties()),
    };
}

/** Holds nothing of the message, so that all messages of the request can go. */
function stackResource(
    resource: AnalyzerResource,
    provider: PolicyProviderResource | undefined,
    urns: ReadonlyMap<string, { readonly urn: Urn }>,
): StackResource {
    const options = resource.getOptions();
    return {
        urn: resource.getUrn(),
        name: resource.getName(),
        type: resource.getType(),
        props: propertiesOf(resource.getProperties()),
        provider,
        opts: {
            protect: options?.getProtect() ?? false,
            ignoreChanges: options?.getIgnorechangesList() ?? [],
        },
        propertyDependencies: dependenciesOf(resource, urns),
    };
}

/** Those that are in the stack, as the SDK has them. */
function dependenciesOf(
    resource: AnalyzerResource,
    urns: ReadonlyMap<string, { readonly urn: Urn }>,
): StackResource["propertyDependencies"] {
    const dependencies: Record<string, readonly { readonly urn: Urn }[]> = {};
    resource.getPropertydependenciesMap().forEach((on, property) => {
        dependencies[property] = on.getUrnsList().flatMap((urn) => urns.get(urn) ?? []);
    });
    return dependencies;
}
