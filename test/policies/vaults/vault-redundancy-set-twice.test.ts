import { classicVault, deployed, nativeVault } from "../../harness/vaults";
import { policyCases } from "../../harness/policy-cases";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";

function generic(properties: Content, parentResourcePath: Content = text`vaults/${ref("vault.name")}`): Declaration {
    return {
        type: "azure-native:resources:Resource",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceProviderNamespace: "Microsoft.RecoveryServices",
            parentResourcePath,
            resourceType: "backupstorageconfig",
            apiVersion: "2024-04-01",
            resourceName: "vaultstorageconfig",
            properties,
        },
    };
}

function inTemplate(properties: Properties): Declaration {
    return {
        type: "azure-native:resources:Deployment",
        properties: {
            resourceGroupName: ref("rg.name"),
            properties: {
                mode: "Incremental",
                template: {
                    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                    contentVersion: "1.0.0.0",
                    resources: [
                        {
                            type: "Microsoft.RecoveryServices/vaults/backupstorageconfig",
                            apiVersion: "2024-04-01",
                            name: "backup/vaultstorageconfig",
                            properties,
                        },
                    ],
                },
            },
        },
    };
}

const GEO: Properties = { redundancySettings: { standardTierStorageRedundancy: "GeoRedundant" } };
const RESTORE: Properties = { crossRegionRestoreFlag: true };

function native(vault: Content = GEO, config: Declaration = generic(RESTORE)): Program {
    return { ...nativeVault(vault), config };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR509",
    example: native(),
    fixed: {
        program: nativeVault({
            redundancySettings: { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
        }),
    },
    holds: [
        { name: "the vault alone", round: nativeVault(GEO) },
        { name: "a configuration that sets something else", round: native(GEO, generic({ dedupState: "Disabled" })) },
        { name: "a vault outside of the program", round: native(GEO, generic(RESTORE, "vaults/hub")) },
        { name: "the vault alone, classic", round: classicVault({ storageModeType: "GeoRedundant" }) },
        { name: "in an exported state, where nothing is sent to Azure", round: deployed(native()) },
    ],
    violated: [
        {
            name: "a classic vault, which always sets it",
            round: { ...classicVault({}), config: generic(RESTORE) },
            on: ["config"],
        },
        { name: "in a template", round: native(GEO, inTemplate({ storageModelType: "GeoRedundant" })), on: ["config"] },
        {
            name: "a redundancy that is not known",
            round: native({ redundancySettings: { standardTierStorageRedundancy: ref("rg.id") } }),
            on: ["config"],
        },
    ],
    undecided: [
        {
            name: "settings that are not known",
            round: native(ref("rg.id")),
            waitsFor: '"vault": properties',
        },
    ],
    limits: [
        {
            allowed: { name: "the vault leaves it to Azure", round: native({ publicNetworkAccess: "Enabled" }) },
            refused: {
                name: "the vault sets cross-region restore",
                round: native({
                    publicNetworkAccess: "Enabled",
                    redundancySettings: { crossRegionRestore: "Enabled" },
                }),
                on: ["config"],
            },
        },
    ],
});
