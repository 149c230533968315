// VMs of which nothing counts but where they are and where they are replicated to.
import type { SummaryProtection, SummaryVm } from "../../../src/cli/estate-summary";

export function aVm(region: string | undefined, ...protections: readonly SummaryProtection[]): SummaryVm {
    return {
        id: "vm",
        urn: undefined,
        name: "vm",
        region,
        disks: [],
        listedOnly: undefined,
        protections,
        undecided: false,
    };
}

export function replicatedTo(to: string | undefined, failedOver = false): SummaryProtection {
    return {
        kind: "replication",
        name: "item",
        vault: undefined,
        vaultName: undefined,
        to,
        group: undefined,
        failedOver,
    };
}
