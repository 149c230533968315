// `npm run bench:checkov`: what Checkov takes for a machine beside what this pack takes, on the same estates. Both are
// measured above their own start, in rounds that take turns.
import { mkdirSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { checkovEnvironment } from "./environment";
import { RESULTS, spread, type CheckovFigures, type CheckovResults } from "./results";
import { scan, writeEstate, type Scan } from "./scan";

const MACHINES = [100, 250, 500, 1000];
const ROUNDS = 2;

function figures(scans: readonly Scan[]): CheckovFigures {
    return {
        seconds: spread(scans.map(({ seconds }) => seconds)),
        mebibytes: Math.max(...scans.map(({ mebibytes }) => mebibytes)),
    };
}

function main(): void {
    const environment = checkovEnvironment();
    const estates = [0, ...MACHINES].map((machines) => writeEstate(machines));
    const scans = new Map<number, Scan[]>(estates.map(({ machines }) => [machines, []]));
    for (let round = 1; round <= ROUNDS; round += 1) {
        for (const estate of estates) {
            const done = scan(environment, estate);
            scans.get(estate.machines)?.push(done);
            console.log(`round ${round}: ${estate.machines} machines: Checkov ${done.seconds.toFixed(1)} s`);
        }
    }
    const results: CheckovResults = {
        date: new Date().toISOString().slice(0, 10),
        machine: {
            processor: os.cpus()[0]?.model.trim() ?? "unknown",
            cores: os.cpus().length,
            gibibytes: Math.round(os.totalmem() / 1024 ** 3),
        },
        versions: { ...environment.versions, node: process.versions.node },
        rounds: ROUNDS,
        start: figures(scans.get(0) ?? []),
        sizes: MACHINES.map((machines) => ({ machines, checkov: figures(scans.get(machines) ?? []) })),
    };
    mkdirSync(path.dirname(RESULTS), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 4)}\n`);
}

main();
