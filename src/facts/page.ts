/** A page that a rule rests on. */
export interface Page {
    readonly title: string;
    readonly publisher: "Microsoft Learn" | "GitHub" | "@pulumi/azure reference" | "@pulumi/azure-native reference";
    /** The date that the page carried when it was read; undefined where it carries none. */
    readonly date: string | undefined;
    readonly address: string;
}

/** Pages by the short names that the facts have for them. */
export const PAGES = {
    A2A_ADE: learn(
        "Replicate Azure Disk Encryption-enabled virtual machines to another Azure region",
        "2022-10-19",
        "azure/site-recovery/azure-to-azure-how-to-enable-replication-ade-vms",
    ),
    A2A_ADE_ISSUE: {
        title: "MicrosoftDocs/azure-docs#10030",
        publisher: "GitHub",
        date: "2018-06-11",
        address: "https://github.com/MicrosoftDocs/azure-docs/issues/10030",
    },
    A2A_ARCHITECTURE: learn(
        "Azure to Azure disaster recovery architecture",
        "2019-03-18",
        "azure/site-recovery/azure-to-azure-architecture",
    ),
    A2A_AUTO_UPDATE: learn(
        "Automatic update of the Mobility service in Azure-to-Azure replication",
        "2023-03-24",
        "azure/site-recovery/azure-to-azure-autoupdate",
    ),
    A2A_CMK: learn(
        "Replicate machines with customer-managed keys enabled disks",
        "2023-10-09",
        "azure/site-recovery/azure-to-azure-how-to-enable-replication-cmk-disks",
    ),
    A2A_DISK_TYPES: {
        title: "hashicorp/terraform-provider-azurerm#30291",
        publisher: "GitHub",
        date: "2025-08-01",
        address: "https://github.com/hashicorp/terraform-provider-azurerm/pull/30291",
    },
    A2A_EACH_SUBNET: {
        title: "MicrosoftDocs/azure-docs#128324",
        publisher: "GitHub",
        date: "2026-03-23",
        address: "https://github.com/MicrosoftDocs/azure-docs/pull/128324",
    },
    A2A_ENABLE: learn(
        "Replicate Azure VMs to another Azure region",
        "2025-06-17",
        "azure/site-recovery/azure-to-azure-how-to-enable-replication",
    ),
    A2A_ERRORS: learn(
        "Troubleshoot Azure-to-Azure VM replication errors",
        undefined,
        "azure/site-recovery/azure-to-azure-troubleshoot-errors",
    ),
    A2A_FAQ: learn(
        "Common questions about Azure-to-Azure disaster recovery",
        "2025-07-25",
        "azure/site-recovery/azure-to-azure-common-questions",
    ),
    A2A_HIGH_CHURN: learn(
        "Azure VM Disaster Recovery - High Churn Support",
        "2026-01-06",
        "azure/site-recovery/concepts-azure-to-azure-high-churn-support",
    ),
    A2A_MATRIX: learn(
        "Support matrix for Azure VM disaster recovery between Azure regions",
        "2026-01-01",
        "azure/site-recovery/azure-to-azure-support-matrix",
    ),
    A2A_NETWORK_MAPPING: learn(
        "Set up network mapping and IP addressing for VNets",
        "2026-02-12",
        "azure/site-recovery/azure-to-azure-network-mapping",
    ),
    A2A_POLICY: learn(
        "Using Policy with Azure Site Recovery",
        "2021-07-25",
        "azure/site-recovery/azure-to-azure-how-to-enable-policy",
    ),
    A2A_PRIVATE_ENDPOINTS: learn(
        "Replicate machines with private endpoints",
        "2022-04-23",
        "azure/site-recovery/azure-to-azure-how-to-enable-replication-private-endpoints",
    ),
    A2A_REPROTECT: learn(
        "Reprotect failed over Azure VMs to the primary region",
        "2024-05-23",
        "azure/site-recovery/azure-to-azure-how-to-reprotect",
    ),
    A2A_RUN_AS: learn(
        "Migrate from a Run As account to Managed Identities",
        "2024-04-29",
        "azure/site-recovery/how-to-migrate-run-as-accounts-managed-identity",
    ),
    A2A_SHARED: learn(
        "Set up disaster recovery for Azure VMs using shared disk",
        "2025-05-15",
        "azure/site-recovery/tutorial-shared-disk",
    ),
    A2A_SHARED_MATRIX: learn(
        "Support matrix for Azure Site Recovery shared disks",
        "2026-09-11",
        "azure/site-recovery/shared-disk-support-matrix",
    ),
    A2A_TRUSTED_LAUNCH: learn(
        "Azure Site Recovery support for Azure Trusted Launch VMs",
        "2025-06-05",
        "azure/site-recovery/concepts-trusted-vm",
    ),
    A2A_VM_ERRORS: learn(
        "Troubleshoot Azure-to-Azure VM replication errors - VM errors",
        "2025-12-09",
        "azure/site-recovery/azure-to-azure-virtual-machine-errors",
    ),
    A2A_ZONES: learn(
        "Enable Azure VM disaster recovery between availability zones",
        "2023-10-09",
        "azure/site-recovery/azure-to-azure-how-to-enable-zone-to-zone-disaster-recovery",
    ),
    AZURE_POLICY: {
        title: "Azure/azure-policy, built-in definitions",
        publisher: "GitHub",
        date: "2026-04-29",
        address: "https://github.com/Azure/azure-policy/tree/master/built-in-policies/policyDefinitions",
    },
    BACKUP_BY_POLICY: learn(
        "Audit and enforce backup during virtual machine creation automatically using Azure Policy",
        "2025-06-09",
        "azure/backup/backup-azure-auto-enable-backup",
    ),
    BACKUP_WHATS_NEW: learn("What's new in Azure Backup", "2025-11-20", "azure/backup/whats-new"),
    CONFIDENTIAL: learn(
        "About Azure confidential VMs",
        undefined,
        "azure/confidential-computing/confidential-vm-overview",
    ),
    DISABLE_COMMAND: learn("az site-recovery protected-item", undefined, "cli/azure/site-recovery/protected-item"),
    DISABLING_NEEDS_VM: {
        title: "sonmap/Azure_Azure-Site-Recovery_test01",
        publisher: "GitHub",
        date: undefined,
        address: "https://github.com/sonmap/Azure_Azure-Site-Recovery_test01",
    },
    DISK_BACKUP: learn("Back up Azure Managed Disks", "2025-08-26", "azure/backup/backup-managed-disks"),
    DISK_BACKUP_FAQ: learn(
        "Frequently asked questions about Azure Disk Backup",
        "2023-08-23",
        "azure/backup/disk-backup-faq",
    ),
    DISK_BACKUP_MATRIX: learn("Azure Disk Backup support matrix", undefined, "azure/backup/disk-backup-support-matrix"),
    DISKS_MISSING: {
        title: "Azure/terraform-provider-azapi#228",
        publisher: "GitHub",
        date: undefined,
        address: "https://github.com/Azure/terraform-provider-azapi/issues/228",
    },
    EPHEMERAL: learn("Ephemeral OS disks for Azure VMs", undefined, "azure/virtual-machines/ephemeral-os-disks"),
    FORCE_PURGES: {
        title: "Azure/azure-powershell#9411",
        publisher: "GitHub",
        date: "2019-06-11",
        address: "https://github.com/Azure/azure-powershell/issues/9411",
    },
    IMMUTABLE: learn(
        "Immutable vault for Azure Backup",
        "2025-06-19",
        "azure/backup/backup-azure-immutable-vault-concept",
    ),
    INTEROPERABILITY: learn(
        "Support for using Site Recovery with Azure Backup",
        "2025-12-08",
        "azure/site-recovery/site-recovery-backup-interoperability",
    ),
    INTEROPERABILITY_2019: learn(
        "Support for using Site Recovery with Azure Backup",
        "2019-02-26",
        "azure/site-recovery/site-recovery-backup-interoperability",
    ),
    KEYS_OFF: learn(
        "Turn off key based access on cache account",
        "2025-10-09",
        "azure/site-recovery/asr-turn-off-key-authentication-cache",
    ),
    PRIVATE_REPLICAS: {
        title: "Azure/azure-powershell#29755",
        publisher: "GitHub",
        date: "2026-06-23",
        address: "https://github.com/Azure/azure-powershell/pull/29755",
    },
    ORCHESTRATION: learn(
        "Orchestration modes for virtual machine scale sets",
        undefined,
        "azure/virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes",
    ),
    RECOVERY_PLAN: learn("About recovery plans", "2020-01-23", "azure/site-recovery/recovery-plan-overview"),
    RECOVERY_PLAN_COMMAND: learn(
        "New-AzRecoveryServicesAsrRecoveryPlan",
        undefined,
        "powershell/module/az.recoveryservices/new-azrecoveryservicesasrrecoveryplan",
    ),
    REPLICATED_ITEM: {
        title: "recoveryservices.ReplicationProtectedItem",
        publisher: "@pulumi/azure-native reference",
        date: undefined,
        address:
            "https://www.pulumi.com/registry/packages/azure-native/api-docs/recoveryservices/replicationprotecteditem/",
    },
    REPLICATION_INTENT: {
        title: "Azure/azure-rest-api-specs#10484",
        publisher: "GitHub",
        date: "2020-08-16",
        address: "https://github.com/Azure/azure-rest-api-specs/pull/10484",
    },
    REPLICATED_VM: {
        title: "azure.siterecovery.ReplicatedVM",
        publisher: "@pulumi/azure reference",
        date: undefined,
        address: "https://www.pulumi.com/registry/packages/azure/api-docs/siterecovery/replicatedvm/",
    },
    REPLICATION_POLICY: {
        title: "hashicorp/terraform-provider-azurerm, site_recovery_replication_policy_resource.go",
        publisher: "GitHub",
        date: "2026-08-21",
        address:
            "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/recoveryservices/site_recovery_replication_policy_resource.go",
    },
    RESOURCE_GUARD: learn(
        "Multi-user authorization using Resource Guard",
        "2023-09-25",
        "azure/backup/multi-user-authorization-concept",
    ),
    RESTORED_DISK_ISSUE: {
        title: "MicrosoftDocs/azure-docs#93964",
        publisher: "GitHub",
        date: "2022-06-06",
        address: "https://github.com/MicrosoftDocs/azure-docs/issues/93964",
    },
    SOFT_DELETE: learn(
        "Secure by default with soft delete for Azure Backup",
        "2025-11-10",
        "azure/backup/secure-by-default",
    ),
    STORAGE_FIREWALL: learn(
        "Guidelines and limitations for the Azure Storage firewall",
        "2025-06-18",
        "azure/storage/common/storage-network-security-limitations",
    ),
    SUSPEND_REFUSED: {
        title: "Azure/azure-rest-api-specs#32688",
        publisher: "GitHub",
        date: "2025-02-18",
        address: "https://github.com/Azure/azure-rest-api-specs/issues/32688",
    },
    SUSPEND_COMMAND: learn(
        "Disable-AzRecoveryServicesBackupProtection",
        undefined,
        "powershell/module/az.recoveryservices/disable-azrecoveryservicesbackupprotection",
    ),
    VAULT: learn(
        "Create and configure a Recovery Services vault",
        "2023-08-14",
        "azure/backup/backup-create-recovery-services-vault",
    ),
    VAULT_API_ONLY: {
        title: "Azure/bicep-registry-modules#5156",
        publisher: "GitHub",
        date: "2025-05-07",
        address: "https://github.com/Azure/bicep-registry-modules/issues/5156",
    },
    VAULT_REFERENCE: {
        title: "azure.recoveryservices.Vault",
        publisher: "@pulumi/azure reference",
        date: undefined,
        address: "https://www.pulumi.com/registry/packages/azure/api-docs/recoveryservices/vault/",
    },
    VM_BACKUP: learn(
        "Back up Azure VMs in a Recovery Services vault",
        "2026-03-25",
        "azure/backup/backup-azure-arm-vms-prepare",
    ),
    VM_BACKUP_CONFIDENTIAL: learn(
        "Confidential VM backup scenarios",
        "2026-07-02",
        "azure/backup/confidential-vm-backup",
    ),
    VM_BACKUP_CRASH_CONSISTENT: learn(
        "Agentless multi-disk crash-consistent VM backup",
        "2024-03-13",
        "azure/backup/backup-azure-vms-agentless-multi-disk-crash-consistent-overview",
    ),
    VM_BACKUP_ENHANCED: learn(
        "Back up an Azure VM by using the Enhanced policy",
        "2025-06-11",
        "azure/backup/backup-azure-vms-enhanced-policy",
    ),
    VM_BACKUP_FAQ: learn(
        "Frequently asked questions about backing up Azure VMs",
        "2022-03-02",
        "azure/backup/backup-azure-vm-backup-faq",
    ),
    VM_BACKUP_INSTANT: learn(
        "Azure Instant Restore capability",
        "2025-06-16",
        "azure/backup/backup-instant-restore-capability",
    ),
    VM_BACKUP_MATRIX: learn(
        "Support matrix for Azure VM backups",
        "2023-07-05",
        "azure/backup/backup-support-matrix-iaas",
    ),
    VM_BACKUP_MIGRATION: learn(
        "Migrate Azure VM backups from standard to enhanced policy",
        "2026-04-01",
        "azure/backup/backup-azure-vm-migrate-enhanced-policy",
    ),
    VM_BACKUP_REST: learn(
        "Back up Azure VMs using Azure Backup via REST API",
        "2018-08-03",
        "azure/backup/backup-azure-arm-userestapi-backupazurevms",
    ),
    VM_BACKUP_SELECTIVE: learn(
        "Selective disk backup and restore for Azure VMs",
        "2020-07-17",
        "azure/backup/selective-disk-backup-restore",
    ),
    VM_RESTORE: learn(
        "How to restore Azure VM data in Azure portal",
        "2023-09-05",
        "azure/backup/backup-azure-arm-restore-vms",
    ),
    VM_RESTORE_POINTS: learn(
        "Support matrix for VM restore points",
        undefined,
        "azure/virtual-machines/concepts-restore-points",
    ),
} as const satisfies Record<string, Page>;

/** @param path below the site, without a language */
export function learn(title: string, date: string | undefined, path: string): Page {
    return { title, publisher: "Microsoft Learn", date, address: `https://learn.microsoft.com/${path}` };
}
