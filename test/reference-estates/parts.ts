import { ref, type Content, type Declaration, type Program, type Properties } from "../harness/program";

/** The resources of an estate in full, as somebody would write them who wants everything right. Each has its own name. */

const HUB = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub";
const UPDATES = `${HUB}/providers/Microsoft.Automation/automationAccounts/updates`;
const TARGET_NETWORK = `${HUB}/providers/Microsoft.Network/virtualNetworks/recovery`;
const COMPUTE_GALLERY = `${HUB}/providers/Microsoft.Compute/galleries/hub`;

export type Region = "westeurope" | "northeurope";

export function resourceGroup(name: string, location: Region): Program {
    return {
        [name]: { type: "azure-native:resources:ResourceGroup", properties: { resourceGroupName: name, location } },
    };
}

// ---- Vaults and their policies ----------------------------------------------------------------------------------

const ALERTS = {
    azureMonitorAlertSettings: {
        alertsForAllJobFailures: "Enabled",
        alertsForAllReplicationIssues: "Enabled",
        alertsForAllFailoverIssues: "Enabled",
    },
    classicAlertSettings: { alertsForCriticalOperations: "Disabled", emailNotificationsForSiteRecovery: "Disabled" },
};

/** A Recovery Services vault with every safeguard that can be taken back. */
export function vault(name: string, group: string, location: Region): Program {
    return {
        [name]: {
            type: "azure-native:recoveryservices:Vault",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                vaultName: name,
                location,
                identity: { type: "SystemAssigned" },
                sku: { name: "RS0", tier: "Standard" },
                properties: {
                    publicNetworkAccess: "Enabled",
                    redundancySettings: {
                        standardTierStorageRedundancy: "GeoRedundant",
                        crossRegionRestore: "Enabled",
                    },
                    securitySettings: {
                        softDeleteSettings: {
                            softDeleteState: "Enabled",
                            softDeleteRetentionPeriodInDays: 30,
                            enhancedSecurityState: "Enabled",
                        },
                        immutabilitySettings: { state: "Unlocked" },
                    },
                    monitoringSettings: ALERTS,
                },
            },
        },
    };
}

const AT_NIGHT = ["2026-01-01T01:00:00Z"];

function retention(days: number): Properties {
    return {
        retentionPolicyType: "LongTermRetentionPolicy",
        dailySchedule: { retentionTimes: AT_NIGHT, retentionDuration: { count: days, durationType: "Days" } },
    };
}

export function enhancedPolicy(name: string, of: string, group: string): Program {
    return policy(name, of, group, {
        policyType: "V2",
        instantRpRetentionRangeInDays: 7,
        timeZone: "UTC",
        schedulePolicy: {
            schedulePolicyType: "SimpleSchedulePolicyV2",
            scheduleRunFrequency: "Hourly",
            hourlySchedule: {
                interval: 4,
                scheduleWindowStartTime: "2026-01-01T01:00:00Z",
                scheduleWindowDuration: 24,
            },
        },
        retentionPolicy: retention(30),
    });
}

export function standardPolicy(name: string, of: string, group: string): Program {
    return policy(name, of, group, {
        policyType: "V1",
        instantRpRetentionRangeInDays: 5,
        timeZone: "UTC",
        schedulePolicy: {
            schedulePolicyType: "SimpleSchedulePolicy",
            scheduleRunFrequency: "Daily",
            scheduleRunTimes: AT_NIGHT,
        },
        retentionPolicy: retention(14),
    });
}

function policy(name: string, of: string, group: string, properties: Properties): Program {
    return {
        [name]: {
            type: "azure-native:recoveryservices:ProtectionPolicy",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                vaultName: ref(`${of}.name`),
                policyName: name,
                properties: { backupManagementType: "AzureIaasVM", ...properties },
            },
        },
    };
}

