import { FILE_VERSION, levelsOf } from "../../src/config/configuration-file";
import type { Configurable } from "../../src/config/configuration";
import { NEVER_EXEMPTED } from "../../src/config/exemptions";
import { EXCEPTION_ID, EXCEPTION_KEYS, MATCH_KEYS } from "../../src/config/policy-exceptions";
import { REPOSITORY } from "../../policies/package";
import { SHARED_SETTINGS, sharedSettings } from "../../src/config/shared-settings";
import type { CataloguePolicy } from "../../policies/policy";
import type { JsonSchema } from "../../src/model/json-schema";

/** JSON schema, as far as it is written here. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * The schema of a whole configuration file: what `--policy-pack-config` takes for this pack, and nothing besides. Pulumi
 * tells the two forms of the file apart by a `version` that is a number (ENG-53).
 */
export function policyConfigSchema(catalogue: readonly CataloguePolicy[]): Schema {
    const policies = policiesIn(catalogue);
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        $id: `${REPOSITORY}/raw/main/policy-config.schema.json`,
        title: "Configuration of the policy pack azure-bcdr-guard",
        type: "object",
        if: { properties: { version: { type: "number" } }, required: ["version"] },
        then: { $ref: "#/definitions/versioned" },
        else: { $ref: "#/definitions/unversioned" },
        definitions: {
            policies: { description: "Levels and settings.", ...blocks(policies) },
            unversioned: blocks({
                environments: { $ref: "#/definitions/environments" },
                ...Object.fromEntries(
                    Object.keys(policies).map((name) => [name, { $ref: `#/definitions/policies/properties/${name}` }]),
                ),
            }),
            versioned: {
                type: "object",
                additionalProperties: false,
                properties: {
                    version: { description: "The version of the file.", const: FILE_VERSION },
                    environments: { $ref: "#/definitions/environments" },
                    policies: { $ref: "#/definitions/policies" },
                    exceptions: { $ref: "#/definitions/exceptions" },
                },
            },
            environments: {
                description: "Pulumi ESC environments whose `policyConfig` counts below this file.",
                type: "array",
                items: { type: "string" },
            },
            exceptions: policyExceptions(),
        },
    };
}

function policiesIn(catalogue: readonly CataloguePolicy[]): Readonly<Record<string, Schema>> {
    return {
        all: {
            description: "The level of every policy without a level here.",
            ...levelOrBlock(["advisory", "mandatory", "disabled", "remediate"], {}),
        },
        [SHARED_SETTINGS]: {
            description: "Settings of several policies, exemptions, and what is known beyond the stack.",
            ...levelOrBlock(["advisory", "mandatory", "disabled"], settingsOf(sharedSettings(catalogue), catalogue)),
        },
        ...Object.fromEntries(catalogue.map((policy) => [policy.name, policySchema(policy)])),
    };
}

function blocks(properties: Readonly<Record<string, Schema>>): Schema {
    return {
        type: "object",
        additionalProperties: false,
        properties,
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

/** A policy that there is not is no mistake for Pulumi, so its name is only a text. */
function policyExceptions(): Schema {
    return {
        description: "Pulumi's own exceptions, by ID: findings that are reported and fail nothing.",
        type: "object",
        propertyNames: { pattern: EXCEPTION_ID },
        additionalProperties: {
            type: "object",
            additionalProperties: false,
            required: EXCEPTION_KEYS,
            properties: {
                reason: { description: "Why the findings are accepted.", type: "string", pattern: "\\S" },
                match: {
                    description: "A finding is excepted if an entry has its policy and its URN.",
                    type: "array",
                    minItems: 1,
                    items: {
                        type: "object",
                        additionalProperties: false,
                        required: MATCH_KEYS,
                        properties: {
                            policies: {
                                description: "Names of policies, not IDs.",
                                type: "array",
                                minItems: 1,
                                items: { type: "string", minLength: 1, not: { const: "all" } },
                            },
                            targets: {
                                description: "URNs on which the findings are reported, compared exactly.",
                                type: "array",
                                minItems: 1,
                                items: { type: "string", pattern: "^urn:pulumi:.*::.*::.*::" },
                            },
                        },
                    },
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
