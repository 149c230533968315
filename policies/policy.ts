import type { Estate } from "../estate/estate";
import type { Entity, Kind } from "../estate/model";
import type { Plan } from "../estate/plan";
import type { Sources } from "../estate/restored-disk";
import type { ExemptionInUse } from "../findings/exemption";
import type { Finding, OpenFinding } from "../findings/finding";
import type { RuleId } from "../findings/rule-id";
import type { Framework } from "../support/frameworks";
import type { Rule } from "./rule";

export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** The least first. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What people see of a policy before it finds anything. */
export interface PolicyIdentity {
    /** A contract: configuration, reports and Pulumi Cloud know the policy by it. */
    readonly name: string;
    readonly displayName: string;
    /** Pulumi prints it above every message, so it is short: at most 60 characters. */
    readonly description: string;
    readonly level: Level;
    readonly severity: Severity;
    readonly framework: Framework;
    readonly tags: readonly string[];
    /** What to do in general, for Pulumi Cloud; each finding says what to do in particular. */
    readonly remediationSteps: string;
}

export interface Settings<Configuration> {
    /** JSON schema of each setting. */
    readonly properties: Readonly<Record<string, JsonSchema>>;
    /** What is wrong with values that fit the schema each by itself, as a sentence for the person. */
    readonly problem?: (values: SettingValues) => string | undefined;
    /** Makes the typed configuration from values that fit the schema. */
    readonly read: (values: SettingValues) => Configuration;
}

export type SettingValues = Readonly<Record<string, unknown>>;

type SettingType = "string" | "integer" | "boolean" | "array" | "object";

/** The part of JSON schema that settings use. */
export interface JsonSchema {
    readonly type: SettingType | readonly SettingType[];
    readonly description?: string;
    readonly default?: string | number | boolean;
    readonly enum?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly items?: JsonSchema;
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    /** What an object holds under names that are the person's own; without it, `properties` are all that it may hold. */
    readonly additionalProperties?: JsonSchema;
}

/** For a policy without settings of its own. */
export const NO_SETTINGS: Settings<undefined> = { properties: {}, read: () => undefined };

/** What a resource policy looks at: one resource, by its inputs alone. */
export interface ResourceSubject<K extends Kind = Kind> {
    readonly entity: Extract<Entity, { readonly kind: K }>;
    readonly sources: Sources;
}

/** What a stack policy looks at. */
export interface StackSubject {
    readonly estate: Estate;
    /** What the rules that have run so far in this round could not decide. */
    readonly open: () => readonly OpenFinding[];
    /** The exemptions that have taken findings out so far in this round. */
    readonly exemptionsInUse: () => readonly ExemptionInUse[];
}

interface Definition<Subject, Configuration> extends PolicyIdentity {
    readonly settings: Settings<Configuration>;
    readonly rules: readonly Rule<Subject, Configuration>[];
    /** Puts many findings together; gets what exemptions have left of them. */
    readonly summarise?: (
        findings: readonly Finding[],
        subject: Subject,
        configuration: Configuration,
    ) => readonly Finding[];
}

/** A policy together with its configuration, ready to look at subjects. */
export interface ConfiguredPolicy<Subject> {
    readonly rules: readonly Rule<Subject, undefined>[];
    readonly summarise: (findings: readonly Finding[], subject: Subject) => readonly Finding[];
}

export interface ConfiguredResourcePolicy extends ConfiguredPolicy<ResourceSubject> {
    /** Of all others its rules have nothing to say, so nobody has to read them for it. */
    readonly looksAt: ReadonlySet<Kind>;
    /** Nor of those of them that make no disk as a copy of something. */
    readonly onlyCopies: boolean;
}

interface PolicyOf<Configured> extends PolicyIdentity {
    readonly ruleIds: readonly RuleId[];
    readonly settings: Readonly<Record<string, JsonSchema>>;
    readonly problem: (values: SettingValues) => string | undefined;
    readonly configure: (values: SettingValues) => Configured;
}

/** Looks at one resource at a time, and so runs on cloud accounts too (SEE-12a). */
export interface ResourcePolicy extends PolicyOf<ConfiguredResourcePolicy> {
    readonly scope: "resource";
    /** True where one of its rules knows a cure, so that its level may be `remediate`. */
    readonly remediates: boolean;
}

/** Looks at the whole stack. Each one costs a rebuild of all resources (SEE-10), so they are few. */
export interface StackPolicy extends PolicyOf<ConfiguredPolicy<StackSubject>> {
    readonly scope: "stack";
}

/** Looks at what a plan does to what is there, which only the gate can see: Pulumi shows a pack neither steps nor old state. */
export interface PlanPolicy extends PolicyOf<ConfiguredPolicy<Plan>> {
    readonly scope: "plan";
}

/** What Pulumi runs. */
export type Policy = ResourcePolicy | StackPolicy;

export type CataloguePolicy = Policy | PlanPolicy;

interface ResourceDefinition<K extends Kind, Configuration> extends Definition<ResourceSubject<K>, Configuration> {
    readonly looksAt: readonly K[];
    readonly onlyCopies?: boolean;
}

export function resourcePolicy<K extends Kind, Configuration>({
    looksAt,
    onlyCopies = false,
    ...definition
}: ResourceDefinition<K, Configuration>): ResourcePolicy {
    const kinds = new Set<Kind>(looksAt);
    const isLookedAt = (entity: Entity): entity is ResourceSubject<K>["entity"] => kinds.has(entity.kind);
    const remediates = definition.rules.some((rule) => "cure" in rule);
    const policy = policyOf(definition);
    return {
        scope: "resource",
        remediates,
        ...policy,
        configure: (values) => {
            const { rules, summarise } = policy.configure(values);
            return {
                looksAt: kinds,
                onlyCopies,
                rules: rules.map((rule) => ({
                    ...rule,
                    evaluate: ({ entity, sources }) =>
                        isLookedAt(entity) ? rule.evaluate({ entity, sources }, undefined) : [],
                })),
                summarise: (findings, { entity, sources }) =>
                    isLookedAt(entity) ? summarise(findings, { entity, sources }) : findings,
            };
        },
    };
}

export function stackPolicy<Configuration>(definition: Definition<StackSubject, Configuration>): StackPolicy {
    return { scope: "stack", ...policyOf(definition) };
}

export function planPolicy<Configuration>(definition: Definition<Plan, Configuration>): PlanPolicy {
    return { scope: "plan", ...policyOf(definition) };
}

/** Hides the configuration's type behind `configure`, so that policies with different settings stand in one list. */
function policyOf<Subject, Configuration>(
    definition: Definition<Subject, Configuration>,
): PolicyOf<ConfiguredPolicy<Subject>> {
    const { settings, rules, summarise, ...identity } = definition;
    return {
        ...identity,
        ruleIds: rules.map(({ id }) => id),
        settings: settings.properties,
        problem: (values) => settings.problem?.(values),
        configure: (values) => {
            const configuration = settings.read(values);
            return {
                rules: rules.map((rule) => ({
                    id: rule.id,
                    finds: rule.finds,
                    evaluate: (subject) => rule.evaluate(subject, configuration),
                    tell: (parameters, circumstances) => rule.tell(parameters, circumstances),
                    cure: (parameters) => rule.cure?.(parameters) ?? [],
                })),
                summarise: (findings, subject) => summarise?.(findings, subject, configuration) ?? findings,
            };
        },
    };
}
