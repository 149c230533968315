import { readFileSync } from "node:fs";
import { isUnknown, type KnownValue, type ValueMap } from "../../dev/offline/providers/values";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "./program";
import type { SentProvider, SentResource, SentRound } from "./stack";

/** What an engine really sent to a policy pack, read from the log that PULUMI_DEBUG_GRPC asks for (ENG-08). */

interface Sent {
    readonly urn: string;
    readonly name: string;
    readonly type: string;
    readonly properties?: ValueMap;
    readonly options?: { readonly protect?: boolean; readonly ignoreChanges?: readonly string[] };
    readonly parent?: string;
    readonly provider?: SentProvider;
    readonly propertyDependencies?: Readonly<Record<string, { readonly urns?: readonly string[] }>>;
}

interface Call {
    readonly method: string;
    readonly progress: string;
    readonly request: Sent & { readonly dryRun?: boolean; readonly resources?: readonly Sent[] };
}

/** The rounds of one command: `pulumi up` has two, its preview and the update. */
export function recordedRounds(logFile: string): readonly SentRound[] {
    const rounds: SentRound[] = [];
    let inputs = new Map<string, ValueMap>();
    let dryRun = false;
    for (const line of readFileSync(logFile, "utf8").split("\n").filter(Boolean)) {
        const { method, progress, request } = JSON.parse(line) as Call;
        if (progress !== "request_started") {
            continue;
        }
        switch (method) {
            case "/pulumirpc.Analyzer/ConfigureStack":
                dryRun = request.dryRun === true;
                break;
            case "/pulumirpc.Analyzer/Analyze":
                inputs.set(request.urn, request.properties ?? {});
                break;
            case "/pulumirpc.Analyzer/AnalyzeStack":
                rounds.push({
                    dryRun,
                    resources: (request.resources ?? []).map((resource) => sentResource(resource, inputs)),
                });
                inputs = new Map();
                break;
        }
    }
    return rounds;
}

function sentResource(resource: Sent, inputs: ReadonlyMap<string, ValueMap>): SentResource {
    const { urn, name, type, properties = {}, options = {}, parent, provider, propertyDependencies = {} } = resource;
    const { protect, ignoreChanges } = options;
    return {
        urn,
        name,
        type,
        inputs: inputs.get(urn) ?? {},
        outputs: properties,
        propertyDependencies: Object.fromEntries(
            Object.entries(propertyDependencies).map(([property, { urns = [] }]) => [property, urns]),
        ),
        parent,
        provider,
        options: {
            ...(protect === undefined ? {} : { protect }),
            ...(ignoreChanges === undefined ? {} : { ignoreChanges }),
        },
    };
}

/**
 * A round without what is chance in it (random names, GUIDs, times, hashes) and without what no policy of this pack
 * looks at: providers among the resources, the stack as parent, order. Two rounds that are equal then say the same.
 */
export function withoutChance({ dryRun, resources }: SentRound): SentRound {
    const names = resources.map(({ name }) => name).sort((a, b) => b.length - a.length);
    // azure-native puts eight random digits behind a name, the classic provider seven.
    const random = new RegExp(`\\b(${names.join("|")})[0-9a-f]{7,8}(?![0-9a-f])`, "g");
    const steady = (value: KnownValue): KnownValue => {
        if (typeof value === "string") {
            return isUnknown(value) ? value : withoutChanceIn(value, random);
        }
        if (Array.isArray(value)) {
            return (value as readonly KnownValue[]).map(steady);
        }
        return typeof value === "object" && value !== null ? steadyMap(value as ValueMap) : value;
    };
    const steadyMap = (map: ValueMap): ValueMap =>
        Object.fromEntries(
            Object.entries(map)
                .map(([key, value]) => [key, steady(value)] as const)
                .sort(([a], [b]) => (a < b ? -1 : 1)),
        );
    return {
        dryRun,
        resources: resources
            .filter(({ type }) => !type.startsWith("pulumi:providers:"))
            .map((resource) => ({
                ...resource,
                inputs: steadyMap(resource.inputs),
                outputs: steadyMap(resource.outputs),
                propertyDependencies: Object.fromEntries(
                    Object.entries(resource.propertyDependencies)
                        .filter(([, urns]) => urns.length > 0)
                        .map(([property, urns]) => [property, [...urns].sort()] as const)
                        .sort(([a], [b]) => (a < b ? -1 : 1)),
                ),
                parent: resource.parent?.includes("pulumi:pulumi:Stack") === true ? undefined : resource.parent,
            }))
            .sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    };
}

function withoutChanceIn(value: string, random: RegExp): string {
    return value
        .replace(random, "$10a1b2c3d")
        .replace(
            /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
            "0a1b2c3d-0000-4000-8000-000000000000",
        )
        .replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, "2026-03-01T08:40:23.000Z")
        .replace(/^W\/"[0-9a-f]+"$/, 'W/"0a1b2c3d"');
}

/** A program as YAML has it, `${vm.id}` and all, in the harness's own form. */
export function asProgram(
    resources: Readonly<Record<string, { readonly type: string; readonly properties: object }>>,
): Program {
    return Object.fromEntries(
        Object.entries(resources).map(([name, { type, properties }]): [string, Declaration] => [
            name,
            { type, properties: asContent(properties as Properties) as Properties },
        ]),
    );
}

function asContent(content: Content): Content {
    if (typeof content === "string") {
        const parts = content.split(/\$\{([^}]+)\}/);
        const refs = parts.filter((_, index) => index % 2 === 1).map(ref);
        const [only] = refs;
        if (only === undefined) {
            return content;
        }
        const texts = parts.filter((_, index) => index % 2 === 0);
        return refs.length === 1 && texts.join("") === ""
            ? only
            : text(texts as unknown as TemplateStringsArray, ...refs);
    }
    if (Array.isArray(content)) {
        return (content as readonly Content[]).map(asContent);
    }
    const json = (content as Properties | null)?.["fn::toJSON"];
    if (json !== undefined) {
        return asContent(JSON.stringify(json));
    }
    return typeof content === "object" && content !== null
        ? Object.fromEntries(Object.entries(content).map(([key, value]) => [key, asContent(value as Content)]))
        : content;
}
