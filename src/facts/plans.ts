import { PAGES } from "./page";
import { statement } from "./row";

/** What is said about changes to VMs that are protected, and to what protects them. */
export const PLANS = {
    NEW_DISK_ID: statement({
        policies: ["BCDR601"],
        fact: "INT-10",
        says: "Another disk has an id of its own, and Site Recovery does not replicate it by itself.",
        page: PAGES.RESTORED_DISK_ISSUE,
    }),
    RE_PROTECTED_BY_HAND: statement({
        policies: ["BCDR601", "BCDR602"],
        fact: "INT-04",
        says: "Where a replicated VM or its disks have come to be others, replication has to be disabled and enabled again.",
        page: PAGES.INTEROPERABILITY,
    }),
    BACKUP_FOLLOWS_NAME: statement({
        policies: ["BCDR602"],
        fact: "INT-29",
        says: "Backup goes on by itself only for a VM of the same name in the same group.",
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
        says: "A deleted backup item is kept for the days of soft delete; until then it can be brought back, and not be set up anew in the same vault.",
        page: PAGES.SOFT_DELETE,
    }),
    PURGE: statement({
        policies: ["BCDR603", "BCDR604"],
        fact: "INT-90",
        says: "Deleting a replicated item is a purge, which leaves agent and links on the VM; disabling replication is an operation of its own.",
        page: PAGES.DISABLE_COMMAND,
    }),
    ENABLED_TWICE: statement({
        policies: ["BCDR604"],
        fact: "INT-69",
        says: "A change of its VM, disks or target makes the item anew; a VM that is replicated already cannot be enabled a second time.",
        page: PAGES.REPLICATED_VM,
    }),
    SOURCE_VM: statement({
        policies: ["BCDR605"],
        fact: "INT-42",
        says: "A VM that has failed over can be re-protected only while its source VM is there; else replication has to be disabled and enabled anew from the region that runs.",
        page: PAGES.A2A_REPROTECT,
    }),
    STALE_CONFIGURATION: statement({
        policies: ["BCDR606", "BCDR610"],
        fact: "INT-62",
        says: "A vault that goes while VMs are replicated into it leaves stale configuration on them, and enabling them again is refused.",
        page: PAGES.A2A_ERRORS,
    }),
    VAULT_IN_USE: {
        ...statement({
            policies: ["BCDR606"],
            fact: "VLT-31",
            says: "A vault can be deleted only once its backup items are stopped and deleted, its replicated items disabled and its private endpoints removed.",
            page: PAGES.SOFT_DELETE,
        }),
        changed:
            "Before vaults had soft delete of their own, items in soft delete kept theirs for the 14 days and more that they are kept.",
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
        says: "Cutting retention and switching soft delete off count among the critical operations that can be put under a second person's approval.",
        page: PAGES.RESOURCE_GUARD,
    }),
    DISK_REMOVED: statement({
        policies: ["BCDR608"],
        fact: "INT-11",
        says: "Removing a data disk from a replicated VM is not supported; replication has to be disabled and enabled again.",
        page: PAGES.A2A_MATRIX,
    }),
    LIST_OF_ENABLING: statement({
        policies: ["BCDR609"],
        fact: "INT-14",
        says: "The list of disks is handed over when replication is enabled; which disks are replicated since then, the item answers in a list of its own.",
        page: PAGES.REPLICATED_ITEM,
    }),
    DISK_ADDED: statement({
        policies: ["BCDR609"],
        fact: "INT-12",
        says: "A disk that is added to a replicated VM is not replicated until it is enabled for that.",
        page: PAGES.A2A_FAQ,
    }),
} as const;
