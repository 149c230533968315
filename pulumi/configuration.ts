import type { PolicyConfigSchema } from "@pulumi/policy";
import { isDate, type Exemption, type ExemptionRules } from "../findings/exemption";
import type { RuleId } from "../findings/rule-id";
import type { JsonSchema, Policy, SettingValues } from "../policies/policy";

/** Settings that every policy has beside its own. */
function commonSettings(ruleIds: readonly RuleId[]): Readonly<Record<string, JsonSchema>> {
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
            type: "boolean",
            default: true,
            description: "Whether machines may carry exemptions of their own in the tag bcdr-exempt.",
        },
    };
}

/** The schema as the engine takes it; it refuses wrong types and values itself, before any policy runs (SEE-18). */
export function configSchema(policy: Policy): PolicyConfigSchema {
    return { properties: allSettings(policy) as PolicyConfigSchema["properties"] };
}

function allSettings({ settings, ruleIds }: Policy): Readonly<Record<string, JsonSchema>> {
    return { ...settings, ...commonSettings(ruleIds) };
}

/** A configuration that says something nobody can mean. Thrown, so that nothing passes unchecked because of a typo. */
export class ConfigurationError extends Error {
    constructor(policy: Policy, problem: string) {
        super(`azure-bcdr-guard: configuration of policy "${policy.name}": ${problem}`);
        // The SDK sends an error's stack to the engine; a person who mistyped a key has no use for one.
        this.stack = this.message;
    }
}

/**
 * Checks what the engine's schema check lets pass: unknown keys, unknown rule ids, days that are none.
 *
 * @param all the whole catalogue, for the rule ids that there are
 * @throws ConfigurationError naming policy and key and what is allowed
 */
export function checkConfiguration(policy: Policy, values: SettingValues, all: readonly Policy[]): void {
    const settings = allSettings(policy);
    for (const [key, value] of Object.entries(values)) {
        const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
        if (setting === undefined) {
            throw new ConfigurationError(
                policy,
                `there is no setting "${key}". Allowed: ${list(Object.keys(settings))}.`,
            );
        }
        checkValue(policy, key, value, setting);
    }
    (exemptionsOf(values) ?? []).forEach((exemption, index) => {
        checkExemption(policy, `exemptions[${index}]`, exemption, all);
    });
}

/** What the schema says, again: the engine checks it first, but Pulumi Cloud and other callers need not have. */
function checkValue(policy: Policy, key: string, value: unknown, schema: JsonSchema): void {
    const isOfType = {
        string: typeof value === "string",
        integer: Number.isInteger(value),
        boolean: typeof value === "boolean",
        array: Array.isArray(value),
        object: typeof value === "object" && value !== null && !Array.isArray(value),
    }[schema.type];
    if (!isOfType) {
        throw new ConfigurationError(policy, `"${key}" must be of type ${schema.type}.`);
    }
    if (schema.enum !== undefined && !schema.enum.includes(value as string)) {
        throw new ConfigurationError(
            policy,
            `"${key}" cannot be ${JSON.stringify(value)}. Allowed: ${list(schema.enum)}.`,
        );
    }
    if (schema.minimum !== undefined && (value as number) < schema.minimum) {
        throw new ConfigurationError(policy, `"${key}" must be at least ${schema.minimum}.`);
    }
    if (schema.items !== undefined) {
        (value as readonly unknown[]).forEach((element, index) => {
            checkValue(policy, `${key}[${index}]`, element, schema.items as JsonSchema);
        });
    }
    if (schema.properties !== undefined) {
        checkObject(policy, key, value as SettingValues, schema);
    }
}

function checkObject(
    policy: Policy,
    key: string,
    value: SettingValues,
    { properties = {}, required = [] }: JsonSchema,
): void {
    for (const name of required) {
        if (!Object.hasOwn(value, name)) {
            throw new ConfigurationError(policy, `"${key}" lacks "${name}". It needs ${list(required)}.`);
        }
    }
    for (const [name, element] of Object.entries(value)) {
        const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
        if (schema === undefined) {
            throw new ConfigurationError(
                policy,
                `"${key}" has no "${name}". Allowed: ${list(Object.keys(properties))}.`,
            );
        }
        checkValue(policy, `${key}.${name}`, element, schema);
    }
}

function checkExemption(
    policy: Policy,
    key: string,
    { rules, resource, reason, expires }: Exemption,
    all: readonly Policy[],
): void {
    for (const rule of rules) {
        if (!policy.ruleIds.includes(rule)) {
            const home = all.find(({ ruleIds }) => ruleIds.includes(rule));
            const hint = home === undefined ? "" : ` ${rule} belongs to the policy "${home.name}".`;
            throw new ConfigurationError(
                policy,
                `"${key}.rules" names ${JSON.stringify(rule)}, which is no rule of this policy. Allowed: ${list(policy.ruleIds)}.${hint}`,
            );
        }
    }
    if (rules.length === 0) {
        throw new ConfigurationError(policy, `"${key}.rules" is empty. Allowed: ${list(policy.ruleIds)}.`);
    }
    if (resource.trim() === "") {
        throw new ConfigurationError(
            policy,
            `"${key}.resource" is empty. Allowed: a URN, an ARM id or a name; * stands for any text.`,
        );
    }
    if (reason.trim() === "") {
        throw new ConfigurationError(policy, `"${key}.reason" is empty. Say why the finding is left out.`);
    }
    if (!isDate(expires)) {
        throw new ConfigurationError(
            policy,
            `"${key}.expires" is ${JSON.stringify(expires)}, which is no day. Allowed: a day such as "2027-01-31".`,
        );
    }
}

/** @param today `2026-11-22`, UTC */
export function exemptionRules(values: SettingValues, today: string): ExemptionRules {
    return { exemptions: exemptionsOf(values) ?? [], tagExemptions: values["tagExemptions"] !== false, today };
}

function exemptionsOf(values: SettingValues): readonly Exemption[] | undefined {
    return values["exemptions"] as readonly Exemption[] | undefined;
}

function list(words: readonly string[]): string {
    return words.map((word) => `"${word}"`).join(", ");
}
