/** A check that Checkov has built in. */
export interface Check {
    readonly id: string;
    /** The Terraform types that it looks at. */
    readonly resources: readonly string[];
    /** What it looks for, in a few words. */
    readonly about: string;
}

const OLD_VM = "azurerm_virtual_machine";

/**
 * All that Checkov knows about the disks of Azure VMs, Azure Backup and Recovery Services vaults, as `checkov --list`
 * tells. Its checks of disks and backups of databases and Kubernetes clusters are left out: none of those is in the estate.
 */
export const CHECKS: readonly Check[] = [
    { id: "CKV_AZURE_2", resources: ["azurerm_managed_disk"], about: "the disk is encrypted" },
    {
        id: "CKV_AZURE_92",
        resources: ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine"],
        about: "the VM has managed disks",
    },
    { id: "CKV_AZURE_93", resources: ["azurerm_managed_disk"], about: "the disk has a disk encryption set" },
    {
        id: "CKV_AZURE_251",
        resources: ["azurerm_managed_disk"],
        about: "the disk cannot be reached from public networks",
    },
    { id: "CKV2_AZURE_9", resources: [OLD_VM], about: "the VM has managed disks" },
    { id: "CKV2_AZURE_12", resources: [OLD_VM], about: "the VM is backed up with Azure Backup" },
    { id: "CKV2_AZURE_14", resources: [OLD_VM], about: "the disks that a VM refers to are encrypted" },
    { id: "CKV2_AZURE_35", resources: ["azurerm_recovery_services_vault"], about: "the vault has a managed identity" },
];
