import { resourceGroup } from "./azure";
import { ref, type Content, type Declaration, type Program, type Properties } from "./program";
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
