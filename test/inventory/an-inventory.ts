import type { Inventory } from "../../src/inventory/document";

export const SUBSCRIPTION = "/subscriptions/8e1c7a52-0000-4000-8000-000000000001";
export const GROUP = `${SUBSCRIPTION}/resourceGroups/shop`;
export const VM_ID = `${GROUP}/providers/Microsoft.Compute/virtualMachines/web`;
export const OS_DISK = `${GROUP}/providers/Microsoft.Compute/disks/web-os`;
export const DATA_DISK = `${GROUP}/providers/Microsoft.Compute/disks/web-data`;
export const VAULT = `${SUBSCRIPTION}/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/dr-vault`;
export const ITEM = `${VAULT}/replicationFabrics/west/replicationProtectionContainers/machines/replicationProtectedItems/web`;

export const EMPTY: Inventory = {
    version: 1,
    sources: [],
    machines: [],
    backupItems: [],
    diskBackups: [],
    replicatedItems: [],
    vaults: [],
    recoveryPlans: [],
};

/** One VM with everything that an inventory can say of one. */
export const FULL: Inventory = {
    version: 1,
    sources: [
        { kind: "state", name: 'stack "prod" of "replication"', readAt: "2026-11-22T21:04:00Z" },
        {
            kind: "azure",
            name: "subscription 8e1c7a52",
            readAt: "2026-11-22T21:04:00.5+01:00",
            problem: "Access denied.",
        },
    ],
    machines: [
        {
            id: VM_ID,
            source: 0,
            location: "westeurope",
            osDisk: OS_DISK,
            dataDisks: [{ lun: 0, id: DATA_DISK }, {}],
            tags: { tier: "gold" },
        },
    ],
    backupItems: [
        {
            id: `${VAULT}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
            source: 1,
            machine: VM_ID,
            level: "machine",
            active: true,
            state: "Protected",
            policy: `${VAULT}/backupPolicies/daily`,
        },
    ],
    diskBackups: [
        {
            id: `${SUBSCRIPTION}/resourceGroups/dr/providers/Microsoft.DataProtection/backupVaults/disks/backupInstances/web-data`,
            source: 1,
            disk: DATA_DISK,
            active: true,
            state: "ProtectionConfigured",
            policy: "daily",
        },
    ],
    replicatedItems: [
        {
            id: ITEM,
            source: 0,
            machine: VM_ID,
            azureToAzure: true,
            disks: [OS_DISK, DATA_DISK],
            failedOver: false,
            group: "shop",
            recoveryLocation: "northeurope",
            policy: `${VAULT}/replicationPolicies/24h`,
            health: "Normal",
            sourceLocation: "westeurope",
            targetGroup: `${SUBSCRIPTION}/resourceGroups/dr`,
            encryptedDisks: [DATA_DISK],
            recoverySize: "Standard_D4s_v5",
            autoProtection: false,
            unknown: ["cluster"],
        },
    ],
    vaults: [{ id: VAULT, source: 0, kind: "Recovery Services vault", location: "northeurope" }],
    recoveryPlans: [{ id: `${VAULT}/replicationRecoveryPlans/shop`, source: 0, items: [ITEM] }],
    unidentified: [
        {
            source: 0,
            kind: "backup item",
            name: "web-backup",
            of: "/subscriptions/…/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web",
        },
    ],
};
