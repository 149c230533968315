/** Resources of an exported state, as azure-native writes them, made by the thousand. */

export type Bag = Readonly<Record<string, unknown>>;

const SUBSCRIPTION = "8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const PROJECT = "growth";
const PROVIDER = `urn:pulumi:prod::${PROJECT}::pulumi:providers:azure-native::default`;
const PROVIDER_ID = "b1f0a5e2-7c1d-4a53-9f5e-0d6a2c8e4b17";
/** What Pulumi writes for a value that nobody knows yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function id(type: string, name: string, group = "shop"): string {
    return `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/${type}/${name}`;
}

const vaultId = (name: string): string => id("Microsoft.RecoveryServices/vaults", name);
const vmId = (name: string): string => id("Microsoft.Compute/virtualMachines", name);
const diskId = (name: string): string => id("Microsoft.Compute/disks", name);

export function urnOf(type: string, name: string): string {
    return `urn:pulumi:prod::${PROJECT}::azure-native:${type}::${name}`;
}

export function resource(type: string, name: string, armId: string, inputs: Bag, over: Bag = {}): Bag {
    return {
        urn: urnOf(type, name),
        custom: true,
        id: armId,
        type: `azure-native:${type}`,
        provider: `${PROVIDER}::${PROVIDER_ID}`,
        inputs,
        outputs: { ...inputs, id: armId, name: armId.slice(armId.lastIndexOf("/") + 1) },
        ...over,
    };
}

const common = { resourceGroupName: "shop", location: "westeurope" };

export function vm(name: string, dataDisks: readonly string[] = [], over: Bag = {}): Bag {
    const attached = (disk: string): Bag => ({ createOption: "Attach", managedDisk: { id: diskId(disk) } });
    return resource("compute:VirtualMachine", name, vmId(name), {
        ...common,
        vmName: name,
        hardwareProfile: { vmSize: "Standard_D4s_v5" },
        storageProfile: {
            osDisk: { osType: "Linux", ...attached(`${name}-os`) },
            dataDisks: dataDisks.map((disk, lun) => ({ lun, ...attached(disk) })),
        },
        ...over,
    });
}

export function disk(name: string, isRestored = false): Bag {
    const point = `restorePointCollections/AzureBackup_${name}_1/restorePoints/AzureBackup_20260301_084023`;
    const creationData = isRestored
        ? {
              createOption: "Restore",
              sourceResourceId: `${id("Microsoft.Compute", point, "AzureBackupRG_westeurope_1")}/disks/${name}`,
          }
        : { createOption: "Empty" };
    return resource("compute:Disk", name, diskId(name), { ...common, diskName: name, diskSizeGB: 64, creationData });
}

export function vault(name: string, location = "westeurope"): Bag {
    return resource("recoveryservices:Vault", name, vaultId(name), { ...common, vaultName: name, location });
}

export function backup(name: string, of: string, inVault: string): Bag {
    const [container, item] = [`iaasvmcontainer;iaasvmcontainerv2;shop;${name}`, `vm;iaasvmcontainerv2;shop;${name}`];
    return resource(
        "recoveryservices:ProtectedItem",
        name,
        `${vaultId(inVault)}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${item}`,
        {
            resourceGroupName: "shop",
            vaultName: inVault,
            fabricName: "Azure",
            containerName: container,
            protectedItemName: item,
            properties: {
                protectedItemType: "Microsoft.Compute/virtualMachines",
                sourceResourceId: vmId(of),
                policyId: `${vaultId(inVault)}/backupPolicies/EnhancedPolicy`,
                protectionState: "Protected",
            },
        },
    );
}

export function replication(
    name: string,
    of: string,
    disks: readonly string[],
    details: Bag = {},
    over: Bag = {},
): Bag {
    const a2a = { instanceType: "A2A", fabricObjectId: vmId(of), ...details };
    const armId = `${replicatedIn("recovery")}/${name}`;
    const asked = { vmManagedDisks: disks.map((each) => ({ diskId: diskId(each) })) };
    const answered = { protectedManagedDisks: disks.map((each) => ({ diskId: diskId(each) })) };
    const inputs = {
        resourceGroupName: "shop",
        resourceName: "recovery",
        fabricName: "west",
        protectionContainerName: "west",
        replicatedProtectedItemName: name,
        properties: { providerSpecificDetails: { ...a2a, ...asked } },
    };
    return resource("recoveryservices:ReplicationProtectedItem", name, armId, inputs, {
        outputs: { id: armId, name, properties: { providerSpecificDetails: { ...a2a, ...answered } } },
        ...over,
    });
}

export function replicatedIn(inVault: string): string {
    return `${vaultId(inVault)}/replicationFabrics/west/replicationProtectionContainers/west/replicationProtectedItems`;
}

export function recoveryPlan(name: string, items: readonly string[]): Bag {
    return resource(
        "recoveryservices:ReplicationRecoveryPlan",
        name,
        `${vaultId("recovery")}/replicationRecoveryPlans/${name}`,
        {
            resourceGroupName: "shop",
            resourceName: "recovery",
            recoveryPlanName: name,
            properties: {
                groups: [
                    {
                        groupType: "Boot",
                        replicationProtectedItems: items.map((item) => ({ id: `${replicatedIn("recovery")}/${item}` })),
                    },
                ],
            },
        },
    );
}

export function lock(name: string, group: string): Bag {
    return resource(
        "authorization:ManagementLockAtResourceGroupLevel",
        name,
        id("Microsoft.Authorization/locks", name),
        {
            lockName: name,
            level: "CanNotDelete",
            resourceGroupName: group,
        },
    );
}

/** Turns backup on for VMs whose tag "tier" has a value. */
export function assignment(name: string, tier: string, scope = `/subscriptions/${SUBSCRIPTION}`): Bag {
    return resource(
        "authorization:PolicyAssignment",
        name,
        `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`,
        {
            policyAssignmentName: name,
            scope,
            policyDefinitionId:
                "/providers/Microsoft.Authorization/policyDefinitions/345fa903-145c-4fe1-8bcd-93ec2adccde8",
            parameters: {
                vaultLocation: { value: "westeurope" },
                inclusionTagName: { value: "tier" },
                inclusionTagValue: { value: [tier] },
            },
        },
    );
}

/** The text of `pulumi stack export`, in pieces: the largest are longer than a text can be. */
export function* stateOf(resources: Iterable<Bag>): Iterable<string> {
    yield `{"version":3,"deployment":{"manifest":{"time":"2026-11-28T10:00:00Z","magic":"","version":""},"resources":[`;
    yield JSON.stringify({
        urn: PROVIDER,
        custom: true,
        id: PROVIDER_ID,
        type: "pulumi:providers:azure-native",
        inputs: { subscriptionId: SUBSCRIPTION },
    });
    for (const each of resources) {
        yield `,${JSON.stringify(each)}`;
    }
    yield "]}}";
}
