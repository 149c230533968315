import { growthExponent } from "../../../dev/bench/pack/statistics";
import { stateOf } from "../../../dev/bench/shapes/resources";
import { SHAPES, type Shape } from "../../../dev/bench/shapes/shapes";
import { Estate } from "../../../src/model/estate";
import type { PlannedResource } from "../../../src/model/planned-resource";
import { packConfiguration, type PackConfiguration } from "../../../src/config/configuration-file";
import { evaluateStack, type Evaluation } from "../../../src/cli/judging/evaluation";
import { catalogue } from "../../../src/cli/judging/reported-policies";
import { summaryOf } from "../../../src/cli/summary-of-estate";
import { readDeployment } from "../../../src/cli/reading/deployment";
import { countedWork } from "../../harness/counted-work";
import { FURTHER_SHAPES } from "./further-shapes";

async function* inPieces(texts: readonly string[]): AsyncIterable<string> {
    yield* await Promise.resolve(texts);
}

function look(resources: readonly PlannedResource[], configuration: PackConfiguration): Evaluation {
    const estate = new Estate(resources);
    summaryOf(estate);
    return evaluateStack(resources, estate, configuration, { dryRun: false });
}

interface Seen {
    /** Length of the state. */
    readonly state: number;
    readonly work: number;
    /** Length of all that is told. */
    readonly told: number;
    readonly longest: number;
}

async function seen(shape: Shape, size: number): Promise<Seen> {
    const state = [...stateOf(shape.made(size))];
    const { resources } = await readDeployment(inPieces(state), "state");
    const configuration = packConfiguration(shape.configured?.(size) ?? {}, catalogue);
    let evaluation: Evaluation | undefined;
    const work = countedWork(() => {
        evaluation = look(resources, configuration);
    });
    const { findings = [], open = [] } = evaluation ?? {};
    const lengths = findings.map(({ message }) => JSON.stringify(message).length);
    return {
        state: state.reduce((sum, text) => sum + text.length, 0),
        work,
        told: JSON.stringify([findings, open]).length,
        longest: lengths.reduce((longest, length) => Math.max(longest, length), 0),
    };
}

// Beyond these every list that is cut is longer than what is left of it.
const SIZES = [400, 800, 1600];

describe.each([...SHAPES, ...FURTHER_SHAPES])("$name", (shape) => {
    const sizes = SIZES.map((size) => (shape.isSquare === true ? size / 8 : size));

    test("neither work nor words grow faster than the state", async () => {
        const all: Seen[] = [];
        for (const size of sizes) {
            all.push(await seen(shape, size));
        }
        const power = (of: (each: Seen) => number): number =>
            growthExponent(all.map((each) => ({ x: each.state, y: of(each) })));
        // A square that is as small as can be beside the rest comes out at 1.1.
        expect(power(({ work }) => work)).toBeLessThan(1.07);
        expect(power(({ told }) => told)).toBeLessThan(1.1);
        expect(Math.max(...all.map(({ longest }) => longest))).toBeLessThan(40_000);
    });
});
