import {
    ConfiguredExemptions,
    DEFAULT_MAXIMUM_DAYS,
    isDate,
    latestEnd,
    TAG_EXEMPTIONS,
    today,
    type Exemption,
    type ExemptionRules,
    type TagExemptions,
    type TagRules,
} from "../findings/exemption";
import { singleLine } from "../findings/message";
import { forDisplay } from "../findings/plain-text";
import type { RuleId } from "../findings/rule-id";
import type { JsonSchema, SettingValues } from "../policies/policy";
import { nearest } from "./nearest";

/** What has a block of its own in the configuration: a policy, or the settings that policies share. */
export interface Configurable {
    readonly name: string;
    readonly ruleIds: readonly RuleId[];
    readonly settings: Readonly<Record<string, JsonSchema>>;
    /** What is wrong with values that fit the schema each by itself. */
    readonly problem?: (values: SettingValues) => string | undefined;
}

/** Tells which exemptions are in use: one from it would hide itself and all others. */
export const NEVER_EXEMPTED: ReadonlySet<RuleId> = new Set(["BCDR491"]);

/** Settings that every policy has beside its own; none where nothing of it can be exempted. */
function commonSettings(all: readonly RuleId[]): Readonly<Record<string, JsonSchema>> {
    const ruleIds = all.filter((id) => !NEVER_EXEMPTED.has(id));
    if (ruleIds.length === 0 && all.length > 0) {
        return {};
    }
    return {
        exemptions: {
            type: "array",
            description: "Findings to leave out, each for a reason and until a day.",
            items: {
                type: "object",
                required: ["rules", "resource", "reason", "expires"],
                properties: {
                    rules: {
                        type: "array",
                        items: { type: "string" },
                        description: `Rule ids: ${ruleIds.join(", ")}.`,
                    },
                    resource: { type: "string", description: "URN, ARM id or name; * stands for any text." },
                    reason: { type: "string", description: "Why it is left out." },
                    expires: { type: "string", description: "Last day on which it counts (UTC), such as 2027-01-31." },
                },
            },
        },
        tagExemptions: {
            type: "string",
            enum: TAG_EXEMPTIONS,
            default: "advisory",
            description:
                "Which findings the tag bcdr-exempt of a VM may exempt. `advisory`: advisory findings only. `all`: mandatory ones, too. `none`: tags do not count.",
        },
    };
}

/** A policy's own settings and those that every policy has. */
export function allSettings({ settings, ruleIds }: Configurable): Readonly<Record<string, JsonSchema>> {
    return { ...settings, ...commonSettings(ruleIds) };
}

/** A configuration that says something nobody can mean. Thrown, so that nothing passes unchecked because of a typo. */
export class ConfigurationError extends Error {
    constructor(policy: Configurable, problem: string) {
        // Pulumi prints it, and an inventory that is wrong may hold any text.
        super(forDisplay(singleLine(`azure-bcdr-guard: configuration of policy "${policy.name}": ${problem}`)));
        // The SDK sends an error's stack to the engine; a person who mistyped a key has no use for one.
        this.stack = this.message;
    }
}

/**
 * Checks what the engine's schema check lets pass: unknown keys, unknown rule ids, days that are none or too far away.
 *
 * @param all every block that there is, to tell where a key or a rule id belongs
 * @param shared the settings that stand once for all policies
 * @throws ConfigurationError naming policy and key and what is allowed
 */
export function checkConfiguration(
    block: Configurable,
    values: SettingValues,
    all: readonly Configurable[],
    shared: SettingValues = {},
): void {
    const settings = allSettings(block);
    for (const [key, value] of Object.entries(values)) {
        const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
        if (setting === undefined) {
            const homes = all.filter((other) => Object.hasOwn(other.settings, key)).map(({ name }) => name);
            throw new ConfigurationError(
                block,
                `there is no setting "${key}". ${allowed(key, Object.keys(settings))}` +
                    (homes.length === 0 ? "" : ` "${key}" belongs to ${list(homes)}.`),
            );
        }
        checkValue(block, key, value, setting);
    }
    const problem = block.problem?.(values);
    if (problem !== undefined) {
        throw new ConfigurationError(block, problem);
    }
    const maximumDays = maximumExemptionDays({ ...shared, ...values });
    exemptionsOf(values).forEach((exemption, index) => {
        checkExemption(block, `exemptions[${index}]`, exemption, all, maximumDays);
    });
}

/** What the schema says, again: the engine checks it first, but Pulumi Cloud and other callers need not have. */
function checkValue(block: Configurable, key: string, value: unknown, schema: JsonSchema): void {
    const isOfType = {
        string: typeof value === "string",
        integer: Number.isInteger(value),
        boolean: typeof value === "boolean",
        array: Array.isArray(value),
        object: typeof value === "object" && value !== null && !Array.isArray(value),
    };
    const types = [schema.type].flat();
    if (!types.some((type) => isOfType[type])) {
        throw new ConfigurationError(block, `"${key}" must be of type ${types.join(" or ")}.`);
    }
    if (schema.enum !== undefined && !schema.enum.includes(value as string)) {
        throw new ConfigurationError(
            block,
            `"${key}" cannot be ${JSON.stringify(value)}. ${allowed(value as string, schema.enum)}`,
        );
    }
    if (schema.minimum !== undefined && (value as number) < schema.minimum) {
        throw new ConfigurationError(block, `"${key}" must be at least ${schema.minimum}.`);
    }
    if (schema.maximum !== undefined && (value as number) > schema.maximum) {
        throw new ConfigurationError(block, `"${key}" must be at most ${schema.maximum}.`);
    }
    if (schema.items !== undefined && Array.isArray(value)) {
        (value as readonly unknown[]).forEach((element, index) => {
            checkValue(block, `${key}[${index}]`, element, schema.items as JsonSchema);
        });
    }
    if (schema.type === "object") {
        checkObject(block, key, value as SettingValues, schema);
    }
}