/** A vault of Disk Backup, and its policy `{name}-policy`. */
export function diskBackupVault(name: string, group: string, location: Region): Program {
    return {
        [name]: {
            type: "azure-native:dataprotection:BackupVault",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                vaultName: name,
                location,
                identity: { type: "SystemAssigned" },
                properties: {
                    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
                    featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } },
                    securitySettings: {
                        softDeleteSettings: { state: "On", retentionDurationInDays: 30 },
                        immutabilitySettings: { state: "Unlocked" },
                    },
                    monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
                },
            },
        },
        [`${name}-policy`]: {
            type: "azure-native:dataprotection:BackupPolicy",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                vaultName: ref(`${name}.name`),
                backupPolicyName: "every-four-hours",
                properties: {
                    objectType: "BackupPolicy",
                    datasourceTypes: ["Microsoft.Compute/disks"],
                    policyRules: [EVERY_FOUR_HOURS, KEPT_FOR_A_MONTH],
                },
            },
        },
    };
}

const OPERATIONAL: Properties = { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" };
const EVERY_FOUR_HOURS: Properties = {
    objectType: "AzureBackupRule",
    name: "BackupHourly",
    dataStore: OPERATIONAL,
    backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
    trigger: {
        objectType: "ScheduleBasedTriggerContext",
        schedule: { repeatingTimeIntervals: ["R/2026-01-01T01:00:00+00:00/PT4H"], timeZone: "UTC" },
        taggingCriteria: [{ isDefault: true, taggingPriority: 99, tagInfo: { tagName: "Default" } }],
    },
};
const KEPT_FOR_A_MONTH: Properties = {
    objectType: "AzureRetentionRule",
    name: "Default",
    isDefault: true,
    lifecycles: [
        { sourceDataStore: OPERATIONAL, deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" } },
    ],
};

// ---- VMs and disks -----------------------------------------------------------------------------------------

export interface Place {
    readonly group: string;
    readonly location: Region;
}

export interface VmParts extends Place {
    readonly name: string;
    readonly size: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly zone?: string;
    /** A disk of the program to boot from. Without one Azure makes `{name}-os` from an image. */
    readonly bootsFrom?: string;
    /** Of that disk; Linux if this is left out. */
    readonly osType?: string;
    /** Disks of the program, from LUN 0 on. */
    readonly dataDisks?: readonly string[];
}

/** A VM with its network interface `{name}-nic`. */
export function vm(parts: VmParts): Program {
    const { name, group, location, size, tags, zone, bootsFrom, osType = "Linux", dataDisks = [] } = parts;
    return {
        [`${name}-nic`]: networkInterface(name, group, location),
        [name]: {
            type: "azure-native:compute:VirtualMachine",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                vmName: name,
                location,
                ...(zone === undefined ? {} : { zones: [zone] }),
                tags,
                hardwareProfile: { vmSize: size },
                ...(bootsFrom === undefined ? { osProfile: linux(name) } : {}),
                networkProfile: { networkInterfaces: [{ id: ref(`${name}-nic.id`), primary: true }] },
                storageProfile: {
                    diskControllerType: "SCSI",
                    ...(bootsFrom === undefined ? { imageReference: IMAGE } : {}),
                    osDisk: bootsFrom === undefined ? osDiskFromImage(name) : attachedOsDisk(bootsFrom, osType),
                    ...(dataDisks.length === 0 ? {} : { dataDisks: dataDisks.map(attached) }),
                },
            },
        },
    };
}

const IMAGE: Properties = { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" };

function linux(name: string): Properties {
    return {
        computerName: name,
        adminUsername: "operator",
        linuxConfiguration: {
            disablePasswordAuthentication: true,
            ssh: {
                publicKeys: [
                    {
                        path: "/home/operator/.ssh/authorized_keys",
                        keyData: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHlIk5vVnq3vGgTzqB0pRkQd0Xw1m3T8v5hQm2bYf6cJ",
                    },
                ],
            },
        },
    };
}

function osDiskFromImage(name: string): Properties {
    return {
        name: `${name}-os`,
        createOption: "FromImage",
        osType: "Linux",
        caching: "ReadWrite",
        diskSizeGB: 64,
        managedDisk: { storageAccountType: "Premium_LRS" },
    };
}

function attachedOsDisk(disk: string, osType: string): Properties {
    return { createOption: "Attach", osType, caching: "ReadWrite", managedDisk: { id: ref(`${disk}.id`) } };
}

function attached(disk: string, lun: number): Properties {
    return { lun, createOption: "Attach", caching: "None", managedDisk: { id: ref(`${disk}.id`) } };
}

function networkInterface(vmName: string, group: string, location: Region): Declaration {
    return {
        type: "azure-native:network:NetworkInterface",
        properties: {
            resourceGroupName: ref(`${group}.name`),
            networkInterfaceName: `${vmName}-nic`,
            location,
            ipConfigurations: [
                {
                    name: "primary",
                    privateIPAddressVersion: "IPv4",
                    privateIPAllocationMethod: "Dynamic",
                    subnet: { id: subnetOf(location) },
                },
            ],
        },
    };
}

/** The network is made in another program. */
export function subnetOf(location: Region): string {
    return `${HUB}/providers/Microsoft.Network/virtualNetworks/spoke-${location}/subnets/machines`;
}

/** A disk to boot from, made from the estate's own image. */
export function osDisk(name: string, { group, location }: Place, over: Properties = {}): Program {
    return disk(name, { group, location }, 64, {
        osType: "Linux",
        creationData: {
            createOption: "FromImage",
            galleryImageReference: { id: `${COMPUTE_GALLERY}/images/ubuntu/versions/24.4.0` },
        },
        ...over,
    });
}

/** The same with Windows. */
export const WINDOWS: Properties = {
    osType: "Windows",
    creationData: {
        createOption: "FromImage",
        galleryImageReference: { id: `${COMPUTE_GALLERY}/images/windows-server/versions/2025.1.0` },
    },
};

export function disk(name: string, { group, location }: Place, size: number, over: Properties = {}): Program {
    return {
        [name]: {
            type: "azure-native:compute:Disk",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                diskName: name,
                location,
                sku: { name: "Premium_LRS" },
                diskSizeGB: size,
                creationData: { createOption: "Empty" },
                ...over,
            },
        },
    };
}

export function diskEncryptionSet(name: string, { group, location }: Place): Program {
    return {
        [name]: {
            type: "azure-native:compute:DiskEncryptionSet",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                diskEncryptionSetName: name,
                location,
                encryptionType: "EncryptionAtRestWithCustomerKey",
                identity: { type: "SystemAssigned" },
                activeKey: {
                    keyUrl: `https://hub-${location}.vault.azure.net/keys/disks/4f9b2c1e7d3a4d5b8c6e0a1f2b3c4d5e`,
                },
            },
        },
    };
}

