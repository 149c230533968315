import type { SummaryVm } from "../../estate-summary";

/** What protects a VM on the whole, by which the overview counts it. */
export const PROTECTIONS = ["both", "backup", "replication", "none", "undecided"] as const;
export type Protection = (typeof PROTECTIONS)[number];

export const WORDS: Readonly<Record<Protection, string>> = {
    both: "backed up and replicated",
    backup: "backed up only",
    replication: "replicated only",
    none: "neither",
    undecided: "not known yet",
};

export function protectionOf(vm: SummaryVm): Protection {
    const backup = isBackedUp(vm);
    const replication = isReplicated(vm);
    if (backup && replication) {
        return "both";
    }
    if (vm.undecided) {
        return "undecided";
    }
    return backup ? "backup" : replication ? "replication" : "none";
}

/** A backup of files brings no VM back, so it does not count. */
export function isBackedUp({ protections }: SummaryVm): boolean {
    return protections.some(({ kind, turnsOn = kind }) => turnsOn === "backup" || turnsOn === "disk backup");
}

export function isReplicated({ protections }: SummaryVm): boolean {
    return protections.some(({ kind, turnsOn = kind, failedOver }) => turnsOn === "replication" && !failedOver);
}

export function countsOf(vms: readonly SummaryVm[]): Readonly<Record<Protection, number>> {
    const counts = { both: 0, backup: 0, replication: 0, none: 0, undecided: 0 };
    vms.forEach((vm) => counts[protectionOf(vm)]++);
    return counts;
}
