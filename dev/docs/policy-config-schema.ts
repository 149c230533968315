import { levelsOf } from "../../src/config/configuration-file";
import type { Configurable } from "../../src/config/configuration";
import { NEVER_EXEMPTED } from "../../src/config/exemptions";
import { REPOSITORY } from "../../policies/documentation";
import { SHARED_SETTINGS, sharedSettings } from "../../src/config/shared-settings";
import type { CataloguePolicy } from "../../policies/policy";
import type { JsonSchema } from "../../src/model/json-schema";

/** JSON schema, as far as it is written here. */
export type Schema = Readonly<Record<string, unknown>>;

/** The schema of a whole configuration file: what `--policy-pack-config` takes for this pack, and nothing besides. */
export function policyConfigSchema(catalogue: readonly CataloguePolicy[]): Schema {
    const shared = sharedSettings(catalogue);
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        $id: `${REPOSITORY}/raw/main/policy-config.schema.json`,
        title: "Configuration of the policy pack azure-bcdr-guard",
        type: "object",
        additionalProperties: false,
        properties: {
            all: {
                description: "The level of every policy without a level here.",
                ...levelOrBlock(["advisory", "mandatory", "disabled", "remediate"], {}),
            },
            environments: {
                description: "Pulumi ESC environments whose `policyConfig` counts below this file.",
                type: "array",
                items: { type: "string" },
            },
            [SHARED_SETTINGS]: {
                description: "Settings of several policies, exemptions, and what is known beyond the stack.",
                ...levelOrBlock(["advisory", "mandatory", "disabled"], settingsOf(shared, catalogue)),
            },
            ...Object.fromEntries(catalogue.map((policy) => [policy.name, policySchema(policy)])),
        },
        // Pulumi never asks a policy that is disabled for its settings, so those would be lost without a word.
        if: { properties: { all: { enum: ["disabled", { enforcementLevel: "disabled" }] } }, required: ["all"] },
        then: {
            properties: {
                [SHARED_SETTINGS]: {
                    type: "object",
                    required: ["enforcementLevel"],
                    properties: { enforcementLevel: { enum: ["advisory", "mandatory"] } },
                },
            },
        },
    };
}

function policySchema(policy: CataloguePolicy): Schema {
    return {
        description: `${policy.id}: ${policy.summary} ${policy.level}, ${policy.severity} by default.`,
        // Pulumi does not know the policies of the command, and takes a block for such a one only with a level.
        ...levelOrBlock(levelsOf(policy), settingsOf(policy, []), policy.scope === "plan" ? ["enforcementLevel"] : []),
    };
}

function levelOrBlock(levels: readonly string[], settings: Schema, required: readonly string[] = []): Schema {
    return {
        anyOf: [
            { type: "string", enum: levels },
            {
                type: "object",
                additionalProperties: false,
                ...(required.length === 0 ? {} : { required }),
                properties: { enforcementLevel: { type: "string", enum: levels }, ...settings },
            },
        ],
    };
}

function settingsOf({ settings }: Configurable, catalogue: readonly CataloguePolicy[]): Schema {
    return Object.fromEntries(
        Object.entries(settings).map(([name, setting]) => [
            name,
            name === "exemptions" ? exemptionsSchema(setting, catalogue) : strict(setting),
        ]),
    );
}

/** The pack says in its own words which policies there are and what a day is; an editor has only the schema for it. */
function exemptionsSchema(setting: JsonSchema, catalogue: readonly CataloguePolicy[]): Schema {
    const { properties = {} } = setting.items ?? {};
    const { policies, resource, reason, expires } = properties;
    const exemptible = catalogue.filter(({ id }) => !NEVER_EXEMPTED.has(id));
    const keys = [...exemptible.map(({ id }) => id), ...exemptible.map(({ name }) => name)];
    return strict({
        ...setting,
        items: {
            ...setting.items,
            type: "object",
            properties: {
                policies: { ...policies, minItems: 1, items: { type: "string", enum: keys } },
                resource: { ...resource, pattern: "\\S" },
                reason: { ...reason, pattern: "\\S" },
                expires: { ...expires, pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
            },
        },
    } as JsonSchema);
}

/** An object holds what it is said to hold, and nothing else. */
function strict({ properties, items, additionalProperties, ...schema }: JsonSchema): Schema {
    return {
        ...schema,
        ...(items === undefined ? {} : { items: strict(items) }),
        ...(schema.type === "object"
            ? { additionalProperties: additionalProperties ? strict(additionalProperties) : false }
            : {}),
        ...(properties === undefined
            ? {}
            : {
                  properties: Object.fromEntries(
                      Object.entries(properties).map(([name, schemaOfOne]) => [name, strict(schemaOfOne)]),
                  ),
              }),
    };
}
