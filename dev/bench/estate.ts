/** The provider in whose resources a VM is written. */
export type BenchProvider = "azure-native" | "azure";

/** One VM of the estate that benchmarks measure with: its disks, its backup and its replication go with it. */
export interface BenchVm {
    readonly name: string;
    readonly index: number;
    readonly provider: BenchProvider;
    /** Its disk has been restored from a backup, and its replication still copies the disk that was there before. */
    readonly faulty: boolean;
}

/** Every tenth VM is faulty. The providers take turns, so that both have faulty VMs. */
export function benchVms(count: number): readonly BenchVm[] {
    return Array.from({ length: count }, (_, index) => ({
        name: `machine-${index}`,
        index,
        provider: (index + Math.floor(index / 10)) % 2 === 0 ? "azure-native" : "azure",
        faulty: index % 10 === 0,
    }));
}