// ---- Backup ---------------------------------------------------------------------------------------------------------

export interface Backup {
    readonly vault: string;
    readonly vaultGroup: string;
    readonly policy: string;
}

/** `{VM}-backup`; `leavingOut` are LUNs that it does not back up. */
export function vmBackup(vmName: string, place: Place, backup: Backup, leavingOut?: readonly number[]): Program {
    const names = `${place.group};${vmName}`;
    return {
        [`${vmName}-backup`]: {
            type: "azure-native:recoveryservices:ProtectedItem",
            properties: {
                resourceGroupName: ref(`${backup.vaultGroup}.name`),
                vaultName: ref(`${backup.vault}.name`),
                fabricName: "Azure",
                containerName: `iaasvmcontainer;iaasvmcontainerv2;${names}`,
                protectedItemName: `vm;iaasvmcontainerv2;${names}`,
                properties: {
                    protectedItemType: "Microsoft.Compute/virtualMachines",
                    policyId: ref(`${backup.policy}.id`),
                    sourceResourceId: ref(`${vmName}.id`),
                    ...(leavingOut === undefined
                        ? {}
                        : {
                              extendedProperties: {
                                  diskExclusionProperties: { diskLunList: leavingOut, isInclusionList: false },
                              },
                          }),
                },
            },
        },
    };
}

