import type { PerCandidate, Results, Rounds, StackRounds, StackSize } from "./results";
import type { Share } from "./rounds";
import { growthExponent, median, pairedRatio } from "./statistics";

/** What the pack should reach beside an empty pack with one stack policy, and what it does. */
export interface Target {
    readonly what: string;
    /** "≤ 1.15" */
    readonly wanted: string;
    readonly measured: string;
    readonly reached: boolean;
}

const STACK_LIMITS: Readonly<Record<Share, number>> = { nothing: 1.5, "a tenth": 2.5 };

export function targets(results: Results): readonly Target[] {
    const { startUp, analyze, analyzeStack } = results;
    const { ours, single, template } = startUp?.candidates ?? {};
    const stacks = (analyzeStack?.sizes ?? []).filter(({ resources }) => resources > 9_000);
    const growth = growths(analyzeStack?.sizes ?? []);
    return [
        atMost("Start-up", 1.2, ours?.ready, single?.ready),
        atMost("One Analyze call", 1.25, analyze?.candidates.ours, analyze?.candidates.single),
        ...stacks.map(({ resources, found, candidates }) =>
            atMost(
                `AnalyzeStack of ${count(resources)} resources, ${found} found`,
                STACK_LIMITS[found],
                candidates.ours?.stack,
                candidates.single?.stack,
            ),
        ),
        growth === undefined
            ? undefined
            : {
                  what: "Growth exponent of AnalyzeStack with a tenth found, above the empty pack's",
                  wanted: "≤ 0.05",
                  measured: (growth.ours - growth.single).toFixed(3),
                  reached: growth.ours - growth.single <= 0.05,
              },
        atLeast("First start of the template's pack, beside this one", 6, template?.ready, ours?.ready),
    ].filter((target) => target !== undefined);
}

/** From 1,000 resources on: below, what every call costs hides how it grows. */
export function growths(sizes: readonly StackSize[]): { readonly ours: number; readonly single: number } | undefined {
    const large = sizes.filter(({ resources, found }) => resources > 900 && found === "a tenth");
    const exponent = (of: (candidates: PerCandidate<StackRounds>) => StackRounds | undefined): number =>
        growthExponent(
            large.map(({ resources, candidates }) => ({ x: resources, y: median(of(candidates)?.stack ?? []) })),
        );
    return large.length < 2
        ? undefined
        : { ours: exponent(({ ours }) => ours), single: exponent(({ single }) => single) };
}

export function count(value: number): string {
    return value.toLocaleString("en-US");
}

function atMost(what: string, limit: number, ours?: Rounds, other?: Rounds): Target | undefined {
    return ratio(what, `≤ ${limit} ×`, (value) => value <= limit, ours, other);
}

function atLeast(what: string, limit: number, ours?: Rounds, other?: Rounds): Target | undefined {
    return ratio(what, `≥ ${limit} ×`, (value) => value >= limit, ours, other);
}

function ratio(
    what: string,
    wanted: string,
    isReached: (value: number) => boolean,
    ours: Rounds | undefined,
    other: Rounds | undefined,
): Target | undefined {
    if (ours === undefined || other === undefined) {
        return undefined;
    }
    const value = pairedRatio(ours, other);
    return { what, wanted, measured: `${value.toFixed(2)} ×`, reached: isReached(value) };
}
