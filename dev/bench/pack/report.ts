import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../offline/setting";
import { CANDIDATES, type Candidate } from "./candidates";
import { plots } from "./plots";
import type { LayerTimes } from "./profile";
import type { Circumstances, PerCandidate, Previews, Results, Rounds, StackRounds } from "./results";
import { median, minimum, pairedRatio } from "./statistics";
import { ESTATES } from "./programs";
import { count, growths, memoryRatio, processorRatio, targets, type Target } from "./targets";

const PAGE = path.join(projectRoot(), "docs", "performance.md");
const BEGIN = "<!-- Written by `npm run bench`. -->";
const END = "<!-- End of what `npm run bench` writes. -->";

/** Writes the results between the two marks of docs/performance.md, and the plots beside it. */
export function writeReport(results: Results): void {
    const page = readFileSync(PAGE, "utf8");
    const [before, rest] = [page.split(BEGIN)[0] ?? "", page.split(END)[1] ?? ""];
    writeFileSync(PAGE, [before, BEGIN, "\n\n", report(results), "\n", END, rest].join(""));
    for (const [name, svg] of Object.entries(plots(results))) {
        writeFileSync(path.join(projectRoot(), "docs", "performance", name), svg);
    }
}

export function targetTable(found: readonly Target[]): string {
    return table(
        ["", "Wanted", "Measured", ""],
        found.map(({ what, wanted, measured, reached }) => [
            what,
            wanted,
            measured,
            reached ? "reached" : "not reached",
        ]),
    );
}

function report(results: Results): string {
    const sections = [
        section("Targets", targetTable(targets(results)), RATIOS, ...measuredOn(results)),
        startUpSection(results.startUp),
        analyzeSection(results.analyze),
        stackSection(results.analyzeStack),
        estatesSection(results.estates),
        previewSection(results.preview),
        profileSection(results.profile),
        policySection(results.byPolicy),
        sharingSection(results.sharing),
    ];
    return sections.filter((text) => text !== undefined).join("\n");
}

const RATIOS =
    "All ratios are to an empty pack with one stack policy. A ratio is the median of the ratios of the single rounds: what slows the machine down for a while slows down both.";

function startUpSection(startUp: Results["startUp"]): string | undefined {
    if (startUp === undefined) {
        return undefined;
    }
    const { single } = startUp.candidates;
    const rows = named(startUp.candidates).map(([name, { serving, ready, memory }]) => [
        name,
        ...times(serving),
        ...times(ready),
        times(memory)[1] ?? "",
        ...[ratio(ready, single?.ready), ratio(memory, single?.memory)],
    ]);
    return section(
        TITLES.startUp,
        table(
            ["", "Port, min (ms)", "median", "Ready, min (ms)", "median", "Peak memory (MiB)", "Time ×", "Memory ×"],
            rows,
        ),
        "![Start-up](performance/start-up.svg)",
        '"Port" is from the start of the process until it prints the port on which it serves, "ready" until it has listed ' +
            "its policies and taken its configuration. Memory is the most that the process has had by then (`VmHWM`, Linux). " +
            "ts-node keeps what it compiled in the temporary folder: a build server starts without that every time.",
    );
}

function analyzeSection(analyze: Results["analyze"]): string | undefined {
    if (analyze === undefined) {
        return undefined;
    }
    const rows = named(analyze.candidates).map(([name, rounds]) => [
        name,
        ...times(rounds, 3),
        ratio(rounds, analyze.candidates.single),
    ]);
    return section(
        TITLES.analyze,
        table(["", "Min (ms)", "Median (ms)", "×"], rows),
        `VMs, disks, items of both kinds, a vault and a resource group take turns, ${count(analyze.calls)} calls a round, ` +
            `after ${count(analyze.warmUp)} to warm up. The way to the pack and back is in it.`,
    );
}

function stackSection(analyzeStack: Results["analyzeStack"]): string | undefined {
    if (analyzeStack === undefined) {
        return undefined;
    }
    const rows = analyzeStack.sizes.flatMap(({ resources, vms, found, candidates }) =>
        named(candidates).map(([name, rounds]) => [
            count(resources),
            count(vms),
            found,
            name,
            rounds.resources.length === 0 ? "" : seconds(median(rounds.resources)),
            seconds(minimum(rounds.stack)),
            seconds(median(rounds.stack)),
            ratio(rounds.stack, candidates.single?.stack),
            rounds === candidates.ours ? aboveEmpty(rounds, candidates.single, vms) : "",
            median(rounds.memory).toFixed(0),
            count(rounds.findings),
        ]),
    );
    const growth = growths(analyzeStack.sizes);
    return section(
        TITLES.analyzeStack,
        table(
            [
                ...["Resources", "VMs", "Found", "", "All resources (s)", "AnalyzeStack, min (s)", "median", "×"],
                ...["Above the one policy a VM (ms)", "Peak memory (MiB)", "Findings"],
            ],
            rows,
        ),
        "![AnalyzeStack](performance/analyze-stack.svg)",
        ...(growth === undefined
            ? []
            : [
                  `From 1,000 resources on, the time for AnalyzeStack with a tenth found grows with their number to the power of ${growth.ours.toFixed(2)}; ` +
                      `with the empty pack to the power of ${growth.single.toFixed(2)}.`,
              ]),
        "AnalyzeStack is the processor time of the pack's process. Each round runs in a separate process. As the engine does, it is asked to remediate and to analyse each resource, one " +
            "after the other, and then to analyse the stack. A quarter of the resources are VMs, each with its own disk, " +
            "a backup item and a replicated item, in the words of both providers by turns; of a tenth somebody has restored a " +
            "disk, or of none. `vm-backed-up-and-replicated`, which speaks of every VM here, is disabled. Their properties are those of a deployed stack at its next preview. Where no time is given for all resources, " +
            "they were asked about sixteen at a time, to have that behind.",
    );
}

