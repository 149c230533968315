import { diskListOf, writtenAt } from "../../../src/advice/property-names";
import { backupItem, vm, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { RESTORE_POLICIES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { Stack } from "../../harness/stack";
import { estateOf } from "../../harness/estate-of";

const ITEM_TYPE = "replicationFabrics/replicationProtectionContainers/replicationProtectedItems";

function replicationProperties(vmId: Content): Properties {
    return replicatedItem(vmId, ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d"]).properties[
        "properties"
    ] as Properties;
}

/** An ARM template deployment with these resources. */
function deployment(resources: Content, parameters: Properties = {}, template: Properties = {}): Declaration {
    return {
        type: "azure-native:resources:Deployment",
        properties: {
            resourceGroupName: ref("rg.name"),
            properties: { mode: "Incremental", template: { resources, ...template }, parameters },
        },
    };
}

function item(vmId: Content, over: Properties = {}): Properties {
    return {
        type: `Microsoft.RecoveryServices/vaults/${ITEM_TYPE}`,
        apiVersion: "2024-10-01",
        name: "dr/west/west/web",
        properties: {
            providerSpecificDetails: {
                instanceType: "A2A",
                fabricObjectId: vmId,
                vmManagedDisks: [{ diskId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d" }],
            },
        },
        ...over,
    };
}

const BACKED_UP: Program = {
    ...SURROUNDINGS,
    web: vm(),
    webBackup: backupItem(ref("web.id"), "shop;web"),
};

const CARRIED: Readonly<Record<string, Declaration>> = {
    "a generic resource": {
        type: "azure-native:resources:Resource",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceProviderNamespace: "Microsoft.RecoveryServices",
            parentResourcePath: "vaults/dr/replicationFabrics/west/replicationProtectionContainers/west",
            resourceType: "replicationProtectedItems",
            resourceName: "web",
            apiVersion: "2024-10-01",
            properties: replicationProperties(ref("web.id")),
        },
    },
    "a generic resource with a path that the plan does not know": {
        type: "azure-native:resources:Resource",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceProviderNamespace: "Microsoft.RecoveryServices",
            parentResourcePath: text`vaults/${ref("recovery.name")}/replicationFabrics/west/replicationProtectionContainers/west`,
            resourceType: ITEM_TYPE.replace("replicationFabrics/replicationProtectionContainers/", ""),
            resourceName: "web",
            apiVersion: "2024-10-01",
            properties: replicationProperties(ref("web.id")),
        },
    },
    "a template with the id in it": deployment([item(ref("web.id"))]),
    "a template with the id as a parameter": deployment([item("[parameters('vm')]")], {
        vm: { value: ref("web.id") },
    }),
    "a template with symbolic names": deployment({ replication: item(ref("web.id")) }),
    "a template with nested resources": deployment([
        {
            type: "Microsoft.RecoveryServices/vaults",
            name: "dr",
            resources: [{ ...item(ref("web.id")), type: ITEM_TYPE, name: "west/west/web" }],
        },
    ]),
    "a nested deployment with the id written out": deployment([
        {
            type: "Microsoft.Resources/deployments",
            name: "inner",
            properties: { template: { resources: [item(ref("web.id"))] } },
        },
    ]),
};

async function findings(program: Program): Promise<readonly string[]> {
    const violations = await new Pack(RESTORE_POLICIES).analyze(new Stack().preview(program));
    return violations
        .map(({ policyId, on }) => `${policyId} ${on ?? "-"}`)
        .filter((line) => !/BCDR1[123]/.test(line) && !line.startsWith("BCDR490"));
}

test.each(Object.entries(CARRIED))("%s is read like the resource itself", async (_, template) => {
    expect(await findings({ ...BACKED_UP, carrier: template })).toEqual(["BCDR101 web"]);
});

const LIST = "properties.providerSpecificDetails.vmManagedDisks";

test.each<[string, string]>([
    ["a generic resource", LIST],
    ["a template with the id in it", `properties.template.resources[0].${LIST}`],
    ["a template with symbolic names", `properties.template.resources.replication.${LIST}`],
    ["a template with nested resources", `properties.template.resources[0].resources[0].${LIST}`],
    [
        "a nested deployment with the id written out",
        `properties.template.resources[0].properties.template.resources[0].${LIST}`,
    ],
])("%s has the list of disks where a person finds it", (name, path) => {
    const [item] = estateOf(new Stack().preview({ ...BACKED_UP, template: CARRIED[name]! })).replication.items;
    expect(diskListOf(item!)).toBe(path);
});

test.each<[Declaration["type"], string, string]>([
    ["azure-native:resources:Resource", "vmName", "resourceName"],
    ["azure-native:resources:Resource", "storageProfile.osDisk", "properties.storageProfile.osDisk"],
    ["azure-native:resources:Resource", "tags.owner", "tags.owner"],
    ["azure-native:resources:Deployment", "vmName", "properties.template.resources[0].name"],
    [
        "azure-native:resources:Deployment",
        "storageProfile.osDisk",
        "properties.template.resources[0].properties.storageProfile.osDisk",
    ],
    ["azure-native:resources:Deployment", "tags.owner", "properties.template.resources[0].tags.owner"],
    ["azure-native:resources:Deployment", "resourceGroupName", "resourceGroupName"],
])("a VM in %s has %s at %s", (type, property, path) => {
    const osDisk = { createOption: "FromImage", managedDisk: {} };
    const generic: Properties = {
        resourceGroupName: ref("rg.name"),
        resourceProviderNamespace: "Microsoft.Compute",
        parentResourcePath: "",
        resourceType: "virtualMachines",
        resourceName: "web",
        apiVersion: "2024-11-01",
        properties: { storageProfile: { osDisk } },
    };
    const templated = [
        { type: "Microsoft.Compute/virtualMachines", name: "web", properties: { storageProfile: { osDisk } } },
    ];
    const template = type.endsWith("Deployment") ? deployment(templated) : { type, properties: generic };
    const [vm] = estateOf(new Stack().preview({ ...SURROUNDINGS, carrier: template })).vms;
    expect(writtenAt(vm!, property)).toBe(path);
});

test.each<[string, Declaration]>([
    ["a condition that is false", deployment([item(ref("web.id"), { condition: false })])],
    ["a type that nobody reads", deployment([{ ...item(ref("web.id")), type: "Microsoft.Network/virtualNetworks" }])],
    ["no template", deployment([])],
    ["a template that is none", deployment("x")],
])("%s carries nothing", async (_, template) => {
    expect(await findings({ ...BACKED_UP, carrier: template })).toEqual([]);
});

test("of a copy loop nothing is known but that it is there", async () => {
    const template = deployment([item("[parameters('vms')[copyIndex()]]", { copy: { name: "each", count: 3 } })], {
        vms: { value: ["/subscriptions/s/x"] },
    });
    const violations = await new Pack(RESTORE_POLICIES).analyze(
        new Stack().preview({ ...BACKED_UP, carrier: template }),
    );
    expect(violations.map(({ policyId }) => policyId)).toContain("BCDR490");
});
