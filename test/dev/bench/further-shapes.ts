import {
    backup,
    disk,
    id,
    vm,
    recoveryPlan,
    replication,
    resource,
    UNKNOWN,
    urnOf,
    vault,
    type Bag,
} from "../../../dev/bench/shapes/resources";
import type { Shape } from "../../../dev/bench/shapes/shapes";
import type { ConfigurationFile } from "../../../src/config/configuration-file";
import { latestEnd, today } from "../../../src/findings/exemption";

/** Shapes whose work and words are held down, too, without being measured in seconds. */

const RECOVERY = vault("recovery", "northeurope");

function many<T>(count: number, make: (index: number) => T): readonly T[] {
    return Array.from({ length: Math.floor(count) }, (_, index) => make(index));
}

function group(name: string): Bag {
    return resource("resources:ResourceGroup", name, id("x", name).replace(/\/providers.*/, `/${name}`), {
        resourceGroupName: name,
        location: "westeurope",
    });
}

function account(name: string, location = "westeurope"): Bag {
    return resource("storage:StorageAccount", name, id("Microsoft.Storage/storageAccounts", name), {
        resourceGroupName: "shop",
        accountName: name,
        location,
        allowSharedKeyAccess: false,
    });
}

function keyedDisk(name: string): Bag {
    const encryption = { diskEncryptionSetId: id("Microsoft.Compute/diskEncryptionSets", "key") };
    const { inputs, ...rest } = disk(name);
    const more = { ...(inputs as Bag), encryption };
    return { ...rest, inputs: more, outputs: { ...(rest["outputs"] as Bag), encryption } };
}

function diskBackup(name: string, of: string): Bag {
    const vaultId = id("Microsoft.DataProtection/backupVaults", "disks");
    const dataSource = {
        objectType: "Datasource",
        resourceID: id("Microsoft.Compute/disks", of),
        datasourceType: "Microsoft.Compute/disks",
    };
    return resource("dataprotection:BackupInstance", name, `${vaultId}/backupInstances/${name}`, {
        resourceGroupName: "shop",
        vaultName: "disks",
        backupInstanceName: name,
        properties: {
            objectType: "BackupInstance",
            dataSourceInfo: dataSource,
            policyInfo: { policyId: `${vaultId}/backupPolicies/daily` },
        },
    });
}

function networkInterface(name: string): Bag {
    const applicationSecurityGroups = [{ id: id("Microsoft.Network/applicationSecurityGroups", "web") }];
    return resource("network:NetworkInterface", name, id("Microsoft.Network/networkInterfaces", name), {
        resourceGroupName: "shop",
        networkInterfaceName: name,
        location: "westeurope",
        ipConfigurations: [{ name: "ip", privateIPAddressVersion: "IPv6", applicationSecurityGroups }],
    });
}

function extension(name: string, of: string): Bag {
    return resource(
        "compute:VirtualMachineExtension",
        name,
        `${id("Microsoft.Compute/virtualMachines", of)}/extensions/${name}`,
        {
            resourceGroupName: "shop",
            vmName: of,
            vmExtensionName: name,
            publisher: "Microsoft.Azure.Security",
            type: "AzureDiskEncryption",
        },
    );
}

function backupPolicy(name: string): Bag {
    return resource(
        "recoveryservices:ProtectionPolicy",
        name,
        `${id("Microsoft.RecoveryServices/vaults", "backups")}/backupPolicies/${name}`,
        {
            resourceGroupName: "shop",
            vaultName: "backups",
            policyName: name,
            properties: {
                backupManagementType: "AzureIaasVM",
                policyType: "V1",
                instantRPDetails: { azureBackupRGNamePrefix: `prefix-${name}-` },
            },
        },
    );
}

function copy(index: number): Bag {
    const { inputs, ...rest } = disk(`d${index}`);
    const creationData = {
        createOption: "Copy",
        sourceResourceId: id("Microsoft.Compute/snapshots", `s${index}`, `group-${index}`),
    };
    return { ...rest, inputs: { ...(inputs as Bag), creationData } };
}

/** The same name, in a group of its own. */
function elsewhere(of: Bag, index: number): Bag {
    const text = JSON.stringify(of).replaceAll("/resourceGroups/shop/", `/resourceGroups/shop-${index}/`);
    const moved = JSON.parse(
        text.replaceAll('"resourceGroupName":"shop"', `"resourceGroupName":"shop-${index}"`),
    ) as Bag;
    return { ...moved, urn: `${String(of["urn"])}-${index}` };
}

const [, , SUBSCRIPTION = ""] = id("x", "x").split("/");

function initiative(name: string, scope: string): Bag {
    return resource(
        "authorization:PolicyAssignment",
        name,
        `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`,
        {
            policyAssignmentName: name,
            scope,
            policyDefinitionId: "/providers/Microsoft.Authorization/policySetDefinitions/of-the-company",
        },
    );
}

const data = (count: number): readonly string[] => many(count, (index) => `d${index}`);

/** Exemptions from BCDR110, each for a resource of its number. */
function exempting(size: number, resource: (index: number) => string): ConfigurationFile {
    const exemptions = many(size, (index) => ({
        policies: ["BCDR110"],
        resource: resource(index),
        reason: "agreed",
        expires: latestEnd(today(), 90),
    }));
    return { "shared-settings": { exemptions } };
}

const restoredDisks = (size: number): readonly Bag[] => data(size).map((name) => disk(`${name}-os`, true));