/** `{disk}-backup`, in a vault that `diskBackupVault` made. */
export function diskBackup(
    diskName: string,
    location: Region,
    of: string,
    vaultGroup: string,
    snapshots: string,
): Program {
    return {
        [`${diskName}-backup`]: {
            type: "azure-native:dataprotection:BackupInstance",
            properties: {
                resourceGroupName: ref(`${vaultGroup}.name`),
                vaultName: ref(`${of}.name`),
                backupInstanceName: diskName,
                properties: {
                    objectType: "BackupInstance",
                    friendlyName: diskName,
                    dataSourceInfo: {
                        objectType: "Datasource",
                        datasourceType: "Microsoft.Compute/disks",
                        resourceType: "Microsoft.Compute/disks",
                        resourceName: diskName,
                        resourceID: ref(`${diskName}.id`),
                        resourceLocation: location,
                    },
                    policyInfo: {
                        policyId: ref(`${of}-policy.id`),
                        policyParameters: {
                            dataStoreParametersList: [
                                {
                                    objectType: "AzureOperationalStoreParameters",
                                    dataStoreType: "OperationalStore",
                                    resourceGroupId: ref(`${snapshots}.id`),
                                },
                            ],
                        },
                    },
                },
            },
        },
    };
}

// ---- Site Recovery --------------------------------------------------------------------------------------------------

/** Where a vault replicates from and to: fabrics, containers and what maps one to the other. */
export interface Route {
    readonly vault: string;
    readonly vaultGroup: string;
    readonly policy: string;
    readonly sourceFabric: string;
    readonly sourceContainer: string;
    readonly targetFabric: string;
    readonly targetContainer: string;
    readonly targetGroup: string;
    /** The storage account through which data leaves the source region. */
    readonly cache: string;
}

/** With an app-consistent recovery point every four hours, if nothing else is said. */
export function replicationPolicy(name: string, of: string, vaultGroup: string, appConsistent = 240): Program {
    return {
        [name]: {
            type: "azure-native:recoveryservices:ReplicationPolicy",
            properties: {
                resourceGroupName: ref(`${vaultGroup}.name`),
                resourceName: ref(`${of}.name`),
                policyName: name,
                properties: {
                    providerSpecificInput: {
                        instanceType: "A2A",
                        multiVmSyncStatus: "Enable",
                        recoveryPointHistory: 1440,
                        crashConsistentFrequencyInMinutes: 5,
                        appConsistentFrequencyInMinutes: appConsistent,
                    },
                },
            },
        },
    };
}

export function fabric(name: string, of: string, vaultGroup: string, location: Region): Program {
    return {
        [name]: {
            type: "azure-native:recoveryservices:ReplicationFabric",
            properties: {
                resourceGroupName: ref(`${vaultGroup}.name`),
                resourceName: ref(`${of}.name`),
                fabricName: name,
                properties: { customDetails: { instanceType: "Azure", location } },
            },
        },
    };
}

/** Only the classic provider has a resource for containers. */
export function container(name: string, of: string, vaultGroup: string, inFabric: string): Program {
    return {
        [name]: {
            type: "azure:siterecovery/protectionContainer:ProtectionContainer",
            properties: {
                resourceGroupName: ref(`${vaultGroup}.name`),
                recoveryVaultName: ref(`${of}.name`),
                recoveryFabricName: ref(`${inFabric}.name`),
                name,
            },
        },
    };
}

export function mapping(name: string, route: Route): Program {
    return {
        [name]: {
            type: "azure-native:recoveryservices:ReplicationProtectionContainerMapping",
            properties: {
                resourceGroupName: ref(`${route.vaultGroup}.name`),
                resourceName: ref(`${route.vault}.name`),
                fabricName: ref(`${route.sourceFabric}.name`),
                protectionContainerName: ref(`${route.sourceContainer}.name`),
                mappingName: name,
                properties: {
                    policyId: ref(`${route.policy}.id`),
                    targetProtectionContainerId: ref(`${route.targetContainer}.id`),
                    providerSpecificInput: {
                        instanceType: "A2A",
                        agentAutoUpdateStatus: "Enabled",
                        automationAccountArmId: UPDATES,
                        automationAccountAuthenticationType: "SystemAssignedIdentity",
                    },
                },
            },
        },
    };
}

