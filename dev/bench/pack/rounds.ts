import { analyzeRequest, stackResource } from "../../../test/harness/pack";
import { Stack, type SentResource } from "../../../test/harness/stack";
import { copies, PATTERN } from "./copies";
import { benchPrograms, vmsIn, type EstateName } from "./programs";

/** One round of the engine over a stack, as the bytes that it sends: the clock starts when they are there. */
export interface EncodedRound {
    readonly vms: number;
    /** For each resource what `Remediate` and `Analyze` take. */
    readonly requests: readonly Buffer[];
    /** What `AnalyzeStack` takes. */
    readonly stack: Buffer;
}

/** In how many VMs there is something to find. */
export const SHARES = ["nothing", "a tenth"] as const;
export type Share = (typeof SHARES)[number];

/** A preview of a stack: unchanged, or with the disks of every tenth VM restored. */
export function benchRound(size: number, found: Share, estate?: EstateName): readonly SentResource[] {
    const { deployed, restored, vaultCopies, isDeployed } = benchPrograms(PATTERN, estate);
    const stack = new Stack();
    if (isDeployed) {
        stack.up(deployed);
    }
    const { resources } = stack.preview(found === "nothing" ? deployed : restored);
    return copies(resources, vmsIn(size, estate), vaultCopies);
}

/** One resource of each kind: VM, disk, items of both kinds in both spellings, vault, and what no policy looks at. */
export function mixOf(size: number): readonly Buffer[] {
    const byType = new Map(benchRound(size, "a tenth").map((resource) => [resource.type, resource]));
    const types = [...byType.keys()].filter((type) => MIX.test(type));
    return types.flatMap((type) => byType.get(type) ?? []).map(requestOf);
}

const MIX = /Machine$|Disk$|:(ProtectedItem|ProtectedVM|ReplicationProtectedItem|ReplicatedVM|Vault|ResourceGroup)$/;

function requestOf(resource: SentResource): Buffer {
    return Buffer.from(analyzeRequest(resource).serializeBinary());
}

export function encoded(size: number, found: Share = "a tenth", estate?: EstateName): EncodedRound {
    const resources = benchRound(size, found, estate);
    return {
        vms: vmsIn(size, estate),
        requests: resources.map(requestOf),
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
