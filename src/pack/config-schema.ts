import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Configurable } from "../config/configuration";

/**
 * The schema as the engine takes it; it refuses wrong types and values itself, before any policy runs (SEE-18). Without
 * defaults: the engine would put them in, and then what somebody has set could not be told from what nobody has.
 */
export function configSchema(block: Configurable): PolicyConfigSchema {
    const properties = Object.entries(block.settings).map(([name, setting]) => {
        const { default: preset, description = "", ...schema } = setting;
        const told = preset === undefined ? description : `${description} Default: ${String(preset)}.`;
        return [name, { ...schema, description: told }] as const;
    });
    return { properties: Object.fromEntries(properties) as NonNullable<PolicyConfigSchema["properties"]> };
}
