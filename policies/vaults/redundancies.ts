import { equalsIgnoringCase } from "../../src/model/letter-case";
import type { Settings } from "../policy";

/** How Azure stores what is in a vault. */
const REDUNDANCIES = ["GeoRedundant", "ZoneRedundant", "LocallyRedundant", "ReadAccessGeoZoneRedundant"] as const;

/** The last is redundant in both ways, so it passes wherever nobody asks for something in particular. */
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
            description: `Redundancies of vaults that pass; ${ACCEPTED.join(", ")} where nothing is given.`,
        },
    },
    read: ({ acceptedRedundancies = ACCEPTED }) => ({ accepted: acceptedRedundancies as readonly string[] }),
};

export function isAccepted(redundancy: string, { accepted }: Configuration): boolean {
    return accepted.some((each) => equalsIgnoringCase(each, redundancy));
}

/** Azure's word for it; what is none is not repeated, because nobody knows what it is. */
export function redundancyInWords(redundancy: string): string {
    return REDUNDANCIES.find((each) => equalsIgnoringCase(each, redundancy)) ?? "something that is no redundancy";
}
