import { isUrn } from "../model/ids/urn";
import { getOrCreate, pushTo } from "../model/lists";
import type { Urn } from "../model/planned-resource";
import { didYouMean } from "./configuration";
import type { PolicyKeys } from "./exemptions";
import { nearest } from "./nearest";

/** One of Pulumi's own exceptions: what it matches is reported, and fails nothing (ENG-53). */
export interface PolicyException {
    readonly id: string;
    readonly reason: string;
}

/** As the file has it, without problems. */
interface WrittenException {
    readonly reason: string;
    readonly match: readonly {
        readonly policies: readonly string[];
        readonly targets: readonly Urn[];
    }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** What Pulumi reads of an exception, and of an entry of its `match`. Anything else it passes over. */
export const EXCEPTION_KEYS = ["reason", "match"] as const;
export const MATCH_KEYS = ["policies", "targets"] as const;

/** Pulumi's form of an ID. */
export const EXCEPTION_ID = "^[A-Za-z0-9_.-]+$";

/**
 * Everything that is wrong with the block `exceptions`: what Pulumi refuses, and the keys that it would pass over. Such a
 * key may be an end in which somebody trusts.
 */
export function problemsWithExceptions(block: unknown): readonly string[] {
    if (block === undefined || block === null) {
        return [];
    }
    if (!isObject(block)) {
        return ['"exceptions" must be an object with an exception for each ID.'];
    }
    return Object.entries(block).flatMap(([id, exception]) => [
        ...(new RegExp(EXCEPTION_ID).test(id)
            ? []
            : [`"exceptions" has the ID ${JSON.stringify(id)}. Allowed: letters, digits, "-", "." and "_".`]),
        ...problemsWith(`exceptions.${id}`, exception),
    ]);
}

function problemsWith(key: string, exception: unknown): readonly string[] {
    if (!isObject(exception)) {
        return [`"${key}" must be an object with "reason" and "match".`];
    }
    const { reason, match } = exception;
    return [
        ...unknownKeys(key, exception, EXCEPTION_KEYS),
        ...(typeof reason === "string" && reason.trim() !== ""
            ? []
            : [`"${key}.reason" is empty or missing. Say why the finding is accepted.`]),
        ...(Array.isArray(match) && match.length > 0
            ? match.flatMap((entry, index) => problemsWithEntry(`${key}.match[${index}]`, entry))
            : [`"${key}.match" must be a list with at least one entry of "policies" and "targets".`]),
    ];
}

function problemsWithEntry(key: string, entry: unknown): readonly string[] {
    if (!isObject(entry)) {
        return [`"${key}" must be an object with "policies" and "targets".`];
    }
    const { policies, targets } = entry;
    return [
        ...unknownKeys(key, entry, MATCH_KEYS),
        ...(isListOfNames(policies)
            ? policies.includes("all")
                ? [`"${key}.policies" names "all", which Pulumi does not allow. Name each policy.`]
                : []
            : [`"${key}.policies" must be a list with the name of at least one policy.`]),
        ...(isListOfNames(targets)
            ? targets.flatMap((target) =>
                  isUrn(target)
                      ? []
                      : [
                            `"${key}.targets" has ${JSON.stringify(target)}, which is no URN. Take the URN from a report; Pulumi compares it exactly.`,
                        ],
              )
            : [`"${key}.targets" must be a list with at least one URN.`]),
    ];
}

function unknownKeys(key: string, value: Fields, known: readonly string[]): readonly string[] {
    return Object.keys(value)
        .filter((name) => !known.includes(name))
        .map((name) => {
            const meant = nearest(name, known);
            return `"${key}" has no "${name}": Pulumi would ignore it. Allowed: "${known.join('", "')}".${didYouMean(meant)}`;
        });
}

/**
 * What Pulumi warns of: an exception from a policy that does not exist matches nothing. It is no mistake for Pulumi, since
 * a newer version of a pack may have dropped the policy.
 *
 * @param exceptions a block without problems
 * @param names of the policies that Pulumi, or the command, knows
 */
export function unknownPolicies(
    exceptions: unknown,
    catalogue: readonly PolicyKeys[],
    names: readonly string[],
): readonly string[] {
    return written(exceptions).flatMap(([id, { match }]) => {
        const named = new Set(match.flatMap(({ policies }) => policies));
        return [...named]
            .filter((name) => !names.includes(name))
            .map((name) => {
                const byId = catalogue.find((policy) => policy.id === name.toUpperCase());
                const hint = didYouMean(byId?.name ?? nearest(name, names));
                return `The exception "${id}" names the policy "${name}", which does not exist. It matches nothing.${hint}`;
            });
    });
}

/** Finds the exceptions of a finding. Made once: a stack may have thousands of findings. */
export class PolicyExceptions {
    private readonly byPolicy = new Map<string, Map<Urn, PolicyException[]>>();

    /** @param exceptions a block without problems */
    constructor(exceptions: unknown) {
        for (const [id, { reason, match }] of written(exceptions)) {
            const exception = { id, reason };
            for (const { policies, targets } of match) {
                for (const policy of policies) {
                    const byUrn = getOrCreate(this.byPolicy, policy, () => new Map<Urn, PolicyException[]>());
                    for (const target of targets) {
                        if (byUrn.get(target)?.includes(exception) !== true) {
                            pushTo(byUrn, target, exception);
                        }
                    }
                }
            }
        }
    }

    /** As Pulumi matches: the name of the policy and the URN, both exactly. The lowest ID comes first. */
    of(policy: string, target: Urn | undefined): readonly PolicyException[] {
        return target === undefined ? [] : (this.byPolicy.get(policy)?.get(target) ?? []);
    }
}

/** Without some policies. What then matches nothing is left out, because Pulumi refuses it. */
export function withoutPolicies(exceptions: unknown, names: ReadonlySet<string>): Fields {
    return Object.fromEntries(
        written(exceptions).flatMap(([id, { reason, match }]) => {
            const left = match
                .map(({ policies, targets }) => ({ policies: policies.filter((name) => !names.has(name)), targets }))
                .filter(({ policies }) => policies.length > 0);
            return left.length === 0 ? [] : [[id, { reason, match: left }]];
        }),
    );
}

const IDS = new Intl.Collator("en", { numeric: true });

function written(exceptions: unknown): readonly (readonly [id: string, exception: WrittenException])[] {
    return Object.entries((exceptions ?? {}) as Readonly<Record<string, WrittenException>>).sort(([a], [b]) =>
        IDS.compare(a, b),
    );
}

function isListOfNames(value: unknown): value is readonly string[] {
    return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string" && each !== "");
}

function isObject(value: unknown): value is Fields {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
