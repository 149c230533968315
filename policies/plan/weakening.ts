import { type Answer, compare, evidenceIn, NO, withEvidence, YES } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { kindName } from "../../src/model/kind-names";
import { valueOf } from "../../src/model/values";
import type { AzureResource, Entity, Setting } from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import { undecidedBy, type Verdict } from "../../src/findings/finding";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { writtenAt } from "../../src/advice/property-names";
import type { Tense } from "./tense";

/** What the policies on shorter retention and on weaker vaults have in common. */

export interface Weakening {
    readonly kind: PlanContent["kind"];
    /** `backup policy` */
    readonly what: string;
    readonly name: string;
    readonly cuts: readonly Cut[];
    /** For an item that comes to follow another policy: both policies. */
    readonly moved: { readonly from: string; readonly to: string } | undefined;
}

/** One thing that there is less of. */
export interface Cut {
    /** `daily recovery points` */
    readonly what: string;
    readonly before: string;
    readonly after: string;
    readonly property: string;
}

export function inWords({ what, before, after }: Cut): string {
    return `${what} from ${before} to ${after}`;
}

/** Resources that stay and have less of something after the plan. */
export function* weakened(
    plan: Plan,
    comparisonsOf: (before: Entity, after: Entity) => readonly Answer<Cut>[],
): Iterable<Verdict<Weakening>> {
    for (const before of plan.before.entities) {
        const after = plan.afterwards(before);
        if (after !== undefined) {
            yield* weakening(plan, after, comparisonsOf(before, after));
        }
    }
}

export function* weakening(
    plan: Plan,
    about: Entity,
    comparisons: readonly Answer<Cut>[],
    moved?: Weakening["moved"],
): Iterable<Verdict<Weakening>> {
    yield* comparisons.flatMap(undecidedBy);
    const cuts = evidenceIn(comparisons);
    if (cuts !== undefined) {
        yield {
            verdict: "violated",
            subject: subjectOf(about),
            parameters: {
                kind: plan.kind,
                what: kindName(about.kind),
                name: moved === undefined ? displayName(about) : named(about).name,
                cuts: cuts.map((cut) => ({ ...cut, property: writtenAt(about, cut.property) })),
                moved,
            },
        };
    }
}

/**
 * Whether there is less of a setting.
 *
 * @param of the resource that has it after the plan
 * @param none what it means that the setting is gone; undefined where Azure then has one of its own
 */
export function less(
    what: string,
    of: AzureResource,
    before: Setting<number>,
    after: Setting<number>,
    text: (value: number) => string,
    none: string | undefined,
): Answer<Cut> {
    const was = valueOf(before.value);
    if (was === undefined || was < 0) {
        return NO;
    }
    const { property, value } = after;
    const isGone = value.state === "absent" && none !== undefined;
    return withEvidence(isGone ? YES : compare(of, value, (is) => is < was), () => ({
        what,
        before: text(was),
        after: value.state === "known" ? text(value.value) : (none ?? ""),
        property,
    }));
}

/** Takes the cuts back, each where the program has it. */
export function backStep({ name, cuts }: Weakening): string {
    return `Bring ${cuts.map(({ property, before }) => `${property} of "${name}" back to ${before}`).join("; ")}.`;
}

/** What comes after the step that takes the change back. */
export function lastSteps(now: Tense): readonly string[] {
    return [
        ...(now === "planned" ? [] : ["Run pulumi up. What has been deleted meanwhile does not come back."]),
        "If less is enough: exempt this finding, with the reason and a day.",
    ];
}
