import type { CataloguePolicy, SettingValues } from "../../policies/policy";
import type { JsonSchema } from "../model/json-schema";
import type { Configurable } from "./configuration";
import { EXEMPTION_SETTINGS, problemWithExemptions } from "./exemptions";

/**
 * Pulumi gives each policy its own configuration and no other (SEE-18), and `all` sets levels only. So what several
 * policies need has a block with the name of a policy that finds nothing: being the first resource policy of the pack, it
 * hands its configuration on before any other policy looks at anything. No other block has these settings.
 */
export const SHARED_SETTINGS = "shared-settings";

/** What concerns the one estate that all policies look at. */
const OF_THE_ESTATE: Readonly<Record<string, JsonSchema>> = {
    inventory: {
        type: ["string", "array"],
        items: { type: "string" },
        description:
            "Inventories of what protects VMs outside of the stack: one absolute path, or a list of them. Without it, the environment variable AZURE_BCDR_GUARD_INVENTORY counts.",
    },
    maximumAgeHours: {
        type: "integer",
        minimum: 1,
        default: 24,
        description: "The age in hours above which what an inventory tells is called old.",
    },
};

/** The block of the shared settings: those of several policies, all exemptions, and what concerns the estate. */
export function sharedSettings(catalogue: readonly CataloguePolicy[]): Configurable {
    const sharing = catalogue.filter(({ sharedSettings: own }) => Object.keys(own).length > 0);
    return {
        name: SHARED_SETTINGS,
        settings: {
            ...Object.fromEntries(sharing.flatMap(({ sharedSettings: own }) => Object.entries(own))),
            ...EXEMPTION_SETTINGS,
            ...OF_THE_ESTATE,
        },
        problem: (values) => {
            for (const policy of sharing) {
                const problem = policy.problem(values);
                if (problem !== undefined) {
                    return problem;
                }
            }
            return problemWithExemptions(values, catalogue);
        },
    };
}

/** The values of a policy's own block and those that it takes from the shared ones. */
export function withShared(policy: CataloguePolicy, own: SettingValues, shared: SettingValues): SettingValues {
    const taken = Object.entries(shared).filter(([name]) => Object.hasOwn(policy.sharedSettings, name));
    return { ...Object.fromEntries(taken), ...own };
}