export const FURTHER_SHAPES: readonly Shape[] = [
    {
        name: "one VM with many keyed disks and as many items, each of which lists one",
        made: (size) => [
            RECOVERY,
            vm("m", data(size / 3)),
            ...data(size / 3).map(keyedDisk),
            ...many(size / 3, (index) => replication(`r${index}`, "m", [`d${index}`])),
        ],
    },
    {
        name: "one VM with many disks, each under Disk Backup, and many extensions",
        made: (size) => [
            vm("m", data(size / 3)),
            ...data(size / 3).map((name) => disk(name)),
            ...many(size / 3, (index) => diskBackup(`b${index}`, `d${index}`)),
            ...many(size / 3, (index) => extension(`e${index}`, "m")),
        ],
    },
    {
        name: "items of which the disks are not known, and as many storage accounts",
        made: (size) => [
            RECOVERY,
            ...many(size / 3, (index) => account(`account${index}`)),
            ...many(size / 3, (index) => vm(`m${index}`)),
            ...many(size / 3, (index) => {
                const item = replication(`r${index}`, `m${index}`, []);
                const details = { instanceType: "A2A", vmManagedDisks: UNKNOWN, protectedManagedDisks: UNKNOWN };
                return {
                    ...item,
                    inputs: { properties: { providerSpecificDetails: details } },
                    outputs: { id: item["id"] },
                };
            }),
        ],
    },
    {
        name: "one VM with many network interfaces",
        made: (size) => {
            const names = many(size / 2, (index) => `nic${index}`);
            const networkInterfaces = names.map((name) => ({ id: id("Microsoft.Network/networkInterfaces", name) }));
            return [
                RECOVERY,
                vm("m", [], { networkProfile: { networkInterfaces } }),
                ...names.map(networkInterface),
                replication("r", "m", ["m-os"]),
            ];
        },
    },
    {
        name: "one VM made from many network interfaces that are not known",
        made: (size) => {
            const names = many(size / 2, (index) => `nic${index}`);
            const networkProfile = { networkInterfaces: names.map(() => ({ id: UNKNOWN })) };
            const propertyDependencies = {
                networkProfile: names.map((name) => urnOf("network:NetworkInterface", name)),
            };
            return [
                RECOVERY,
                { ...vm("m", [], { networkProfile }), propertyDependencies },
                ...names.map(networkInterface),
                replication("r", "m", ["m-os"]),
            ];
        },
    },
    { name: "VMs of one name", made: (size) => many(size, (index) => elsewhere(vm("web"), index)) },
    { name: "disks of one name", made: (size) => many(size, (index) => elsewhere(disk("web", true), index)) },
    {
        name: "vaults of one name, with an item each",
        made: (size) =>
            many(size / 3, (index) =>
                [vault("v"), vm("web"), backup("web", "web", "v")].map((each) => elsewhere(each, index)),
            ).flat(),
    },
    {
        name: "resources of one id",
        made: (size) => many(size, (index) => ({ ...disk("d", true), urn: `${urnOf("compute:Disk", "d")}${index}` })),
    },
    {
        name: "backup policies that name groups, and as many copies of snapshots",
        made: (size) => [...many(size / 2, (index) => backupPolicy(`p${index}`)), ...many(size / 2, copy)],
    },
    {
        name: "resource groups with a VM each",
        made: (size) => many(size / 2, (index) => [group(`shop-${index}`), elsewhere(vm("web"), index)]).flat(),
    },
    {
        name: "a recovery plan made from many items that are not known",
        made: (size) => {
            const items = many(size / 2, (index) => `r${index}`);
            const plan = recoveryPlan("plan", items);
            const groups = [{ groupType: "Boot", replicationProtectedItems: items.map(() => ({ id: UNKNOWN })) }];
            const inputs = { ...(plan["inputs"] as Bag), properties: { groups } };
            const properties = items.map((name) => urnOf("recoveryservices:ReplicationProtectedItem", name));
            return [
                RECOVERY,
                ...items.flatMap((name, index) => [vm(`m${index}`), replication(name, `m${index}`, [`m${index}-os`])]),
                { ...plan, inputs, outputs: { id: plan["id"] }, propertyDependencies: { properties } },
            ];
        },
    },
    {
        name: "a backed-up VM with many disks that may be any of as many more",
        made: (size) => {
            const dataDisks = many(size / 3, (lun) => ({ lun, createOption: "Attach", managedDisk: { id: UNKNOWN } }));
            const storageProfile = { osDisk: { createOption: "Attach", managedDisk: { id: UNKNOWN } }, dataDisks };
            const disks = data((2 * size) / 3);
            return [
                RECOVERY,
                vault("backups"),
                backup("b", "m", "backups"),
                replication("r", "m", ["m-os"]),
                ...disks.map((name) => disk(name, true)),
                {
                    ...vm("m", [], { storageProfile }),
                    propertyDependencies: { storageProfile: disks.map((name) => urnOf("compute:Disk", name)) },
                },
            ];
        },
    },
    {
        name: "one VM with many backup items that each select disks, and many disks",
        made: (size) => [
            vault("backups"),
            vm("m", data(size / 2)),
            ...many(size / 2, (index) => backup(`b${index}`, "m", "backups")),
        ],
    },
    {
        name: "restored disks and as many exemptions that name a part of each",
        made: restoredDisks,
        configured: (size) => exempting(size, (index) => `*/d${index}-*`),
    },
    {
        name: "restored disks and as many exemptions by id in any group",
        made: restoredDisks,
        configured: (size) => exempting(size, (index) => id("Microsoft.Compute/disks", `d${index}-os`, "*")),
    },
    {
        name: "VMs, and as many initiatives that nobody can look into, one for each group and one for all",
        made: (size) =>
            many(size / 3, (index) => [
                elsewhere(vm("web"), index),
                initiative(`own${index}`, `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-${index}`),
                initiative(`all${index}`, `/subscriptions/${SUBSCRIPTION}`),
            ]).flat(),
    },
];
