import { type Answer, type Evidence, evidenceIn } from "../src/model/answers";
import type { AzureResource } from "../src/model/resources";
import { Undecideds, type Verdict, type Violated } from "../src/findings/finding";
import { subjectOf } from "../src/findings/subject";

/** A fact may name what it rests on beside what every finding of its policy rests on. */
export interface RestsOn {
    readonly restsOn?: readonly AzureResource[];
}

/** The answer to what a policy asks, or several: what one leaves open is asked beside what others find. */
export type Answers<Fact> = Answer<Fact> | readonly Answer<Fact>[];

export function listOf<Fact>(answers: Answers<Fact>): readonly Answer<Fact>[] {
    return "answer" in answers ? [answers] : answers;
}

/**
 * What the answers to a question about one thing amount to: one finding, with all evidence, and what is open.
 *
 * @param undecideds those of a loop over many things, where one open question may be about all of them
 */
export function verdictsFrom<Fact, Parameters>(
    answers: Answers<Fact>,
    finding: (found: Evidence<Fact>) => Omit<Violated<Parameters>, "verdict">,
    undecideds?: Undecideds,
): readonly Verdict<Parameters>[] {
    const all = listOf(answers);
    // Of nearly all that policies look at, there is nothing to say.
    if (all.every(({ answer }) => answer === "no")) {
        return NONE;
    }
    const open = undecideds ?? new Undecideds();
    const found = evidenceIn(all);
    return [
        ...all.flatMap((answer) => [...open.of(answer)]),
        ...(found === undefined ? [] : [{ verdict: "violated" as const, ...finding(found) }]),
    ];
}

const NONE: readonly never[] = [];

/** The same for a question about one resource. */
export function verdictsOf<Fact, Parameters>(
    resource: AzureResource,
    answer: Answer<Fact>,
    parameters: (found: Evidence<Fact>) => Parameters,
): readonly Verdict<Parameters>[] {
    return verdictsFrom(answer, (found) => ({
        subject: subjectOf(resource),
        parameters: parameters(found),
        restsOn: [resource],
    }));
}
