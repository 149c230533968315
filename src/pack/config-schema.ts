import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Configurable } from "../config/configuration";
import type { SettingValues } from "../../policies/policy";

/**
 * The schema as the engine takes it; it refuses wrong types and values itself, before any policy runs (SEE-18). Its defaults
 * are the values that whoever composed the pack has set: the engine puts them in below its own configuration. The pack's
 * own defaults are not among them, because then what somebody has set could not be told from what nobody has.
 */
export function configSchema(block: Configurable, given: SettingValues = {}): PolicyConfigSchema {
    const properties = Object.entries(block.settings).map(([name, setting]) => {
        const { default: preset, description = "", ...schema } = setting;
        const told = preset === undefined ? description : `${description} Default: ${String(preset)}.`;
        return [
            name,
            Object.hasOwn(given, name)
                ? { ...schema, description, default: given[name] }
                : { ...schema, description: told },
        ] as const;
    });
    return { properties: Object.fromEntries(properties) as NonNullable<PolicyConfigSchema["properties"]> };
}
