import type { CataloguePolicy, Level, SettingValues } from "../../policies/policy";
import type { Urn } from "../model/planned-resource";
import type { PolicyExemptions } from "../findings/exemption";
import { checkConfiguration, ConfigurationError, didYouMean, type Configurable } from "./configuration";
import { configuredExemptions, policyExemptions, type TagCircumstances } from "./exemptions";
import { nearest } from "./nearest";
import {
    PolicyExceptions,
    problemsWithExceptions,
    unknownPolicies,
    withoutPolicies,
    type PolicyException,
} from "./policy-exceptions";
import { SHARED_SETTINGS, sharedSettings, withShared } from "./shared-settings";

/**
 * What `--policy-pack-config` takes: by policy, a level or a block of settings. In a file of version 2, these are under
 * `policies`, and Pulumi's own exceptions beside them (ENG-53).
 */
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
    /** Pulumi's own exceptions from a policy on the URN that a finding is reported on. */
    readonly exceptionsFrom: (policy: string, target: Urn | undefined) => readonly PolicyException[];
}

/** The levels in the words of Pulumi; `all` is not a policy but stands for each of them. */
const ALL = "all";
/** Pulumi ESC environments, which Pulumi itself looks up. */
const ENVIRONMENTS = "environments";
/** A number here, and only a number, is the version of the file; in a file without one, each key is a policy (ENG-53). */
const VERSION = "version";
const POLICIES = "policies";
const EXCEPTIONS = "exceptions";
/** The only version so far, and the keys that it has. */
export const FILE_VERSION = 2;
const KEYS: readonly string[] = [VERSION, ENVIRONMENTS, POLICIES, EXCEPTIONS];

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
    return isVersioned(file)
        ? problemsOfVersion(file, catalogue)
        : Object.entries(file).flatMap(([name, value]) =>
              name === ENVIRONMENTS
                  ? problemsWithEnvironments(value)
                  : ONLY_WITH_VERSION.has(name)
                    ? [
                          `"${name}" needs a file with "${VERSION}": ${FILE_VERSION}, as a number. In it, policies and "${SHARED_SETTINGS}" are under "${POLICIES}".`,
                      ]
                    : problemsWithPolicy(name, value, catalogue, [ENVIRONMENTS]),
          );
}

const ONLY_WITH_VERSION: ReadonlySet<string> = new Set([VERSION, POLICIES, EXCEPTIONS]);

function problemsOfVersion(file: ConfigurationFile, catalogue: readonly CataloguePolicy[]): readonly string[] {
    if (file[VERSION] !== FILE_VERSION) {
        return [
            `"${VERSION}" is ${String(file[VERSION])}. The only version that this release knows is ${FILE_VERSION}.`,
        ];
    }
    const { [ENVIRONMENTS]: environments, [POLICIES]: policies, [EXCEPTIONS]: exceptions } = file;
    const names = new Set(
        blocksOf(catalogue)
            .map(({ name }) => name)
            .concat(ALL),
    );
    return [
        ...Object.keys(file)
            .filter((key) => !KEYS.includes(key))
            .map((key) =>
                names.has(key)
                    ? `Put "${key}" under "${POLICIES}": a file of version ${FILE_VERSION} has policies there, and Pulumi would ignore it.`
                    : `A file of version ${FILE_VERSION} has no key "${key}". Allowed: "${KEYS.join('", "')}".${didYouMean(nearest(key, KEYS))}`,
            ),
        ...(environments === undefined || environments === null ? [] : problemsWithEnvironments(environments)),
        ...(policies === undefined || policies === null
            ? []
            : isObject(policies)
              ? Object.entries(policies).flatMap(([name, value]) => problemsWithPolicy(name, value, catalogue, []))
              : [`"${POLICIES}" must be an object with a key for each policy.`]),
        ...problemsWithExceptions(exceptions),
    ];
}

function problemsWithEnvironments(value: unknown): readonly string[] {
    return Array.isArray(value) && value.every((each) => typeof each === "string")
        ? []
        : [`"${ENVIRONMENTS}" must be a list of names of Pulumi ESC environments.`];
}

