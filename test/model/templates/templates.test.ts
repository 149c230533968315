import type { Estate } from "../../../src/model/estate";
import { vm, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { classicGroup } from "../../harness/classic";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { Stack } from "../../harness/stack";
import { estateOf } from "../../harness/estate-of";

const ITEM_TYPE =
    "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems";
const BACKUP_TYPE = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems";
const SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";

/** What protects a VM in both ways, as a template has it. */
function protections(vmId: Content, over: Properties = {}): readonly Properties[] {
    return [
        {
            type: ITEM_TYPE,
            apiVersion: "2025-01-01",
            name: "dr/west/west/one",
            properties: {
                providerSpecificDetails: {
                    instanceType: "A2A",
                    fabricObjectId: vmId,
                    vmManagedDisks: [
                        { diskId: `${SUBSCRIPTION}/resourceGroups/g/providers/Microsoft.Compute/disks/d` },
                    ],
                },
            },
            ...over,
        },
        {
            type: BACKUP_TYPE,
            apiVersion: "2025-01-01",
            name: "backup/Azure/container/item",
            properties: { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId: vmId },
            ...over,
        },
    ];
}

interface Template {
    readonly resources: Content;
    readonly parameters?: Properties;
    readonly template?: Properties;
}

function deployment(
    { resources, parameters = {}, template = {} }: Template,
    group: Content = ref("rg.name"),
): Declaration {
    return {
        type: "azure-native:resources:Deployment",
        properties: {
            resourceGroupName: group,
            properties: { mode: "Incremental", template: { resources, ...template }, parameters },
        },
    };
}

function classicText({ resources, parameters = {}, template = {} }: Template): Declaration {
    return {
        type: "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
        properties: {
            resourceGroupName: ref("rg.name"),
            deploymentMode: "Incremental",
            templateContent: JSON.stringify({ resources, ...template }),
            // As a program makes it: one reference that is not known yet, and none of it is.
            parametersContent: Object.keys(parameters).length === 0 ? "{}" : ref("web.id"),
        },
    };
}

const WEB: Program = { ...SURROUNDINGS, rg: resourceGroup("shop"), web: vm({ name: "web" }) };

/** What protects the VM "web": yes, no or undecided, by backup and by replication. */
function answersIn(estate: Estate): readonly string[] {
    const [web] = estate.vms.filter(({ urn }) => urn?.endsWith("::web"));
    return [estate.backup.ofWholeVm(web!).answer, estate.replication.of(web!).answer];
}

function atPreview(template: Declaration, program: Program = WEB): readonly string[] {
    return answersIn(estateOf(new Stack().preview({ ...program, carrier: template })));
}

function inState(template: Declaration, program: Program = WEB): readonly string[] {
    return answersIn(estateOf(new Stack().up({ ...program, carrier: template })));
}

const OTHER = "[resourceId('Microsoft.Compute/virtualMachines', 'other')]";
const WATCHED = { watched: { value: ref("web.id") } };

describe("a template that merely names a VM protects nothing", () => {
    test.each<[string, Template]>([
        ["it does not name it", { resources: protections(OTHER) }],
        ["in a parameter that nothing uses", { resources: protections(OTHER), parameters: WATCHED }],
        [
            "in a parameter that something else uses",
            {
                resources: [
                    ...protections(OTHER),
                    {
                        type: "Microsoft.Insights/metricAlerts",
                        name: "cpu",
                        properties: { scopes: ["[parameters('watched')]"] },
                    },
                ],
                parameters: WATCHED,
            },
        ],
        [
            "beside an id that is written out",
            {
                resources: protections(
                    `${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/other`,
                ),
                parameters: WATCHED,
            },
        ],
    ])("%s", (_, template) => {
        expect([atPreview(deployment(template)), inState(deployment(template))]).toEqual([
            ["no", "no"],
            ["no", "no"],
        ]);
    });

    test.each<[string, Content]>([
        ["a function that is not worked out", "[reference('other').id]"],
        ["such a function beside the parameter", "[concat(parameters('watched'), reference('x'))]"],
        ["a parameter that nobody gives", "[parameters('given')]"],
        ["a list by a place that is not known", "[parameters('list')[copyIndex()]]"],
    ])("where the item's VM is %s, it may be any, and not just the one that is named", (_, vmId) => {
        const program = { ...WEB, db: vm({ name: "db" }) };
        const template = deployment({
            resources: protections(vmId),
            parameters: { ...WATCHED, list: { value: [ref("web.id")] } },
        });
        for (const round of [
            new Stack().preview({ ...program, carrier: template }),
            new Stack().up({ ...program, carrier: template }),
        ]) {
            const estate = estateOf(round);
            const all = estate.vms.map((each) => [
                estate.backup.ofWholeVm(each).answer,
                estate.replication.of(each).answer,
            ]);
            expect(all).toEqual([
                ["unknown", "unknown"],
                ["unknown", "unknown"],
            ]);
        }
    });

    test("of two VMs that it is given, neither counts until the plan knows which one is meant", () => {
        const program = { ...WEB, db: vm({ name: "db" }) };
        const template = deployment({
            resources: protections("[parameters('vm')]"),
            parameters: { vm: { value: ref("db.id") }, ...WATCHED },
        });
        expect(atPreview(template, program)).toEqual(["unknown", "unknown"]);
        expect(inState(template, program)).toEqual(["no", "no"]);
    });
});

describe("a template that protects a VM counts", () => {
    test.each<[string, Template]>([
        ["the id in it", { resources: protections(ref("web.id")) }],
        [
            "by a parameter",
            { resources: protections("[parameters('vm')]"), parameters: { vm: { value: ref("web.id") } } },
        ],
        [
            "by a variable that leads to a parameter",
            {
                resources: protections("[variables('vm')]"),
                parameters: { given: { value: { id: ref("web.id") } } },
                template: { variables: { vm: "[variables('first')]", first: "[parameters('given').id]" } },
            },
        ],
        [
            "by the default of a parameter",
            {
                resources: protections("[parameters('vm')]"),
                template: {
                    parameters: {
                        vm: {
                            defaultValue: "[resourceId('Microsoft.Compute/virtualMachines', parameters('name'))]",
                        },
                        name: { defaultValue: "WEB" },
                    },
                },
            },
        ],
        [
            "in a deployment with parameters of its own",
            {
                resources: [
                    {
                        type: "Microsoft.Resources/deployments",
                        name: "inner",
                        properties: {
                            expressionEvaluationOptions: { scope: "Inner" },
                            parameters: { id: { value: "[parameters('vm')]" } },
                            template: { resources: protections("[parameters('id')]") },
                        },
                    },
                ],
                parameters: { vm: { value: ref("web.id") } },
            },
        ],
        [
            "in a deployment with the parameters around it",
            {
                resources: [
                    {
                        type: "Microsoft.Resources/deployments",
                        name: "inner",
                        properties: { template: { resources: protections("[parameters('vm')]") } },
                    },
                ],
                parameters: { vm: { value: ref("web.id") } },
            },
        ],
    ])("%s", (_, held) => {
        const template = deployment(held);
        const byReference = JSON.stringify(template).includes('"web"');
        // A name alone does not tell in which subscription the VM is meant.
        expect(atPreview(template)).toEqual(byReference ? ["yes", "yes"] : ["unknown", "unknown"]);
        expect(inState(template)).toEqual(["yes", "yes"]);
    });

    test("by the text of a classic deployment", () => {
        const program = { ...WEB, rg: classicGroup() };
        expect(
            atPreview(classicText({ resources: protections("[parameters('vm')]"), parameters: WATCHED }), program),
        ).toEqual(["yes", "yes"]);
        expect(atPreview(classicText({ resources: protections(OTHER), parameters: WATCHED }), program)).toEqual([
            "no",
            "no",
        ]);
    });
});

describe("whether a resource is made at all", () => {
    const made = (over: Properties, parameters: Properties = {}): Declaration =>
        deployment({ resources: protections(ref("web.id"), over), parameters });

    test.each<[string, Declaration, string]>([
        ["a condition that holds", made({ condition: true }), "yes"],
        ["a condition that does not", made({ condition: "[not(true())]" }), "no"],
        [
            "one that a parameter decides",
            made({ condition: "[equals(parameters('stage'), 'prod')]" }, { stage: { value: "dev" } }),
            "no",
        ],
        ["one that is not worked out", made({ condition: "[contains('a', 'b')]" }), "unknown"],
        [
            "one that the plan does not know",
            made({ condition: "[parameters('on')]" }, { on: { value: ref("rg.id") } }),
            "unknown",
        ],
        ["a loop that makes some", made({ copy: { name: "each", count: 2 } }), "yes"],
        ["a loop that makes none", made({ copy: { name: "each", count: 0 } }), "no"],
        ["a loop whose length is not worked out", made({ copy: { name: "each", count: "[length('x')]" } }), "unknown"],
        ["what is only named because it exists", made({ existing: true }), "no"],
        [
            "a deployment under a condition that is not worked out",
            deployment({
                resources: [
                    {
                        type: "Microsoft.Resources/deployments",
                        name: "inner",
                        condition: "[contains('a', 'b')]",
                        properties: { template: { resources: protections(ref("web.id")) } },
                    },
                ],
            }),
            "unknown",
        ],
    ])("%s", (_, template, answer) => {
        expect(atPreview(template)).toEqual([answer, answer]);
    });

    test("nothing is found on what may not be made, and the condition is what that waits for", () => {
        const template = deployment({
            resources: protections(ref("web.id"), { condition: "[contains('a', 'b')]" }),
        });
        const estate = estateOf(new Stack().preview({ ...WEB, carrier: template }));
        const answer = estate.replication.of(estate.vms[0]!);
        expect(answer.answer === "unknown" && answer.openQuestions.map(({ property }) => property)).toEqual([
            "condition",
        ]);
    });
});

describe("where a template's resources are", () => {
    const disks = (name: string, over: Properties = {}): Content => [
        { type: "Microsoft.Compute/disks", apiVersion: "2024-03-02", name, properties: {}, ...over },
    ];
    const inner = (over: Properties): Content => [
        {
            type: "Microsoft.Resources/deployments",
            name: "inner",
            properties: { template: { resources: disks("d") } },
            ...over,
        },
    ];

    function groupsOf(template: Declaration): unknown {
        const estate = estateOf(new Stack().up({ ...WEB, carrier: template }));
        return estate.entities.flatMap((entity) =>
            entity.kind === "disk"
                ? [
                      entity.id.state === "known"
                          ? [entity.id.value.subscription?.slice(0, 8), entity.id.value.resourceGroup]
                          : entity.id.state,
                  ]
                : [],
        );
    }

    const HERE = groupsOf(deployment({ resources: disks("d") })) as readonly (readonly string[])[];

    test("in the deployment's own group and subscription", () => {
        expect(HERE).toEqual([[expect.any(String), "shop"]]);
    });

    test.each<[string, Content, unknown]>([
        ["in the group that a deployment in it names", inner({ resourceGroup: "data" }), [[HERE[0]?.[0], "data"]]],
        [
            "in the subscription that it names",
            inner({ resourceGroup: "data", subscriptionId: "0f0f0f0f-0000" }),
            [["0f0f0f0f", "data"]],
        ],
        ["in a group that is not worked out", inner({ resourceGroup: "[reference('x').name]" }), ["unknown"]],
        [
            "in a subscription that is not worked out",
            inner({ resourceGroup: "data", subscriptionId: "[reference('x').id]" }),
            [[undefined, "data"]],
        ],
    ])("%s", (_, resources, where) => {
        expect(groupsOf(deployment({ resources }))).toEqual(where);
    });

    test("in the groups of a deployment to a subscription", () => {
        const template: Declaration = {
            type: "azure-native:resources:DeploymentAtSubscriptionScope",
            properties: {
                location: "westeurope",
                properties: { mode: "Incremental", template: { resources: inner({ resourceGroup: "data" }) } },
            },
        };
        expect(groupsOf(template)).toEqual([[expect.any(String), "data"]]);
    });

    test("the location of the group is where its resources are", () => {
        const template = deployment({
            resources: disks("d", { location: "[parameters('location')]" }),
            template: { parameters: { location: { defaultValue: "[resourceGroup().location]" } } },
        });
        const estate = estateOf(new Stack().up({ ...WEB, carrier: template }));
        const [found] = estate.entities.flatMap((entity) => (entity.kind === "disk" ? [entity] : []));
        expect(estate.regions.of(found!)).toEqual({ state: "known", value: "westeurope" });
    });

    test("a location that nobody can work out is not taken for the group's", () => {
        const template = deployment({ resources: disks("d", { location: "[reference('x').location]" }) });
        const estate = estateOf(new Stack().up({ ...WEB, carrier: template }));
        const [found] = estate.entities.flatMap((entity) => (entity.kind === "disk" ? [entity] : []));
        expect(estate.regions.of(found!).state).toBe("unknown");
    });
});

describe("what could not be looked at is told", () => {
    const gapsOf = (template: Declaration, program: Program = WEB): readonly string[] =>
        estateOf(new Stack().preview({ ...program, carrier: template })).gaps.all.map(
            ({ name, property, why }) => `${name} ${property} ${why}`,
        );

    test.each<[string, Declaration, readonly string[]]>([
        ["nothing", deployment({ resources: protections(ref("web.id")) }), []],
        ["an empty template", deployment({ resources: [], template: {} }), []],
        [
            "resources that are not known yet",
            deployment({ resources: ref("web.id") }),
            ["carrier properties.template.resources not known"],
        ],
        [
            "a type that is not worked out",
            deployment({ resources: [{ type: "[reference('x')]", name: "y" }] }),
            ["carrier properties.template.resources[0] not known"],
        ],
        [
            "a template that is somewhere else",
            {
                type: "azure-native:resources:Deployment",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    properties: { mode: "Incremental", templateLink: { uri: "https://example.com/t.json" } },
                },
            },
            ["carrier properties.templateLink elsewhere"],
        ],
        [
            "a text that is not known yet",
            {
                type: "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    deploymentMode: "Incremental",
                    templateContent: ref("web.id"),
                },
            },
            ["carrier templateContent not known"],
        ],
        [
            "a generic resource of a type that is not known yet",
            {
                type: "azure-native:resources:Resource",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    resourceProviderNamespace: "Microsoft.Compute",
                    parentResourcePath: "",
                    resourceType: ref("web.id"),
                    resourceName: "x",
                    apiVersion: "2024-03-02",
                },
            },
            ["carrier resourceType not known"],
        ],
    ])("%s", (_, template, gaps) => {
        expect(gapsOf(template)).toEqual(gaps);
    });
});

test("properties that are not known as a whole are not taken for none", () => {
    for (const properties of ["[reference('x').properties]", "[parameters('open')]"]) {
        const template = deployment({
            resources: [{ type: "Microsoft.Compute/disks", name: "d", properties }],
            parameters: { open: { value: ref("web.id") } },
        });
        const estate = estateOf(new Stack().preview({ ...WEB, carrier: template }));
        const [found] = estate.entities.flatMap((entity) => (entity.kind === "disk" ? [entity] : []));
        expect([found?.creation.option.state, found?.size.state]).toEqual(["unknown", "unknown"]);
    }
});

test("a loop over a property leaves open what it makes", () => {
    const template = deployment({
        resources: [
            {
                type: "Microsoft.Compute/virtualMachines",
                name: "looped",
                properties: { storageProfile: { copy: [{ name: "dataDisks", count: 2, input: { lun: 0 } }] } },
            },
        ],
    });
    const estate = estateOf(new Stack().preview({ ...WEB, carrier: template }));
    const looped = estate.vms.find(({ urn }) => urn?.endsWith("::carrier"));
    expect(looped?.diskPlaces.some(({ isWholeList }) => isWholeList)).toBe(true);
});
