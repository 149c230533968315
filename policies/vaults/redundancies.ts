import { equalsIgnoringCase } from "../../src/model/letter-case";
import type { Settings } from "../policy";

/** How Azure stores what is in a vault. */
const REDUNDANCIES = ["GeoRedundant", "ZoneRedundant", "LocallyRedundant", "ReadAccessGeoZoneRedundant"] as const;

/** The last is redundant in both ways, so it passes by default. */
const ACCEPTED: readonly string[] = ["GeoRedundant", "ZoneRedundant", "ReadAccessGeoZoneRedundant"];

export interface Configuration {
    readonly accepted: readonly string[];
}

export const redundancySettings: Settings<Configuration> = {
    areShared: true,
    properties: {
        acceptedRedundancies: {
            type: "array",
            items: { type: "string", enum: REDUNDANCIES },
            description: `Redundancies of vaults that pass. Default: ${ACCEPTED.join(", ")}.`,
        },
    },
    read: ({ acceptedRedundancies = ACCEPTED }) => ({ accepted: acceptedRedundancies as readonly string[] }),
};

export function isAccepted(redundancy: string, { accepted }: Configuration): boolean {
    return accepted.some((each) => equalsIgnoringCase(each, redundancy));
}

/** Azure's word for it. Any other text may be anything, and is not repeated. */
export function redundancyInWords(redundancy: string): string | undefined {
    return REDUNDANCIES.find((each) => equalsIgnoringCase(each, redundancy));
}