export function cacheAccount(name: string, { group, location }: Place): Program {
    return {
        [name]: {
            type: "azure-native:storage:StorageAccount",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                accountName: name,
                location,
                kind: "StorageV2",
                sku: { name: "Standard_LRS" },
                allowSharedKeyAccess: true,
                minimumTlsVersion: "TLS1_2",
                networkRuleSet: {
                    bypass: "AzureServices",
                    defaultAction: "Deny",
                    virtualNetworkRules: [{ virtualNetworkResourceId: subnetOf(location) }],
                },
            },
        },
        [`${name}-blobs`]: {
            type: "azure-native:storage:BlobServiceProperties",
            properties: {
                resourceGroupName: ref(`${group}.name`),
                accountName: ref(`${name}.name`),
                blobServicesName: "default",
                deleteRetentionPolicy: { enabled: false },
            },
        },
    };
}

export interface ListedDisk {
    readonly id: Content;
    /** Where the customer holds the key: the disk encryption set of the other side. */
    readonly targetEncryptionSet?: string;
}

/** `{VM}-replication` */
export function replication(
    vmName: string,
    route: Route,
    disks: readonly ListedDisk[],
    over: Properties = {},
): Program {
    return {
        [`${vmName}-replication`]: {
            type: "azure-native:recoveryservices:ReplicationProtectedItem",
            properties: {
                resourceGroupName: ref(`${route.vaultGroup}.name`),
                resourceName: ref(`${route.vault}.name`),
                fabricName: ref(`${route.sourceFabric}.name`),
                protectionContainerName: ref(`${route.sourceContainer}.name`),
                replicatedProtectedItemName: vmName,
                properties: {
                    policyId: ref(`${route.policy}.id`),
                    providerSpecificDetails: {
                        instanceType: "A2A",
                        fabricObjectId: ref(`${vmName}.id`),
                        recoveryContainerId: ref(`${route.targetContainer}.id`),
                        recoveryResourceGroupId: ref(`${route.targetGroup}.id`),
                        recoveryAzureNetworkId: TARGET_NETWORK,
                        ...over,
                        vmManagedDisks: disks.map(({ id, targetEncryptionSet }) => ({
                            diskId: id,
                            primaryStagingAzureStorageAccountId: ref(`${route.cache}.id`),
                            recoveryResourceGroupId: ref(`${route.targetGroup}.id`),
                            recoveryReplicaDiskAccountType: "Premium_LRS",
                            recoveryTargetDiskAccountType: "Premium_LRS",
                            ...(targetEncryptionSet === undefined
                                ? {}
                                : { recoveryDiskEncryptionSetId: ref(`${targetEncryptionSet}.id`) }),
                        })),
                    },
                },
            },
        },
    };
}

/** A cluster that replicates the disks which its VMs share. */
export function protectionCluster(name: string, route: Route, sharedDisks: readonly string[]): Program {
    return {
        [name]: {
            type: "azure-native:recoveryservices:ReplicationProtectionCluster",
            properties: {
                resourceGroupName: ref(`${route.vaultGroup}.name`),
                resourceName: ref(`${route.vault}.name`),
                fabricName: ref(`${route.sourceFabric}.name`),
                protectionContainerName: ref(`${route.sourceContainer}.name`),
                replicationProtectionClusterName: name,
                properties: {
                    policyId: ref(`${route.policy}.id`),
                    recoveryContainerId: ref(`${route.targetContainer}.id`),
                    sharedDiskProperties: {
                        sharedDiskProviderSpecificDetails: {
                            instanceType: "A2A",
                            protectedManagedDisks: sharedDisks.map((each) => ({
                                diskId: ref(`${each}.id`),
                                primaryStagingAzureStorageAccountId: ref(`${route.cache}.id`),
                                recoveryResourceGroupId: ref(`${route.targetGroup}.id`),
                            })),
                        },
                    },
                },
            },
        },
    };
}

