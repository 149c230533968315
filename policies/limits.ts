import { valueOf, type Value } from "../src/model/values";
import type { AzureResource } from "../src/model/resources";
import { undecided, type Verdict } from "../src/findings/finding";

/** What the policies about limits of other policies have in common. */

/** Verdicts about a resource that may be of a kind that they do not concern; then nothing that holds is left open. */
export function* whereConcerned<Parameters>(
    resource: AzureResource,
    isConcerned: Value<boolean>,
    verdicts: readonly Verdict<Parameters>[],
): Iterable<Verdict<Parameters>> {
    if (isConcerned.state !== "unknown") {
        yield* valueOf(isConcerned) === true ? verdicts : [];
    } else if (verdicts.length > 0) {
        yield undecided(resource, isConcerned.property);
    }
}

/** A setting of this pack that is a whole number. */
export function numberOf(setting: unknown): number | undefined {
    return typeof setting === "number" ? setting : undefined;
}
