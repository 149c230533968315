import type { SentProvider, SentResource, SentRound } from "./stack";

/** A resource as `pulumi stack export` writes it down. */
export interface ExportedResource {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
    readonly id?: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly provider?: string;
    readonly protect?: boolean;
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** The id that Pulumi gives to a provider, for which nothing here asks. */
const PROVIDER_ID = "0a1b2c3d-0000-4000-8000-000000000000";

/** What `pulumi stack export` would give of a stack that is as this round shows it. */
export function exported({ resources }: SentRound): readonly ExportedResource[] {
    const providers = new Map(resources.flatMap(({ provider }) => (provider ? [[provider.urn, provider]] : [])));
    const [stack, ...others] = resources.map(written);
    return [...(stack === undefined ? [] : [stack]), ...[...providers.values()].map(writtenProvider), ...others];
}

/** The text of the file. */
export function exportText(resources: readonly ExportedResource[]): string {
    const manifest = { time: "2026-11-22T21:04:00Z", magic: "", version: "" };
    return JSON.stringify({ version: 3, deployment: { manifest, resources } });
}

function written(resource: SentResource): ExportedResource {
    const { urn, type, inputs, outputs, parent, provider, options, propertyDependencies } = resource;
    return {
        urn,
        type,
        custom: !type.startsWith("pulumi:pulumi:"),
        ...(typeof outputs["id"] === "string" ? { id: outputs["id"] } : {}),
        inputs,
        outputs,
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider: `${provider.urn}::${PROVIDER_ID}` }),
        ...(options.protect === undefined ? {} : { protect: options.protect }),
        propertyDependencies,
    };
}

function writtenProvider({ urn, type, properties }: SentProvider): ExportedResource {
    return {
        urn,
        type,
        custom: true,
        id: PROVIDER_ID,
        inputs: properties,
        outputs: properties,
        propertyDependencies: {},
    };
}
