import { PAGES } from "./page";
import { statement, type Row } from "./row";

/** What is said about things that work, and about what to know before a VM is to be recovered. */
export const READINESS = {
    REPLICATION_SIZE: {
        policies: ["BCDR205"],
        fact: "A2A-29",
        says: "Site Recovery asks for a VM of at least two cores and 1 GB of memory; smaller ones are seen to work.",
        limit: { cores: 2 },
        page: PAGES.A2A_MATRIX,
    } satisfies Row<{ readonly cores: number }>,
    BACKUP_SIZE: {
        policies: ["BCDR310"],
        fact: "VMB-14",
        says: "Azure Backup asks for a VM of at least two cores and 1 GB of memory; smaller ones are seen to work.",
        limit: { cores: 2 },
        page: PAGES.VM_BACKUP_MATRIX,
    } satisfies Row<{ readonly cores: number }>,
    SECURITY_GROUPS: statement({
        policies: ["BCDR215"],
        fact: "A2A-39",
        says: "Application security groups are not supported with replication: the VM of a failover is in none.",
        page: PAGES.A2A_MATRIX,
    }),
    RECOVERY_PLAN: statement({
        policies: ["BCDR413"],
        fact: "A2A-62",
        says: "A recovery plan fails its VMs over together, in up to seven groups, one after the other.",
        page: PAGES.A2A_FAQ,
    }),
    NOT_BACKED_UP: statement({
        policies: ["BCDR415"],
        fact: "RD-15",
        says: "An item whose backup is stopped, suspended or about to be deleted keeps its recovery points for a while and gets no new ones.",
        page: PAGES.SOFT_DELETE,
    }),
    HEALTH: statement({
        policies: ["BCDR417"],
        fact: "RD-17",
        says: "A replicated item tells its health, its errors, disks to resynchronize and disks that are not protected.",
        page: PAGES.A2A_ERRORS,
    }),
    ENCRYPTION_AT_HOST: statement({
        policies: ["BCDR418"],
        fact: "A2A-18",
        says: "A VM with encryption at host is replicated, but the VM of a failover comes up without it.",
        page: PAGES.A2A_MATRIX,
    }),
    CONFIDENTIAL: {
        ...statement({
            policies: ["BCDR418"],
            fact: "A2A-22",
            says: "Site Recovery does not support confidential VMs.",
            page: PAGES.CONFIDENTIAL,
        }),
        changed: "An older page says so; none of 2026 was found.",
        isUnverified: true,
    },
    PUBLIC_ADDRESS: statement({
        policies: ["BCDR418"],
        fact: "A2A-33",
        says: "The VM of a failover gets another public address; the one that it has cannot be kept.",
        page: PAGES.A2A_FAQ,
    }),
    VAULT_SUBSCRIPTION: statement({
        policies: ["BCDR418"],
        fact: "VMB-20",
        says: "The vault of a VM's backup may be in another subscription, if that belongs to the same tenant.",
        page: PAGES.VM_BACKUP,
        changed: "In 2023 the vault had to be in the VM's own subscription.",
    }),
    TRUSTED_LAUNCH: {
        policies: ["BCDR418"],
        fact: "VMB-05",
        says: "A VM with Trusted Launch may follow a Standard policy only where its backup is set up through API 2025-01-01 or later.",
        limit: { firstApi: "2025-01-01" },
        page: PAGES.VM_BACKUP_MIGRATION,
        changed: "Before 2025 such a VM needed an Enhanced policy.",
    } satisfies Row<{ readonly firstApi: string }>,
    RECOVERY_SIZE: statement({
        policies: ["BCDR418"],
        fact: "recoveryAzureVMSize",
        says: "A replicated item has a size of its own for the VM that a failover makes.",
        page: PAGES.REPLICATED_ITEM,
    }),
    RESTORED_ELSEWHERE: statement({
        policies: ["BCDR419"],
        fact: "INT-29",
        says: "Backup goes on by itself only for a VM restored under the same name into the same group; any other has to be set up for backup.",
        page: PAGES.VM_RESTORE,
    }),
} as const;
