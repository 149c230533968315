import type { PolicyResource } from "@pulumi/policy";
import { Estate } from "../../src/model/estate";
import type { PlannedResource } from "../../src/model/planned-resource";
import type { PropertyBag } from "../../src/model/property-bag";
import { plannedResources } from "../../src/pack/planned-resources";
import type { SentRound } from "./stack";

const { unknownCheckingProxy } = require("@pulumi/policy/proxy") as {
    unknownCheckingProxy: (bag: object) => PropertyBag;
};

/** By way of JSON, as it comes over the wire, and through the SDK's own wrapper. */
function wrapped(bag: object): PropertyBag {
    return unknownCheckingProxy(JSON.parse(JSON.stringify(bag)) as object);
}

/** The estate of one round, without any policy. */
export function estateOf(round: SentRound): Estate {
    return new Estate(plannedOf(round));
}

/** The resources of one round, as the pack gets them. */
export function plannedOf({ resources }: SentRound): readonly PlannedResource[] {
    const planned = resources.map(
        ({ urn, name, type, outputs, propertyDependencies, provider, options }) =>
            ({
                urn,
                name,
                type,
                props: wrapped(outputs),
                opts: { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [], ...options },
                propertyDependencies: Object.fromEntries(
                    Object.entries(propertyDependencies).map(([property, urns]) => [
                        property,
                        urns.map((each) => ({ urn: each })),
                    ]),
                ),
                provider: provider && { ...provider, props: wrapped(provider.properties) },
            }) as unknown as PolicyResource,
    );
    return plannedResources(planned, new Map(resources.map(({ urn, inputs }) => [urn, wrapped(inputs)])));
}
