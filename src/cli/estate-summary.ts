import type { Answer } from "../model/answers";
import type { Urn } from "../model/planned-resource";

/** What protects which VM, as plain data for people who would rather look than read. */
export interface EstateSummary {
    readonly machines: readonly SummaryVm[];
    readonly vaults: readonly SummaryVault[];
    readonly recoveryPlans: readonly SummaryRecoveryPlan[];
}

export interface SummaryVm {
    /** Unique within the picture. */
    readonly id: string;
    /** Undefined for a VM outside of the stack. */
    readonly urn: Urn | undefined;
    readonly name: string;
    /** `westeurope`; undefined where the plan does not tell. */
    readonly region: string | undefined;
    readonly disks: readonly SummaryDisk[];
    /** Undefined where the VM is not replicated, or where no list of disks is there to compare with. */
    readonly listedOnly: SummaryListedOnly | undefined;
    readonly protections: readonly SummaryProtection[];
    /** True where the plan cannot tell all that protects it. */
    readonly undecided: boolean;
}

export interface SummaryDisk {
    readonly name: string;
    readonly role: "os" | "data";
    readonly lun: number | undefined;
    /** Restored from a backup, as far as the plan tells. */
    readonly restored: "yes" | "maybe" | "no";
    /** Whether replication lists it; undefined where the VM is not replicated. */
    readonly replicated: Answer["answer"] | undefined;
}

/** Disks that replication lists and that the VM does not have. */
export interface SummaryListedOnly {
    readonly names: readonly string[];
    /** True where there may be others that the plan does not know yet. */
    readonly undecided: boolean;
}

export interface SummaryProtection {
    readonly kind: "backup" | "disk backup" | "file backup" | "replication" | "azure policy";
    readonly name: string;
    /** The `id` of the vault in this picture; undefined where it lies elsewhere. */
    readonly vault: string | undefined;
    readonly vaultName: string | undefined;
    /** For replication: the region of the other side. */
    readonly to: string | undefined;
    /** For replication: the consistency group with other VMs. */
    readonly group: string | undefined;
    readonly failedOver: boolean;
    /** For Azure Policy: the service that it turns on. */
    readonly turnsOn?: "backup" | "disk backup" | "replication";
}

export interface SummaryVault {
    readonly id: string;
    readonly name: string;
    readonly kind: "Recovery Services vault" | "Backup vault";
    readonly region: string | undefined;
    /** False for one outside of the stack. */
    readonly inStack: boolean;
}

export interface SummaryRecoveryPlan {
    readonly name: string;
    /** The `id`s of its VMs. */
    readonly machines: readonly string[];
    readonly groups: number | undefined;
}
