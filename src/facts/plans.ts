import { PAGES } from "./page";
import { statement } from "./row";

/** What the policies on plans rest on: changes to protected VMs, and to what protects them. */
export const PLANS = {
    OS_DISK_SWAP: statement({
        policies: ["BCDR601"],
        fact: "INT-10",
        says: "Site Recovery does not support swapping the OS disk; replication has to be disabled and enabled again.",
        page: PAGES.A2A_FAQ,
    }),
    RE_PROTECTED_BY_HAND: statement({
        policies: ["BCDR601", "BCDR602"],
        fact: "INT-04",
        says: "After a replicated VM or its disks are replaced, replication has to be disabled and enabled again.",
        page: PAGES.INTEROPERABILITY,
    }),
    BACKUP_FOLLOWS_NAME: statement({
        policies: ["BCDR602"],
        fact: "INT-29",
        says: "Backup continues by itself only for a VM of the same name in the same resource group.",
        page: PAGES.VM_RESTORE,
    }),
    RECOVERY_POINTS_LOST: statement({
        policies: ["BCDR603"],
        fact: "INT-19",
        says: "When replication is disabled, its recovery points are deleted.",
        page: PAGES.A2A_TRUSTED_LAUNCH,
    }),
    ITEM_SOFT_DELETED: statement({
        policies: ["BCDR603"],
        fact: "VLT-32",
        says: "Soft delete keeps a deleted backup item for some days. Until then it can be undeleted, but not configured again in the same vault.",
        page: PAGES.SOFT_DELETE,
    }),
    PURGE: statement({
        policies: ["BCDR603", "BCDR604"],
        fact: "INT-90",
        says: "Deleting a replicated item purges it, which leaves the agent and links on the VM. Disabling replication is another operation.",
        page: PAGES.DISABLE_COMMAND,
    }),
    FORCE_PURGES: statement({
        policies: ["BCDR603", "BCDR604"],
        fact: "INT-90",
        says: "PowerShell's Remove-AzRecoveryServicesAsrReplicationProtectedItem with -Force purges an item, too.",
        page: PAGES.FORCE_PURGES,
    }),
    ENABLED_TWICE: statement({
        policies: ["BCDR604"],
        fact: "INT-69",
        says: "A change of its VM, disks or target replaces the item. Azure refuses to enable replication of a VM that is already replicated.",
        page: PAGES.REPLICATED_VM,
    }),
    SOURCE_VM: statement({
        policies: ["BCDR605"],
        fact: "INT-42",
        says: "A failover VM can be re-protected only while its source VM exists. Without it, replication has to be disabled, and enabled from the region where the VM runs.",
        page: PAGES.A2A_REPROTECT,
    }),
    STALE_CONFIGURATION: statement({
        policies: ["BCDR606", "BCDR610"],
        fact: "INT-62",
        says: "Deleting a vault without disabling replication leaves stale configuration on the VMs, and Azure refuses to enable them again.",
        page: PAGES.A2A_VM_ERRORS,
    }),
    VAULT_IN_USE: {
        ...statement({
            policies: ["BCDR606"],
            fact: "VLT-31",
            says: "A vault can be deleted only after its backup items are stopped and deleted, its replicated items disabled and its private endpoints removed. It then is in soft delete itself, with the items that are.",
            page: PAGES.SOFT_DELETE,
        }),
        changed: "Until 2025, items in soft delete kept a Recovery Services vault from being deleted.",
    },
    IMMUTABLE_ITEM: statement({
        policies: ["BCDR606", "BCDR611"],
        fact: "INT-94",
        says: "An immutable vault refuses to delete an item with recovery points that have not expired.",
        page: PAGES.IMMUTABLE,
    }),
    WEAKENED: statement({
        policies: ["BCDR607", "BCDR612"],
        fact: "VLT-26",
        says: "Shortening retention and switching soft delete off are critical operations that can require the approval of a second person.",
        page: PAGES.RESOURCE_GUARD,
    }),
    DISK_REMOVED: statement({
        policies: ["BCDR601", "BCDR608"],
        fact: "INT-11",
        says: "Removing a data disk from a replicated VM is not supported; replication has to be disabled and enabled again.",
        page: PAGES.A2A_MATRIX,
    }),
    LIST_OF_ENABLING: statement({
        policies: ["BCDR609"],
        fact: "INT-14",
        says: "Site Recovery reads the list of disks when replication is enabled. The item answers which disks are replicated in a list that Azure fills.",
        page: PAGES.REPLICATED_ITEM,
    }),
    GROUP_OF_ENABLING: statement({
        policies: ["BCDR609"],
        fact: "INT-35",
        says: "A VM that is replicated already cannot be added to a multi-VM consistency group.",
        page: PAGES.A2A_FAQ,
    }),
    DISK_ADDED: statement({
        policies: ["BCDR609"],
        fact: "INT-12",
        says: "A disk added to a replicated VM is not replicated until replication is enabled for it.",
        page: PAGES.A2A_FAQ,
    }),
    PREMIUM_V2_RESIZED: {
        policies: ["BCDR613"],
        fact: "INT-17",
        says: "When a replicated Premium SSD v2 disk is resized, Site Recovery synchronizes its replica again and deletes its older recovery points.",
        limit: { sku: "PremiumV2_LRS" },
        page: PAGES.A2A_FAQ,
    },
    DISK_SHRUNK: statement({
        policies: ["BCDR613"],
        fact: "INT-17",
        says: "A replicated disk may grow without enabling replication again. Shrinking it is not supported.",
        page: PAGES.A2A_MATRIX,
    }),
} as const;
