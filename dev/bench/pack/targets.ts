import type { PerCandidate, Results, Rounds, StackRounds, StackSize } from "./results";
import { growthExponent, median, pairedRatio } from "./statistics";

/** What the pack should reach, and what it does. */
export interface Target {
    readonly what: string;
    /** "≤ 1.15" */
    readonly wanted: string;
    readonly measured: string;
    readonly reached: boolean;
}

export function targets(results: Results): readonly Target[] {
    const { startUp, analyze, analyzeStack, preview } = results;
    const { ours, floor, template } = startUp?.candidates ?? {};
    const stacks = (analyzeStack?.sizes ?? []).filter(({ resources }) => resources > 9_000);
    const growth = growths(analyzeStack?.sizes ?? []);
    return [
        atMost("Start-up, beside the empty pack", 1.15, ours?.ready, floor?.ready),
        atMost("Peak memory at start-up, beside the empty pack", 1.2, ours?.memory, floor?.memory),
        atMost("One Analyze call, beside the empty pack", 1.2, analyze?.candidates.ours, analyze?.candidates.floor),
        ...stacks.map(({ resources, candidates }) =>
            atMost(
                `AnalyzeStack of ${count(resources)} resources, beside the empty pack`,
                1.25,
                candidates.ours?.stack,
                candidates.floor?.stack,
            ),
        ),
        growth === undefined
            ? undefined
            : {
                  what: "Growth exponent of AnalyzeStack, above the empty pack's",
                  wanted: "≤ 0.05",
                  measured: (growth.ours - growth.floor).toFixed(3),
                  reached: growth.ours - growth.floor <= 0.05,
              },
        atMost(
            `Preview of ${count(preview?.resources ?? 0)} resources, beside one with the empty pack`,
            1.1,
            preview?.candidates.ours,
            preview?.candidates.floor,
        ),
        atLeast("First start of the template's pack, beside this one", 6, template?.ready, ours?.ready),
    ].filter((target) => target !== undefined);
}

/** From 1,000 resources on: below, what every call costs hides how it grows. */
export function growths(sizes: readonly StackSize[]): { readonly ours: number; readonly floor: number } | undefined {
    const large = sizes.filter(({ resources }) => resources > 900);
    const exponent = (of: (candidates: PerCandidate<StackRounds>) => StackRounds | undefined): number =>
        growthExponent(
            large.map(({ resources, candidates }) => ({ x: resources, y: median(of(candidates)?.stack ?? []) })),
        );
    return large.length < 2 ? undefined : { ours: exponent(({ ours }) => ours), floor: exponent(({ floor }) => floor) };
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
