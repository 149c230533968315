import { analyzeRequest, stackResource } from "../../test/harness/pack";
import { Stack, type SentResource } from "../../test/harness/stack";
import { RESOURCES_A_MACHINE, SHARED_RESOURCES, benchPrograms } from "./programs";

/** One round of the engine over a stack, as the bytes that it sends: the clock starts when they are there. */
export interface EncodedRound {
    readonly machines: number;
    /** For each resource what `Remediate` and `Analyze` take. */
    readonly requests: readonly Buffer[];
    /** What `AnalyzeStack` takes. */
    readonly stack: Buffer;
}

/** Machines that are made by the model of engine and providers; all others are copies of these under other names. */
const PATTERN = 20;
const NAME = /machine-(\d+)/g;

/** A preview of a stack that is deployed, in which the disks of the faulty machines are restored. */
export function benchRound(size: number): readonly SentResource[] {
    const { deployed, restored } = benchPrograms(PATTERN);
    const stack = new Stack();
    stack.up(deployed);
    const { resources } = stack.preview(restored);
    const shared = resources.filter(({ name }) => !name.startsWith("machine-"));
    const own = resources.filter(({ name }) => name.startsWith("machine-"));
    const texts = own.map((resource) => JSON.stringify(resource));
    const machines = machinesIn(size);
    const copied = Array.from({ length: Math.ceil(machines / PATTERN) }, (_, copy) =>
        texts.map((text) => text.replace(NAME, (_name, number) => `machine-${Number(number) + copy * PATTERN}`)),
    );
    const all = copied.flat().slice(0, machines * RESOURCES_A_MACHINE);
    return [...shared, ...all.map((text) => JSON.parse(text) as SentResource)];
}

/** How many machines a stack of so many resources has. */
export function machinesIn(size: number): number {
    return Math.floor((size - SHARED_RESOURCES) / RESOURCES_A_MACHINE);
}

export function encoded(size: number): EncodedRound {
    const resources = benchRound(size);
    return {
        machines: machinesIn(size),
        requests: resources.map((resource) => Buffer.from(analyzeRequest(resource).serializeBinary())),
        stack: Buffer.concat(
            resources.flatMap((resource) => listed(Buffer.from(stackResource(resource).serializeBinary()))),
        ),
    };
}

/** The list is the request's field 1; written out here, 50,000 resources need not be messages at the same time. */
function listed(resource: Buffer): readonly Buffer[] {
    return [Buffer.from([0x0a, ...varint(resource.length)]), resource];
}

function varint(value: number): readonly number[] {
    return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
