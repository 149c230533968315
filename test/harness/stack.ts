import { OfflineAzure } from "../../dev/offline/providers/azure";
import { OfflineAzureNative } from "../../dev/offline/providers/azure-native";
import { loadClassicShapes } from "../../dev/offline/providers/azure-sdk-types";
import type { Cloud, CloudStore } from "../../dev/offline/providers/cloud";
import { changeResource } from "../../dev/offline/providers/cloud";
import { loadShapes } from "../../dev/offline/providers/sdk-types";
import type { Provider } from "../../dev/offline/providers/serve";
import { UNKNOWN, containsUnknown, type KnownValue, type ValueMap } from "../../dev/offline/providers/values";
import type { Operation, PlanContent, Step } from "../../src/model/plan";
import type { PlannedResource } from "../../src/model/planned-resource";
import { Property } from "../../src/model/property-bag";
import { mergedOutputs } from "../../src/cli/reading/merged-outputs";
import { Hidden, Ref, Text, type Content, type Declaration, type Program } from "./program";

/** One resource as the engine would send it to a policy pack. */
export interface SentResource {
    readonly urn: string;
    readonly name: string;
    readonly type: string;
    readonly inputs: ValueMap;
    readonly outputs: ValueMap;
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly parent: string | undefined;
    readonly provider: SentProvider | undefined;
    readonly options: {
        readonly protect?: boolean;
        readonly ignoreChanges?: readonly string[];
        readonly retainOnDelete?: boolean;
        readonly additionalSecretOutputs?: readonly string[];
    };
}

export interface SentProvider {
    readonly urn: string;
    readonly name: string;
    readonly type: string;
    readonly properties: ValueMap;
}

/** What a policy pack gets to see of one preview, update or state. */
export interface SentRound {
    readonly dryRun: boolean;
    readonly resources: readonly SentResource[];
}

interface Existing extends SentResource {
    readonly id: string;
}

interface Providers {
    readonly "azure-native": Provider;
    readonly azure: Provider;
}

/** What a run makes of each resource that the program declares. */
interface Stepped {
    readonly resources: ReadonlyMap<string, Existing>;
    readonly steps: ReadonlyMap<string, Omit<Step, "retained">>;
}

const shapes = loadShapes();
const classicShapes = loadClassicShapes();

/**
 * A stack without an engine: it takes a program through preview, update, refresh and a look at its state, and gives
 * what the engine would send to a policy pack at each. The provider is the offline one, so shapes are the real ones.
 */
export class Stack {
    private cloud: Cloud = {};
    private existing = new Map<string, Existing>();
    /** By the name that the program gives them: `default` for those that Pulumi makes by itself. */
    private readonly providers: ReadonlyMap<string, Providers>;

    /** @param explicit the configuration of providers of the program's own, by their names */
    constructor(
        private readonly project = "shop",
        private readonly config: Readonly<Record<string, string>> = {},
        private readonly explicit: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
    ) {
        const store: CloudStore = {
            read: () => this.cloud,
            change: (change) => {
                this.cloud = change(this.cloud);
            },
        };
        const clock = (): Date => new Date("2026-03-01T08:40:23Z");
        this.providers = new Map(
            Object.entries({ ...explicit, default: config }).map(([name, configuration]) => {
                const providers: Providers = {
                    "azure-native": new OfflineAzureNative(shapes, store, clock),
                    azure: new OfflineAzure(classicShapes, store, clock),
                };
                providers["azure-native"].configure(configuration);
                providers.azure.configure(configuration);
                return [name, providers];
            }),
        );
    }

    urnOf(name: string, type: string): string {
        return `urn:pulumi:dev::${this.project}::${type}::${name}`;
    }

    preview(program: Program, options: PlanOptions = {}): SentRound {
        return this.round(true, this.run(program, true, options));
    }

    up(program: Program): SentRound {
        return this.round(false, this.run(program, false));
    }

