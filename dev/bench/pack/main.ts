// `npm run bench`: what this pack costs beside empty ones, and beside one as Pulumi's template makes it. Linux only: peak
// memory is read from /proc.
import { Argument, Command, Option } from "commander";
import { writeCandidates } from "./candidates";
import { PARTS } from "./measure";
import { ESTATES, type EstateName } from "./programs";
import { targetTable, writeReport } from "./report";
import { readResults, writeResults, type Results } from "./results";
import { targets } from "./targets";

type PartName = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as PartName[];

interface Flags {
    readonly rounds?: number;
    readonly sizes: readonly number[];
    readonly estates: readonly EstateName[];
    readonly fromResults?: true;
    readonly printOnly?: true;
}

const whole = (text: string): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1) {
        throw new Error(`"${text}" is no whole number above 0.`);
    }
    return number;
};

const program = new Command("npm run bench --")
    .addArgument(new Argument("[parts...]", "what to measure; everything without one").choices(NAMES))
    .addOption(new Option("--rounds <number>", "rounds instead of the usual number").argParser(whole))
    .addOption(
        new Option("--sizes <numbers>", "resources of the stacks for analyze-stack and estates, separated by commas")
            .default([100, 1_000, 10_000, 50_000])
            .argParser((text) => text.split(",").map(whole)),
    )
    .addOption(
        new Option("--estates <names...>", "estates for the part of that name; all but the usual one without them")
            .choices(Object.keys(ESTATES))
            .default(Object.keys(ESTATES).filter((name) => name !== "mixed")),
    )
    .option(
        "--from-results",
        "measure nothing: write docs/performance.md and its plots from the results that are there",
    )
    .option("--print-only", "write nothing below docs/")
    .action(run);

async function run(
    parts: readonly PartName[],
    { rounds, sizes, estates, fromResults, printOnly }: Flags,
): Promise<void> {
    let results: Results = printOnly === undefined ? readResults() : {};
    const names = parts.length === 0 ? NAMES : parts;
    writeCandidates();
    for (const name of fromResults === undefined ? names : []) {
        const { key, measure } = PARTS[name];
        results = { ...results, [key]: await measure({ rounds, sizes, estates, say: (text) => console.log(text) }) };
        if (printOnly === undefined) {
            writeResults(results);
        }
    }
    if (printOnly === undefined) {
        writeReport(results);
    }
    console.log(`\n${targetTable(targets(results))}`);
}

void program.parseAsync();
