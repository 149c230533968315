import type { CataloguePolicy, Level, SettingValues } from "../../policies/policy";
import type { PolicyExemptions } from "../findings/exemption";
import { checkConfiguration, ConfigurationError, type Configurable } from "./configuration";
import { configuredExemptions, policyExemptions, type TagCircumstances } from "./exemptions";
import { nearest } from "./nearest";
import { SHARED_SETTINGS, sharedSettings, withShared } from "./shared-settings";

/** What `--policy-pack-config` takes: by policy, a level or a block of settings. */
export type ConfigurationFile = Readonly<Record<string, unknown>>;

/** A checked configuration of the whole catalogue. */
export interface PackConfiguration {
    /** The settings that stand once for all policies. */
    readonly shared: SettingValues;
    readonly levelOf: (policy: CataloguePolicy) => Level;
    readonly valuesOf: (policy: CataloguePolicy) => SettingValues;
    /**
     * @param today `2026-11-22`, UTC
     * @param before the tags of VMs before the plan, for policies that look at one
     */
    readonly exemptionsOf: (
        policy: CataloguePolicy,
        today: string,
        before?: TagCircumstances["before"],
    ) => PolicyExemptions;
}

/** The levels in the words of Pulumi; `all` is not a policy but stands for each of them. */
const ALL = "all";
/** Pulumi ESC environments, which Pulumi itself looks up. */
const ENVIRONMENTS = "environments";

interface Block {
    readonly level: string | undefined;
    readonly values: SettingValues;
}

/**
 * Everything that is wrong with a configuration file, one sentence each, names of policies included: Pulumi passes over
 * a policy that it does not know (SEE-18), and one that is passed over is a check that does not happen.
 */
export function problemsOf(file: unknown, catalogue: readonly CataloguePolicy[]): readonly string[] {
    if (!isObject(file)) {
        return ["The configuration must be one JSON object with a key for each policy, such as profiles/core.json."];
    }
    const shared = sharedSettings(catalogue);
    const blocks: readonly Configurable[] = [shared, ...catalogue];
    const names = [ALL, ENVIRONMENTS, ...blocks.map(({ name }) => name)];
    return Object.entries(file).flatMap(([name, value]) => {
        if (name === ENVIRONMENTS) {
            return Array.isArray(value) && value.every((each) => typeof each === "string")
                ? []
                : [`"${ENVIRONMENTS}" must be a list of names of Pulumi ESC environments.`];
        }
        if (!names.includes(name)) {
            const meant = nearest(name, names);
            return [`There is no policy "${name}".${meant === undefined ? "" : ` Did you mean "${meant}"?`}`];
        }
        const block = blockOf(value);
        if (block === undefined) {
            return [`"${name}" must be a level, such as "mandatory", or an object with settings.`];
        }
        if (name === ALL) {
            const others = Object.keys(block.values);
            return [
                ...wrongLevel(name, block.level, ["advisory", "mandatory", "remediate", "disabled"]),
                ...(others.length === 0
                    ? []
                    : [`"${ALL}" sets levels only; put "${others.join('", "')}" under "${SHARED_SETTINGS}".`]),
            ];
        }
        const policy = catalogue.find((each) => each.name === name);
        return [
            ...wrongLevel(name, block.level, levelsOf(policy)),
            ...(policy?.scope === "plan" && block.level === undefined
                ? [`"${name}" needs an "enforcementLevel": without one, Pulumi refuses the file where the gate is not.`]
                : []),
            ...problemWith(policy ?? shared, block.values, blocks),
        ];
    });
}

/** The levels that a policy may be given; those of the shared settings, which find nothing, without one. */
export function levelsOf(policy: CataloguePolicy | undefined): readonly Level[] {
    const remediates = policy?.scope === "resource" && policy.remediates;
    return ["advisory", "mandatory", "disabled", ...(remediates ? (["remediate"] as const) : [])];
}

/** @param file one without problems */
export function packConfiguration(file: ConfigurationFile, catalogue: readonly CataloguePolicy[]): PackConfiguration {
    const block = (name: string): Block => blockOf(file[name]) ?? { level: undefined, values: {} };
    const shared = sharedSettings(catalogue);
    const sharedValues = sharedValuesIn(file, shared);
    const exemptions = configuredExemptions(sharedValues, catalogue);
    const valuesOf = (policy: CataloguePolicy): SettingValues =>
        withShared(policy, block(policy.name).values, sharedValues);
    const levelOf = (policy: CataloguePolicy): Level =>
        (levelIn(file, policy.name) as Level | undefined) ?? policy.level;
    return {
        shared: sharedValues,
        levelOf,
        valuesOf,
        exemptionsOf: (policy, today, before) =>
            policyExemptions(sharedValues, exemptions, today, {
                isAdvisory: levelOf(policy) === "advisory",
                before,
            }),
    };
}

/** What Pulumi is to get of the file: all but the policies that it does not have and would refuse. */
export function withoutPlanPolicies(file: ConfigurationFile, catalogue: readonly CataloguePolicy[]): ConfigurationFile {
    const names = new Set(catalogue.flatMap(({ scope, name }) => (scope === "plan" ? [name] : [])));
    return Object.fromEntries(Object.entries(file).filter(([name]) => !names.has(name)));
}

/** Disabled, the shared settings do not count. */
function sharedValuesIn(file: ConfigurationFile, { name }: Configurable): SettingValues {
    return levelIn(file, name) === "disabled" ? {} : (blockOf(file[name])?.values ?? {});
}

function levelIn(file: ConfigurationFile, policy: string): string | undefined {
    return blockOf(file[policy])?.level ?? blockOf(file[ALL])?.level;
}

function blockOf(value: unknown): Block | undefined {
    if (typeof value === "string") {
        return { level: value, values: {} };
    }
    if (!isObject(value)) {
        return undefined;
    }
    const { enforcementLevel, ...values } = value;
    return { level: levelText(enforcementLevel), values };
}

function wrongLevel(name: string, level: string | undefined, allowed: readonly string[]): readonly string[] {
    if (level === undefined || allowed.includes(level)) {
        return [];
    }
    const meant = nearest(level, allowed);
    const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
    return [`"${name}" cannot have the level "${level}". Allowed: "${allowed.join('", "')}".${hint}`];
}

function problemWith(block: Configurable, values: SettingValues, all: readonly Configurable[]): readonly string[] {
    try {
        checkConfiguration(block, values, all);
        return [];
    } catch (error) {
        if (error instanceof ConfigurationError) {
            return [error.message];
        }
        throw error;
    }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A level of another type is no level either, and the message quotes it from the file. */
function levelText(level: unknown): string | undefined {
    return level === undefined || typeof level === "string" ? level : JSON.stringify(level);
}
