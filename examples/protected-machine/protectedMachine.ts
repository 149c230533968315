// A VM, its disks, and what protects it, as one component. What is replicated cannot drift from what the VM
// has, since one list of disks is the source of both.
import * as compute from "@pulumi/azure-native/compute";
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import type * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

/** Where VMs are backed up, and to where they are replicated. */
export interface Protection {
    readonly backupVault: recoveryservices.Vault;
    /** Of the vault and of the replicated VMs. */
    readonly recoveryGroup: resources.ResourceGroup;
    readonly recoveryVault: recoveryservices.Vault;
    /** The fabric of Site Recovery from which VMs are replicated, and the one to which they are. */
    readonly from: string;
    readonly to: string;
    /** The id of the storage account in the region of the VMs that caches what changes. */
    readonly staging: pulumi.Input<string>;
}

export interface ProtectedVmArgs {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly vmSize: string;
    readonly image: pulumi.Input<string>;
    readonly networkInterface: pulumi.Input<string>;
    /** The sizes of the data disks in GB. */
    readonly dataDisks?: readonly number[];
    readonly protection: Protection;
}

export class ProtectedVm extends pulumi.ComponentResource {
    readonly vm: compute.VirtualMachine;
    readonly id: pulumi.Output<string>;

    constructor(name: string, args: ProtectedVmArgs, options?: pulumi.ComponentResourceOptions) {
        super("shop:index:ProtectedMachine", name, {}, options);
        const own = { parent: this };
        const { resourceGroupName, protection } = args;

        const os = new compute.Disk(
            `${name}-os`,
            {
                resourceGroupName,
                osType: "Linux",
                sku: { name: "Premium_LRS" },
                creationData: { createOption: "FromImage", imageReference: { id: args.image } },
            },
            own,
        );
        const data = (args.dataDisks ?? []).map(
            (diskSizeGB, index) =>
                new compute.Disk(
                    `${name}-data-${index}`,
                    {
                        resourceGroupName,
                        sku: { name: "Premium_LRS" },
                        diskSizeGB,
                        creationData: { createOption: "Empty" },
                    },
                    own,
                ),
        );
        this.vm = new compute.VirtualMachine(
            name,
            {
                resourceGroupName,
                hardwareProfile: { vmSize: args.vmSize },
                networkProfile: { networkInterfaces: [{ id: args.networkInterface, primary: true }] },
                storageProfile: {
                    osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: os.id } },
                    dataDisks: data.map(({ id }, lun) => ({ lun, createOption: "Attach", managedDisk: { id } })),
                },
            },
            own,
        );
        new recoveryservices.ProtectedItem(
            `${name}-backup`,
            {
                resourceGroupName,
                vaultName: protection.backupVault.name,
                fabricName: "Azure",
                containerName: pulumi.interpolate`iaasvmcontainer;iaasvmcontainerv2;${resourceGroupName};${this.vm.name}`,
                protectedItemName: pulumi.interpolate`vm;iaasvmcontainerv2;${resourceGroupName};${this.vm.name}`,
                properties: {
                    protectedItemType: "Microsoft.Compute/virtualMachines",
                    policyId: pulumi.interpolate`${protection.backupVault.id}/backupPolicies/EnhancedPolicy`,
                    sourceResourceId: this.vm.id,
                },
            },
            own,
        );
        const recoveryResourceGroupId = protection.recoveryGroup.id;
        new recoveryservices.ReplicationProtectedItem(
            `${name}-replication`,
            {
                resourceGroupName: protection.recoveryGroup.name,
                resourceName: protection.recoveryVault.name,
                fabricName: protection.from,
                protectionContainerName: protection.from,
                properties: {
                    policyId: pulumi.interpolate`${protection.recoveryVault.id}/replicationPolicies/24-hours`,
                    providerSpecificDetails: {
                        instanceType: "A2A",
                        fabricObjectId: this.vm.id,
                        recoveryContainerId: pulumi.interpolate`${protection.recoveryVault.id}/replicationFabrics/${protection.to}/replicationProtectionContainers/${protection.to}`,
                        recoveryResourceGroupId,
                        // An array of elements, each with the id of one disk, and not an `apply` that makes the array: so a
                        // preview knows which disks are in it although it does not know their ids.
                        vmManagedDisks: [os, ...data].map(({ id }) => ({
                            diskId: id,
                            primaryStagingAzureStorageAccountId: protection.staging,
                            recoveryResourceGroupId,
                        })),
                    },
                },
            },
            own,
        );

        this.id = this.vm.id;
        this.registerOutputs({ id: this.id });
    }
}