/** A plan that starts the VMs group by group. */
export function recoveryPlan(
    name: string,
    route: Route,
    bootGroups: readonly (readonly string[])[],
    zones?: { readonly primaryZone: string; readonly recoveryZone: string },
): Program {
    return {
        [name]: {
            type: "azure-native:recoveryservices:ReplicationRecoveryPlan",
            properties: {
                resourceGroupName: ref(`${route.vaultGroup}.name`),
                resourceName: ref(`${route.vault}.name`),
                recoveryPlanName: name,
                properties: {
                    primaryFabricId: ref(`${route.sourceFabric}.id`),
                    recoveryFabricId: ref(`${route.targetFabric}.id`),
                    failoverDeploymentModel: "ResourceManager",
                    ...(zones === undefined ? {} : { providerSpecificInput: [{ instanceType: "A2A", ...zones }] }),
                    groups: [
                        { groupType: "Shutdown" },
                        { groupType: "Failover" },
                        ...bootGroups.map((vms) => ({
                            groupType: "Boot",
                            replicationProtectedItems: vms.map((each) => ({
                                id: ref(`${each}-replication.id`),
                                virtualMachineId: ref(`${each}.id`),
                            })),
                        })),
                    ],
                },
            },
        },
    };
}

// ---- The classic provider -------------------------------------------------------------------------------------------

/** A file server in the classic provider's words: VM, disks, backup and replication. */
export function classicServer(
    name: string,
    place: Place,
    tags: VmParts["tags"],
    backup: Backup,
    route: Route,
): Program {
    const common = { resourceGroupName: ref(`${place.group}.name`), location: place.location };
    const premium = { storageAccountType: "Premium_LRS" };
    return {
        [`${name}-nic`]: {
            type: "azure:network/networkInterface:NetworkInterface",
            properties: {
                ...common,
                name: `${name}-nic`,
                ipConfigurations: [
                    {
                        name: "primary",
                        subnetId: subnetOf(place.location),
                        privateIpAddressAllocation: "Dynamic",
                        privateIpAddressVersion: "IPv4",
                    },
                ],
            },
        },
        [`${name}-os`]: {
            type: "azure:compute/managedDisk:ManagedDisk",
            properties: {
                ...common,
                name: `${name}-os`,
                ...premium,
                osType: "Windows",
                createOption: "FromImage",
                galleryImageReferenceId: `${COMPUTE_GALLERY}/images/windows/versions/2025.1.0`,
            },
        },
        [`${name}-data`]: {
            type: "azure:compute/managedDisk:ManagedDisk",
            properties: { ...common, name: `${name}-data`, ...premium, createOption: "Empty", diskSizeGb: 1024 },
        },
        [name]: {
            type: "azure:compute/windowsVirtualMachine:WindowsVirtualMachine",
            properties: {
                ...common,
                name,
                tags,
                size: "Standard_D8s_v5",
                networkInterfaceIds: [ref(`${name}-nic.id`)],
                osManagedDiskId: ref(`${name}-os.id`),
                osDisk: { caching: "ReadWrite" },
                diskControllerType: "SCSI",
            },
        },
        [`${name}-data-attached`]: {
            type: "azure:compute/dataDiskAttachment:DataDiskAttachment",
            properties: {
                virtualMachineId: ref(`${name}.id`),
                managedDiskId: ref(`${name}-data.id`),
                lun: 0,
                caching: "None",
            },
        },
        [`${name}-backup`]: {
            type: "azure:backup/protectedVM:ProtectedVM",
            properties: {
                resourceGroupName: ref(`${backup.vaultGroup}.name`),
                recoveryVaultName: ref(`${backup.vault}.name`),
                backupPolicyId: ref(`${backup.policy}.id`),
                sourceVmId: ref(`${name}.id`),
            },
        },
        [`${name}-replication`]: {
            type: "azure:siterecovery/replicatedVM:ReplicatedVM",
            properties: {
                resourceGroupName: ref(`${route.vaultGroup}.name`),
                recoveryVaultName: ref(`${route.vault}.name`),
                name,
                sourceRecoveryFabricName: ref(`${route.sourceFabric}.name`),
                sourceRecoveryProtectionContainerName: ref(`${route.sourceContainer}.name`),
                recoveryReplicationPolicyId: ref(`${route.policy}.id`),
                sourceVmId: ref(`${name}.id`),
                targetRecoveryFabricId: ref(`${route.targetFabric}.id`),
                targetRecoveryProtectionContainerId: ref(`${route.targetContainer}.id`),
                targetResourceGroupId: ref(`${route.targetGroup}.id`),
                targetNetworkId: TARGET_NETWORK,
                managedDisks: [`${name}-os`, `${name}-data`].map((each) => ({
                    diskId: ref(`${each}.id`),
                    stagingStorageAccountId: ref(`${route.cache}.id`),
                    targetResourceGroupId: ref(`${route.targetGroup}.id`),
                    targetDiskType: "Premium_LRS",
                    targetReplicaDiskType: "Premium_LRS",
                })),
            },
            // Nothing in the item leads to the attachment, and Azure replicates only disks that the VM has.
            options: { dependsOn: [`${name}-data-attached`] },
        },
    };
}