    /** What a preview of a program says to the gate, which sees the steps and the old state, too. */
    plan(program: Program, options: PlanOptions = {}): PlanContent {
        const { resources, steps } = this.run(program, true, options);
        const before = [...this.existing.values()];
        const formerUrns = new Map(
            [...resources].flatMap(([name, { urn }]) => {
                const old = this.formerly(name, program[name]);
                return old === undefined || old.urn === urn ? [] : [[urn, old.urn] as const];
            }),
        );
        const renamed = new Set(formerUrns.values());
        const deleted = before.filter(({ name, urn }) => !resources.has(name) && !renamed.has(urn));
        return {
            kind: "update",
            before: before.map(asPlanned),
            after: [...resources.values()].map((resource) => {
                const old = this.formerly(resource.name, program[resource.name]);
                const operation = steps.get(resource.name)?.operation;
                return old !== undefined && operation === "update"
                    ? {
                          ...asPlanned({ ...resource, outputs: mergedOutputs(old, resource) as ValueMap }),
                          formerOutputs: old.outputs,
                          isUpdated: true,
                      }
                    : asPlanned(resource);
            }),
            steps: new Map([
                ...[...resources].map(([name, { urn }]) => {
                    const step = steps.get(name) ?? { operation: "same", createsFirst: false };
                    return [urn, { ...step, retained: isRetained(this.formerly(name, program[name])) }] as const;
                }),
                ...deleted.map((resource) => [resource.urn, deletion(resource)] as const),
            ]),
            formerUrns,
        };
    }

    planDestroy(target?: readonly string[]): PlanContent {
        const before = [...this.existing.values()];
        const goes = ({ name }: Existing): boolean => target === undefined || target.includes(name);
        return {
            kind: "destroy",
            before: before.map(asPlanned),
            after: before.filter((resource) => !goes(resource)).map(asPlanned),
            steps: new Map(before.filter(goes).map((resource) => [resource.urn, deletion(resource)] as const)),
            formerUrns: new Map(),
        };
    }

    /** What `pulumi refresh` finds of what somebody has changed outside of Pulumi. */
    planRefresh(): PlanContent {
        const before = new Map(this.existing);
        this.refresh();
        const changed = [...this.existing].filter(
            ([name, { outputs }]) => JSON.stringify(outputs) !== JSON.stringify(before.get(name)?.outputs),
        );
        const gone = [...before.values()].filter(({ name }) => !this.existing.has(name));
        return {
            kind: "refresh",
            before: [...before.values()].map(asPlanned),
            after: [...this.existing.values()].map(asPlanned),
            steps: new Map<string, Step>([
                ...changed.map(([, { urn }]) => [urn, stepOf("update")] as const),
                ...gone.map(({ urn }) => [urn, stepOf("delete")] as const),
            ]),
            formerUrns: new Map(),
        };
    }

    /** What `pulumi policy analyze` sends of the exported state. */
    state(): SentRound {
        return { dryRun: false, resources: [this.root(), ...[...this.existing.values()].map(asSent)] };
    }

    /** What somebody changes outside of Pulumi; Pulumi sees it at the next refresh. */
    portal(name: string, change: (response: ValueMap) => ValueMap): void {
        const { id } = this.get(name);
        this.cloud = changeResource(this.cloud, id, change);
    }

    /** What somebody deletes outside of Pulumi. */
    deleteOutside(name: string): void {
        const { urn, type, id, provider } = this.get(name);
        this.providerOf(type, provider?.name).delete({ urn, type, name, id });
    }

    idOf(name: string): string {
        return this.get(name).id;
    }

    refresh(): SentRound {
        for (const [name, resource] of this.existing) {
            const { urn, type, id, inputs, outputs, provider } = resource;
            const read = this.providerOf(type, provider?.name).read({
                urn,
                type,
                name,
                id,
                oldInputs: inputs,
                oldOutputs: outputs,
            });
            if (read === undefined) {
                this.existing.delete(name);
            } else {
                this.existing.set(name, { ...resource, ...read });
            }
        }
        return this.state();
    }

    /** The resource as it is there, under the name that it has, or that it had. */
    private formerly(name: string, declaration: Declaration | undefined): Existing | undefined {
        const former = (declaration?.options?.aliases ?? []).map((alias) => alias.name);
        return [name, ...former].flatMap((each) => this.existing.get(each) ?? [])[0];
    }

    private providerOf(type: string, name: string | undefined): Provider {
        const providers = this.providers.get(name ?? "") ?? this.providers.get("default");
        if (providers === undefined) {
            throw new Error("a stack has its default providers");
        }
        return providers[type.startsWith("azure:") ? "azure" : "azure-native"];
    }

    private get(name: string): Existing {
        const existing = this.existing.get(name);
        if (existing === undefined) {
            throw new Error(`the stack has no resource "${name}"`);
        }
        return existing;
    }

    private root(): SentResource {
        const type = "pulumi:pulumi:Stack";
        const name = `${this.project}-dev`;
        return {
            urn: this.urnOf(name, type),
            name,
            type,
            inputs: {},
            outputs: {},
            propertyDependencies: {},
            parent: undefined,
            provider: undefined,
            options: {},
        };
    }

    private round(dryRun: boolean, { resources }: Stepped): SentRound {
        return { dryRun, resources: [this.root(), ...[...resources.values()].map(asSent)] };
    }

