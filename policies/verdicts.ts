import { type Answer, type Evidence, evidenceIn } from "../src/model/answers";
import type { AzureResource } from "../src/model/resources";
import { undecidedBy, type Verdict } from "../src/findings/finding";
import { subjectOf } from "../src/findings/subject";

/** What the answer to a question about one resource amounts to: that is reported, with all evidence, or left open. */
export function* verdictsOf<Fact, Parameters>(
    resource: AzureResource,
    answer: Answer<Fact>,
    parameters: (found: Evidence<Fact>) => Parameters,
): Iterable<Verdict<Parameters>> {
    yield* undecidedBy(answer);
    const found = evidenceIn([answer]);
    if (found !== undefined) {
        yield { verdict: "violated", subject: subjectOf(resource), parameters: parameters(found) };
    }
}
