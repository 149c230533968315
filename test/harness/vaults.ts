import { disk, resourceGroup } from "./azure";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "./program";
import { Stack, type SentRound } from "./stack";

/** Programs of one vault, in the words of each provider. `settings` are the vault's own. */

/** `azure-native:recoveryservices:Vault` */
export function nativeVault(settings: Content): Program {
    return alone({
        type: "azure-native:recoveryservices:Vault",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName: "backup",
            sku: { name: "RS0", tier: "Standard" },
            properties: settings,
        },
    });
}

/** `azure:recoveryservices/vault:Vault` */
export function classicVault(settings: Properties): Program {
    return alone({
        type: "azure:recoveryservices/vault:Vault",
        properties: {
            resourceGroupName: ref("rg.name"),
            name: "backup",
            location: "westeurope",
            sku: "Standard",
            ...settings,
        },
    });
}

/** `azure-native:dataprotection:BackupVault` */
export function nativeBackupVault(settings: Properties): Program {
    return alone({
        type: "azure-native:dataprotection:BackupVault",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName: "backup",
            properties: {
                storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }],
                ...settings,
            },
        },
    });
}

/** `azure:dataprotection/backupVault:BackupVault` */
export function classicBackupVault(settings: Properties): Program {
    return alone({
        type: "azure:dataprotection/backupVault:BackupVault",
        properties: {
            resourceGroupName: ref("rg.name"),
            name: "backup",
            location: "westeurope",
            datastoreType: "VaultStore",
            redundancy: "ZoneRedundant",
            ...settings,
        },
    });
}

/** The same vault with a fabric of Site Recovery, in the words of azure-native. */
export function withFabric(program: Program): Program {
    return {
        ...program,
        fabric: {
            type: "azure-native:recoveryservices:ReplicationFabric",
            properties: {
                resourceGroupName: ref("rg.name"),
                resourceName: ref("vault.name"),
                fabricName: "westeurope",
                properties: { customDetails: { instanceType: "Azure", location: "westeurope" } },
            },
        },
    };
}

/** The same vault with a replication policy of the classic provider. */
export function withClassicReplicationPolicy(program: Program): Program {
    return {
        ...program,
        replicationPolicy: {
            type: "azure:siterecovery/replicationPolicy:ReplicationPolicy",
            properties: {
                resourceGroupName: ref("rg.name"),
                recoveryVaultName: ref("vault.name"),
                recoveryPointRetentionInMinutes: 1440,
                applicationConsistentSnapshotFrequencyInMinutes: 240,
            },
        },
    };
}

/** The same vault with a policy of Azure Backup. */
export function withBackupPolicy(program: Program): Program {
    return {
        ...program,
        backupPolicy: {
            type: "azure-native:recoveryservices:ProtectionPolicy",
            properties: {
                resourceGroupName: ref("rg.name"),
                vaultName: ref("vault.name"),
                policyName: "daily",
                properties: { backupManagementType: "AzureIaasVM", policyType: "V2" },
            },
        },
    };
}

/** The same Backup vault with an instance that backs a disk up. */
export function withDiskBackup(program: Program): Program {
    return {
        ...program,
        data: disk(),
        instance: {
            type: "azure-native:dataprotection:BackupInstance",
            properties: {
                resourceGroupName: ref("rg.name"),
                vaultName: ref("vault.name"),
                backupInstanceName: "data",
                properties: {
                    objectType: "BackupInstance",
                    dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: ref("data.id") },
                    policyInfo: { policyId: text`${ref("vault.id")}/backupPolicies/daily` },
                },
            },
        },
    };
}

/** The same Backup vault with a policy for blobs. */
export function withBlobPolicy(program: Program): Program {
    return {
        ...program,
        blobs: {
            type: "azure-native:dataprotection:BackupPolicy",
            properties: {
                resourceGroupName: ref("rg.name"),
                vaultName: ref("vault.name"),
                backupPolicyName: "blobs",
                properties: {
                    objectType: "BackupPolicy",
                    datasourceTypes: ["Microsoft.Storage/storageAccounts/blobServices"],
                    policyRules: [],
                },
            },
        },
    };
}

function alone(vault: Declaration): Program {
    return { rg: resourceGroup("backup"), vault };
}

/** The state once the program has been deployed. */
export function deployed(program: Program): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(program);
        return stack.state();
    };
}

/** The preview of a change of the vault's tags, after a deployment. */
export function updated(program: Program): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(program);
        const { vault, ...others } = program;
        if (vault === undefined) {
            throw new Error("the program has no vault");
        }
        const { properties, ...declaration } = vault;
        return stack.preview({
            ...others,
            vault: { ...declaration, properties: { ...properties, tags: { changed: "yes" } } },
        });
    };
}
