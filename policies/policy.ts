import type { Estate } from "../src/model/estate";
import type { AzureResource, Entity, Kind } from "../src/model/resources";
import type { JsonSchema } from "../src/model/json-schema";
import type { Plan, PlanContent } from "../src/model/plan";
import type { Sources } from "../src/model/disks/restored-disk";
import type { ExemptionInUse } from "../src/findings/exemption";
import type { Finding, OpenFinding } from "../src/findings/finding";
import type { PolicyId } from "../src/findings/policy-id";
import type { Subject as FindingSubject } from "../src/findings/subject";
import type { Framework } from "../src/facts/frameworks";
import type { Check, StackTags } from "./check";

export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** The least first. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What people see of a policy before it finds anything. A policy is one check. */
export interface PolicyIdentity {
    readonly id: PolicyId;
    /** A contract: configuration, reports and Pulumi Cloud know the policy by it. */
    readonly name: string;
    readonly level: Level;
    readonly severity: Severity;
    /** What it finds, as one sentence. Pulumi prints it above every message, so it is short: at most 80 characters. */
    readonly summary: string;
    readonly framework: Framework;
    readonly tags: readonly string[];
    /** What to do in general, for Pulumi Cloud; each finding says what to do in particular. */
    readonly remediationSteps: string;
    /**
     * True for a check of what a plan asks Azure to do: Azure looks at it when protection is enabled or a resource is written,
     * and not again. What exists and is left alone has been accepted, so BCDR430 reports it, and this policy does not.
     */
    readonly checkedByAzure?: boolean | undefined;
}

/** The identity of a policy, without what else a definition says. */
export function identityOf(of: PolicyIdentity): PolicyIdentity {
    const { id, name, level, severity, summary, framework, tags, remediationSteps, checkedByAzure } = of;
    return { id, name, level, severity, summary, framework, tags, remediationSteps, checkedByAzure };
}

export interface Settings<Configuration> {
    /** JSON schema of each setting. */
    readonly properties: Readonly<Record<string, JsonSchema>>;
    /** What is wrong with values that fit the schema each by itself, as a sentence for the person. */
    readonly problem?: (values: SettingValues) => string | undefined;
    /** Makes the typed configuration from values that fit the schema. */
    readonly read: (values: SettingValues) => Configuration;
    /** True for settings of several policies: they stand once, in `shared-settings`, and in no policy's block. */
    readonly areShared?: true;
}

export type SettingValues = Readonly<Record<string, unknown>>;

/** What a resource policy looks at: one resource, by its inputs alone. */
export interface ResourceSubject<K extends Kind = Kind> {
    readonly entity: Extract<Entity, { readonly kind: K }>;
    readonly sources: Sources;
}

/** What a stack policy looks at. */
export interface StackSubject {
    readonly estate: Estate;
    /** Undefined where nobody knows them. */
    readonly stackTags: StackTags | undefined;
    /** As in `Circumstances`. */
    readonly inAzure?: boolean | undefined;
    /** What the policies that have run so far in this round could not decide. */
    readonly open: () => readonly OpenFinding[];
    /** The exemptions that have taken findings out so far in this round. */
    readonly exemptionsInUse: () => readonly ExemptionInUse[];
    /** What the policies that have run so far in this round have found in place, and so not reported. */
    readonly inPlace: () => readonly FoundInPlace[];
}

/** A finding about a limit of Azure's on what Azure has accepted and this plan leaves alone. */
export interface FoundInPlace extends Finding {
    readonly policyName: string;
    readonly restsOn: readonly AzureResource[];
}

/** One finding in the place of all that a policy has found. */
export type Summary = Pick<Finding, "subject" | "message">;

interface Definition<Subject, Parameters, Configuration>
    extends PolicyIdentity, Check<Subject, Parameters, Configuration> {
    /** Left out by a policy without settings. */
    readonly settings?: Settings<Configuration>;
    /** Whether a violation is also of what the configuration demands: Azure accepts that, so it is reported in any case. */
    readonly isOwnDemand?: (parameters: Parameters, configuration: Configuration) => boolean;
    /** Reports one finding instead of many, of which it gets the subjects that exemptions have left; or undefined. */
    readonly summarise?: (
        found: readonly FindingSubject[],
        subject: Subject,
        configuration: Configuration,
    ) => Summary | undefined;
}

/** A policy together with its configuration, ready to look at subjects. */
export interface ConfiguredPolicy<Subject> extends Check<Subject, unknown, undefined> {
    readonly id: PolicyId;
    readonly name: string;
    /** Whether a violation does not count as one where it is in place. */
    readonly isCheckedByAzure: (parameters: unknown) => boolean;
    readonly summarise: (found: readonly FindingSubject[], subject: Subject) => Summary | undefined;
}

export interface ConfiguredResourcePolicy extends ConfiguredPolicy<ResourceSubject> {
    /** Of all others it has nothing to say, so nobody has to read them for it. */
    readonly kinds: ReadonlySet<Kind>;
    /**
     * Nor of those of them that make no disk as a copy of something. Over the bench's stack, in which half of the resources
     * are VMs and disks, it saves 6 to 11 % of the processor time of an Analyze call.
     */
    readonly restoredDisksOnly: boolean;
}

