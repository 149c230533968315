import type { PolicyResource } from "@pulumi/policy";
import { Estate } from "../../estate/estate";
import type { PropertyBag } from "../../estate/property-bag";
import { plannedResources } from "../../pulumi/planned-resources";
import type { SentRound } from "../harness/stack";

const { unknownCheckingProxy } = require("@pulumi/policy/proxy") as {
    unknownCheckingProxy: (bag: object) => PropertyBag;
};

/** By way of JSON, as it comes over the wire, and through the SDK's own wrapper. */
function wrapped(bag: object): PropertyBag {
    return unknownCheckingProxy(JSON.parse(JSON.stringify(bag)) as object);
}

/** The estate of one round, without any policy. */
export function estateOf({ resources }: SentRound): Estate {
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
    return new Estate(plannedResources(planned, new Map(resources.map(({ urn, inputs }) => [urn, wrapped(inputs)]))));
}
