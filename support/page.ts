/** A page that a rule rests on. */
export interface Page {
    readonly title: string;
    readonly publisher: "Microsoft Learn" | "GitHub";
    /** The date that the page carried when it was read; undefined where it carries none. */
    readonly date: string | undefined;
}

/** Pages by the short names that the facts have for them. */
export const PAGES = {
    A2A_ERRORS: learn("Troubleshoot Azure-to-Azure VM replication errors", undefined),
    A2A_REPROTECT: learn("Reprotect failed over Azure VMs to the primary region", "2024-05-23"),
    ORCHESTRATION: learn("Orchestration modes for virtual machine scale sets", undefined),
    VM_RESTORE: learn("How to restore Azure VM data in Azure portal", "2023-09-05"),
    DISKS_MISSING: { title: "Azure/terraform-provider-azapi#228", publisher: "GitHub", date: undefined },
} as const satisfies Record<string, Page>;

export function learn(title: string, date: string | undefined): Page {
    return { title, publisher: "Microsoft Learn", date };
}