function estatesSection(estates: Results["estates"]): string | undefined {
    if (estates === undefined) {
        return undefined;
    }
    const rows = estates.sizes.flatMap((size) => {
        const { estate, resources, vms, found, candidates } = size;
        const { ours, single } = candidates;
        return ours === undefined || single === undefined
            ? []
            : [
                  [
                      ESTATES[estate],
                      count(resources),
                      count(vms),
                      found,
                      ...[ours, single].map(({ processor }) => seconds(median(processor))),
                      processorRatio(size).toFixed(2),
                      ...[ours, single].map(({ memory }) => median(memory).toFixed(0)),
                      memoryRatio(size).toFixed(2),
                      count(ours.findings),
                  ],
              ];
    });
    return section(
        TITLES.estates,
        table(
            [
                ...["Estate", "Resources", "VMs", "Found", "This pack (s)", "One empty policy (s)", "×"],
                ...["Peak memory (MiB)", "One empty policy (MiB)", "Memory ×", "Findings"],
            ],
            rows,
        ),
        "![Estates](performance/estates.svg)",
        "AnalyzeStack of estates to which the pack was not tuned, with all policies as they come. The time is the processor time " +
            "of the pack's process, its garbage collector and compiler among it, because that hardly depends on what else runs on " +
            "the computer. On an idle computer people wait less: half of what this pack takes beyond the empty one runs beside. " +
            "Before, each resource was analyzed, sixteen at a time. Where nothing was restored, the findings are the summaries of " +
            "`vm-backed-up-and-replicated` and others that speak of the stack as a whole.",
    );
}

/** All that a round takes longer than with the empty pack of one policy, for each of its VMs. */
function aboveEmpty(rounds: StackRounds, single: StackRounds | undefined, vms: number): string {
    if (single === undefined || rounds.resources.length === 0) {
        return "";
    }
    const whole = ({ resources, stack }: StackRounds): Rounds =>
        stack.map((time, round) => time + (resources[round] ?? NaN));
    const [time, least] = [whole(rounds), whole(single)];
    return (median(time.map((each, round) => each - (least[round] ?? NaN))) / vms).toFixed(2);
}

const PREVIEWS: Readonly<Record<Candidate | "none", string>> = { none: "no pack", ...CANDIDATES };

function previewSection(preview: Results["preview"]): string | undefined {
    if (preview === undefined) {
        return undefined;
    }
    const { single } = preview.candidates;
    const rows = (Object.entries(preview.candidates) as [keyof Previews, Rounds][]).map(([name, rounds]) => [
        PREVIEWS[name],
        seconds(minimum(rounds)),
        seconds(median(rounds)),
        ratio(rounds, single),
    ]);
    return section(
        TITLES.preview,
        table(["", "Min (s)", "Median (s)", "×"], rows),
        "![Preview](performance/preview.svg)",
        `\`pulumi preview\` of a YAML program of ${count(preview.resources)} resources, with stand-ins for the providers that ` +
            `answer at once, with Pulumi ${preview.engine}; the start of the pack is in it. The stack is deployed, and a tenth of its VMs have a restored disk.`,
    );
}

function profileSection(profile: Results["profile"]): string | undefined {
    if (profile === undefined) {
        return undefined;
    }
    const { ours, single } = profile.candidates;
    const halves = [
        { title: "All resources, ms", of: ours?.resources ?? {}, beside: single?.resources ?? {} },
        { title: "AnalyzeStack, ms", of: ours?.stack ?? {}, beside: single?.stack ?? {} },
    ];
    return section(
        TITLES.profile,
        ...halves.map(({ title, of, beside }) =>
            table([title, "This pack", "Empty pack", "Above"], layerRows(of, beside)),
        ),
        `Self time of one round over ${count(profile.resources)} resources by layer of this pack and by module, as Node's ` +
            "profiler samples it; what is less than a hundredth of the round is summed up.",
    );
}

