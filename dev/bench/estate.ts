/** The provider in whose resources a machine is written. */
export type BenchProvider = "azure-native" | "azure";

/** One machine of the estate that benchmarks measure with: its disks, its backup and its replication go with it. */
export interface BenchMachine {
    readonly name: string;
    readonly index: number;
    readonly provider: BenchProvider;
    /** Its disk has been restored from a backup, and its replication still copies the disk that was there before. */
    readonly faulty: boolean;
}

/** Every tenth machine is faulty. The providers take turns, so that both have faulty machines. */
export function benchMachines(count: number): readonly BenchMachine[] {
    return Array.from({ length: count }, (_, index) => ({
        name: `machine-${index}`,
        index,
        provider: (index + Math.floor(index / 10)) % 2 === 0 ? "azure-native" : "azure",
        faulty: index % 10 === 0,
    }));
}
