import type { CataloguePolicy, JsonSchema, SettingValues } from "../policies/policy";
import { DEFAULT_MAXIMUM_DAYS } from "../findings/exemption";
import { allSettings, exemptionsOf, type Configurable } from "./configuration";

/**
 * Pulumi gives each policy its own configuration and no other (SEE-18), and `all` sets levels only. So what policies share
 * has a block of its own, under the name of a policy that finds nothing: being the first resource policy of the pack, it
 * hands its configuration on before any other policy looks at anything.
 */
export const SHARED_SETTINGS = "shared-settings";

/** What no policy has of its own: what concerns the one estate that all look at, and the bounds of exemptions. */
const OF_ALL: Readonly<Record<string, JsonSchema>> = {
    inventory: {
        type: ["string", "array"],
        items: { type: "string" },
        description:
            "Inventories of what protects machines outside of the stack: one absolute path, or a list of them. Without it, the environment variable AZURE_BCDR_GUARD_INVENTORY counts.",
    },
    maximumAgeHours: {
        type: "integer",
        minimum: 1,
        default: 24,
        description: "The age in hours above which what an inventory tells is called old.",
    },
    maximumExemptionDays: {
        type: "integer",
        minimum: 1,
        maximum: 3650,
        default: DEFAULT_MAXIMUM_DAYS,
        description:
            "The greatest number of days from today to the end of an exemption. A later end is refused: in the configuration as a mistake, in a tag the exemption alone.",
    },
    showTagReasons: {
        type: "boolean",
        default: false,
        description:
            "Whether messages, reports and the record show the reason that the tag bcdr-exempt of a VM gives. Without it they name the tag.",
    },
};

/** Every setting that more than one policy has, with exemptions for the rules of all. */
export function sharedSettings(catalogue: readonly CataloguePolicy[]): Configurable {
    const all = catalogue.flatMap(({ settings }) => Object.entries(settings));
    const isShared = (name: string): boolean => all.filter(([other]) => other === name).length > 1;
    return {
        name: SHARED_SETTINGS,
        ruleIds: catalogue.flatMap(({ ruleIds }) => ruleIds),
        settings: { ...Object.fromEntries(all.filter(([name]) => isShared(name))), ...OF_ALL },
    };
}

/** A policy's own values before the shared ones, except that exemptions add up. */
export function withShared(policy: CataloguePolicy, own: SettingValues, shared: SettingValues): SettingValues {
    const has = allSettings(policy);
    const inherited = Object.entries(shared).filter(([name]) => Object.hasOwn(has, name));
    return {
        ...Object.fromEntries(inherited),
        ...own,
        exemptions: [...exemptionsOf(own), ...exemptionsOf(shared)],
    };
}
