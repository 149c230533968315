// The resource types of Azure Resource Manager by which readers, links and inventories know what an ID names.

export const RESOURCE_GROUP = "Microsoft.Resources/resourceGroups";
export const VM_TYPE = "Microsoft.Compute/virtualMachines";
export const STORAGE_ACCOUNT = "Microsoft.Storage/storageAccounts";
export const SUBNET = "Microsoft.Network/virtualNetworks/subnets";

export const VAULT = "Microsoft.RecoveryServices/vaults";
export const BACKUP_VAULT = "Microsoft.DataProtection/backupVaults";
export const BACKUP_POLICY = `${VAULT}/backupPolicies`;
export const FABRIC = `${VAULT}/replicationFabrics`;
export const PROTECTION_CONTAINER = `${FABRIC}/replicationProtectionContainers`;
