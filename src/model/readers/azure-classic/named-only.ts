import { FABRIC, SUBNET } from "../../ids/resource-types";
import { constant, reader } from "./resource";

/** Types of which no policy reads more than who they are. */

const VAULT = "Microsoft.RecoveryServices/vaults";

/** `azure:dataprotection/resourceGuard:ResourceGuard` */
export const readResourceGuard = reader(
    "resource guard",
    { armType: "Microsoft.DataProtection/resourceGuards", names: ["name"] },
    () => ({}),
);

/** `azure:network/subnet:Subnet` */
export const readSubnet = reader("subnet", { armType: SUBNET, names: ["virtualNetworkName", "name"] }, () => ({}));

/** `azure:backup/containerStorageAccount:ContainerStorageAccount` */
export const readContainerStorageAccount = reader(
    "backup container",
    {
        armType: `${VAULT}/backupFabrics/protectionContainers`,
        names: ["recoveryVaultName", constant("Azure"), "storageAccountId"],
    },
    () => ({}),
);

/** `azure:siterecovery/networkMapping:NetworkMapping` (ARM-11) */
export const readNetworkMapping = reader(
    "network mapping",
    {
        armType: `${VAULT}/replicationFabrics/replicationNetworks/replicationNetworkMappings`,
        names: ["recoveryVaultName", "sourceRecoveryFabricName", "sourceNetworkId", "name"],
    },
    ({ resource, properties, identities }) => ({
        sourceFabric: identities.namedAbove(
            resource,
            properties,
            ["recoveryVaultName", "sourceRecoveryFabricName"],
            FABRIC,
        ),
    }),
);
