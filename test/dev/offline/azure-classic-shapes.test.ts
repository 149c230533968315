/** What is read from the declarations of `@pulumi/azure`, held against INT-69 and the import examples. */
import { plan, planChanges } from "../../../dev/offline/providers/azure-plan";
import { autoName, CLASSIC_RESOURCES, classicId, isAutonamed } from "../../../dev/offline/providers/azure-resources";
import { classicSchema } from "../../../dev/offline/providers/azure-schema";
import {
    loadClassicShapes,
    type ClassicObject,
    type ClassicProperty,
} from "../../../dev/offline/providers/azure-sdk-types";
import { UNKNOWN, type ValueMap } from "../../../dev/offline/providers/values";

const shapes = loadClassicShapes();

function properties(token: string): ClassicObject {
    const found = shapes.resources[token];
    if (found === undefined) {
        throw new Error(`no resource ${token}`);
    }
    return found.properties;
}

function namesOf(object: ClassicObject, chosen: (property: ClassicProperty) => boolean): readonly string[] {
    return Object.entries(object)
        .filter(([, property]) => chosen(property))
        .map(([name]) => name)
        .sort();
}

describe("shapes", () => {
    test.each([
        // Facts 5.4: the file's name is not the token's.
        "azure:siterecovery/vMWareReplicationPolicy:VMWareReplicationPolicy",
        "azure:siterecovery/vmwareReplicatedVm:VmwareReplicatedVm",
        "azure:siterecovery/hypervNetworkMapping:HypervNetworkMapping",
        "azure:siterecovery/hyperVSite:HyperVSite",
        "azure:dataprotection/backupInstanceDisk:BackupInstanceDisk",
        "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
        "azure:policy/policySetDefinition:PolicySetDefinition",
    ])("there is a type %s", (token) => {
        expect(Object.keys(shapes.resources)).toContain(token);
    });

    test("CMP-04: there is no type virtualMachineDataDiskAttachment", () => {
        expect(Object.keys(shapes.resources).filter((token) => token.includes("DataDiskAttachment"))).toEqual([
            "azure:compute/dataDiskAttachment:DataDiskAttachment",
        ]);
    });

    test.each([
        [
            // INT-69.
            "azure:siterecovery/replicatedVM:ReplicatedVM",
            [
                "managedDisks",
                "name",
                "recoveryReplicationPolicyId",
                "recoveryVaultName",
                "resourceGroupName",
                "sourceRecoveryFabricName",
                "sourceRecoveryProtectionContainerName",
                "sourceVmId",
                "targetEdgeZone",
                "targetRecoveryFabricId",
                "targetRecoveryProtectionContainerId",
                "targetResourceGroupId",
                "targetZone",
                "unmanagedDisks",
            ],
        ],
        // Facts 5.3.
        ["azure:backup/protectedVM:ProtectedVM", ["recoveryVaultName", "resourceGroupName", "sourceVmId"]],
        // CMP-04.
        [
            "azure:compute/dataDiskAttachment:DataDiskAttachment",
            ["createOption", "lun", "managedDiskId", "virtualMachineId"],
        ],
    ])("%s is replaced on %j", (token, expected) => {
        expect(namesOf(properties(token), ({ forceNew }) => forceNew)).toEqual(expected);
    });

    test.each([
        // CMP-01, CMP-03.
        ["azure:compute/linuxVirtualMachine:LinuxVirtualMachine", ["osManagedDiskId", "zone", "priority"], true],
        ["azure:compute/linuxVirtualMachine:LinuxVirtualMachine", ["size", "networkInterfaceIds", "osDisk"], false],
        ["azure:compute/managedDisk:ManagedDisk", ["createOption", "sourceResourceId", "sourceUri"], true],
        ["azure:compute/managedDisk:ManagedDisk", ["diskSizeGb", "storageAccountType"], false],
        ["azure:backup/policyVM:PolicyVM", ["policyType"], true],
        ["azure:backup/policyVM:PolicyVM", ["backup", "retentionDaily", "timezone"], false],
    ])("%s: %j force a new one: %s", (token, names, expected) => {
        expect(names.map((name) => properties(token)[name]?.forceNew)).toEqual(names.map(() => expected));
    });

    test("nested blocks know what forces a new resource and what is computed", () => {
        expect(shapes.types["compute:VirtualMachineStorageOsDisk"]?.["managedDiskId"]).toEqual({
            shape: "string",
            input: true,
            required: false,
            computed: true,
            forceNew: true,
        });
        expect(shapes.types["compute:LinuxVirtualMachineOsDisk"]?.["writeAcceleratorEnabled"]).toMatchObject({
            computed: false,
            default: false,
        });
        expect(namesOf(shapes.types["siterecovery:ReplicatedVMManagedDisk"] ?? {}, ({ required }) => required)).toEqual(
            ["diskId", "stagingStorageAccountId", "targetDiskType", "targetReplicaDiskType", "targetResourceGroupId"],
        );
    });

    test("a location that may be left out for good is not asked for", () => {
        const location = (token: string): boolean | undefined => properties(token)["location"]?.required;
        expect(location("azure:compute/managedDisk:ManagedDisk")).toBe(true);
        expect(location("azure:core/resourceGroupPolicyAssignment:ResourceGroupPolicyAssignment")).toBe(false);
    });

    test("no reference leads nowhere", () => {
        const names = [...JSON.stringify(shapes).matchAll(/"ref":"([^"]+)"/g)].map((match) => match[1] ?? "");
        expect(names.filter((name) => Object.keys(shapes.types[name] ?? {}).length === 0)).toEqual([]);
    });
});

