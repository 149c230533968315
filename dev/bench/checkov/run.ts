// `npm run bench:checkov`: what Checkov takes for a VM, and what this pack takes for it, on the same estates. Each is
// measured above what it takes anyway, Checkov above an empty folder, the pack above empty packs. All take turns.
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { CANDIDATES, writeCandidates } from "../pack/candidates";
import { circumstances, readResults } from "../pack/results";
import { besideCheckov } from "./beside-checkov";
import { checkovEnvironment } from "./environment";
import { RESULTS, type CheckovResults, type Figures } from "./results";
import { packRound, roundOfVms } from "./round";
import { scan, writeEstate, type Taken } from "./scan";

const VMS = [100, 250, 500, 1000];
const ROUNDS = 2;
/** The packs take less time, and what is looked for is the small difference between them: they need more rounds. */
const PACK_TURNS = 4;

function figures(taken: readonly Taken[]): Figures {
    return {
        time: taken.map(({ time }) => time),
        peakMemory: Math.max(...taken.map(({ peakMemory }) => peakMemory)),
    };
}

/** Prints a run before the others start. */
function told(what: string, taken: Taken): Taken {
    console.log(`${what}: ${(taken.time / 1000).toFixed(2)} s, ${taken.peakMemory.toFixed(0)} MiB`);
    return taken;
}

async function main(): Promise<void> {
    const environment = checkovEnvironment();
    writeCandidates();
    const empty = writeEstate(0);
    const starts: Taken[] = [];
    const estates = VMS.map((vms) => ({
        written: writeEstate(vms),
        checkov: [] as Taken[],
        packs: { ours: [] as Taken[], floor: [] as Taken[], single: [] as Taken[] },
    }));
    for (let round = 1; round <= ROUNDS; round += 1) {
        starts.push(told("Checkov, empty folder", scan(environment, empty)));
        for (const { written, checkov, packs } of estates) {
            const size = `${written.vms} VMs`;
            checkov.push(told(`Checkov, ${size}`, scan(environment, written)));
            const asked = roundOfVms(written.vms);
            for (let turn = 1; turn <= PACK_TURNS; turn += 1) {
                // Every other time the other way round, so that none of them is always the one who comes second.
                for (const candidate of (round + turn) % 2 === 0
                    ? (["ours", "floor", "single"] as const)
                    : (["single", "floor", "ours"] as const)) {
                    packs[candidate].push(told(`${CANDIDATES[candidate]}, ${size}`, await packRound(candidate, asked)));
                }
            }
        }
    }
    const where = circumstances();
    const results: CheckovResults = {
        measured: { ...where, versions: { ...where.versions, ...environment.versions } },
        start: figures(starts),
        estates: estates.map(({ written, checkov, packs }) => ({
            vms: written.vms,
            checkov: figures(checkov),
            pack: figures(packs.ours),
            emptyPack: figures(packs.floor),
            onePolicyPack: figures(packs.single),
        })),
    };
    mkdirSync(path.dirname(RESULTS), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 4)}\n`);
    console.log(
        `${besideCheckov(results, readResults().preview)}\n\nUPDATE_DOCS=1 npx jest test/docs/beside-checkov puts this on the page.`,
    );
}

void main();
