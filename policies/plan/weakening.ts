import { displayName } from "../../src/model/ids/display-name";
import { kindName } from "../../src/model/kind-names";
import { valueOf, type Value } from "../../src/model/values";
import type { Entity, Setting } from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import { undecided, type Verdict } from "../../src/findings/finding";
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

export type Comparison = { readonly cut: Cut } | { readonly open: string } | undefined;

export function inWords({ what, before, after }: Cut): string {
    return `${what} from ${before} to ${after}`;
}

export function* weakening(
    plan: Plan,
    about: Entity,
    comparisons: readonly Comparison[],
    moved?: Weakening["moved"],
): Iterable<Verdict<Weakening>> {
    const cuts = comparisons.flatMap((each) => (each !== undefined && "cut" in each ? [each.cut] : []));
    for (const each of comparisons) {
        if (each !== undefined && "open" in each) {
            yield undecided(about, each.open);
        }
    }
    if (cuts.length > 0) {
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

/** @param none what it means that the setting is gone; undefined where Azure then has one of its own */
export function less(
    what: string,
    before: Setting<number>,
    after: Setting<number>,
    text: (value: number) => string,
    none: string | undefined,
): Comparison {
    const was = valueOf(before.value);
    const is: Value<number> = after.value;
    if (was === undefined || was < 0) {
        return undefined;
    }
    if (is.state === "unknown") {
        return { open: is.property };
    }
    const now = valueOf(is);
    const isLess = now === undefined ? none !== undefined : now < was;
    return isLess
        ? {
              cut: {
                  what,
                  before: text(was),
                  after: now === undefined ? (none ?? "") : text(now),
                  property: after.property,
              },
          }
        : undefined;
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
