"""A web server that Azure Backup backs up as a whole and Site Recovery replicates to another region.

With `pulumi config set restored true` it boots from an OS disk that was restored from last night's backup. Nobody thought of
replication, whose list is as it was.
"""

import pulumi
from pulumi_azure_native import compute, recoveryservices, resources

SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60"
# Made once for all VMs, in another program.
STAGING = f"{SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.Storage/storageAccounts/stagingwesteurope"
RECOVERY_GROUP = f"{SUBSCRIPTION}/resourceGroups/shop-recovery"
# Where Azure Backup keeps the restore points of the VM.
RESTORE_POINTS = (
    f"{SUBSCRIPTION}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute"
    "/restorePointCollections/AzureBackup_web_545359511612843/restorePoints"
)

is_restored = pulumi.Config().get_bool("restored") or False

group = resources.ResourceGroup("group", resource_group_name="shop", location="westeurope")


def disk(name: str, creation_data: compute.CreationDataArgs, **more) -> compute.Disk:
    return compute.Disk(
        name,
        resource_group_name=group.name,
        disk_name=name,
        location="westeurope",
        sku=compute.DiskSkuArgs(name="Premium_LRS"),
        creation_data=creation_data,
        **more,
    )


image = f"{SUBSCRIPTION}/resourceGroups/images/providers/Microsoft.Compute/galleries/shop/images/ubuntu/versions/24.4.0"
web_os = disk(
    "web-os",
    compute.CreationDataArgs(
        create_option="FromImage", image_reference=compute.ImageDiskReferenceArgs(id=image)
    ),
    os_type="Linux",
)
web_data = disk("web-data", compute.CreationDataArgs(create_option="Empty"), disk_size_gb=256)
boots_from = web_os
if is_restored:
    boots_from = disk(
        "web-os-restored",
        compute.CreationDataArgs(
            create_option="Restore",
            source_resource_id=f"{RESTORE_POINTS}/AzureBackup_20260301_084023/disks/web-os",
        ),
        os_type="Linux",
    )

web = compute.VirtualMachine(
    "web",
    resource_group_name=group.name,
    vm_name="web",
    location="westeurope",
    hardware_profile=compute.HardwareProfileArgs(vm_size="Standard_D4s_v5"),
    network_profile=compute.NetworkProfileArgs(
        network_interfaces=[
            compute.NetworkInterfaceReferenceArgs(
                id=f"{SUBSCRIPTION}/resourceGroups/network/providers/Microsoft.Network/networkInterfaces/web",
                primary=True,
            )
        ]
    ),
    storage_profile=compute.StorageProfileArgs(
        os_disk=compute.OSDiskArgs(
            create_option="Attach",
            os_type="Linux",
            managed_disk=compute.ManagedDiskParametersArgs(id=boots_from.id),
        ),
        data_disks=[
            compute.DataDiskArgs(
                lun=0, create_option="Attach", managed_disk=compute.ManagedDiskParametersArgs(id=web_data.id)
            )
        ],
    ),
)


def vault(name: str, vault_name: str, location: str) -> recoveryservices.Vault:
    """Backups in it survive the loss of a zone, and nobody deletes them early."""
    return recoveryservices.Vault(
        name,
        resource_group_name=group.name,
        vault_name=vault_name,
        location=location,
        sku=recoveryservices.SkuArgs(name="RS0", tier="Standard"),
        properties=recoveryservices.VaultPropertiesArgs(
            public_network_access="Enabled",
            redundancy_settings=recoveryservices.VaultPropertiesRedundancySettingsArgs(
                standard_tier_storage_redundancy="ZoneRedundant"
            ),
            security_settings=recoveryservices.SecuritySettingsArgs(
                immutability_settings=recoveryservices.ImmutabilitySettingsArgs(state="Unlocked")
            ),
        ),
    )


backup_vault = vault("backupVault", "backup-westeurope", "westeurope")
recovery_vault = vault("recoveryVault", "recovery-northeurope", "northeurope")

recoveryservices.ProtectedItem(
    "web-backup",
    resource_group_name=group.name,
    vault_name=backup_vault.name,
    fabric_name="Azure",
    container_name="iaasvmcontainer;iaasvmcontainerv2;shop;web",
    protected_item_name="vm;iaasvmcontainerv2;shop;web",
    properties=recoveryservices.AzureIaaSComputeVMProtectedItemArgs(
        protected_item_type="Microsoft.Compute/virtualMachines",
        policy_id=pulumi.Output.concat(backup_vault.id, "/backupPolicies/EnhancedPolicy"),
        source_resource_id=web.id,
    ),
)

recoveryservices.ReplicationProtectedItem(
    "web-replication",
    resource_group_name=group.name,
    resource_name_=recovery_vault.name,
    fabric_name="westeurope",
    protection_container_name="westeurope",
    replicated_protected_item_name="web",
    properties=recoveryservices.EnableProtectionInputPropertiesArgs(
        policy_id=pulumi.Output.concat(recovery_vault.id, "/replicationPolicies/24-hours"),
        provider_specific_details=recoveryservices.A2AEnableProtectionInputArgs(
            instance_type="A2A",
            fabric_object_id=web.id,
            recovery_container_id=pulumi.Output.concat(
                recovery_vault.id,
                "/replicationFabrics/northeurope/replicationProtectionContainers/northeurope",
            ),
            recovery_resource_group_id=RECOVERY_GROUP,
            # A list with an element for each disk, and not an `apply` that makes the list: so a preview knows which disks
            # are in it.
            vm_managed_disks=[
                recoveryservices.A2AVmManagedDiskInputDetailsArgs(
                    disk_id=each.id,
                    primary_staging_azure_storage_account_id=STAGING,
                    recovery_resource_group_id=RECOVERY_GROUP,
                )
                for each in (web_os, web_data)
            ],
        ),
    ),
)
