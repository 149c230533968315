// "A replicated machine boots from a restored disk", in spellings that real estates mix, on the engine itself: what
// unknown ids, dependencies, providers and replacements look like is Pulumi's own doing here.
import { foundInOutput, policyOutput } from "../../offline/examples";
import { removeScratchFolders } from "../offline/scratch";
import { asText, found, type Outcome, Project, TROUBLE } from "./project";

const SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const STAGING = `${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.Storage/storageAccounts/staging`;
const RECOVERY_GROUP = `${SUBSCRIPTION}/resourceGroups/shop-recovery`;
const RECOVERY_FABRIC = "${recovery.id}/replicationFabrics/northeurope";
const RESTORE_POINTS =
    `${SUBSCRIPTION}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections` +
    "/AzureBackup_web_545359511612843/restorePoints";

/** One resource of a program. JSON is YAML, too. */
interface Resource {
    readonly type: string;
    readonly properties: object;
    readonly options?: object;
}

type Resources = Readonly<Record<string, Resource>>;

const program = (resources: Resources): string => JSON.stringify({ name: "spellings", runtime: "yaml", resources });

const group: Resource = {
    type: "azure-native:resources:ResourceGroup",
    properties: { resourceGroupName: "shop", location: "westeurope" },
};

const vault = (location: string, properties: object = {}): Resource => ({
    type: "azure-native:recoveryservices:Vault",
    properties: { resourceGroupName: "${group.name}", location, sku: { name: "RS0", tier: "Standard" }, ...properties },
});

// ---- Machines and disks ---------------------------------------------------------------------------------------------

const RESTORE = { createOption: "Restore", sourceResourceId: `${RESTORE_POINTS}/AzureBackup_20260301_084023/disks/os` };
const NEW = { createOption: "Empty" };

const nativeDisk = (creationData: object, type = "azure-native:compute:Disk"): Resource => ({
    type,
    properties: {
        resourceGroupName: "${group.name}",
        osType: "Linux",
        sku: { name: "Premium_LRS" },
        diskSizeGB: 64,
        creationData,
    },
});

const classicDisk = (creation: object): Resource => ({
    type: "azure:compute/managedDisk:ManagedDisk",
    properties: {
        resourceGroupName: "${group.name}",
        osType: "Linux",
        storageAccountType: "Premium_LRS",
        diskSizeGb: 64,
        ...creation,
    },
});

const nativeMachine = (osDisk: string, type = "azure-native:compute:VirtualMachine"): Resource => ({
    type,
    properties: {
        resourceGroupName: "${group.name}",
        hardwareProfile: { vmSize: "Standard_D4s_v5" },
        storageProfile: { osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: osDisk } } },
    },
});

const classicMachine = (osManagedDiskId: string): Resource => ({
    type: "azure:compute/linuxVirtualMachine:LinuxVirtualMachine",
    properties: {
        resourceGroupName: "${group.name}",
        size: "Standard_D4s_v5",
        networkInterfaceIds: [
            `${SUBSCRIPTION}/resourceGroups/network/providers/Microsoft.Network/networkInterfaces/web`,
        ],
        osDisk: { caching: "ReadWrite" },
        osManagedDiskId,
    },
});

// ---- Replicated items -----------------------------------------------------------------------------------------------

const itemProperties = (machine: string, disk: string): object => ({
    policyId: "${recovery.id}/replicationPolicies/24-hours",
    providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: machine,
        recoveryContainerId: `${RECOVERY_FABRIC}/replicationProtectionContainers/northeurope`,
        recoveryResourceGroupId: RECOVERY_GROUP,
        vmManagedDisks: [
            {
                diskId: disk,
                primaryStagingAzureStorageAccountId: STAGING,
                recoveryResourceGroupId: RECOVERY_GROUP,
            },
        ],
    },
});

const nativeItem = (machine: string, disk: string): Resource => ({
    type: "azure-native:recoveryservices:ReplicationProtectedItem",
    properties: {
        resourceGroupName: "${group.name}",
        resourceName: "${recovery.name}",
        fabricName: "westeurope",
        protectionContainerName: "westeurope",
        properties: itemProperties(machine, disk),
    },
});

const classicItem = (sourceVmId: string, diskId: string): Resource => ({
    type: "azure:siterecovery/replicatedVM:ReplicatedVM",
    properties: {
        resourceGroupName: "${group.name}",
        recoveryVaultName: "${recovery.name}",
        sourceRecoveryFabricName: "westeurope",
        sourceRecoveryProtectionContainerName: "westeurope",
        recoveryReplicationPolicyId: "${recovery.id}/replicationPolicies/24-hours",
        sourceVmId,
        targetRecoveryFabricId: RECOVERY_FABRIC,
        targetRecoveryProtectionContainerId: `${RECOVERY_FABRIC}/replicationProtectionContainers/northeurope`,
        targetResourceGroupId: RECOVERY_GROUP,
        managedDisks: [
            {
                diskId,
                stagingStorageAccountId: STAGING,
                targetResourceGroupId: RECOVERY_GROUP,
                targetDiskType: "Premium_LRS",
                targetReplicaDiskType: "Premium_LRS",
            },
        ],
    },
    options: { deleteBeforeReplace: true },
});

