import type { OpenQuestion } from "../src/model/answers";
import type { Value } from "../src/model/values";
import type { AzureResource } from "../src/model/resources";
import { undecided, type Undecided } from "../src/findings/finding";

/** Whether something is so, or what the answer waits for. */
export type Condition =
    | { readonly is: "so" }
    | { readonly is: "not so" }
    | { readonly is: "open"; readonly questions: readonly OpenQuestion[] };

export const SO: Condition = { is: "so" };
export const NOT_SO: Condition = { is: "not so" };

/** Whether a property fits; one that is not there does not. */
export function when<T>(resource: AzureResource, value: Value<T>, fits: (value: T) => boolean): Condition {
    switch (value.state) {
        case "known":
            return fits(value.value) ? SO : NOT_SO;
        case "unknown":
            return open(resource, value.property);
        case "absent":
            return NOT_SO;
    }
}

export function open(resource: AzureResource, property: string): Condition {
    return { is: "open", questions: [{ resource, property }] };
}

/** So where all are so. One that is not so decides it, whatever the others wait for. */
export function all(conditions: readonly Condition[]): Condition {
    return conditions.some(({ is }) => is === "not so") ? NOT_SO : (waiting(conditions) ?? SO);
}

/** So where one is so. */
export function any(conditions: readonly Condition[]): Condition {
    return conditions.some(({ is }) => is === "so") ? SO : (waiting(conditions) ?? NOT_SO);
}

function waiting(conditions: readonly Condition[]): Condition | undefined {
    const questions = conditions.flatMap((condition) => (condition.is === "open" ? condition.questions : []));
    return questions.length === 0 ? undefined : { is: "open", questions };
}

/** What an open answer waits for. */
export function questionsOf(condition: Condition): readonly OpenQuestion[] {
    return condition.is === "open" ? condition.questions : [];
}

export function undecidedBy(condition: Condition): readonly Undecided[] {
    return questionsOf(condition).map(({ resource, property }) => undecided(resource, property));
}
