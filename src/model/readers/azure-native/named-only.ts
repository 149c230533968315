import { FABRIC, SUBNET } from "../../ids/resource-types";
import { reader } from "./resource";

/** Types of which no policy reads more than who they are. */

/** `azure-native:dataprotection:ResourceGuard` */
export const readResourceGuard = reader(
    "resource guard",
    { armType: "Microsoft.DataProtection/resourceGuards", names: ["resourceGuardsName"] },
    () => ({}),
);

/** `azure-native:recoveryservices:ProtectionContainer`, of Azure Backup */
export const readProtectionContainer = reader(
    "backup container",
    {
        armType: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers",
        names: ["vaultName", "fabricName", "containerName"],
    },
    () => ({}),
);

/** `azure-native:network:Subnet` */
export const readSubnet = reader(
    "subnet",
    { armType: SUBNET, names: ["virtualNetworkName", "subnetName"] },
    () => ({}),
);

/** `azure-native:azureresiliencemanagement:RecoveryPlan`, which names no VMs: they come from its service group */
export const readResilienceRecoveryPlan = reader(
    "resilience recovery plan",
    { armType: "Microsoft.AzureResilienceManagement/recoveryPlans", isExtension: true, names: ["recoveryPlanName"] },
    () => ({}),
);

/** `azure-native:recoveryservices:ReplicationNetworkMapping` (ARM-11) */
export const readReplicationNetworkMapping = reader(
    "network mapping",
    {
        armType: "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationNetworks/replicationNetworkMappings",
        names: ["resourceName", "fabricName", "networkName", "networkMappingName"],
    },
    ({ resource, properties, identities }) => ({
        sourceFabric: identities.namedAbove(resource, properties, ["resourceName", "fabricName"], FABRIC),
    }),
);
