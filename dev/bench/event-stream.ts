// `npm run bench:events`: how long the gate takes for the events of a large stack, and how much memory. Each size runs
// in a separate process, to measure its own peak. The stream is made of recorded events, one copy of a small stack after
// the other, each with other names, while it is read: there is no file of a gigabyte to wait for.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { packConfiguration } from "../../src/config/configuration-file";
import { reportOf } from "../../src/cli/judging/inspection";
import { limitHeapGrowth } from "../../src/cli/heap";
import { TOOL } from "../../src/cli/package";
import { inspectPlan } from "../../src/cli/judging/plan-inspection";
import { readPlan } from "../../src/cli/reading/plan-reading";
import { catalogue } from "../../src/cli/judging/reported-policies";
import { sarif } from "../../src/cli/reports/sarif";

const SIZES = [10_000, 30_000, 100_000];
const FIXTURES = path.join(process.cwd(), "test/cli/fixtures/events");

/** What exists once, whatever the size. */
const SHARED = /::(shop-dev|west|default|group|vault|default_\w+)"/;
const RESOURCE = /"(resourcePreEvent|resOutputsEvent|policyAnalyzeSummaryEvent|policyEvent)"/;

/** The names in the recorded events that become those of one copy. */
const NAMES = /\b(web|erp|old|extra)(?=[-"/2_])/g;

interface Template {
    readonly shared: readonly string[];
    readonly copied: readonly string[];
    readonly end: readonly string[];
    /** How many resources one copy has. */
    readonly resources: number;
}

function template(file: string): Template {
    const lines = readFileSync(path.join(FIXTURES, file), "utf8").trimEnd().split("\n");
    const body = lines.filter((line) => RESOURCE.test(line));
    const copied = body.filter((line) => !SHARED.test(line.slice(0, 400)));
    const urns = copied.map((line) => /"(?:urn|resourceUrn)":"([^"]+)"/.exec(line)?.[1]);
    return {
        shared: body.filter((line) => SHARED.test(line.slice(0, 400))),
        copied,
        end: lines.slice(-2),
        resources: new Set(urns).size,
    };
}

function numbered(line: string, sequence: number): string {
    return line.replace(/"sequence":\d+/, `"sequence":${sequence}`);
}

/** Of twenty copies one is replaced and one changed; all others stay as they are. */
function* stream(resources: number, tally: { bytes: number; resources: number }): Generator<string> {
    const [changes, resized, unchanged] = ["changes.jsonl", "two-packs.jsonl", "unchanged.jsonl"].map(template);
    if (changes === undefined || resized === undefined || unchanged === undefined) {
        throw new Error("There are no recorded events.");
    }
    let sequence = 0;
    const next = (line: string): string => {
        const text = numbered(line, sequence);
        sequence += 1;
        tally.bytes += text.length + 1;
        return text;
    };
    for (const line of changes.shared) {
        yield next(line);
    }
    for (let copy = 0; tally.resources < resources; copy += 1) {
        const { copied, resources: count } = copy % 20 === 0 ? changes : copy % 20 === 1 ? resized : unchanged;
        tally.resources += count;
        for (const line of copied) {
            yield next(line.replace(NAMES, `$1-${copy}`));
        }
    }
    for (const line of changes.end) {
        yield next(line);
    }
}

function* record(resources: number): Generator<string> {
    const lines = readFileSync(path.join(FIXTURES, "changes.record.jsonl"), "utf8").trimEnd().split("\n");
    const copied = lines.filter((line) => /^\{"line":"(resource|finding)"/.test(line));
    yield lines[0] ?? "";
    const count = copied.filter((line) => line.startsWith('{"line":"resource"')).length;
    for (let copy = 0; copy * count < resources; copy += 1) {
        for (const line of copied) {
            yield line.replace(NAMES, `$1-${copy}`);
        }
    }
}

/** The state of as many resources as `pulumi stack export` writes it, but without its long stack traces. */
function* state(resources: number): Generator<string> {
    const text = readFileSync(path.join(FIXTURES, "state.json"), "utf8");
    const { deployment, ...document } = JSON.parse(text) as { deployment: { resources: { urn: string }[] } };
    const all = deployment.resources.map((resource) => JSON.stringify(resource));
    const shared = all.filter((each) => SHARED.test(each.slice(0, 200)));
    const copied = all.filter((each) => !SHARED.test(each.slice(0, 200)));
    yield `${JSON.stringify(document).slice(0, -1)},"deployment":{"manifest":{},"resources":[${shared.join()}`;
    for (let copy = 0; copy * copied.length < resources; copy += 1) {
        yield `,${copied.join().replace(NAMES, `$1-${copy}`)}`;
    }
    yield "]}}";
}

interface Result {
    readonly resources: number;
    readonly megabytes: number;
    readonly findings: number;
    readonly read: number;
    readonly judge: number;
    readonly peak: number;
}

async function measure(size: number): Promise<Result> {
    const tally = { bytes: 0, resources: 0 };
    const start = performance.now();
    const reading = await readPlan({
        events: { name: "events", texts: stream(size, tally) },
        state: { name: "state", texts: state(size) },
        record: { name: "record", texts: record(size) },
        kind: undefined,
        external: undefined,
    });
    const read = performance.now();
    const look = inspectPlan("bench", reading, packConfiguration({}, catalogue), () => undefined);
    const report = reportOf([look], { threshold: "mandatory", baseline: undefined, tool: TOOL });
    const printed = sarif(report).length;
    const end = performance.now();
    if (report.findings.length === 0 || report.picture === undefined || printed === 0) {
        throw new Error(`The report is not the one that was meant: ${report.verdict.sentence}`);
    }
    return {
        resources: tally.resources,
        megabytes: tally.bytes / 1e6,
        findings: report.findings.length,
        read: (read - start) / 1000,
        judge: (end - read) / 1000,
        peak: process.resourceUsage().maxRSS / 1024,
    };
}

function main(): void {
    console.log("resources  events MB   findings  reading s    judge s    peak MB");
    const results = SIZES.map((size) => {
        const run = spawnSync(process.execPath, [__filename, String(size)], { encoding: "utf8", stdio: "pipe" });
        if (run.status !== 0) {
            throw new Error(run.stderr);
        }
        const result = JSON.parse(run.stdout) as Result;
        const cells = [
            result.megabytes.toFixed(0),
            result.findings.toFixed(0),
            result.read.toFixed(1),
            result.judge.toFixed(1),
            result.peak.toFixed(0),
        ];
        console.log([String(result.resources).padStart(9), ...cells.map((cell) => cell.padStart(9))].join("  "));
        return result;
    });
    const [first, last] = [results[0], results.at(-1)];
    if (first !== undefined && last !== undefined) {
        const growth = Math.log(last.resources / first.resources);
        const exponent = Math.log((last.read + last.judge) / (first.read + first.judge)) / growth;
        console.log(`time grows with the number of resources to the power of ${exponent.toFixed(2)}`);
    }
}

const [, , size] = process.argv;
if (size === undefined) {
    main();
} else {
    limitHeapGrowth();
    void measure(Number(size)).then((result) => console.log(JSON.stringify(result)));
}
