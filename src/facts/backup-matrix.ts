import { ULTRA_AND_PREMIUM_V2 } from "./disk-kinds";
import { PAGES } from "./page";
import { statement, type Row } from "./row";

/** What Azure Backup supports on VMs, as far as a plan shows it. */
export const VM_BACKUP = {
    VAULT_REGION: statement({
        policies: ["BCDR301"],
        fact: "VMB-19",
        says: "The vault that backs a VM up has to be in the VM's region.",
        page: PAGES.VM_BACKUP,
        changed:
            "With Region of Choice (API 2026-07-01, for onboarded customers), a vault can protect VMs of another region.",
    }),
    ONE_VAULT: statement({
        policies: ["BCDR302"],
        fact: "VMB-21",
        says: "A VM can be backed up to one vault at a time; to change it, backup is stopped in the first.",
        page: PAGES.VM_BACKUP,
    }),
    DISK_COUNT: {
        policies: ["BCDR303"],
        fact: "VMB-01",
        says: "A VM can be backed up with up to 32 disks, or 16 where they are unmanaged. The page does not say whether the OS disk counts, so only data disks are counted.",
        limit: { disks: 32, unmanagedDisks: 16 },
        page: PAGES.VM_BACKUP_MATRIX,
    } satisfies Row<{ readonly disks: number; readonly unmanagedDisks: number }>,
    DISK_SIZE: {
        policies: ["BCDR304"],
        fact: "VMB-02",
        says: "A disk can be backed up to 32 TB (32,767 GiB), and all disks of a VM to 256 TB together.",
        limit: { diskGiB: 32_767, vmGiB: 262_144 },
        page: PAGES.VM_BACKUP_MATRIX,
    } satisfies Row<{ readonly diskGiB: number; readonly vmGiB: number }>,
    ULTRA_AND_PREMIUM_V2: {
        policies: ["BCDR305"],
        fact: "VMB-04",
        says: "Ultra disks and Premium SSD v2 disks are backed up under an Enhanced policy only.",
        limit: { skus: ULTRA_AND_PREMIUM_V2 },
        page: PAGES.VM_BACKUP_ENHANCED,
        changed: "Generally available since early 2024; until then neither was supported.",
    } satisfies Row<{ readonly skus: readonly string[] }>,
    TRUSTED_LAUNCH: {
        policies: ["BCDR306"],
        fact: "VMB-05",
        says: "A Trusted Launch VM takes an Enhanced policy; a Standard one only through a REST API of 2025-01-01 or later.",
        limit: { standardPolicySince: "2025-01-01" },
        page: PAGES.VM_BACKUP_MIGRATION,
        changed: "Until the middle of 2025 a Standard policy was not supported at all.",
    } satisfies Row<{ readonly standardPolicySince: string }>,
    SHARED: statement({
        policies: ["BCDR307"],
        fact: "VMB-07",
        says: "Shared disks are not backed up; under an Enhanced policy the VM can be, without them.",
        page: PAGES.VM_BACKUP_ENHANCED,
    }),
    EPHEMERAL: statement({
        policies: ["BCDR308"],
        fact: "VMB-08",
        says: "VMs with an ephemeral OS disk cannot be backed up.",
        page: PAGES.VM_BACKUP_MATRIX,
    }),
    ENTRA_ACCESS: {
        policies: ["BCDR309"],
        fact: "VMB-11",
        says: "Backup fails for disks that can only be read with Microsoft Entra authentication.",
        limit: { accessMode: "AzureActiveDirectory" },
        page: PAGES.VM_BACKUP_ENHANCED,
    } satisfies Row<{ readonly accessMode: string }>,
    CRASH_CONSISTENT: {
        policies: ["BCDR311"],
        fact: "VMB-30",
        says: "Crash-consistent backup takes sizes with premium storage, and no Ultra, Premium SSD v2, ephemeral, shared or write-accelerated disks.",
        limit: { skus: ULTRA_AND_PREMIUM_V2 },
        page: PAGES.VM_BACKUP_CRASH_CONSISTENT,
    } satisfies Row<{ readonly skus: readonly string[] }>,
    CRASH_CONSISTENT_BOOST: {
        policies: ["BCDR311"],
        fact: "VMB-30",
        says: "On Azure Boost sizes (Intel v6, AMD v7 and later) with more than one data disk, a crash-consistent recovery point may not be consistent across the disks.",
        limit: { dataDisks: 1 },
        page: PAGES.VM_RESTORE_POINTS,
        changed: "The table of 2024-03-13 for crash-consistent backup did not support Azure Boost sizes at all.",
    } satisfies Row<{ readonly dataDisks: number }>,
    CRASH_CONSISTENT_CONFIDENTIAL: statement({
        policies: ["BCDR311"],
        fact: "VMB-06",
        says: "Confidential VMs have no crash-consistent backup.",
        page: PAGES.VM_BACKUP_CONFIDENTIAL,
    }),
    CONFIDENTIAL: {
        policies: ["BCDR326", "BCDR311"],
        fact: "VMB-06",
        says: "Backup of confidential VMs is in preview, for v6 sizes in nine regions.",
        limit: {
            securityType: "ConfidentialVM",
            sizeVersion: 6,
            regions: [
                "eastus",
                "germanywestcentral",
                "koreacentral",
                "northeurope",
                "southeastasia",
                "uaenorth",
                "uksouth",
                "westeurope",
                "westus",
            ],
        },
        page: PAGES.VM_BACKUP_CONFIDENTIAL,
        changed: "In January 2026 the list had two regions, UAE North and Korea Central.",
    } satisfies Row<{
        readonly securityType: string;
        readonly sizeVersion: number;
        readonly regions: readonly string[];
    }>,
    ITEM_NAMES: statement({
        policies: ["BCDR324"],
        fact: "VMB-31",
        says: "The item of a VM and its container are named after the VM's resource group and name, its source is that VM, and its policy is in the same vault.",
        page: PAGES.VM_BACKUP_REST,
    }),
} as const;

/** What Azure Disk Backup supports. */
export const DISK_BACKUP = {
    VAULT_REGION: statement({
        policies: ["BCDR320"],
        fact: "DKB-05",
        says: "The Backup vault has to be in the region of the disk; subscriptions may differ.",
        page: PAGES.DISK_BACKUP_FAQ,
    }),
    SNAPSHOT_GROUP: statement({
        policies: ["BCDR321"],
        fact: "DKB-06",
        says: "Snapshots go into a resource group of the disk's subscription other than the disk's own, which cannot be changed later.",
        page: PAGES.DISK_BACKUP,
    }),
    ENCRYPTED_IN_GUEST: statement({
        policies: ["BCDR322"],
        fact: "DKB-08",
        says: "Disks under Azure Disk Encryption cannot be protected; platform and customer-managed keys are fine.",
        page: PAGES.DISK_BACKUP_MATRIX,
    }),
    ULTRA_AND_PREMIUM_V2: {
        policies: ["BCDR323"],
        fact: "DKB-02",
        says: "Disk Backup backs up Premium SSD v2 and Ultra disks every 12 hours or every day, not more often.",
        limit: { leastHours: 12, kinds: { PremiumV2_LRS: "Premium SSD v2", UltraSSD_LRS: "Ultra" } },
        page: PAGES.DISK_BACKUP,
    } satisfies Row<{ readonly leastHours: number; readonly kinds: Readonly<Record<string, string>> }>,
} as const;