    private run(program: Program, preview: boolean, options: PlanOptions = {}): Stepped {
        const { target } = options;
        const sent = new Map<string, Existing>();
        const steps = new Map<string, Omit<Step, "retained">>();
        for (const [name, declaration] of inOrder(program)) {
            const left = target !== undefined && !target.includes(name);
            sent.set(
                name,
                left
                    ? this.untargeted(program, name, declaration)
                    : this.step(program, name, declaration, sent, preview, options, (operation, createsFirst = false) =>
                          steps.set(name, { operation, createsFirst }),
                      ),
            );
        }
        if (!preview) {
            for (const [name, { urn, type, id, provider }] of this.existing) {
                if (!sent.has(name)) {
                    this.providerOf(type, provider?.name).delete({ urn, type, name, id });
                }
            }
            this.existing = sent;
        }
        return { resources: sent, steps };
    }

    /** SEE-15: what `--target` leaves out comes with its old state, or with nothing but its dependencies. */
    private untargeted(program: Program, name: string, declaration: Declaration): Existing {
        const old = this.existing.get(name);
        return old ?? { ...this.described(program, name, declaration), inputs: {}, outputs: {}, id: UNKNOWN };
    }

    private step(
        program: Program,
        name: string,
        declaration: Declaration,
        sent: ReadonlyMap<string, Existing>,
        preview: boolean,
        options: PlanOptions,
        takes: (operation: Operation, createsFirst?: boolean) => void,
    ): Existing {
        const described = this.described(program, name, declaration);
        const { urn, type } = described;
        const provider = this.providerOf(type, declaration.provider);
        const old = this.formerly(name, declaration);
        const program_ = resolveAll(declaration.properties, sent, preview);
        // SEE-16: a property under ignoreChanges keeps its old input.
        const kept = (declaration.options?.ignoreChanges ?? []).flatMap((key) =>
            old?.inputs[key] === undefined ? [] : [[key, old.inputs[key]] as const],
        );
        const checked = (oldInputs: ValueMap, seed: string): ValueMap => {
            const { inputs, failures } = provider.check({
                urn,
                type,
                name,
                oldInputs,
                inputs: { ...program_, ...Object.fromEntries(kept) },
                randomSeed: new TextEncoder().encode(seed),
                autonaming: undefined,
            });
            if (failures.length > 0) {
                throw new Error(`${name}: ${failures.join("; ")}`);
            }
            return inputs;
        };
        const inputs = checked(old?.inputs ?? {}, urn);
        const request = { urn, type, name, inputs };
        if (old === undefined) {
            takes("create");
            const { id, outputs } = provider.create({ ...request, preview });
            return { ...described, inputs, outputs, id: preview ? UNKNOWN : id };
        }
        const from = { oldInputs: old.inputs, oldOutputs: old.outputs };
        const { changes, deleteBeforeReplace } = provider.diff({ ...request, ...from });
        const isForced = options.replace?.includes(name) === true;
        if (changes.length === 0 && !isForced) {
            takes("same");
            return { ...described, inputs, outputs: old.outputs, id: old.id };
        }
        if (isForced || changes.some(({ replace }) => replace)) {
            takes("replace", !isForced && !(deleteBeforeReplace || declaration.options?.deleteBeforeReplace === true));
            if (!preview) {
                provider.delete({ urn, type, name, id: old.id });
            }
            // What is made anew is checked as if it had never been there, so that a random name is another one.
            const anew = checked({}, `${urn}#${old.id}`);
            const { id, outputs } = provider.create({ ...request, inputs: anew, preview });
            return { ...described, inputs: anew, outputs, id: preview ? UNKNOWN : id };
        }
        takes("update");
        const { outputs } = provider.update({ ...request, ...from, id: old.id, preview });
        return { ...described, inputs, outputs, id: old.id };
    }

    private described(program: Program, name: string, declaration: Declaration): SentResource {
        const { type, properties, parent, provider, options = {} } = declaration;
        const dependencies = Object.entries(properties).map(([property, content]) => {
            const names = new Set(refsIn(content).map(({ resource }) => resource));
            return [property, [...names].map((each) => this.urnOf(each, program[each]?.type ?? ""))] as const;
        });
        return {
            urn: this.urnOf(name, type),
            name,
            type,
            inputs: {},
            outputs: {},
            propertyDependencies: Object.fromEntries(dependencies.filter(([, urns]) => urns.length > 0)),
            parent: parent === undefined ? undefined : this.urnOf(parent, program[parent]?.type ?? ""),
            provider: this.sentProvider(type, provider ?? "default"),
            options,
        };
    }