/** An ARM template that holds the item. */
const deployedItem = (machine: string, disk: string): Resource => ({
    type: "azure-native:resources:Deployment",
    properties: {
        resourceGroupName: "${group.name}",
        properties: {
            mode: "Incremental",
            template: {
                $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                contentVersion: "1.0.0.0",
                resources: [
                    {
                        type: "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
                        apiVersion: "2024-10-01",
                        name: "${recovery.name}/westeurope/westeurope/templated",
                        properties: itemProperties(machine, disk),
                    },
                ],
            },
        },
    },
});

const genericItem = (machine: string, disk: string): Resource => ({
    type: "azure-native:resources:Resource",
    properties: {
        resourceGroupName: "${group.name}",
        resourceProviderNamespace: "Microsoft.RecoveryServices",
        parentResourcePath: "vaults/recovery/replicationFabrics/westeurope/replicationProtectionContainers/westeurope",
        resourceType: "replicationProtectedItems",
        resourceName: "generic",
        apiVersion: "2024-10-01",
        properties: itemProperties(machine, disk),
    },
});

// ---- One stack with a machine in each spelling ----------------------------------------------------------------------

interface Disks {
    /** "again" is a disk that comes from a second restore. */
    readonly boots: "restored" | "again";
    readonly listed: "os" | "restored";
}

const inSpelling = (
    name: string,
    disk: (creation: object) => Resource,
    machine: (osDisk: string) => Resource,
    item: (machine: string, disk: string) => Resource,
    { boots, listed }: Disks,
): Resources => ({
    [`${name}-os`]: disk(NEW),
    [`${name}-restored`]: disk(RESTORE),
    ...(boots === "again" ? { [`${name}-again`]: disk(RESTORE) } : {}),
    [name]: machine(`\${${name}-${boots}.id}`),
    [`${name}-item`]: item(`\${${name}.id}`, `\${${name}-${listed}.id}`),
});

const VERSIONED = {
    disk: "azure-native:compute/v20240302:Disk",
    machine: "azure-native:compute/v20241101:VirtualMachine",
};

/** Only the group and a vault have names of their own, so no id of a machine or a disk is known at first. */
const estate = (disks: Disks): string =>
    program({
        group,
        backup: vault("westeurope"),
        recovery: vault("northeurope", { vaultName: "recovery" }),
        ...inSpelling("classic", classicDisk, classicMachine, nativeItem, disks),
        "classic-backup": {
            type: "azure-native:recoveryservices:ProtectedItem",
            properties: {
                resourceGroupName: "${group.name}",
                vaultName: "${backup.name}",
                fabricName: "Azure",
                containerName: "iaasvmcontainer;iaasvmcontainerv2;shop;${classic.name}",
                protectedItemName: "vm;iaasvmcontainerv2;shop;${classic.name}",
                properties: {
                    protectedItemType: "Microsoft.Compute/virtualMachines",
                    sourceResourceId: "${classic.id}",
                },
            },
        },
        ...inSpelling(
            "versioned",
            (creation) => nativeDisk(creation, VERSIONED.disk),
            (osDisk) => nativeMachine(osDisk, VERSIONED.machine),
            classicItem,
            disks,
        ),
        ...inSpelling("templated", nativeDisk, nativeMachine, deployedItem, disks),
        ...inSpelling("generic", nativeDisk, nativeMachine, genericItem, disks),
    });

const NAMES = ["classic", "generic", "templated", "versioned"];

/** What every one of these stacks gives: the classic machine is backed up, and each machine has a restored disk. */
const ALWAYS = ["BCDR101 classic", ...NAMES.map((name) => `BCDR110 ${name}-restored`)];

/** The lines of BCDR490 with what could not be decided. */
const undecided = ({ stdout }: Outcome): readonly string[] =>
    [...policyOutput(stdout).matchAll(/^ +(BCDR\d+(?:, BCDR\d+)*) on "(.*)": /gm)]
        .map(([, rules = "", resource = ""]) => `${rules} on ${resource}`)
        .sort();

const expectNoTrouble = ({ printed }: Outcome): void => expect(printed).not.toMatch(TROUBLE);

afterAll(removeScratchFolders);

