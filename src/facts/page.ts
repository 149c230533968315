/** A page that a rule rests on. */
export interface Page {
    readonly title: string;
    readonly publisher: "Microsoft Learn" | "GitHub" | "@pulumi/azure reference" | "@pulumi/azure-native reference";
    /** The date that the page carried when it was read; undefined where it carries none. */
    readonly date: string | undefined;
}

/** Pages by the short names that the facts have for them. */
export const PAGES = {
    A2A_ARCHITECTURE: learn("Azure to Azure disaster recovery architecture", "2019-03-18"),
    A2A_CMK: learn("Replicate machines with customer-managed keys enabled disks", "2023-10-09"),
    A2A_ERRORS: learn("Troubleshoot Azure-to-Azure VM replication errors", undefined),
    A2A_FAQ: learn("Common questions about Azure-to-Azure disaster recovery", "2024-04-18"),
    A2A_MATRIX: learn("Support matrix for Azure VM disaster recovery between Azure regions", "2026-01-01"),
    A2A_POLICY: learn("Using Policy with Azure Site Recovery", "2021-07-25"),
    A2A_REPROTECT: learn("Reprotect failed over Azure VMs to the primary region", "2024-05-23"),
    A2A_SHARED: learn("Set up disaster recovery for Azure VMs using shared disk", "2025-05-15"),
    A2A_SHARED_MATRIX: learn("Support matrix for Azure Site Recovery shared disks", "2026-08-12"),
    A2A_TRUSTED_LAUNCH: learn("Azure Site Recovery support for Azure Trusted Launch VMs", "2025-06-05"),
    A2A_ZONES: learn("Enable Azure VM disaster recovery between availability zones", "2023-10-09"),
    AZURE_POLICY: { title: "Azure/azure-policy, built-in definitions", publisher: "GitHub", date: "2026-04-29" },
    CONFIDENTIAL: learn("About Azure confidential VMs", undefined),
    DISABLE_COMMAND: learn("az site-recovery protected-item", undefined),
    DISK_BACKUP: learn("Back up Azure Managed Disks", "2024-05-09"),
    DISK_BACKUP_FAQ: learn("Frequently asked questions about Azure Disk Backup", "2023-08-23"),
    DISK_BACKUP_MATRIX: learn("Azure Disk Backup support matrix", undefined),
    DISKS_MISSING: { title: "Azure/terraform-provider-azapi#228", publisher: "GitHub", date: undefined },
    EPHEMERAL: learn("Ephemeral OS disks for Azure VMs", undefined),
    IMMUTABLE: learn("Immutable vault for Azure Backup", "2025-06-19"),
    INTEROPERABILITY: learn("Support for using Site Recovery with Azure Backup", "2025-12-08"),
    INTEROPERABILITY_2019: learn("Support for using Site Recovery with Azure Backup", "2019-02-26"),
    ORCHESTRATION: learn("Orchestration modes for virtual machine scale sets", undefined),
    REPLICATED_ITEM: {
        title: "recoveryservices.ReplicationProtectedItem",
        publisher: "@pulumi/azure-native reference",
        date: undefined,
    },
    REPLICATED_VM: {
        title: "azure.siterecovery.ReplicatedVM",
        publisher: "@pulumi/azure reference",
        date: undefined,
    },
    REPLICATION_POLICY: {
        title: "azure.siterecovery.ReplicationPolicy",
        publisher: "@pulumi/azure reference",
        date: undefined,
    },
    RESOURCE_GUARD: learn("Multi-user authorization using Resource Guard", "2023-09-25"),
    RESTORED_DISK_ISSUE: { title: "MicrosoftDocs/azure-docs#93964", publisher: "GitHub", date: "2022-06-06" },
    SOFT_DELETE: learn("Secure by default with soft delete for Azure Backup", "2025-11-10"),
    VAULT: learn("Create and configure a Recovery Services vault", "2023-08-14"),
    VAULT_REFERENCE: { title: "azure.recoveryservices.Vault", publisher: "@pulumi/azure reference", date: undefined },
    VM_BACKUP: learn("Back up Azure VMs in a Recovery Services vault", "2026-03-25"),
    VM_BACKUP_CONFIDENTIAL: learn("Confidential VM backup scenarios", "2026-07-02"),
    VM_BACKUP_CRASH_CONSISTENT: learn("Agentless multi-disk crash-consistent VM backup", "2024-03-13"),
    VM_BACKUP_ENHANCED: learn("Back up an Azure VM by using the Enhanced policy", "2025-06-11"),
    VM_BACKUP_FAQ: learn("Frequently asked questions about backing up Azure VMs", "2022-03-02"),
    VM_BACKUP_INSTANT: learn("Azure Instant Restore capability", "2023-07-20"),
    VM_BACKUP_MATRIX: learn("Support matrix for Azure VM backups", "2023-07-05"),
    VM_BACKUP_MIGRATION: learn("Migrate Azure VM backups from standard to enhanced policy", "2026-04-01"),
    VM_BACKUP_SELECTIVE: learn("Selective disk backup and restore for Azure VMs", "2020-07-17"),
    VM_RESTORE: learn("How to restore Azure VM data in Azure portal", "2023-09-05"),
} as const satisfies Record<string, Page>;

export function learn(title: string, date: string | undefined): Page {
    return { title, publisher: "Microsoft Learn", date };
}
