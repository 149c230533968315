import { PAGES } from "./page";
import { statement, type Row } from "./row";

/** What is known about protection that works, and about restrictions of a recovery. */
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
    RECOVERY_PLAN_CLUSTER: statement({
        policies: ["BCDR413"],
        fact: "A2A-62",
        says: "A recovery plan takes no VM of a cluster with shared disks.",
        page: PAGES.A2A_SHARED_MATRIX,
    }),
    NOT_BACKED_UP: statement({
        policies: ["BCDR415"],
        fact: "RD-15",
        says: "A backup item that is stopped, suspended or scheduled for deletion keeps its recovery points for a while and gets no new ones.",
        page: PAGES.SOFT_DELETE,
    }),
    HEALTH: statement({
        policies: ["BCDR417"],
        fact: "RD-17",
        says: "A replicated item reports its health, its errors, disks to resynchronize and disks that are not protected.",
        page: PAGES.A2A_ERRORS,
    }),
    ENCRYPTION_AT_HOST: statement({
        policies: ["BCDR418"],
        fact: "A2A-18",
        says: "Site Recovery replicates a VM with encryption at host, but the failover VM starts without it.",
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
        says: "The failover VM gets another public IP address. You cannot keep the old one.",
        page: PAGES.A2A_FAQ,
    }),
    VAULT_SUBSCRIPTION: statement({
        policies: ["BCDR418"],
        fact: "VMB-20",
        says: "The vault of a VM's backup can be in another subscription of the same tenant.",
        page: PAGES.VM_BACKUP,
        changed: "In 2023 the vault had to be in the VM's own subscription.",
    }),
    TRUSTED_LAUNCH: {
        policies: ["BCDR418"],
        fact: "VMB-05",
        says: "A VM with Trusted Launch can follow a Standard policy only if its backup is set up through API 2025-01-01 or later.",
        limit: { firstApi: "2025-01-01" },
        page: PAGES.VM_BACKUP_MIGRATION,
        changed: "Before 2025 such a VM needed an Enhanced policy.",
    } satisfies Row<{ readonly firstApi: string }>,
    RECOVERY_SIZE: statement({
        policies: ["BCDR418"],
        fact: "recoveryAzureVMSize",
        says: "A replicated item stores the size of the VM that a failover creates.",
        page: PAGES.REPLICATED_ITEM,
    }),
    RESTORED_ELSEWHERE: statement({
        policies: ["BCDR419"],
        fact: "INT-29",
        says: "Backup continues by itself only for a VM restored under the same name into the same group; any other has to be set up for backup.",
        page: PAGES.VM_RESTORE,
    }),
} as const;