export function classicPolicy(name: string, of: string, vaultGroup: string): Program {
    return {
        [name]: {
            type: "azure:backup/policyVM:PolicyVM",
            properties: {
                resourceGroupName: ref(`${vaultGroup}.name`),
                recoveryVaultName: ref(`${of}.name`),
                name,
                policyType: "V2",
                instantRestoreRetentionDays: 7,
                timezone: "UTC",
                backup: { frequency: "Hourly", time: "01:00", hourInterval: 4, hourDuration: 24 },
                retentionDaily: { count: 30 },
            },
        },
    };
}

export function classicRecoveryPlan(name: string, route: Route, vms: readonly string[]): Program {
    return {
        [name]: {
            type: "azure:siterecovery/replicationRecoveryPlan:ReplicationRecoveryPlan",
            properties: {
                name,
                recoveryVaultId: ref(`${route.vault}.id`),
                sourceRecoveryFabricId: ref(`${route.sourceFabric}.id`),
                targetRecoveryFabricId: ref(`${route.targetFabric}.id`),
                shutdownRecoveryGroup: {},
                failoverRecoveryGroup: {},
                bootRecoveryGroups: [{ replicatedProtectedItems: vms.map((each) => ref(`${each}-replication.id`)) }],
            },
        },
    };
}

/** The built-in policy that backs up VMs with a tag, assigned to a resource group. */
export function backupByPolicy(
    name: string,
    scope: string,
    location: Region,
    tag: { readonly name: string; readonly value: string },
    backupPolicy: string,
): Program {
    return {
        [name]: {
            type: "azure-native:authorization:PolicyAssignment",
            properties: {
                scope: ref(`${scope}.id`),
                policyAssignmentName: name,
                displayName: "Back up VMs with a tag",
                location,
                identity: { type: "SystemAssigned" },
                policyDefinitionId:
                    "/providers/Microsoft.Authorization/policyDefinitions/345fa903-145c-4fe1-8bcd-93ec2adccde8",
                parameters: {
                    vaultLocation: { value: location },
                    inclusionTagName: { value: tag.name },
                    inclusionTagValue: { value: [tag.value] },
                    backupPolicyId: { value: ref(`${backupPolicy}.id`) },
                },
            },
        },
    };
}

/** The id of the disk that Azure makes with a VM to boot it. */
export function ownOsDisk(vmName: string): Content {
    return ref(`${vmName}.storageProfile.osDisk.managedDisk.id`);
}
