import {
    ConfiguredExemptions,
    DEFAULT_MAXIMUM_DAYS,
    isDate,
    latestEnd,
    TAG_EXEMPTIONS,
    today,
    type PolicyExemptions,
    type TagExemptions,
    type TagExemptionSet,
} from "../findings/exemption";
import type { PolicyId } from "../findings/policy-id";
import type { SettingValues } from "../../policies/policy";
import type { JsonSchema } from "../model/json-schema";
import { didYouMean } from "./configuration";
import { nearest } from "./nearest";

/** What an exemption calls a policy by. */
export interface PolicyKeys {
    readonly id: PolicyId;
    readonly name: string;
}

/** As the configuration has it. */
interface WrittenExemption {
    /** Ids or names. */
    readonly policies: readonly string[];
    readonly resource: string;
    readonly reason: string;
    readonly expires: string;
}

/** Tells which exemptions are in use: one from it would hide itself and all others. */
export const NEVER_EXEMPTED: ReadonlySet<PolicyId> = new Set(["BCDR491"]);

/** The settings about exemptions, which stand in `shared-settings` alone. */
export const EXEMPTION_SETTINGS: Readonly<Record<string, JsonSchema>> = {
    exemptions: {
        type: "array",
        description: "Findings to leave out, each for a reason and until a day.",
        items: {
            type: "object",
            required: ["policies", "resource", "reason", "expires"],
            properties: {
                policies: {
                    type: "array",
                    items: { type: "string" },
                    description: "Ids or names of policies, such as BCDR110 or disk-restored-from-backup.",
                },
                resource: { type: "string", description: "URN, ARM id or name; * stands for any text." },
                reason: { type: "string", description: "Why it is left out." },
                expires: { type: "string", description: "Last day on which it counts (UTC), such as 2027-01-31." },
            },
        },
    },
    tagExemptions: {
        type: "string",
        enum: TAG_EXEMPTIONS,
        default: "advisory",
        description:
            "Which findings the tag bcdr-exempt of a VM may exempt. `advisory`: advisory findings only. `all`: mandatory ones, too. `none`: tags do not count.",
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

/**
 * @param shared values that fit the schema
 * @returns what is wrong with the first exemption that is not right, as a sentence
 */
export function problemWithExemptions(shared: SettingValues, policies: readonly PolicyKeys[]): string | undefined {
    const byKey = policiesByKey(policies);
    const latest = latestEnd(today(), maximumExemptionDays(shared));
    for (const [index, exemption] of written(shared).entries()) {
        const problem = problemWith(`exemptions[${index}]`, exemption, policies, byKey);
        if (problem !== undefined) {
            return problem;
        }
        const { expires } = exemption;
        if (expires > latest) {
            return `"exemptions[${index}].expires" is "${expires}", more than ${maximumExemptionDays(shared)} days away ("maximumExemptionDays"). The latest day allowed is ${latest}.`;
        }
    }
    return undefined;
}

function problemWith(
    key: string,
    { policies, resource, reason, expires }: WrittenExemption,
    all: readonly PolicyKeys[],
    byKey: ReadonlyMap<string, PolicyKeys>,
): string | undefined {
    for (const policy of policies) {
        const meant = byKey.get(policy);
        if (meant === undefined) {
            // Ids are alike by nature: two slips away from one there are many others.
            const hint = /^BCDR/i.test(policy)
                ? didYouMean(
                      nearest(
                          policy,
                          all.map(({ id }) => id),
                          1,
                      ),
                  )
                : didYouMean(
                      nearest(
                          policy,
                          all.map(({ name }) => name),
                      ),
                  );
            return `"${key}.policies" names ${JSON.stringify(policy)}, which is no policy. Allowed: ids such as "BCDR121", or names.${hint}`;
        }
        if (NEVER_EXEMPTED.has(meant.id)) {
            return `"${key}.policies" names ${JSON.stringify(policy)}, which cannot be exempted: it tells which exemptions are in use.`;
        }
    }
    if (policies.length === 0) {
        return `"${key}.policies" is empty. Name the policies whose finding is left out, by id or name.`;
    }
    if (resource.trim() === "") {
        return `"${key}.resource" is empty. Allowed: a URN, an ARM id or a name; * stands for any text.`;
    }
    if (reason.trim() === "") {
        return `"${key}.reason" is empty. Say why the finding is left out.`;
    }
    return isDate(expires)
        ? undefined
        : `"${key}.expires" is ${JSON.stringify(expires)}, which is no day. Allowed: a day such as "2027-01-31".`;
}

function policiesByKey(policies: readonly PolicyKeys[]): ReadonlyMap<string, PolicyKeys> {
    return new Map(policies.flatMap((policy) => [[policy.id, policy] as const, [policy.name, policy] as const]));
}

/** @param shared the shared settings, checked */
export function configuredExemptions(shared: SettingValues, policies: readonly PolicyKeys[]): ConfiguredExemptions {
    const exemptions = written(shared);
    if (exemptions.length === 0) {
        return NO_EXEMPTIONS;
    }
    const byKey = policiesByKey(policies);
    return new ConfiguredExemptions(
        exemptions.map(({ policies: keys, ...exemption }) => ({
            ...exemption,
            policies: keys.flatMap((key) => byKey.get(key)?.id ?? []),
        })),
    );
}

const NO_EXEMPTIONS = new ConfiguredExemptions([]);

/** What only who runs the policies knows of tags. */
export type TagCircumstances = Pick<TagExemptionSet, "isAdvisory" | "before"> & {
    /** True for a tag whose text is secret. */
    readonly isSecret?: (tag: string) => boolean;
};

/**
 * @param shared the shared settings, checked
 * @param configured the exemptions in them
 * @param day `2026-11-22`, UTC
 */
export function policyExemptions(
    shared: SettingValues,
    configured: ConfiguredExemptions,
    day: string,
    { isAdvisory, before, isSecret = () => false }: TagCircumstances,
): PolicyExemptions {
    const showsReasons = shared["showTagReasons"] === true;
    return {
        configured,
        tags: {
            allowed: (shared["tagExemptions"] as TagExemptions | undefined) ?? "advisory",
            isAdvisory,
            maximumDays: maximumExemptionDays(shared),
            showsReason: (tag) => showsReasons && !isSecret(tag),
            before,
        },
        today: day,
    };
}

function maximumExemptionDays({ maximumExemptionDays: days }: SettingValues): number {
    return typeof days === "number" ? days : DEFAULT_MAXIMUM_DAYS;
}

function written(shared: SettingValues): readonly WrittenExemption[] {
    return (shared["exemptions"] as readonly WrittenExemption[] | undefined) ?? [];
}
