// Two VMs of a shop, each made with its protection.
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as resources from "@pulumi/azure-native/resources";

import { ProtectedVm, type Protection } from "./protectedMachine";

// Made once for all VMs, in another program.
const hub = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub";
const image = `${hub}/providers/Microsoft.Compute/galleries/shop/images/ubuntu/versions/24.4.0`;

const shop = new resources.ResourceGroup("shop", { location: "westeurope" });
const shopRecovery = new resources.ResourceGroup("shopRecovery", { location: "northeurope" });

/** Backups in it survive the loss of a zone, and nobody deletes them early. */
const vault = (name: string, group: resources.ResourceGroup): recoveryservices.Vault =>
    new recoveryservices.Vault(name, {
        resourceGroupName: group.name,
        sku: { name: "RS0", tier: "Standard" },
        properties: {
            publicNetworkAccess: "Enabled",
            redundancySettings: { standardTierStorageRedundancy: "ZoneRedundant" },
            securitySettings: { immutabilitySettings: { state: "Unlocked" } },
        },
    });

const protection: Protection = {
    backupVault: vault("backup", shop),
    recoveryGroup: shopRecovery,
    recoveryVault: vault("recovery", shopRecovery),
    from: "westeurope",
    to: "northeurope",
    staging: `${hub}/providers/Microsoft.Storage/storageAccounts/stagingwesteurope`,
};

const common = { resourceGroupName: shop.name, image, protection };
const nic = (name: string): string => `${hub}/providers/Microsoft.Network/networkInterfaces/${name}`;

const web = new ProtectedVm("web", { ...common, vmSize: "Standard_D4s_v5", networkInterface: nic("web") });
const db = new ProtectedVm("db", {
    ...common,
    vmSize: "Standard_E8s_v5",
    networkInterface: nic("db"),
    dataDisks: [256, 512],
});

export const vms = [web.id, db.id];
