import { backupItem, machine, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { RESTORE_RULES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { Stack } from "../../harness/stack";

const ITEM_TYPE = "replicationFabrics/replicationProtectionContainers/replicationProtectedItems";

function replicationProperties(machineId: Content): Properties {
    return replicatedItem(machineId, ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d"])
        .properties["properties"] as Properties;
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

function item(machineId: Content, over: Properties = {}): Properties {
    return {
        type: `Microsoft.RecoveryServices/vaults/${ITEM_TYPE}`,
        apiVersion: "2024-10-01",
        name: "dr/west/west/web",
        properties: {
            providerSpecificDetails: {
                instanceType: "A2A",
                fabricObjectId: machineId,
                vmManagedDisks: [{ diskId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d" }],
            },
        },
        ...over,
    };
}

const BACKED_UP: Program = {
    ...SURROUNDINGS,
    web: machine(),
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
    "a template with the id as a parameter": deployment([item("[parameters('machine')]")], {
        machine: { value: ref("web.id") },
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
    const violations = await new Pack(RESTORE_RULES).analyze(new Stack().preview(program));
    return violations
        .map(({ rule, on }) => `${rule} ${on ?? "-"}`)
        .filter((line) => !/BCDR1[123]/.test(line) && !line.startsWith("BCDR490"));
}

test.each(Object.entries(CARRIED))("%s is read like the resource itself", async (_, carrier) => {
    expect(await findings({ ...BACKED_UP, carrier })).toEqual(["BCDR101 web"]);
});

test.each<[string, Declaration]>([
    ["a condition that is false", deployment([item(ref("web.id"), { condition: false })])],
    ["a type that nobody reads", deployment([{ ...item(ref("web.id")), type: "Microsoft.Network/virtualNetworks" }])],
    ["no template", deployment([])],
    ["a template that is none", deployment("x")],
])("%s carries nothing", async (_, carrier) => {
    expect(await findings({ ...BACKED_UP, carrier })).toEqual([]);
});

test("of a copy loop nothing is known but that it is there", async () => {
    const carrier = deployment([item("[parameters('machines')[copyIndex()]]", { copy: { name: "each", count: 3 } })], {
        machines: { value: ["/subscriptions/s/x"] },
    });
    const violations = await new Pack(RESTORE_RULES).analyze(new Stack().preview({ ...BACKED_UP, carrier }));
    expect(violations.map(({ rule }) => rule)).toContain("BCDR490");
});
