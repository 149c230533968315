import type { BenchVm } from "../estate";

const GROUPS = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups";

/** What exists once, however many VMs there are. */
const SURROUNDINGS = `
resource "azurerm_resource_group" "shop" {
  name     = "shop"
  location = "westeurope"
}

resource "azurerm_resource_group" "recovered" {
  name     = "shop-recovered"
  location = "northeurope"
}

resource "azurerm_recovery_services_vault" "backup" {
  name                = "backup"
  location            = azurerm_resource_group.shop.location
  resource_group_name = azurerm_resource_group.shop.name
  sku                 = "Standard"
}

resource "azurerm_backup_policy_vm" "every_four_hours" {
  name                = "every-four-hours"
  resource_group_name = azurerm_resource_group.shop.name
  recovery_vault_name = azurerm_recovery_services_vault.backup.name
  policy_type         = "V2"

  backup {
    frequency     = "Hourly"
    time          = "08:00"
    hour_interval = 4
    hour_duration = 12
  }

  retention_daily {
    count = 30
  }
}

resource "azurerm_recovery_services_vault" "recovery" {
  name                = "recovery"
  location            = azurerm_resource_group.recovered.location
  resource_group_name = azurerm_resource_group.recovered.name
  sku                 = "Standard"
}

resource "azurerm_site_recovery_replication_policy" "a_day_back" {
  name                                                 = "a-day-back"
  resource_group_name                                  = azurerm_resource_group.recovered.name
  recovery_vault_name                                  = azurerm_recovery_services_vault.recovery.name
  recovery_point_retention_in_minutes                  = 1440
  application_consistent_snapshot_frequency_in_minutes = 240
}

resource "azurerm_site_recovery_fabric" "west" {
  name                = "west-europe"
  resource_group_name = azurerm_resource_group.recovered.name
  recovery_vault_name = azurerm_recovery_services_vault.recovery.name
  location            = azurerm_resource_group.shop.location
}

resource "azurerm_site_recovery_fabric" "north" {
  name                = "north-europe"
  resource_group_name = azurerm_resource_group.recovered.name
  recovery_vault_name = azurerm_recovery_services_vault.recovery.name
  location            = azurerm_resource_group.recovered.location
}

resource "azurerm_site_recovery_protection_container" "west" {
  name                 = "west-europe-machines"
  resource_group_name  = azurerm_resource_group.recovered.name
  recovery_vault_name  = azurerm_recovery_services_vault.recovery.name
  recovery_fabric_name = azurerm_site_recovery_fabric.west.name
}

resource "azurerm_site_recovery_protection_container" "north" {
  name                 = "north-europe-machines"
  resource_group_name  = azurerm_resource_group.recovered.name
  recovery_vault_name  = azurerm_recovery_services_vault.recovery.name
  recovery_fabric_name = azurerm_site_recovery_fabric.north.name
}

resource "azurerm_site_recovery_protection_container_mapping" "west_to_north" {
  name                                      = "west-to-north"
  resource_group_name                       = azurerm_resource_group.recovered.name
  recovery_vault_name                       = azurerm_recovery_services_vault.recovery.name
  recovery_fabric_name                      = azurerm_site_recovery_fabric.west.name
  recovery_source_protection_container_name = azurerm_site_recovery_protection_container.west.name
  recovery_target_protection_container_id   = azurerm_site_recovery_protection_container.north.id
  recovery_replication_policy_id            = azurerm_site_recovery_replication_policy.a_day_back.id
}

resource "azurerm_storage_account" "cache" {
  name                     = "shopcache"
  resource_group_name      = azurerm_resource_group.shop.name
  location                 = azurerm_resource_group.shop.location
  account_tier             = "Standard"
  account_replication_type = "LRS"
}
`;

/** The disk of a faulty VM has been restored from a recovery point. */
function disk({ name, faulty }: BenchVm): string {
    const collections = `${GROUPS}/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections`;
    const origin = faulty
        ? `create_option        = "Restore"
  source_resource_id   = "${collections}/AzureBackup_${name}/restorePoints/latest/disks/${name}-os"`
        : `create_option        = "Copy"
  source_resource_id   = "${GROUPS}/hub/providers/Microsoft.Compute/snapshots/ubuntu"`;
    return `
resource "azurerm_managed_disk" "${name}" {
  name                 = "${name}-${faulty ? "os-restored" : "os"}"
  location             = azurerm_resource_group.shop.location
  resource_group_name  = azurerm_resource_group.shop.name
  storage_account_type = "Premium_LRS"
  os_type              = "Linux"
  ${origin}
}
`;
}

function vm({ name }: BenchVm): string {
    return `
resource "azurerm_linux_virtual_machine" "${name}" {
  name                  = "${name}"
  location              = azurerm_resource_group.shop.location
  resource_group_name   = azurerm_resource_group.shop.name
  size                  = "Standard_D4s_v5"
  os_managed_disk_id    = azurerm_managed_disk.${name}.id
  network_interface_ids = ["${GROUPS}/hub/providers/Microsoft.Network/networkInterfaces/${name}"]

  os_disk {
    caching = "ReadWrite"
  }
}
`;
}

function backup({ name }: BenchVm): string {
    return `
resource "azurerm_backup_protected_vm" "${name}" {
  resource_group_name = azurerm_resource_group.shop.name
  recovery_vault_name = azurerm_recovery_services_vault.backup.name
  source_vm_id        = azurerm_linux_virtual_machine.${name}.id
  backup_policy_id    = azurerm_backup_policy_vm.every_four_hours.id
}
`;
}

/** The disk is written out, as in the Pulumi programs: after a restore it is still the one that was there before. */
function replication({ name }: BenchVm): string {
    return `
resource "azurerm_site_recovery_replicated_vm" "${name}" {
  name                                      = "${name}"
  resource_group_name                       = azurerm_resource_group.recovered.name
  recovery_vault_name                       = azurerm_recovery_services_vault.recovery.name
  source_vm_id                              = azurerm_linux_virtual_machine.${name}.id
  recovery_replication_policy_id            = azurerm_site_recovery_replication_policy.a_day_back.id
  source_recovery_fabric_name               = azurerm_site_recovery_fabric.west.name
  source_recovery_protection_container_name = azurerm_site_recovery_protection_container.west.name
  target_resource_group_id                  = azurerm_resource_group.recovered.id
  target_recovery_fabric_id                 = azurerm_site_recovery_fabric.north.id
  target_recovery_protection_container_id   = azurerm_site_recovery_protection_container.north.id

  managed_disk {
    disk_id                    = "${GROUPS}/shop/providers/Microsoft.Compute/disks/${name}-os"
    staging_storage_account_id = azurerm_storage_account.cache.id
    target_resource_group_id   = azurerm_resource_group.recovered.id
    target_disk_type           = "Premium_LRS"
    target_replica_disk_type   = "Premium_LRS"
  }
}
`;
}

const VMS_PER_FILE = 10;

/**
 * The estate in Terraform, which knows one provider only: file name → text. Ten VMs share a file, which Checkov reads
 * somewhat faster than one large file.
 */
export function terraformOf(vms: readonly BenchVm[]): ReadonlyMap<string, string> {
    const files = new Map([["surroundings.tf", SURROUNDINGS]]);
    for (let first = 0; first < vms.length; first += VMS_PER_FILE) {
        const written = vms
            .slice(first, first + VMS_PER_FILE)
            .flatMap((each) => [disk(each), vm(each), backup(each), replication(each)]);
        files.set(`machines-${first}.tf`, written.join(""));
    }
    return files;
}
