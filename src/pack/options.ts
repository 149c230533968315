import { RunError } from "@pulumi/pulumi";
import { planPolicies, policies } from "../../policies";
import type { CataloguePolicy, Level, Policy } from "../../policies/policy";
import { didYouMean } from "../config/configuration";
import { packConfiguration, problemsOf, type ConfigurationFile } from "../config/configuration-file";
import { nearest } from "../config/nearest";
import type { GivenConfiguration } from "./pack";

/** Which policies a pack has: those to which every one of these lists applies. */
export interface Selection {
    readonly ids?: readonly string[];
    readonly services?: readonly string[];
    readonly tags?: readonly string[];
    readonly frameworks?: readonly string[];
}

const catalogue: readonly CataloguePolicy[] = [...policies, ...planPolicies];

/** They report what the others left open, what exemptions took out and what is in place, so every selection has them. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set(["BCDR430", "BCDR490", "BCDR491"]);

const SERVICES: readonly string[] = ["azure-backup", "site-recovery"];

/** What a policy has of each list. */
const FEATURES: Readonly<Record<keyof Selection, (policy: CataloguePolicy) => readonly string[]>> = {
    ids: ({ id }) => [id],
    services: ({ tags }) => tags.filter((tag) => SERVICES.includes(tag)),
    tags: ({ tags }) => tags,
    frameworks: ({ framework }) => [framework.name, ...framework.also.map(({ name }) => name)],
};

/** The words that each list may have, in the order of the catalogue. */
export function selectable(list: keyof Selection): readonly string[] {
    return [...new Set(policies.flatMap(FEATURES[list]))];
}

/** @throws RunError for a word that selects nothing */
export function selected(selection: Selection): readonly Policy[] {
    const lists = Object.entries(selection).map(([list, words]: [string, unknown]) => {
        if (!isList(list)) {
            throw wrong(
                `"select" has no list "${list}". Allowed: ${quoted(LISTS)}.${didYouMean(nearest(list, LISTS))}`,
            );
        }
        if (!Array.isArray(words) || words.length === 0) {
            throw wrong(`"select.${list}" must be a list with at least one word.`);
        }
        const known = selectable(list);
        const unknown = (words as readonly unknown[]).find((word) => !known.includes(word as string));
        if (unknown !== undefined) {
            throw wrong(
                `"select.${list}" has ${JSON.stringify(unknown)}, which selects no policy.${didYouMean(typeof unknown === "string" ? nearest(unknown, known) : undefined)}`,
            );
        }
        return { has: FEATURES[list], words: words as readonly string[] };
    });
    return policies.filter(
        (policy) =>
            ABOUT_OTHERS.has(policy.id) ||
            lists.every(({ has, words }) => has(policy).some((feature) => words.includes(feature))),
    );
}

/** The policies of the catalogue that are not among these. */
export function others(chosen: readonly Policy[]): readonly CataloguePolicy[] {
    const own = new Set<CataloguePolicy>(chosen);
    return catalogue.filter((policy) => !own.has(policy));
}

/**
 * What code gives in the form of a configuration file.
 *
 * @throws RunError naming everything that is wrong with it
 */
export function givenConfiguration(file: ConfigurationFile): GivenConfiguration {
    const problems = problemsOf(file, catalogue);
    if (problems.length > 0) {
        throw wrong(problems.join(" "));
    }
    const { levelOf } = packConfiguration(file, catalogue);
    const levels = new Map<string, Level>(catalogue.map((policy) => [policy.name, levelOf(policy)]));
    return {
        levelOf: (name) => levels.get(name),
        valuesOf: (name) => {
            const block = file[name];
            if (typeof block !== "object" || block === null) {
                return {};
            }
            const { enforcementLevel: _, ...values } = block as Readonly<Record<string, unknown>>;
            return values;
        },
    };
}

const LISTS = Object.keys(FEATURES) as readonly (keyof Selection)[];

function isList(name: string): name is keyof Selection {
    return LISTS.some((list) => list === name);
}

function quoted(words: readonly string[]): string {
    return words.map((word) => `"${word}"`).join(", ");
}

/** Pulumi prints such an error without a stack, which is of no use to a person who mistyped a key. */
function wrong(problem: string): RunError {
    return new RunError(`The options of the policy pack cannot be used. ${problem}`);
}
