import { getOrCreate } from "./lists";
import type { AzureResource } from "./resources";
import type { DecidedBy, Value } from "./values";

/**
 * The answer to a question about the estate. A yes carries its evidence, where there is any, and an unknown the
 * properties that decide it.
 */
export type Answer<T = never> =
    | { readonly answer: "yes"; readonly items: readonly T[] }
    | { readonly answer: "no" }
    | { readonly answer: "unknown"; readonly openQuestions: readonly OpenQuestion[] };

/** What there is to say for a yes: something at least. */
export type Evidence<T> = readonly [T, ...T[]];

/** A property of a resource that the plan does not know yet and on which something depends. */
export interface OpenQuestion {
    readonly resource: AzureResource;
    readonly property: string;
    readonly decidedBy?: DecidedBy;
}

export const YES = { answer: "yes", items: [] } as const;
export const NO = { answer: "no" } as const;

/** @param property what decides it, as the program writes it */
export function unknownAnswer(resource: AzureResource, property: string, decidedBy?: DecidedBy): Answer {
    return {
        answer: "unknown",
        openQuestions: [{ resource, property, ...(decidedBy === undefined ? {} : { decidedBy }) }],
    };
}

/** Whether a property fits; one that is absent does not. */
export function compare<T>(resource: AzureResource, value: Value<T>, fits: (value: T) => boolean): Answer {
    switch (value.state) {
        case "known":
            return fits(value.value) ? YES : NO;
        case "unknown":
            return unknownAnswer(resource, value.property, value.decidedBy);
        case "absent":
            return NO;
    }
}

/** Whether a property of one resource goes with one of another; where either is absent, it does not. */
export function compareTwo<T>(
    one: AzureResource,
    oneValue: Value<T>,
    other: AzureResource,
    otherValue: Value<T>,
    fit: (one: T, other: T) => boolean,
): Answer {
    return oneValue.state === "known" && otherValue.state === "known"
        ? compare(one, oneValue, (value) => fit(value, otherValue.value))
        : all([compare(one, oneValue, () => true), compare(other, otherValue, () => true)]);
}

/** Whether a property is on; one that is absent is not. */
export function isTrue(resource: AzureResource, value: Value<boolean>): Answer {
    return compare(resource, value, (is) => is);
}

/** The same answer, a yes with its evidence. */
export function withEvidence<T>(answer: Answer<unknown>, evidence: () => T): Answer<T> {
    return answer.answer === "yes" ? { answer: "yes", items: [evidence()] } : answer;
}

/** The same answer, with something else to say for each thing that there is to say for a yes. */
export function mapEvidence<T, U>(answer: Answer<T>, change: (item: T) => U): Answer<U> {
    return answer.answer === "yes" ? { answer: "yes", items: answer.items.map(change) } : answer;
}

/** Yes where the answer is no, and the other way round. */
export function not(answer: Answer<unknown>): Answer {
    return answer.answer === "unknown" ? answer : answer.answer === "yes" ? NO : YES;
}

/** The same answer where a condition holds, and no where it does not. */
export function given<T>(condition: Answer<unknown>, answer: Answer<T>): Answer<T> {
    if (condition.answer === "yes" || answer.answer === "no") {
        return answer;
    }
    return condition.answer === "no" ? NO : { answer: "unknown", openQuestions: openQuestionsIn([answer, condition]) };
}

/** Yes where all are. One no decides it, whatever the others wait for. */
export function all(answers: readonly Answer<unknown>[]): Answer {
    if (answers.some(({ answer }) => answer === "no")) {
        return NO;
    }
    const open = openQuestionsIn(answers);
    return open.length === 0 ? YES : { answer: "unknown", openQuestions: open };
}

/** Yes where one is, with the evidence of each that is. Where none is, all that is open counts. */
export function any<T>(answers: readonly Answer<T>[]): Answer<T> {
    const found = answers.filter((each) => each.answer === "yes");
    if (found.length > 0) {
        return { answer: "yes", items: found.flatMap(({ items }) => items) };
    }
    const open = openQuestionsIn(answers);
    return open.length === 0 ? NO : { answer: "unknown", openQuestions: open };
}

/** Whether a list has something in it, and so can be evidence; the list stays the same one. */
export function isEvidence<T>(items: readonly T[]): items is Evidence<T> {
    return items.length > 0;
}

/** The evidence of all that are yes; undefined where none is. Whoever asks needs some, so a yes without is a bug. */
export function evidenceIn<T>(answers: readonly Answer<T>[]): Evidence<T> | undefined {
    const found = answers.filter((each) => each.answer === "yes");
    const [first, ...others] = found.flatMap(({ items }) => items);
    if (first === undefined && found.length > 0) {
        throw new Error("An answer is yes and has no evidence.");
    }
    return first === undefined ? undefined : [first, ...others];
}

/** The same answer, an unknown with the first of its questions: where one answer is likely to bring the others. */
export function firstQuestion<T>(answer: Answer<T>): Answer<T> {
    return answer.answer === "unknown"
        ? { answer: "unknown", openQuestions: answer.openQuestions.slice(0, 1) }
        : answer;
}

/** What an unknown waits for. */
export function openQuestionsOf(answer: Answer<unknown>): readonly OpenQuestion[] {
    return answer.answer === "unknown" ? answer.openQuestions : [];
}

/** What the unknown ones wait for; a list that several share counts once. */
function openQuestionsIn(answers: readonly Answer<unknown>[]): readonly OpenQuestion[] {
    const lists = [...new Set(answers.flatMap((each) => (each.answer === "unknown" ? [each.openQuestions] : [])))];
    const [first, ...others] = lists;
    if (first === undefined) {
        return [];
    }
    return lists.length > FEW ? lists.flat() : others.reduce(joined, first);
}

/** Of more lists, most are of one disk each, and nobody else comes with the same ones. */
const FEW = 8;

const pairs = new WeakMap<readonly OpenQuestion[], WeakMap<readonly OpenQuestion[], readonly OpenQuestion[]>>();

/** The same list for the same two: `Undecideds` knows open questions by their list. */
function joined(one: readonly OpenQuestion[], other: readonly OpenQuestion[]): readonly OpenQuestion[] {
    const withOne = getOrCreate(pairs, one, () => new WeakMap<readonly OpenQuestion[], readonly OpenQuestion[]>());
    return getOrCreate(withOne, other, () => [...one, ...other]);
}
