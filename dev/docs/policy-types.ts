import { levelsOf } from "../../src/config/configuration-file";
import { SHARED_SETTINGS, sharedSettings } from "../../src/config/shared-settings";
import { selectable } from "../../src/pack/options";
import type { CataloguePolicy } from "../../policies/policy";
import type { JsonSchema } from "../../src/model/json-schema";

// No word in it is newer than TypeScript 3.8, with which Pulumi reads a policy pack without a compiler.

/** The types of `azure-bcdr-guard/policies`: a property for each policy of the catalogue, with its settings. */
export function policyTypes(catalogue: readonly CataloguePolicy[]): string {
    const shared = sharedSettings(catalogue);
    return `// Made from the catalogue of policies. UPDATE_DOCS=1 updates it.
import { Policies, PolicyPack } from "@pulumi/policy";

/**
 * Makes your own policy pack: these policies, and yours if you add any. Options are in the form of a configuration file,
 * and Pulumi's configuration of the pack overrides each of them.
 *
 * @param name of the pack; \`azure-bcdr-guard\` without one
 */
export declare function policyPack(name?: string, options?: PackOptions): PolicyPack;

/** The policies for a pack that you make with \`new PolicyPack\`. Call it once. */
export declare function policies(options?: Options): Policies;

export interface PackOptions extends Options {
    /** Policies of your own in the same pack. */
    readonly policies?: Policies;
}

/** Which policies the pack has: those that each given list selects. Without any list, all. */
export interface Selection {
    readonly services?: readonly (${union(selectable("services"))})[];
    readonly tags?: readonly (${union(selectable("tags"))})[];
    readonly frameworks?: readonly (${union(selectable("frameworks"))})[];
    readonly ids?: readonly PolicyId[];
}

export type Level = "advisory" | "mandatory" | "disabled";

export interface Options {
    /** Leaves the others out. BCDR430, BCDR490 and BCDR491 stay: they report what the selected ones found and left open. */
    readonly select?: Selection;
    /** The level of every policy without a level here. */
    readonly all?: Level | "remediate";
${member(SHARED_SETTINGS, "Settings of several policies, exemptions, and what is known beyond the stack.", `{${properties(shared.settings, 2)}\n    }`)}
${catalogue
    .map((policy) =>
        member(
            policy.name,
            `${policy.id}: ${policy.summary} ${policy.level}, ${policy.severity} by default.${policy.scope === "plan" ? " Only the command runs it." : ""}`,
            valueOf(policy),
        ),
    )
    .join("\n")}
}

export type PolicyId =
    ${selectable("ids")
        .map((id) => `| "${id}"`)
        .join("\n    ")};
`;
}

function valueOf(policy: CataloguePolicy): string {
    const level = levelsOf(policy).includes("remediate") ? `Level | "remediate"` : "Level";
    return Object.keys(policy.settings).length === 0
        ? level
        : `${level} | {\n        readonly enforcementLevel?: ${level};${properties(policy.settings, 2)}\n    }`;
}

function member(name: string, says: string, type: string): string {
    return `    /** ${says} */\n    readonly "${name}"?: ${type};`;
}

function properties(
    settings: Readonly<Record<string, JsonSchema>>,
    depth: number,
    required?: readonly string[],
): string {
    const indent = "    ".repeat(depth);
    return Object.entries(settings)
        .map(([name, schema]) => {
            const { description, default: preset } = schema;
            const says = preset === undefined ? description : `${description ?? ""} Default: ${String(preset)}.`;
            const comment = says === undefined ? "" : `\n${indent}/** ${says} */`;
            return `${comment}\n${indent}readonly ${name}${required?.includes(name) ? "" : "?"}: ${typeOf(schema, depth)};`;
        })
        .join("");
}

function typeOf(schema: JsonSchema, depth: number): string {
    const types = [schema.type].flat().map((type): string => {
        switch (type) {
            case "string":
                return schema.enum === undefined ? "string" : union(schema.enum);
            case "integer":
            case "number":
                return "number";
            case "boolean":
                return "boolean";
            case "array":
                return `readonly ${enclosed(schema.items === undefined ? "unknown" : typeOf(schema.items, depth))}[]`;
            case "object":
                return schema.additionalProperties
                    ? `{ readonly [name: string]: ${typeOf(schema.additionalProperties, depth)} }`
                    : `{${properties(schema.properties ?? {}, depth + 1, schema.required)}\n${"    ".repeat(depth)}}`;
        }
    });
    return types.join(" | ");
}

function enclosed(type: string): string {
    return type.includes(" | ") && !type.startsWith("{") ? `(${type})` : type;
}

function union(words: readonly string[]): string {
    return words.map((word) => `"${word}"`).join(" | ");
}
