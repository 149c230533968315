import { UNKNOWN } from "../../dev/offline/providers/values";
import type { SentResource } from "../harness/stack";

const TYPES = [
    "azure-native:network:VirtualNetwork",
    "azure-native:network/v20240501:NetworkInterface",
    "azure-native_keyvault_v20230701:keyvault:Vault",
    "azure-native:storage:StorageAccount",
    "azure:compute/availabilitySet:AvailabilitySet",
    "aws:ec2/instance:Instance",
    "aws:ebs/volume:Volume",
    "random:index/randomPassword:RandomPassword",
    "shop:index:VirtualMachine",
    "pulumi:providers:azure-native",
];

/** Resources of types that no reader knows, with properties that look like those that readers read. */
export function unrelatedResources(count: number): readonly SentResource[] {
    return Array.from({ length: count }, (_, index) => {
        const type = TYPES[index % TYPES.length] ?? "";
        const name = `unrelated-${index}`;
        const properties = {
            id: UNKNOWN,
            name,
            resourceGroupName: UNKNOWN,
            creationData: { createOption: "Restore", sourceResourceId: UNKNOWN },
            properties: { sourceResourceId: UNKNOWN, protectedItemType: "Microsoft.Compute/virtualMachines" },
            tags: { RSVaultBackup: "x" },
        };
        return {
            urn: `urn:pulumi:dev::shop::${type}::${name}`,
            name,
            type,
            inputs: properties,
            outputs: properties,
            propertyDependencies: {},
            parent: undefined,
            provider: undefined,
            options: {},
        };
    });
}
