import { getOrCreate } from "../model/lists";
import type { SummaryVm } from "./estate-summary";

/** A direction of replication between regions, or between the zones of one, with its VMs. */
export interface ReplicationFlow {
    /** Undefined where the region is not known yet. */
    readonly from: string | undefined;
    readonly to: string | undefined;
    /** The other side runs, and nothing is replicated until it is protected again. */
    readonly failedOver: boolean;
    readonly vms: readonly SummaryVm[];
}

/** Every direction, those of the most VMs first. */
export function replicationFlows(vms: readonly SummaryVm[]): readonly ReplicationFlow[] {
    const flows = new Map<string, Omit<ReplicationFlow, "vms"> & { readonly vms: Set<SummaryVm> }>();
    for (const vm of vms) {
        for (const { kind, to, failedOver } of vm.protections) {
            if (kind === "replication") {
                const key = JSON.stringify([vm.region, to, failedOver]);
                const from = vm.region;
                getOrCreate(flows, key, () => ({ from, to, failedOver, vms: new Set<SummaryVm>() })).vms.add(vm);
            }
        }
    }
    return [...flows.values()]
        .map((flow) => ({ ...flow, vms: [...flow.vms] }))
        .sort((a, b) => b.vms.length - a.vms.length);
}
