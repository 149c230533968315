import type { Circumstances, Results, Rounds } from "../pack/results";
import { vmsIn } from "../pack/programs";
import { median, minimum } from "../pack/statistics";
import { CHECKS } from "./checks";
import type { CheckovResults, EstateFigures, Figures } from "./results";

type Previews = NonNullable<Results["preview"]>;

/** The part of docs/performance.md that is made of figures; those of previews are measured with the pack. */
export function besideCheckov(results: CheckovResults, previews: Previews | undefined): string {
    const { measured, start, estates } = results;
    const [first] = estates;
    return [
        "| VMs | Checkov | for a VM | Round of this pack | of the empty pack | Own time for a VM | Checkov ÷ own | of the pack with one policy | Above that for a VM | Checkov ÷ that | Peak memory (RSS) |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        ...estates.map((estate) => row(estate, start)),
        "",
        `Times are the minimum and the median of ${start.time.length} runs of Checkov and of ${first?.pack.time.length ?? 0} rounds of ` +
            `each pack, which take turns; the median of own time is that of the differences between neighbours. The quotient is ` +
            `that of the minima. The empty pack has as many policies as this one; the other one has a single stack policy, and the SDK makes a ` +
            `stack's resources once for it instead of once for each. Checkov takes ${seconds(start.time)} for an empty folder (${mebibytes(start)}). Memory is that ` +
            "of Checkov / this pack / the empty pack.",
        "",
        ...(previews === undefined ? [] : [...previewSentence(previews, results), ""]),
        `Measured on ${measured.date} on ${measured.cores} cores (${measured.processor}) with ${measured.memory} GiB, ` +
            `${measured.system}, ${versions(measured)}.`,
        "",
        "| Check of Checkov | Looks at | Wants that |",
        "|---|---|---|",
        ...CHECKS.map(({ id, resources, about }) => `| ${id} | ${resources.map(code).join(", ")} | ${about} |`),
    ].join("\n");
}

interface Spread {
    readonly minimum: number;
    readonly median: number;
}

/** What Checkov takes for a VM, in milliseconds above its own start. */
function checkovsTime({ vms, checkov }: EstateFigures, start: Figures): Spread {
    return {
        minimum: (minimum(checkov.time) - minimum(start.time)) / vms,
        median: (median(checkov.time) - median(start.time)) / vms,
    };
}

/** What this pack takes for a VM, in milliseconds above an empty one. */
function ownTime({ vms, pack }: EstateFigures, empty: Figures): Spread {
    const differences = pack.time.map((time, round) => time - (empty.time[round] ?? NaN));
    return {
        minimum: (minimum(pack.time) - minimum(empty.time)) / vms,
        median: median(differences) / vms,
    };
}

function row(estate: EstateFigures, start: Figures): string {
    const checkov = checkovsTime(estate, start);
    const [own, added] = [ownTime(estate, estate.emptyPack), ownTime(estate, estate.onePolicyPack)];
    const memory = [estate.checkov, estate.pack, estate.emptyPack].map(({ peakMemory }) => peakMemory.toFixed(0));
    const cells = [
        estate.vms.toLocaleString("en"),
        seconds(estate.checkov.time),
        milliseconds(checkov),
        seconds(estate.pack.time),
        seconds(estate.emptyPack.time),
        milliseconds(own),
        quotient(checkov.minimum, own.minimum),
        seconds(estate.onePolicyPack.time),
        milliseconds(added),
        quotient(checkov.minimum, added.minimum),
        `${memory.join(" / ")} MiB`,
    ];
    return `| ${cells.join(" | ")} |`;
}

/** A preview is set beside the estate of Checkov's that is nearest to it in size. */
function previewSentence({ resources, candidates }: Previews, { estates, start }: CheckovResults): readonly string[] {
    const { ours, none } = candidates;
    const vms = vmsIn(resources);
    const distance = (estate: EstateFigures): number => Math.abs(estate.vms - vms);
    const [nearest] = [...estates].sort((a, b) => distance(a) - distance(b));
    if (ours === undefined || none === undefined || nearest === undefined) {
        return [];
    }
    const added = (minimum(ours) - minimum(none)) / vms;
    const above = checkovsTime(nearest, start).minimum;
    const whole = minimum(nearest.checkov.time) / nearest.vms;
    return [
        `All that the pack adds to a real preview, its start, the engine's calls and the SDK's work among it: a preview of ` +
            `${resources.toLocaleString("en")} resources takes ${(minimum(ours) / 1000).toFixed(1)} s with the pack and ` +
            `${(minimum(none) / 1000).toFixed(1)} s without, ${added.toFixed(1)} ms for each of its ${vms} VMs. At ` +
            `${nearest.vms} VMs Checkov takes ${above.toFixed(1)} ms for each above its own start ` +
            `(${quotient(above, added)}), and ${whole.toFixed(1)} ms with it (${quotient(whole, added)}).`,
    ];
}

function versions({ versions: all }: Circumstances): string {
    return Object.entries(all)
        .map(([name, version]) => `${name} ${version}`)
        .join(", ");
}

function quotient(checkov: number, own: number): string {
    return own > 0 ? `${(checkov / own).toFixed(checkov / own < 10 ? 1 : 0)} ×` : "too small to measure";
}

function seconds(rounds: Rounds): string {
    return `${(minimum(rounds) / 1000).toFixed(1)} / ${(median(rounds) / 1000).toFixed(1)} s`;
}

function milliseconds(spread: Spread): string {
    return `${spread.minimum.toFixed(2)} / ${spread.median.toFixed(2)} ms`;
}

function mebibytes({ peakMemory }: Figures): string {
    return `${peakMemory.toFixed(0)} MiB`;
}

function code(text: string): string {
    return `\`${text}\``;
}
