import { PAGES } from "./page";
import { statement } from "./row";

/** What is said about restores of VMs that Site Recovery replicates. */
export const RESTORES = {
    DISK: statement({
        policies: ["BCDR102", "BCDR110", "BCDR111", "BCDR122"],
        fact: "INT-03",
        says: "After a disk is restored from a backup, replication of the VM has to be disabled and enabled again.",
        page: PAGES.INTEROPERABILITY,
        changed: "The editions of early 2019 count disk backup itself as not supported beside replication.",
    }),
    VM: statement({
        policies: ["BCDR101", "BCDR121", "BCDR123"],
        fact: "INT-04",
        says: "Restoring a VM, or a group of VMs, is not supported while it is replicated; replication has to be disabled and enabled again.",
        page: PAGES.INTEROPERABILITY,
        changed: "The editions of early 2019 count VM backup itself as not supported beside replication.",
    }),
    NEW_DISK_ID: statement({
        policies: ["BCDR110", "BCDR111", "BCDR122"],
        fact: "INT-10",
        says: "A restored disk has a new ID, and Site Recovery does not replicate it by itself.",
        page: PAGES.RESTORED_DISK_ISSUE,
    }),
    OS_DISK_SWAP: statement({
        policies: ["BCDR121", "BCDR132"],
        fact: "INT-10",
        says: "Site Recovery does not support swapping the OS disk; replication has to be disabled and enabled again.",
        page: PAGES.A2A_FAQ,
    }),
    GROUP: statement({
        policies: ["BCDR123"],
        fact: "INT-35",
        says: "A VM that is replicated already cannot join a multi-VM consistency group, so its VMs have to form the group again when replication is enabled.",
        page: PAGES.A2A_FAQ,
    }),
    DISK_REMOVED: statement({
        policies: ["BCDR131"],
        fact: "INT-11",
        says: "Removing a data disk from a replicated VM is not supported; replication has to be disabled and enabled again.",
        page: PAGES.A2A_MATRIX,
    }),
    LOCK: statement({
        policies: ["BCDR411"],
        fact: "INT-61",
        says: "A lock on the VM or its resource group leaves stale links behind when replication is disabled, and enabling it again is refused.",
        page: PAGES.A2A_VM_ERRORS,
    }),
    REPLICA_DISKS: statement({
        policies: ["BCDR414"],
        fact: "RD-12",
        says: "Disks named …-ASRReplica, ms-asr-… and the like are made, and removed, by Site Recovery itself.",
        page: PAGES.A2A_REPROTECT,
    }),
    FAILED_OVER: statement({
        policies: ["BCDR416"],
        fact: "INT-40",
        says: "After a failover the VM runs unprotected in the other region until it is re-protected.",
        page: PAGES.A2A_REPROTECT,
    }),
    DISABLING_NEEDS_VM: {
        ...statement({
            policies: [
                "BCDR110",
                "BCDR111",
                "BCDR121",
                "BCDR123",
                "BCDR131",
                "BCDR132",
                "BCDR416",
                "BCDR601",
                "BCDR605",
                "BCDR608",
            ],
            fact: "INT-92",
            says: "Field report: the job that disables replication failed while the VM was deallocated, and succeeded once the VM was started.",
            page: PAGES.DISABLING_NEEDS_VM,
        }),
        isUnverified: true,
    },
    RESTORED_BESIDE: statement({
        policies: ["BCDR420"],
        fact: "INT-20",
        says: "A restore to a new VM leaves the original and its disks alone; the restored VM is another one.",
        page: PAGES.VM_RESTORE,
    }),
    DISKS_MISSING: statement({
        policies: ["BCDR225"],
        fact: "VMDisksMissing",
        says: "Replication between Azure regions or zones is refused for an item without a list of disks.",
        page: PAGES.DISKS_MISSING,
    }),
    SCALE_SETS: statement({
        policies: ["BCDR226"],
        fact: "A2A-26",
        says: "The VMs of a Flexible scale set can be replicated one by one; those of a Uniform one cannot.",
        page: PAGES.ORCHESTRATION,
    }),
} as const;
