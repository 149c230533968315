import type { PolicyId } from "../../src/findings/policy-id";
import { ref, text, type Content } from "../harness/program";
import type { Change } from "./change";
import { disk, diskBackupVault, standardPolicy, vault, vmBackup, type Place } from "./parts";

/** One mistake in the estate, which breaks one policy once. */
export interface Fault {
    /** What somebody did, in words. */
    readonly says: string;
    readonly policyId: PolicyId;
    /** The name of the resource on which it is reported. */
    readonly on: string;
    /** What is said beside it, by design: of a restored disk there is an early notice, too. */
    readonly beside?: readonly { readonly policyId: PolicyId; readonly on: string }[];
    readonly change: Change;
}

const APPS: Place = { group: "apps", location: "westeurope" };

const LISTED = "properties.providerSpecificDetails.vmManagedDisks";

export const FAULTS: readonly Fault[] = [
    {
        says: "the data disk of a VM comes from a recovery point",
        policyId: "BCDR110",
        on: "batch-1-scratch",
        change: { set: { "batch-1-scratch": { creationData: fromRecoveryPoint("batch-1", "batch-1-scratch") } } },
    },
    {
        says: "recovery points are to be kept for more than two weeks",
        policyId: "BCDR230",
        on: "a-day-back",
        change: { set: { "a-day-back": { "properties.providerSpecificInput.recoveryPointHistory": 30_000 } } },
    },
    {
        says: "a classic policy backs up every five hours",
        policyId: "BCDR332",
        on: "file-servers",
        change: { set: { "file-servers": { "backup.hourInterval": 5 } } },
    },
    {
        says: "Disk Backup is to run every three hours",
        policyId: "BCDR334",
        on: "disks-westeurope-policy",
        change: {
            set: {
                "disks-westeurope-policy": {
                    "properties.policyRules.0.trigger.schedule.repeatingTimeIntervals": [
                        "R/2026-01-01T01:00:00+00:00/PT3H",
                    ],
                },
            },
        },
    },
    {
        says: "soft delete is off in the vault of the branch",
        policyId: "BCDR501",
        on: "backup-northeurope",
        change: {
            set: {
                "backup-northeurope": { "properties.securitySettings.softDeleteSettings.softDeleteState": "Disabled" },
            },
        },
    },
    {
        says: "a vault is not immutable",
        policyId: "BCDR502",
        on: "recovery-northeurope",
        change: {
            set: { "recovery-northeurope": { "properties.securitySettings.immutabilitySettings.state": "Disabled" } },
        },
    },
    {
        says: "a vault keeps all copies in one data centre",
        policyId: "BCDR503",
        on: "backup-northeurope",
        change: {
            set: {
                "backup-northeurope": {
                    "properties.redundancySettings": {
                        standardTierStorageRedundancy: "LocallyRedundant",
                        crossRegionRestore: "Disabled",
                    },
                },
            },
        },
    },
    {
        says: "nobody hears of failed jobs",
        policyId: "BCDR505",
        on: "backup-northeurope",
        change: {
            set: {
                "backup-northeurope": {
                    "properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures": "Disabled",
                },
            },
        },
    },
    {
        says: "a restored data disk is attached that the replicated item does not list",
        policyId: "BCDR111",
        on: "ledger-1",
        beside: [{ policyId: "BCDR110", on: "ledger-1" }],
        change: {
            set: {
                "ledger-1": {
                    "storageProfile.dataDisks.1": {
                        lun: 1,
                        name: "ledger-1-restored",
                        createOption: "Restore",
                        caching: "None",
                        diskSizeGB: 512,
                        sourceResource: { id: recoveryPoint("ledger-1", "ledger-1-data") },
                    },
                },
            },
        },
    },
    {
        says: "a classic VM boots from a restored disk that its replicated item does not list",
        policyId: "BCDR121",
        on: "files-2",
        beside: [{ policyId: "BCDR110", on: "files-2-os-restored" }],
        change: {
            add: {
                "files-2-os-restored": {
                    type: "azure:compute/managedDisk:ManagedDisk",
                    properties: {
                        resourceGroupName: ref("apps.name"),
                        location: "westeurope",
                        name: "files-2-os-restored",
                        storageAccountType: "Premium_LRS",
                        osType: "Windows",
                        createOption: "Restore",
                        sourceResourceId: recoveryPoint("files-2", "files-2-os"),
                    },
                },
            },
            set: { "files-2": { osManagedDiskId: ref("files-2-os-restored.id") } },
        },
    },
    {
        says: "a replicated item lists a disk that is no longer attached",
        policyId: "BCDR131",
        on: "erp-1",
        change: {
            add: disk("erp-1-old-data", APPS, 128),
            set: { "erp-1-replication": { [`${LISTED}.2`]: listed("erp-1-old-data") } },
        },
    },
    {
        says: "a replicated VM has an NVMe controller",
        policyId: "BCDR202",
        on: "web-3",
        change: { set: { "web-3": { "storageProfile.diskControllerType": "NVMe" } } },
    },
    {
        says: "no disk encryption set is named for the other side",
        policyId: "BCDR213",
        on: "ledger-3-replication",
        change: {
            set: {
                "ledger-3-replication": {
                    [`${LISTED}.0.recoveryDiskEncryptionSetId`]: undefined,
                    [`${LISTED}.1.recoveryDiskEncryptionSetId`]: undefined,
                },
            },
        },
    },
    {
        says: "a replicated data disk of 8 TiB is cached",
        policyId: "BCDR216",
        on: "erp-5",
        change: {
            set: {
                "erp-5-data": { diskSizeGB: 8192 },
                "erp-5": { "storageProfile.dataDisks.0.caching": "ReadOnly" },
            },
        },
    },
    {
        says: "the firewall of the cache account blocks trusted services",
        policyId: "BCDR219",
        on: "cachewesteurope",
        change: { set: { cachewesteurope: { "networkRuleSet.bypass": "None" } } },
    },
    {
        says: "a classic item recovers into a group of the source region",
        policyId: "BCDR221",
        on: "files-1-replication",
        change: { set: { "files-1-replication": { targetResourceGroupId: ref("protection.id") } } },
    },
    {
        says: "a VM is backed up into a vault of the other region",
        policyId: "BCDR301",
        on: "branch-app-1-backup",
        change: {
            set: {
                "branch-app-1-backup": {
                    resourceGroupName: ref("protection.name"),
                    vaultName: ref("backup-westeurope.name"),
                    "properties.policyId": ref("nightly.id"),
                },
            },
        },
    },
    {
        says: "a VM with a Premium SSD v2 disk is under a Standard policy",
        policyId: "BCDR305",
        on: "branch-app-2",
        change: {
            add: disk("branch-app-2-data", { group: "branch", location: "northeurope" }, 256, {
                sku: { name: "PremiumV2_LRS" },
            }),
            set: {
                "branch-app-2": {
                    "storageProfile.dataDisks": [
                        {
                            lun: 0,
                            createOption: "Attach",
                            caching: "None",
                            managedDisk: { id: ref("branch-app-2-data.id") },
                        },
                    ],
                },
            },
        },
    },
    {
        says: "snapshots of a disk go into the group of the disk itself",
        policyId: "BCDR321",
        on: "batch-2-scratch-backup",
        change: {
            set: {
                "batch-2-scratch-backup": {
                    "properties.policyInfo.policyParameters.dataStoreParametersList.0.resourceGroupId": ref("apps.id"),
                },
            },
        },
    },
    {
        says: "a VM became gold, and nobody replicates it",
        policyId: "BCDR402",
        on: "branch-app-4",
        change: { set: { "branch-app-4": { "tags.bcdr-tier": "gold" } } },
    },
    {
        says: "a data disk that VM backup leaves out is under Disk Backup no more",
        policyId: "BCDR403",
        on: "batch-3",
        change: { remove: ["batch-3-scratch-backup"] },
    },
    {
        says: "a new data disk is attached that the replicated item does not list",
        policyId: "BCDR404",
        on: "erp-6",
        change: {
            add: disk("erp-6-more", APPS, 128),
            set: {
                "erp-6": {
                    "storageProfile.dataDisks.1": {
                        lun: 1,
                        createOption: "Attach",
                        caching: "None",
                        managedDisk: { id: ref("erp-6-more.id") },
                    },
                },
            },
        },
    },
    {
        says: "a replicated VM is locked, by the classic provider",
        policyId: "BCDR411",
        on: "files-1-lock",
        change: {
            add: {
                "files-1-lock": {
                    type: "azure:management/lock:Lock",
                    properties: { name: "keep", scope: ref("files-1.id"), lockLevel: "CanNotDelete" },
                },
            },
        },
    },
    {
        says: "a replicated VM is in no recovery plan",
        policyId: "BCDR413",
        on: "ledger-4",
        change: {
            set: { "ledger-plan": { "properties.groups.2.replicationProtectedItems.3": undefined } },
        },
    },
    {
        says: "the program has a replica disk of Site Recovery",
        policyId: "BCDR414",
        on: "web-2-os-ASRReplica",
        change: { add: disk("web-2-os-ASRReplica", { group: "apps-zone-2", location: "westeurope" }, 64) },
    },
    {
        says: "a VM that is replicated to another zone is in no zone itself",
        policyId: "BCDR227",
        on: "web-4-replication",
        change: { set: { "web-4": { zones: undefined } } },
    },
    {
        says: "a replica disk is to be Premium SSD v2",
        policyId: "BCDR228",
        on: "erp-2-replication",
        change: {
            set: { "erp-2-replication": { [`${LISTED}.1.recoveryReplicaDiskAccountType`]: "PremiumV2_LRS" } },
        },
    },
    {
        says: "the policy of a cluster asks for app-consistent recovery points",
        policyId: "BCDR229",
        on: "sql-cluster",
        change: {
            set: {
                "a-day-back-of-clusters": { "properties.providerSpecificInput.appConsistentFrequencyInMinutes": 240 },
            },
        },
    },
    {
        says: "blob soft delete is on in the cache account",
        policyId: "BCDR232",
        on: "cachewesteurope",
        change: { set: { "cachewesteurope-blobs": { "deleteRetentionPolicy.enabled": true } } },
    },
    {
        says: "the cache account of a Premium SSD v2 disk is a standard one",
        policyId: "BCDR233",
        on: "cachewesteurope",
        change: { set: { "erp-3-data": { "sku.name": "PremiumV2_LRS" } } },
    },
    {
        says: "a recovery plan between two zones names neither",
        policyId: "BCDR234",
        on: "web-plan",
        change: { set: { "web-plan": { "properties.providerSpecificInput": undefined } } },
    },
    {
        says: "nobody updates the agents of the VMs that are replicated between zones",
        policyId: "BCDR235",
        on: "zone-1-to-zone-2",
        change: {
            set: { "zone-1-to-zone-2": { "properties.providerSpecificInput.agentAutoUpdateStatus": "Disabled" } },
        },
    },
    {
        says: "a data disk is private, and its replica need not be",
        policyId: "BCDR236",
        on: "erp-4",
        change: { set: { "erp-4-data": { networkAccessPolicy: "DenyAll" } } },
    },
    {
        says: "a replicated item names no network to fail over to",
        policyId: "BCDR237",
        on: "ledger-2-replication",
        change: {
            set: {
                "ledger-2-replication": { "properties.providerSpecificDetails.recoveryAzureNetworkId": undefined },
            },
        },
    },
    {
        says: "a Premium SSD v2 disk is under Disk Backup every four hours",
        policyId: "BCDR323",
        on: "batch-4-scratch-backup",
        change: {
            add: diskBackupVault("fast-disks", "protection", "westeurope"),
            set: {
                "batch-4-scratch": { "sku.name": "PremiumV2_LRS" },
                "batch-4-scratch-backup": {
                    vaultName: ref("fast-disks.name"),
                    "properties.policyInfo.policyId": ref("fast-disks-policy.id"),
                },
            },
        },
    },
    {
        says: "a container is named after another group than that of the VM",
        policyId: "BCDR324",
        on: "batch-5-backup",
        change: {
            set: { "batch-5-backup": { containerName: "iaasvmcontainer;iaasvmcontainerv2;protection;batch-5" } },
        },
    },
    {
        says: "backups are suspended in a vault that is not immutable",
        policyId: "BCDR325",
        on: "lab-2-backup",
        beside: [
            { policyId: "BCDR415", on: "lab-2-backup" },
            { policyId: "BCDR502", on: "laboratory" },
        ],
        change: {
            add: {
                ...vault("laboratory", "protection", "westeurope"),
                ...standardPolicy("laboratory-nightly", "laboratory", "protection"),
                ...vmBackup("lab-2", APPS, {
                    vault: "laboratory",
                    vaultGroup: "protection",
                    policy: "laboratory-nightly",
                }),
            },
            set: {
                laboratory: { "properties.securitySettings.immutabilitySettings.state": "Disabled" },
                "lab-2-backup": { "properties.protectionState": "BackupsSuspended" },
            },
        },
    },
    {
        says: "a confidential VM of a size without backup is backed up",
        policyId: "BCDR326",
        on: "lab-3",
        change: {
            add: vmBackup("lab-3", APPS, {
                vault: "backup-westeurope",
                vaultGroup: "protection",
                policy: "every-four-hours",
            }),
            set: {
                "lab-3": {
                    "hardwareProfile.vmSize": "Standard_DC4as_v5",
                    "securityProfile.securityType": "ConfidentialVM",
                },
            },
        },
    },
    {
        says: "the redundancy of a vault is set once more, the old way",
        policyId: "BCDR509",
        on: "backup-westeurope-storage",
        change: {
            add: {
                "backup-westeurope-storage": {
                    type: "azure-native:resources:Resource",
                    properties: {
                        resourceGroupName: ref("protection.name"),
                        resourceProviderNamespace: "Microsoft.RecoveryServices",
                        parentResourcePath: text`vaults/${ref("backup-westeurope.name")}`,
                        resourceType: "backupstorageconfig",
                        apiVersion: "2024-04-01",
                        resourceName: "vaultstorageconfig",
                        properties: { crossRegionRestoreFlag: true },
                    },
                },
            },
        },
    },
];

function listed(diskName: string): Content {
    return {
        diskId: ref(`${diskName}.id`),
        primaryStagingAzureStorageAccountId: ref("cachewesteurope.id"),
        recoveryResourceGroupId: ref("apps-recovered.id"),
    };
}

/** A disk in a recovery point, in the group where Azure Backup keeps its snapshots. */
function recoveryPoint(vm: string, diskName: string): string {
    const group = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/AzureBackupRG_westeurope_1";
    return (
        `${group}/providers/Microsoft.Compute/restorePointCollections/AzureBackup_${vm}_545359511612843` +
        `/restorePoints/AzureBackup_20260301_084023/disks/${diskName}`
    );
}

function fromRecoveryPoint(vm: string, diskName: string): Content {
    return { createOption: "Restore", sourceResourceId: recoveryPoint(vm, diskName) };
}
