import { type Answer, compare, evidenceIn, NO, withEvidence, YES } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { kindName } from "../../src/model/kind-names";
import { valueOf } from "../../src/model/values";
import type { AzureResource, Entity, Setting } from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import { undecidedBy, type Verdict } from "../../src/findings/finding";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import type { Fix, Step } from "../../src/advice/fix";
import { writtenAt } from "../../src/advice/property-names";
import { oneOf, type Tense } from "./tense";

/** What the policies on shorter retention and on weaker vaults have in common. */

export interface Weakening {
    readonly kind: PlanContent["kind"];
    /** `backup policy` */
    readonly what: string;
    readonly name: string;
    readonly cuts: readonly Cut[];
    /** For an item that is assigned another policy: both policies. */
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
 * @param none what it means that nobody sets it any longer; undefined where Azure then has a default
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

/** The ways out of a weakening: the ones that undo it, or an exemption. */
export function undoOrExempt(now: Tense, undo: readonly Step[]): Fix {
    const applied = undo.map((step) =>
        now === "planned" ? step : { ...step, do: `${step.do} Then apply it:`, commands: ["pulumi up"], note: LOST },
    );
    return oneOf(now, [...applied, { do: "If less is enough, exempt this finding with a reason and an end date." }]);
}

const LOST = "Recovery points that Azure has deleted in the meantime don't come back.";

/** Sets a resource back to what it was before the cuts. */
export function setBack(name: string, cuts: readonly Cut[]): Step {
    return {
        do: `In "${name}", set ${cuts.map(({ what, before }) => `${what} back to ${before}`).join(", and ")}.`,
        where: cuts.map(({ property }) => property).join(" and "),
    };
}
