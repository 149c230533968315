import type { Candidate } from "../pack/candidates";
import { RESOURCES_A_VM, sharedResources } from "../pack/programs";
import { encoded, type EncodedRound } from "../pack/rounds";
import { ServedPack } from "../pack/served-pack";
import type { Taken } from "./scan";

export function roundOfVms(vms: number): EncodedRound {
    const round = encoded(vms * RESOURCES_A_VM + sharedResources());
    if (round.vms !== vms) {
        throw new Error(`The round has ${round.vms} VMs instead of ${vms}.`);
    }
    return round;
}

/** One round in a process that has just started, as in a preview: nothing has been compiled by an earlier round. */
export async function packRound(candidate: Candidate, round: EncodedRound): Promise<Taken> {
    const pack = await ServedPack.start(candidate);
    try {
        const { resources, stack, findings } = await pack.round(round);
        if (findings > 0 !== (candidate === "ours")) {
            throw new Error(`The pack "${candidate}" found ${findings} faults.`);
        }
        return { time: resources + stack, peakMemory: pack.peakMemory() };
    } finally {
        await pack.stop();
    }
}
