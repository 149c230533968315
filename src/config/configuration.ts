import { forDisplay, singleLine } from "../findings/plain-text";
import { type JsonSchema, type Mismatch, mismatch } from "../model/json-schema";
import type { SettingValues } from "../../policies/policy";
import { nearest } from "./nearest";

/** What has a block in the configuration: a policy, or the settings that policies share. */
export interface Configurable {
    readonly name: string;
    readonly settings: Readonly<Record<string, JsonSchema>>;
    /** What is wrong with values that fit the schema each by itself. */
    readonly problem?: (values: SettingValues) => string | undefined;
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
 * Checks what the engine's schema check lets pass: unknown keys, unknown policies, days that are none or too far away.
 *
 * @param all every block that there is, to tell where a key belongs
 * @throws ConfigurationError naming policy and key and what is allowed
 */
export function checkConfiguration(block: Configurable, values: SettingValues, all: readonly Configurable[]): void {
    const { settings } = block;
    for (const [key, value] of Object.entries(values)) {
        const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
        if (setting === undefined) {
            const homes = all.filter((other) => Object.hasOwn(other.settings, key)).map(({ name }) => name);
            const own = Object.keys(settings);
            throw new ConfigurationError(
                block,
                `there is no setting "${key}". ${own.length === 0 ? "This policy has none beside its level." : allowed(key, own)}` +
                    (homes.length === 0 ? "" : ` "${key}" belongs to ${list(homes)}.`),
            );
        }
        checkValue(block, key, value, setting);
    }
    const problem = block.problem?.(values);
    if (problem !== undefined) {
        throw new ConfigurationError(block, problem);
    }
}

/** What the schema says, again: the engine checks it first, but Pulumi Cloud and other callers need not have. */
function checkValue(block: Configurable, key: string, value: unknown, schema: JsonSchema): void {
    const found = mismatch(value, schema, key);
    if (found !== undefined) {
        throw new ConfigurationError(block, inWords(found));
    }
}

function inWords(found: Mismatch): string {
    const { path, schema } = found;
    switch (found.kind) {
        case "type":
            return `"${path}" must be of type ${[schema.type].flat().join(" or ")}.`;
        case "enum":
            return `"${path}" cannot be ${JSON.stringify(found.value)}. ${allowed(found.value as string, schema.enum ?? [])}`;
        case "minimum":
            return `"${path}" must be at least ${schema.minimum ?? ""}.`;
        case "maximum":
            return `"${path}" must be at most ${schema.maximum ?? ""}.`;
        case "minLength":
            return `"${path}" must not be empty.`;
        case "pattern":
            return `"${path}" does not have the form ${schema.pattern ?? ""}.`;
        case "missing":
            return `"${path}" lacks "${found.name}". It needs ${list(schema.required ?? [])}.`;
        case "no such property":
            return `"${path}" has no "${found.name}". ${allowed(found.name, Object.keys(schema.properties ?? {}))}`;
    }
}

/** What would have been right, the likeliest by name. */
function allowed(written: string, words: readonly string[]): string {
    return `Allowed: ${list(words)}.${didYouMean(nearest(written, words))}`;
}

export function didYouMean(word: string | undefined): string {
    return word === undefined ? "" : ` Did you mean "${word}"?`;
}

function list(words: readonly string[]): string {
    return words.map((word) => `"${word}"`).join(", ");
}