describe("machines in four spellings that boot from restored disks", () => {
    let project: Project;

    beforeAll(async () => {
        project = await Project.start(estate({ boots: "restored", listed: "os" }));
    });

    test("fail at first preview where replication leaves those disks out", async () => {
        const outcome = await project.preview();
        expect(found(outcome.events)).toEqual([...ALWAYS, ...NAMES.map((name) => `BCDR121 ${name}`)]);
        expect(outcome.stdout).toContain("hold diskId: ${classic-restored.id} (OS disk)");
        expect(outcome.stdout).toContain(
            'let managedDisks of "versioned-item" hold diskId: ${versioned-restored.id} (OS disk)',
        );
        expectNoTrouble(outcome);
    });

    describe("that replication lists", () => {
        let deployed: Outcome;

        beforeAll(async () => {
            project.write(estate({ boots: "restored", listed: "restored" }));
            deployed = await project.up();
        });

        test("pass, at the preview and when they are deployed", () => {
            expect(deployed.status).toBe(0);
            expect(asText(foundInOutput(policyOutput(deployed.stdout)))).toEqual(ALWAYS);
            // What carriers have made is not read back.
            expect(found(deployed.events)).toEqual([...ALWAYS, "BCDR490 spellings-dev"]);
            expectNoTrouble(deployed);
        });

        test("pass from their state", async () => {
            const outcome = await project.analyze(await project.exportState());
            expect(outcome.status).toBe(0);
            expect(found(outcome.events)).toEqual([...ALWAYS, "BCDR490 spellings-dev"]);
            expectNoTrouble(outcome);
        });

        test("fail where they are restored once more, or leave it open", async () => {
            project.write(estate({ boots: "again", listed: "restored" }));
            const outcome = await project.preview();
            expect(found(outcome.events)).toEqual(
                [
                    ...ALWAYS,
                    ...NAMES.map((name) => `BCDR110 ${name}-again`),
                    "BCDR121 versioned",
                    "BCDR490 spellings-dev",
                ].sort(),
            );
            // The classic machine is made anew for another OS disk, and that changes its azure-native item in place.
            expect(outcome.stdout).toContain(
                "azure:compute:LinuxVirtualMachine classic replace [diff: ~osManagedDiskId]",
            );
            expect(undecided(outcome)).toEqual([
                "BCDR121, BCDR131, BCDR132 on classic-item",
                "BCDR121, BCDR131, BCDR132 on generic-item",
                "BCDR121, BCDR131, BCDR132 on templated-item",
                "BCDR416 on classic-item",
            ]);
            expectNoTrouble(outcome);
        });
    });
});

// ---- Equal names in two subscriptions -------------------------------------------------------------------------------

const ONE = "11111111-1111-4111-8111-111111111111";
const TWO = "22222222-2222-4222-8222-222222222222";

/** A machine `shop/web` with everything around it, in the subscription of a provider; ids are written out. */
const inSubscription = (name: "one" | "two", subscription: string, listed: string): Resources => {
    const compute = `/subscriptions/${subscription}/resourceGroups/shop/providers/Microsoft.Compute`;
    const options = { provider: `\${subscription-${name}}` };
    const own = ({ type, properties }: Resource, names: object): Resource => ({
        type,
        properties: { ...properties, resourceGroupName: "shop", ...names },
        options: { ...options, dependsOn: [`\${group-${name}}`] },
    });
    return {
        [`subscription-${name}`]: {
            type: "pulumi:providers:azure-native",
            properties: { subscriptionId: subscription },
        },
        [`group-${name}`]: { ...group, options },
        [`os-${name}`]: own(nativeDisk(NEW), { diskName: "web-os" }),
        [`restored-${name}`]: own(nativeDisk(RESTORE), { diskName: "web-restored" }),
        [`web-${name}`]: own(nativeMachine(`${compute}/disks/web-restored`), { vmName: "web" }),
        [`item-${name}`]: own(nativeItem(`${compute}/virtualMachines/web`, `${compute}/disks/${listed}`), {
            replicatedProtectedItemName: "web",
        }),
    };
};

describe("machines of one name and group in two subscriptions", () => {
    let outcome: Outcome;

    beforeAll(async () => {
        const provider = "${subscription-two}";
        const project = await Project.start(
            program({
                ...inSubscription("one", ONE, "web-os"),
                ...inSubscription("two", TWO, "web-restored"),
                recovery: { ...vault("northeurope", { resourceGroupName: "shop" }), options: { provider } },
                "backup-two": {
                    type: "azure-native:recoveryservices:ProtectedItem",
                    properties: {
                        resourceGroupName: "shop",
                        vaultName: "backup",
                        fabricName: "Azure",
                        containerName: "iaasvmcontainer;iaasvmcontainerv2;shop;web",
                        protectedItemName: "vm;iaasvmcontainerv2;shop;web",
                        properties: {
                            protectedItemType: "Microsoft.Compute/virtualMachines",
                            sourceResourceId: `/subscriptions/${TWO}/resourceGroups/SHOP/providers/Microsoft.Compute/virtualMachines/WEB`,
                        },
                    },
                    options: { provider },
                },
            }),
        );
        outcome = await project.preview();
    });

    test("are told apart: one leaves its disk out of the list, the other is backed up", () => {
        expect(found(outcome.events)).toEqual([
            "BCDR101 web-two",
            "BCDR110 restored-one",
            "BCDR110 restored-two",
            "BCDR121 web-one",
        ]);
        expectNoTrouble(outcome);
    });
});