function checkObject(
    block: Configurable,
    key: string,
    value: SettingValues,
    { properties = {}, required = [], additionalProperties }: JsonSchema,
): void {
    for (const name of required) {
        if (!Object.hasOwn(value, name)) {
            throw new ConfigurationError(block, `"${key}" lacks "${name}". It needs ${list(required)}.`);
        }
    }
    for (const [name, element] of Object.entries(value)) {
        const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
        if (schema === undefined) {
            throw new ConfigurationError(block, `"${key}" has no "${name}". ${allowed(name, Object.keys(properties))}`);
        }
        checkValue(block, `${key}.${name}`, element, schema);
    }
}

function checkExemption(
    block: Configurable,
    key: string,
    { rules, resource, reason, expires }: Exemption,
    all: readonly Configurable[],
    maximumDays: number,
): void {
    for (const rule of rules) {
        if (NEVER_EXEMPTED.has(rule)) {
            throw new ConfigurationError(
                block,
                `"${key}.rules" names "${rule}", which cannot be exempted: it tells which exemptions are in use.`,
            );
        }
        if (!block.ruleIds.includes(rule)) {
            const home = all.find(({ ruleIds }) => ruleIds.includes(rule));
            // Ids are alike by nature: two slips away from one there are many others.
            const hint =
                home === undefined
                    ? didYouMean(nearest(rule, block.ruleIds, 1))
                    : ` ${rule} belongs to the policy "${home.name}".`;
            throw new ConfigurationError(
                block,
                `"${key}.rules" names ${JSON.stringify(rule)}, which is no rule of this policy. Allowed: ${list(block.ruleIds)}.${hint}`,
            );
        }
    }
    if (rules.length === 0) {
        throw new ConfigurationError(block, `"${key}.rules" is empty. Allowed: ${list(block.ruleIds)}.`);
    }
    if (resource.trim() === "") {
        throw new ConfigurationError(
            block,
            `"${key}.resource" is empty. Allowed: a URN, an ARM id or a name; * stands for any text.`,
        );
    }
    if (reason.trim() === "") {
        throw new ConfigurationError(block, `"${key}.reason" is empty. Say why the finding is left out.`);
    }
    if (!isDate(expires)) {
        throw new ConfigurationError(
            block,
            `"${key}.expires" is ${JSON.stringify(expires)}, which is no day. Allowed: a day such as "2027-01-31".`,
        );
    }
    const latest = latestEnd(today(), maximumDays);
    if (expires > latest) {
        throw new ConfigurationError(
            block,
            `"${key}.expires" is "${expires}", more than ${maximumDays} days away ("maximumExemptionDays"). The latest day allowed is ${latest}.`,
        );
    }
}

/** What only who runs the policies knows of tags. */
export type TagCircumstances = Pick<TagRules, "isAdvisory" | "before"> & {
    /** True for a tag whose text is secret. */
    readonly isSecret?: (tag: string) => boolean;
};

/**
 * @param values those of a policy, with what it takes from the shared ones
 * @param shared the settings that stand once for all policies
 * @param day `2026-11-22`, UTC
 */
export function exemptionRules(
    values: SettingValues,
    shared: SettingValues,
    day: string,
    { isAdvisory, before, isSecret = () => false }: TagCircumstances,
): ExemptionRules {
    const showsReasons = shared["showTagReasons"] === true;
    return {
        configured: new ConfiguredExemptions(exemptionsOf(values)),
        tags: {
            allowed: (values["tagExemptions"] as TagExemptions | undefined) ?? "advisory",
            isAdvisory,
            maximumDays: maximumExemptionDays(shared),
            showsReason: (tag) => showsReasons && !isSecret(tag),
            before,
        },
        today: day,
    };
}

function maximumExemptionDays({ maximumExemptionDays: days }: SettingValues): number {
    return typeof days === "number" ? days : DEFAULT_MAXIMUM_DAYS;
}

export function exemptionsOf(values: SettingValues): readonly Exemption[] {
    return (values["exemptions"] as readonly Exemption[] | undefined) ?? [];
}

/** What would have been right, the likeliest by name. */
function allowed(written: string, words: readonly string[]): string {
    return `Allowed: ${list(words)}.${didYouMean(nearest(written, words))}`;
}

function didYouMean(word: string | undefined): string {
    return word === undefined ? "" : ` Did you mean "${word}"?`;
}

function list(words: readonly string[]): string {
    return words.map((word) => `"${word}"`).join(", ");
}
