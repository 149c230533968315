import type { PolicyProviderResource, ResourceValidationArgs } from "@pulumi/policy";
import { ABSENT } from "../model/values";
import { getOrCreate } from "../model/lists";
import type { PlannedProvider, PlannedResource, Urn } from "../model/planned-resource";
import { Property, type PropertyBag } from "../model/property-bag";
import type { StackResource } from "./stack-request";

/** The resources of a stack as a stack policy gets them, with the inputs that were collected before. */
export function plannedResources(
    resources: readonly StackResource[],
    inputs: ReadonlyMap<Urn, PropertyBag>,
): readonly PlannedResource[] {
    const providers = new Map<Urn, PlannedProvider>();
    const providerOf = ({ provider }: StackResource): PlannedProvider | undefined =>
        provider && getOrCreate(providers, provider.urn, () => plannedProvider(provider));
    return resources.map((resource) => ({
        urn: resource.urn,
        name: resource.name,
        type: resource.type,
        inputs: inputs.get(resource.urn),
        outputs: resource.props,
        dependenciesOf: (property) => {
            const { propertyDependencies } = resource;
            return Object.hasOwn(propertyDependencies, property)
                ? (propertyDependencies[property] ?? []).map(({ urn }) => urn)
                : [];
        },
        provider: providerOf(resource),
        protect: resource.opts.protect,
        ignoreChanges: resource.opts.ignoreChanges,
    }));
}

/** One resource as a resource policy gets it: inputs alone, dependencies untold (SEE-01, SEE-02). */
export function plannedResource({ urn, name, type, props, provider, opts }: ResourceValidationArgs): PlannedResource {
    return {
        urn,
        name,
        type,
        inputs: props,
        outputs: {},
        dependenciesOf: () => [],
        provider: provider && plannedProvider(provider),
        protect: opts.protect,
        ignoreChanges: opts.ignoreChanges,
    };
}

function plannedProvider(provider: PolicyProviderResource): PlannedProvider {
    return {
        urn: provider.urn,
        subscription: provider.props ? Property.of(provider.props).at("subscriptionId").text() : ABSENT,
    };
}