describe("the table of resources", () => {
    /** The collections of an id, without its names. */
    function collections(id: string): readonly string[] {
        const segments = id.split("/").slice(1);
        return segments.filter((_, index) => index % 2 === 0 || segments[index - 1] === "providers");
    }

    const ID = "/subscriptions/s/resourceGroups/g/providers";
    const VAULT = `${ID}/Microsoft.RecoveryServices/vaults/v`;
    /** What inputs that are ids hold in the import examples. */
    const PARENTS: ValueMap = {
        managementGroupId: "/providers/Microsoft.Management/managementGroups/m",
        recoveryVaultId: VAULT,
        resourceGroupId: "/subscriptions/s/resourceGroups/g",
        resourceId: `${ID}/Microsoft.Compute/disks/d`,
        scope: "/subscriptions/s/resourceGroups/g",
        storageAccountId: `${ID}/Microsoft.Storage/storageAccounts/a`,
        sourceNetworkId: `${ID}/Microsoft.Network/virtualNetworks/n`,
        subscriptionId: "/subscriptions/s",
        vaultId: `${ID}/Microsoft.DataProtection/backupVaults/v`,
        virtualMachineId: `${ID}/Microsoft.Compute/virtualMachines/m`,
        virtualMachineRestorePointCollectionId: `${ID}/Microsoft.Compute/restorePointCollections/c`,
    };

    test.each(Object.keys(CLASSIC_RESOURCES))("%s: its id is of the kind that can be imported", (token) => {
        const row = CLASSIC_RESOURCES[token] ?? {};
        const resource = shapes.resources[token];
        if (resource === undefined) {
            throw new Error(`no resource ${token}`);
        }
        const placeholders = [...(row.path ?? "").matchAll(/\{(\w+)/g)].map((match) => match[1] ?? "");
        expect(
            placeholders.filter((name) => name !== "subscription" && resource.properties[name]?.input !== true),
        ).toEqual([]);
        const named = [...Object.keys(row.sets ?? {}), ...Object.keys(row.replaceIf ?? {})];
        const listed = [...(row.keptWhenUnset ?? []), ...(row.nullWhenUnset ?? [])];
        expect([...named, ...listed].filter((name) => resource.properties[name] === undefined)).toEqual([]);
        const association = token.includes("ResourceGuardAssociation");
        const inputs = Object.fromEntries(
            Object.keys(resource.properties).map((name) => [
                name,
                association && name === "vaultId" ? VAULT : (PARENTS[name] ?? name),
            ]),
        );
        const id = classicId(row, resource, inputs, "s");
        expect(id).not.toContain("//");
        if (resource.importId !== undefined) {
            expect(collections(id).map((part) => part.toLowerCase())).toEqual(
                collections(resource.importId.replace("/0000-000000000000/", "/0000-0000-000000000000/")).map((part) =>
                    part.toLowerCase(),
                ),
            );
        }
    });

    test("a type without a row takes its id from the import example and the ids of its inputs", () => {
        const id = (token: string, inputs: ValueMap): string => {
            const resource = shapes.resources[token];
            return resource === undefined ? "" : classicId({}, resource, inputs, "s");
        };
        expect(
            id("azure:dataprotection/backupInstancePostgresql:BackupInstancePostgresql", {
                name: "i",
                vaultId: PARENTS["vaultId"] ?? "",
            }),
        ).toBe(`${ID}/Microsoft.DataProtection/backupVaults/v/backupInstances/i`);
        expect(
            id("azure:network/virtualNetworkPeering:VirtualNetworkPeering", {
                name: "p",
                resourceGroupName: "g",
                virtualNetworkName: "n",
                remoteVirtualNetworkId: `${ID}/Microsoft.Network/virtualNetworks/other/subnets/s`,
            }),
        ).toBe(`${ID}/Microsoft.Network/virtualNetworks/n/virtualNetworkPeerings/p`);
    });

    test.each([
        ["azure:core/resourceGroup:ResourceGroup", "Main", "main01234567"],
        ["azure:compute/linuxVirtualMachine:LinuxVirtualMachine", "Web", "web01234567"],
        ["azure:compute/windowsVirtualMachine:WindowsVirtualMachine", "Web", "Web0123456"],
        ["azure:compute/managedDisk:ManagedDisk", "exampleDisk", "exampleDisk0123456"],
        ["azure:storage/account:Account", "My-Cache_1", "mycache101234567"],
        ["azure:siterecovery/replicatedVM:ReplicatedVM", "item", "item0123456"],
    ])("%s called %s gets the name %s", (token, name, expected) => {
        expect(autoName(name, CLASSIC_RESOURCES[token] ?? {}, (digits) => "0123456789".slice(0, digits))).toBe(
            expected,
        );
        const resource = shapes.resources[token];
        expect(resource === undefined ? undefined : isAutonamed(resource)).toBe(true);
    });
});

describe("the plan", () => {
    const property = (over: Partial<ClassicProperty>): ClassicProperty => ({
        shape: "string",
        input: true,
        required: false,
        computed: false,
        forceNew: false,
        ...over,
    });
    const types = {
        "m:Block": {
            set: property({}),
            told: property({ computed: true, input: false }),
            fixed: property({ forceNew: true }),
        },
    };
    const object: ClassicObject = {
        plain: property({}),
        computed: property({ computed: true }),
        defaulted: property({ default: "d" }),
        block: property({ shape: { ref: "m:Block" } }),
        blocks: property({ shape: { array: { ref: "m:Block" } } }),
        texts: property({ shape: { array: "string" }, forceNew: true }),
        tags: property({ shape: { map: "string" } }),
    };

    test("before the resource exists", () => {
        expect(plan(object, { block: { set: "a" }, blocks: [{}], texts: [UNKNOWN] }, undefined, types)).toEqual({
            plain: null,
            computed: UNKNOWN,
            defaulted: "d",
            block: { set: "a", told: UNKNOWN, fixed: null },
            blocks: [{ set: null, told: UNKNOWN, fixed: null }],
            texts: [UNKNOWN],
            tags: null,
        });
        expect(plan(object, {}, undefined, types)).toMatchObject({ block: null, blocks: [], texts: null });
    });

    test("once it exists: computed stays, empty stays, what the program takes back goes, new blocks are open", () => {
        const prior = { plain: "", computed: "c", block: { set: "a", told: "t" }, blocks: [], texts: ["x"] };
        expect(plan(object, { block: { set: "b" }, blocks: [{ set: "n" }] }, prior, types)).toEqual({
            plain: "",
            computed: "c",
            defaulted: "d",
            block: { set: "b", told: "t", fixed: null },
            blocks: [{ set: "n", told: UNKNOWN, fixed: null }],
            texts: null,
            tags: null,
        });
    });

    test("differences replace where the property or the list that holds it does", () => {
        const changes = (prior: ValueMap, planned: ValueMap): unknown =>
            planChanges(object, prior, planned, types, {}).map(({ kind, path, replace }) => [kind, path, replace]);
        expect(changes({ block: { set: "a" } }, { block: { set: "b" } })).toEqual([["update", "block.set", false]]);
        expect(changes({ block: { fixed: "a" } }, { block: { fixed: "b" } })).toEqual([
            ["update", "block.fixed", true],
        ]);
        // A block that comes with something fixed in it replaces, one that comes without does not.
        expect(changes({}, { block: { fixed: "b" } })).toEqual([["add", "block", true]]);
        expect(changes({ blocks: [{ set: "a" }] }, { blocks: [] })).toEqual([["delete", "blocks", false]]);
        expect(changes({ texts: ["a"] }, { texts: ["a", "b"] })).toEqual([["add", "texts[1]", true]]);
        expect(changes({ tags: { a: "1" } }, { tags: { a: UNKNOWN } })).toEqual([["update", "tags.a", false]]);
        expect(changes({ plain: null, tags: {} }, { plain: null, tags: null })).toEqual([]);
    });
});

test("the schema has every resource of the modules, with its required inputs", () => {
    const schema = classicSchema(shapes);
    expect(Object.keys(schema.resources)).toHaveLength(Object.keys(shapes.resources).length);
    expect(schema.resources["azure:compute/managedDisk:ManagedDisk"]).toMatchObject({
        requiredInputs: ["createOption", "resourceGroupName", "storageAccountType"],
        inputProperties: { diskSizeGb: { type: "number" }, encryptionSettings: { $ref: "pulumi.json#/Any" } },
    });
});