interface PolicyOf<Configured> extends PolicyIdentity {
    /** Those of its block in the configuration. */
    readonly settings: Readonly<Record<string, JsonSchema>>;
    /** Those that it takes from `shared-settings`. */
    readonly sharedSettings: Readonly<Record<string, JsonSchema>>;
    readonly problem: (values: SettingValues) => string | undefined;
    /** @param values those of its block, and the shared ones that it takes */
    readonly configure: (values: SettingValues) => Configured;
}

/** Looks at one resource at a time, and so runs on cloud accounts too (SEE-12a). */
export interface ResourcePolicy extends PolicyOf<ConfiguredResourcePolicy> {
    readonly scope: "resource";
    /** True where it knows a cure, so that its level may be `remediate`. */
    readonly remediates: boolean;
}

/** Looks at the whole stack. */
export interface StackPolicy extends PolicyOf<ConfiguredPolicy<StackSubject>> {
    readonly scope: "stack";
    /** Without any resource of these kinds, it has nothing to look at; undefined where it looks at other policies. */
    readonly kinds: readonly Kind[] | undefined;
}

/** Checks what a plan does to existing resources. Only the gate can: Pulumi shows a pack neither steps nor old state. */
export interface PlanPolicy extends PolicyOf<ConfiguredPolicy<Plan>> {
    readonly scope: "plan";
}

/** What Pulumi runs. */
export type Policy = ResourcePolicy | StackPolicy;

export type CataloguePolicy = Policy | PlanPolicy;

interface ResourceDefinition<K extends Kind, Parameters, Configuration> extends Definition<
    ResourceSubject<K>,
    Parameters,
    Configuration
> {
    readonly kinds: readonly K[];
    readonly restoredDisksOnly?: boolean;
}

export function resourcePolicy<K extends Kind, Parameters, Configuration = undefined>({
    kinds: kindList,
    restoredDisksOnly = false,
    ...definition
}: ResourceDefinition<K, Parameters, Configuration>): ResourcePolicy {
    const kinds = new Set<Kind>(kindList);
    const isOfKinds = (entity: Entity): entity is ResourceSubject<K>["entity"] => kinds.has(entity.kind);
    const policy = policyOf(definition);
    return {
        scope: "resource",
        remediates: definition.remediation !== undefined,
        ...policy,
        configure: (values) => {
            const configured = policy.configure(values);
            return {
                ...configured,
                kinds,
                restoredDisksOnly,
                evaluate: ({ entity, sources }) =>
                    isOfKinds(entity) ? configured.evaluate({ entity, sources }, undefined) : [],
                summarise: (found, { entity, sources }) =>
                    isOfKinds(entity) ? configured.summarise(found, { entity, sources }) : undefined,
            };
        },
    };
}

interface StackDefinition<Parameters, Configuration> extends Definition<StackSubject, Parameters, Configuration> {
    readonly kinds?: readonly Kind[];
}

export function stackPolicy<Parameters, Configuration = undefined>({
    kinds,
    ...definition
}: StackDefinition<Parameters, Configuration>): StackPolicy {
    return { scope: "stack", kinds, ...policyOf(definition) };
}

interface PlanDefinition<Parameters, Configuration> extends Definition<Plan, Parameters, Configuration> {
    /** The kinds of plans that it looks at; left out, all. */
    readonly plans?: readonly PlanContent["kind"][];
}

export function planPolicy<Parameters, Configuration = undefined>({
    plans,
    ...definition
}: PlanDefinition<Parameters, Configuration>): PlanPolicy {
    const policy = policyOf(definition);
    return {
        scope: "plan",
        ...policy,
        configure: (values) => {
            const configured = policy.configure(values);
            return {
                ...configured,
                evaluate: (plan) => (plans?.includes(plan.kind) === false ? [] : configured.evaluate(plan, undefined)),
            };
        },
    };
}

/** Hides the types of parameters and configuration behind `configure`, so that all policies stand in one list. */
function policyOf<Subject, Parameters, Configuration>(
    definition: Definition<Subject, Parameters, Configuration>,
): PolicyOf<ConfiguredPolicy<Subject>> {
    const { id, name, checkedByAzure = false, isOwnDemand, settings, summarise } = definition;
    const properties = settings?.properties ?? {};
    const areShared = settings?.areShared === true;
    return {
        ...identityOf(definition),
        settings: areShared ? {} : properties,
        sharedSettings: areShared ? properties : {},
        problem: (values) => settings?.problem?.(values),
        configure: (values) => {
            const configuration = settings?.read(values) as Configuration;
            return {
                id,
                name,
                isCheckedByAzure: (parameters) =>
                    checkedByAzure && isOwnDemand?.(parameters as Parameters, configuration) !== true,
                evaluate: (subject) => definition.evaluate(subject, configuration),
                message: (parameters, circumstances) => definition.message(parameters as Parameters, circumstances),
                remediation: (parameters) => definition.remediation?.(parameters as Parameters) ?? [],
                summarise: (found, subject) => summarise?.(found, subject, configuration),
            };
        },
    };
}
