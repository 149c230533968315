import { pushTo } from "../../../src/model/lists";
import { ESTATES, type EstateName } from "./programs";
import type { EstateSize, PerCandidate, Results, Rounds, StackRounds, StackSize } from "./results";
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

const STACK_LIMITS: Readonly<Record<Share, number>> = { nothing: 1.25, "a tenth": 2 };

export function targets(results: Results): readonly Target[] {
    const { startUp, analyze, analyzeStack, estates } = results;
    const { ours, single, template } = startUp?.candidates ?? {};
    const stacks = (analyzeStack?.sizes ?? []).filter(({ resources }) => resources > 9_000);
    const growth = growths(analyzeStack?.sizes ?? []);
    return [
        atMost("Start-up", 1.1, ours?.ready, single?.ready),
        atMost("One Analyze call", 1.25, analyze?.candidates.ours, analyze?.candidates.single),
        ...stacks.map(({ resources, found, candidates }) =>
            atMost(
                `AnalyzeStack of ${count(resources)} resources, ${found} found`,
                STACK_LIMITS[found],
                candidates.ours?.stack,
                candidates.single?.stack,
            ),
        ),
        ...estateTargets(estates?.sizes ?? []),
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

/** The estate that does worst at each size, for each share. */
function estateTargets(sizes: readonly EstateSize[]): readonly (Target | undefined)[] {
    const groups = new Map<string, EstateSize[]>();
    for (const each of sizes) {
        pushTo(groups, `${each.found} found, about ${count(Math.round(each.resources / 100) * 100)} resources`, each);
    }
    const worst = [...groups].flatMap(([group, all]) => {
        const [first] = [...all].sort((a, b) => processorRatio(b) - processorRatio(a));
        return first === undefined ? [] : [{ group, first }];
    });
    const memory = [...sizes].sort((a, b) => memoryRatio(b) - memoryRatio(a))[0];
    const growth = estateGrowths(sizes).sort((a, b) => b.ours - b.single - (a.ours - a.single))[0];
    return [
        ...worst.map(({ group, first: { estate, found, candidates } }) =>
            atMost(
                `AnalyzeStack, ${group}: ${ESTATES[estate]}`,
                ESTATE_LIMITS[found],
                candidates.ours?.processor,
                candidates.single?.processor,
            ),
        ),
        memory &&
            atMost(
                `Peak memory: ${ESTATES[memory.estate]}`,
                1.25,
                memory.candidates.ours?.memory,
                memory.candidates.single?.memory,
            ),
        growth && {
            what: `Growth exponent of AnalyzeStack above the empty pack's: ${ESTATES[growth.estate]}`,
            wanted: "≤ 0.05",
            measured: (growth.ours - growth.single).toFixed(3),
            reached: growth.ours - growth.single <= 0.05,
        },
    ];
}

const ESTATE_LIMITS: Readonly<Record<Share, number>> = { nothing: 1.25, "a tenth": 2 };

export function processorRatio({ candidates: { ours, single } }: EstateSize): number {
    return pairedRatio(ours?.processor ?? [], single?.processor ?? []);
}

export function memoryRatio({ candidates: { ours, single } }: EstateSize): number {
    return pairedRatio(ours?.memory ?? [], single?.memory ?? []);
}

/** Of the estates that were measured at several sizes, with nothing found. */
function estateGrowths(
    sizes: readonly EstateSize[],
): { readonly estate: EstateName; readonly ours: number; readonly single: number }[] {
    const names = [...new Set(sizes.map(({ estate }) => estate))];
    return names.flatMap((estate) => {
        const own = sizes.filter((each) => each.estate === estate && each.found === "nothing");
        const exponent = (of: "ours" | "single"): number =>
            growthExponent(
                own.map(({ resources, candidates }) => ({ x: resources, y: median(candidates[of]?.processor ?? []) })),
            );
        return own.length < 2 ? [] : [{ estate, ours: exponent("ours"), single: exponent("single") }];
    });
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
