import { SECRET_SIGNATURE, SIGNATURE_KEY, type KnownValue, type ValueMap } from "../../dev/offline/providers/values";
import type { SentResource, SentRound } from "./stack";

/** One resource of an exported state, as far as an engine sends it to a policy pack. */
export interface ExportedResource {
    urn: string;
    type: string;
    custom: boolean;
    id?: string;
    inputs?: Properties;
    outputs?: Properties;
    parent?: string;
    provider?: string;
    propertyDependencies?: Record<string, string[]>;
    protect?: boolean;
    ignoreChanges?: string[];
    delete?: boolean;
    external?: boolean;
}

type Properties = Record<string, unknown>;

export interface ExportedState {
    readonly version: number;
    readonly deployment: { readonly manifest: object; readonly resources: ExportedResource[] };
}

/** What `pulumi policy analyze --file` sends to a pack: all that is not to be deleted, in its order (ENG-15). */
export function sentOf({ deployment }: ExportedState): SentRound {
    const providers = new Map(
        deployment.resources.filter(({ type }) => type.startsWith("pulumi:providers:")).map((each) => [each.urn, each]),
    );
    return {
        dryRun: false,
        resources: deployment.resources
            .filter((resource) => resource.delete !== true)
            .map((resource) => sentResource(resource, providers)),
    };
}

function sentResource(resource: ExportedResource, providers: ReadonlyMap<string, ExportedResource>): SentResource {
    const { urn, type, inputs, outputs, propertyDependencies, parent, protect, ignoreChanges } = resource;
    const provider = providers.get(resource.provider?.slice(0, resource.provider.lastIndexOf("::")) ?? "");
    return {
        urn,
        name: nameIn(urn),
        type,
        inputs: sentBag(inputs),
        outputs: sentBag(outputs),
        propertyDependencies: propertyDependencies ?? {},
        parent,
        provider: provider && {
            urn: provider.urn,
            name: nameIn(provider.urn),
            type: provider.type,
            properties: sentBag(provider.inputs),
        },
        options: {
            ...(protect === undefined ? {} : { protect }),
            ...(ignoreChanges === undefined ? {} : { ignoreChanges }),
        },
    };
}

function nameIn(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The engine looks for values of a special kind in a bag, and takes the bag itself for one of properties (SEE-27). */
function sentBag(bag: Properties | undefined): ValueMap {
    return Object.fromEntries(
        Object.entries(bag ?? {})
            .filter(([name]) => !name.startsWith("__"))
            .map(([name, value]) => [name, sentValue(value)]),
    );
}

/** A secret whose text stands in the state travels wrapped, and is unwrapped by the SDK. */
function sentValue(value: unknown): KnownValue {
    if (Array.isArray(value)) {
        return value.map(sentValue);
    }
    if (typeof value !== "object" || value === null) {
        return value as KnownValue;
    }
    const object = value as Properties;
    if (object[SIGNATURE_KEY] === SECRET_SIGNATURE) {
        return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: sentValue(JSON.parse(String(object["plaintext"]))) };
    }
    return Object.fromEntries(Object.entries(object).map(([name, held]) => [name, sentValue(held)]));
}