function policySection(byPolicy: Results["byPolicy"]): string | undefined {
    if (byPolicy === undefined) {
        return undefined;
    }
    const { all } = byPolicy;
    const rows = Object.entries(byPolicy.without).map(([name, rounds]) => [
        name,
        count(Math.round(median(all.map((time, round) => time - (rounds[round] ?? NaN))))),
    ]);
    return section(
        TITLES.byPolicy,
        table(["Policy", "ms"], rows),
        `AnalyzeStack of ${count(byPolicy.resources)} resources, of whose VMs a tenth have findings, takes ${seconds(median(all))} s; ` +
            "where a policy is disabled, it takes so much less. Most of it is the SDK's: it builds the stack once more for " +
            "each policy that finds something.",
    );
}

function sharingSection(sharing: Results["sharing"]): string | undefined {
    if (sharing === undefined) {
        return undefined;
    }
    const rows = (["ours", "floor"] as const).flatMap((candidate) => {
        const [now, then] = [sharing.asItIs[candidate], sharing.shared[candidate]];
        return now === undefined || then === undefined
            ? []
            : (["resources", "stack"] as const).map((half) => [
                  CANDIDATES[candidate],
                  half === "stack" ? "AnalyzeStack" : "all resources",
                  seconds(median(now[half])),
                  seconds(median(then[half])),
                  pairedRatio(then[half], now[half]).toFixed(2),
              ]);
    });
    return section(
        TITLES.sharing,
        table(["", "", "The SDK as it is (s)", "Resources shared (s)", "×"], rows),
        `A round over ${count(sharing.resources)} resources. [The proposal to the SDK](sdk-proposal.md) says what is shared.`,
    );
}

function layerRows(ours: LayerTimes, empty: LayerTimes): readonly (readonly string[])[] {
    const layers = [...new Set([...Object.keys(ours), ...Object.keys(empty)])];
    const sum = (times: LayerTimes, of: readonly string[]): number =>
        of.reduce((total, layer) => total + (times[layer] ?? 0), 0);
    const whole = sum(ours, layers);
    const isSmall = (layer: string): boolean => Math.max(ours[layer] ?? 0, empty[layer] ?? 0) < whole / 100;
    const row = (name: string, of: readonly string[]): readonly string[] => {
        const [time, least] = [sum(ours, of), sum(empty, of)];
        return [name, ...[time, least, time - least].map((value) => count(Math.round(value)))];
    };
    const large = layers.filter((layer) => !isSmall(layer));
    const above = (layer: string): number => (ours[layer] ?? 0) - (empty[layer] ?? 0);
    return [
        ...large.sort((a, b) => above(b) - above(a)).map((layer) => row(layer, [layer])),
        row("all others", layers.filter(isSmall)),
        row("**together**", layers),
    ];
}

function named<T>(candidates: PerCandidate<T>): readonly (readonly [string, T])[] {
    return (Object.entries(candidates) as [Candidate, T][]).map(([name, value]) => [CANDIDATES[name], value]);
}

function times(rounds: Rounds, digits = 0): readonly string[] {
    return [minimum(rounds), median(rounds)].map((value) => value.toFixed(digits));
}

function ratio(rounds: Rounds, empty: Rounds | undefined): string {
    return empty === undefined || empty === rounds ? "" : pairedRatio(rounds, empty).toFixed(2);
}

function seconds(milliseconds: number): string {
    return (milliseconds / 1000).toFixed(2);
}

const TITLES: Readonly<Record<keyof Results, string>> = {
    startUp: "Start-up and memory",
    analyze: "One Analyze call",
    analyzeStack: "Rounds over stacks",
    estates: "Other estates",
    preview: "A preview on the engine",
    byPolicy: "What each finding policy costs",
    sharing: "Were the SDK to share what it reads",
    profile: "Where the time goes",
};

/** One sentence, if all parts were measured in the same circumstances. */
function measuredOn(results: Results): readonly string[] {
    const parts = (Object.keys(TITLES) as (keyof Results)[]).flatMap((key) => {
        const { measured } = results[key] ?? {};
        return measured === undefined ? [] : [{ title: TITLES[key], text: told(measured) }];
    });
    const texts = new Set(parts.map(({ text }) => text));
    return [...texts].map((text) => {
        const of = parts.filter((part) => part.text === text).map(({ title }) => `"${title}"`);
        return texts.size === 1 ? `Measured ${text}` : `${of.join(", ")}: measured ${text}`;
    });
}

function told({ date, cores, processor, memory, system, versions, policies }: Circumstances): string {
    const all = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return (
        `on ${date} on ${cores} cores (${processor}, ${memory} GiB, ${system}) with ${all.join(", ")}; ` +
        `${policies.resourcePolicies} resource policies and ${policies.stackPolicies} stack policies.`
    );
}

function section(title: string, ...parts: readonly string[]): string {
    return [`### ${title}`, ...parts].map((part) => `${part}\n`).join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    const isNumber = (column: number): boolean => rows.every((row) => /^[-\d.,\s×]*$/.test(row[column] ?? ""));
    return [
        line(head),
        `|${head.map((_, column) => (isNumber(column) ? "---:" : "---")).join("|")}|`,
        ...rows.map(line),
    ].join("\n");
}