/** @param others words that are no policies and may be meant */
function problemsWithPolicy(
    name: string,
    value: unknown,
    catalogue: readonly CataloguePolicy[],
    others: readonly string[],
): readonly string[] {
    const blocks = blocksOf(catalogue);
    const names = [ALL, ...others, ...blocks.map((each) => each.name)];
    if (!names.includes(name)) {
        return [`There is no policy "${name}".${didYouMean(nearest(name, names))}`];
    }
    const block = blockOf(value);
    if (block === undefined) {
        return [`"${name}" must be a level, such as "mandatory", or an object with settings.`];
    }
    if (name === ALL) {
        const settings = Object.keys(block.values);
        return [
            ...wrongLevel(name, block.level, ["advisory", "mandatory", "remediate", "disabled"]),
            ...(settings.length === 0
                ? []
                : [`"${ALL}" sets levels only; put "${settings.join('", "')}" under "${SHARED_SETTINGS}".`]),
        ];
    }
    const policy = catalogue.find((each) => each.name === name);
    return [
        ...wrongLevel(name, block.level, levelsOf(policy)),
        ...(policy?.scope === "plan" && block.level === undefined
            ? [`"${name}" needs an "enforcementLevel": without one, Pulumi refuses the file where the gate is not.`]
            : []),
        ...problemWith(policy ?? sharedSettings(catalogue), block.values, blocks),
    ];
}

function blocksOf(catalogue: readonly CataloguePolicy[]): readonly Configurable[] {
    return [sharedSettings(catalogue), ...catalogue];
}

/**
 * What has no effect and is no mistake, one sentence each, as Pulumi warns of it.
 *
 * @param file one without problems
 */
export function warningsAbout(file: ConfigurationFile, catalogue: readonly CataloguePolicy[]): readonly string[] {
    const names = blocksOf(catalogue).map(({ name }) => name);
    return unknownPolicies(exceptionsIn(file), catalogue, names);
}

function isVersioned(file: ConfigurationFile): boolean {
    return typeof file[VERSION] === "number";
}

/** The policies of a file without problems, whatever its version. */
function policiesIn(file: ConfigurationFile): ConfigurationFile {
    return isVersioned(file) ? ((file[POLICIES] as ConfigurationFile | null | undefined) ?? {}) : file;
}

function exceptionsIn(file: ConfigurationFile): unknown {
    return isVersioned(file) ? file[EXCEPTIONS] : undefined;
}

/** The levels that a policy may be given; those of the shared settings, which find nothing, without one. */
export function levelsOf(policy: CataloguePolicy | undefined): readonly Level[] {
    const remediates = policy?.scope === "resource" && policy.remediates;
    return ["advisory", "mandatory", "disabled", ...(remediates ? (["remediate"] as const) : [])];
}

/** @param file one without problems */
export function packConfiguration(file: ConfigurationFile, catalogue: readonly CataloguePolicy[]): PackConfiguration {
    const configured = policiesIn(file);
    const block = (name: string): Block => blockOf(configured[name]) ?? { level: undefined, values: {} };
    const shared = sharedSettings(catalogue);
    const sharedValues = sharedValuesIn(configured, shared);
    const exemptions = configuredExemptions(sharedValues, catalogue);
    const valuesOf = (policy: CataloguePolicy): SettingValues =>
        withShared(policy, block(policy.name).values, sharedValues);
    const levelOf = (policy: CataloguePolicy): Level =>
        (levelIn(configured, policy.name) as Level | undefined) ?? policy.level;
    const exceptions = new PolicyExceptions(exceptionsIn(file));
    return {
        shared: sharedValues,
        levelOf,
        valuesOf,
        exemptionsOf: (policy, today, before) =>
            policyExemptions(sharedValues, exemptions, today, {
                isAdvisory: levelOf(policy) === "advisory",
                before,
            }),
        exceptionsFrom: (policy, target) => exceptions.of(policy, target),
    };
}

/** What Pulumi is to get of the file: all but the policies that it does not have and would refuse. */
export function withoutPlanPolicies(file: ConfigurationFile, catalogue: readonly CataloguePolicy[]): ConfigurationFile {
    const names = new Set(catalogue.flatMap(({ scope, name }) => (scope === "plan" ? [name] : [])));
    const policies = Object.fromEntries(Object.entries(policiesIn(file)).filter(([name]) => !names.has(name)));
    return isVersioned(file)
        ? { ...file, [POLICIES]: policies, [EXCEPTIONS]: withoutPolicies(exceptionsIn(file), names) }
        : policies;
}

/** Disabled, the shared settings do not count. */
function sharedValuesIn(policies: ConfigurationFile, { name }: Configurable): SettingValues {
    return levelIn(policies, name) === "disabled" ? {} : (blockOf(policies[name])?.values ?? {});
}

function levelIn(policies: ConfigurationFile, policy: string): string | undefined {
    return blockOf(policies[policy])?.level ?? blockOf(policies[ALL])?.level;
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
    const hint = didYouMean(nearest(level, allowed));
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