    private sentProvider(of: string, name: string): SentProvider {
        const type = `pulumi:providers:${of.startsWith("azure:") ? "azure" : "azure-native"}`;
        return { urn: this.urnOf(name, type), name, type, properties: this.explicit[name] ?? this.config };
    }
}

interface PlanOptions {
    readonly target?: readonly string[];
    /** What `--replace` names; it is deleted before it is made anew. */
    readonly replace?: readonly string[];
}

function isRetained(old: Existing | undefined): boolean {
    return old?.options.retainOnDelete === true;
}

function stepOf(operation: Operation): Step {
    return { operation, createsFirst: false, retained: false };
}

function deletion(old: Existing): Step {
    return { ...stepOf("delete"), retained: isRetained(old) };
}

/** As the gate makes it from files: by way of JSON, without the SDK's wrapper. */
function asPlanned(resource: Existing): PlannedResource {
    const { urn, name, type, inputs, outputs, propertyDependencies, provider, options } = asSent(resource);
    return {
        urn,
        name,
        type,
        inputs,
        outputs,
        dependenciesOf: (property) =>
            Object.hasOwn(propertyDependencies, property) ? (propertyDependencies[property] ?? []) : [],
        provider: provider && {
            urn: provider.urn,
            subscription: Property.of(provider.properties).at("subscriptionId").text(),
        },
        protect: options.protect ?? false,
        ignoreChanges: options.ignoreChanges ?? [],
    };
}

/** The engine keeps what a provider notes for itself (`__defaults`, `__createBeforeDelete`) from policies (SEE-27). */
function asSent({ id: _, inputs, outputs, ...resource }: Existing): SentResource {
    return { ...resource, inputs: withoutInternal(inputs), outputs: withoutInternal(outputs) };
}

function withoutInternal(properties: ValueMap): ValueMap {
    return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

/** What is referred to comes first, as the engine has it; else in the order in which the program was written. */
function inOrder(program: Program): readonly (readonly [string, Declaration])[] {
    const ordered = new Map<string, Declaration>();
    const visit = (name: string): void => {
        const declaration = program[name];
        if (declaration === undefined) {
            throw new Error(`the program refers to "${name}", which it does not declare`);
        }
        if (!ordered.has(name)) {
            refsIn(declaration.properties).forEach(({ resource }) => visit(resource));
            ordered.set(name, declaration);
        }
    };
    Object.keys(program).forEach(visit);
    return [...ordered];
}

function resolveAll(
    properties: Readonly<Record<string, Content>>,
    sent: ReadonlyMap<string, Existing>,
    preview: boolean,
): ValueMap {
    return Object.fromEntries(
        Object.entries(properties).flatMap(([name, content]) => {
            const value = resolve(content, sent, preview);
            return value === undefined ? [] : [[name, value] as const];
        }),
    );
}

function resolve(content: Content, sent: ReadonlyMap<string, Existing>, preview: boolean): KnownValue | undefined {
    if (content instanceof Hidden) {
        return preview ? UNKNOWN : resolve(content.content, sent, preview);
    }
    if (content instanceof Ref) {
        return valueOf(content, sent);
    }
    if (content instanceof Text) {
        const parts = content.parts.map((part) => (part instanceof Ref ? (valueOf(part, sent) ?? "") : part));
        return parts.some(containsUnknown) ? UNKNOWN : parts.join("");
    }
    if (Array.isArray(content)) {
        return (content as readonly Content[]).map((each) => resolve(each, sent, preview) ?? null);
    }
    return typeof content === "object" && content !== null
        ? resolveAll(content as Readonly<Record<string, Content>>, sent, preview)
        : content;
}

/** The program knows the id of a resource that exists, even where the provider's preview does not (SEE-05). */
function valueOf({ resource, path }: Ref, sent: ReadonlyMap<string, Existing>): KnownValue | undefined {
    const from = sent.get(resource);
    if (from === undefined) {
        throw new Error(`"${resource}" is referred to before it is declared`);
    }
    const [first, ...rest] = path;
    if (first === "id" && rest.length === 0) {
        return from.id;
    }
    let value: KnownValue | undefined = from.outputs;
    for (const step of path) {
        if (value === UNKNOWN) {
            return UNKNOWN;
        }
        value = (value as Record<string | number, KnownValue> | undefined)?.[step];
    }
    return value;
}

function refsIn(content: Content): Ref[] {
    if (content instanceof Hidden) {
        return [...refsIn(content.content), ...content.madeFrom];
    }
    if (content instanceof Ref) {
        return [content];
    }
    if (content instanceof Text) {
        return content.parts.filter((part) => part instanceof Ref);
    }
    return typeof content === "object" && content !== null ? Object.values(content).flatMap(refsIn) : [];
}
