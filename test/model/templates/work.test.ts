import * as fc from "fast-check";
import { embeddedResources } from "../../../src/model/templates";
import { Work } from "../../../src/model/templates/work";
import { Identities } from "../../../src/model/ids/identify";
import { isUnknown, own } from "../../../src/model/property-bag";
import type { PlannedResource } from "../../../src/model/planned-resource";

// How long a template takes is told by how much is done for it, and not by a clock.

const step = jest.spyOn(Work.prototype, "step");
const mayWrite = jest.spyOn(Work.prototype, "mayWrite");

function deployment(template: unknown, parameters: unknown = {}): PlannedResource {
    return {
        urn: "urn:pulumi:dev::shop::azure-native:resources:Deployment::t",
        name: "t",
        type: "azure-native:resources:Deployment",
        inputs: { resourceGroupName: "shop", properties: { mode: "Incremental", template, parameters } },
        outputs: {},
        dependenciesOf: () => [],
        provider: undefined,
        protect: false,
        ignoreChanges: [],
    };
}

interface Worked {
    readonly resources: readonly PlannedResource[];
    readonly gaps: readonly string[];
    readonly steps: number;
    /** Characters that expressions were allowed to make. */
    readonly written: number;
}

function worked(template: PlannedResource): Worked {
    step.mockClear();
    mayWrite.mockClear();
    const { resources, gaps } = embeddedResources(template, new Identities([template]));
    const written = mayWrite.mock.calls.flatMap(([length], index) =>
        mayWrite.mock.results[index]?.value === true ? [length] : [],
    );
    return {
        resources,
        gaps: gaps.map(({ property, why }) => `${property} ${why}`),
        steps: step.mock.calls.reduce((sum, [count = 1]) => sum + count, 0),
        written: written.reduce((sum, length) => sum + length, 0),
    };
}

/** One disk whose name is this. */
function named(name: unknown, rest: object = {}): object {
    return { resources: [{ type: "Microsoft.Compute/disks", name, properties: {} }], ...rest };
}

function nameOf({ resources }: Worked): unknown {
    return own(resources[0]!.inputs!, "diskName");
}

function variables(count: number, next: (previous: string) => unknown, first: unknown = "x"): object {
    return Object.fromEntries(
        Array.from({ length: count + 1 }, (_, index) => [
            `v${index}`,
            index === 0 ? first : next(`variables('v${index - 1}')`),
        ]),
    );
}

describe("each part of a template is worked out once", () => {
    test.each<[string, (previous: string) => unknown, number]>([
        ["texts that double", (previous) => `[concat(${previous}, ${previous})]`, 14],
        ["objects that double", (previous) => ({ one: `[${previous}]`, two: `[${previous}]` }), 40],
        ["lists that double", (previous) => [`[${previous}]`, `[${previous}]`], 40],
        ["choices that double", (previous) => `[if(equals(${previous}, 'x'), ${previous}, ${previous})]`, 40],
    ])("%s", (_, next, count) => {
        const result = worked(deployment(named(`[variables('v${count}')]`, { variables: variables(count, next) })));
        expect(result.steps).toBeLessThan(20 * count);
        expect(result.gaps).toEqual([]);
    });

    test("also where resources in resources, and their properties, name it again and again", () => {
        const properties = Object.fromEntries(
            Array.from({ length: 100 }, (_, index) => [`p${index}`, "[variables('v12')]"]),
        );
        const { steps } = worked(
            deployment({
                variables: variables(12, (previous) => `[concat(${previous}, ${previous})]`),
                resources: Array.from({ length: 100 }, () => ({
                    type: "Microsoft.Compute/disks",
                    name: "d",
                    properties,
                })),
            }),
        );
        expect(steps).toBeLessThan(100 * 100 * 6);
    });
});

describe("what is too much is not known, and told", () => {
    test.each<[string, object, string]>([
        [
            "a text that doubles forty times",
            named("[variables('v40')]", {
                variables: variables(40, (previous) => `[concat(${previous}, ${previous})]`),
            }),
            "variables.v18",
        ],
        [
            "a text of which a pattern makes many",
            named("[variables('v2')]", {
                variables: variables(2, (previous) => `[format('${"{0}".repeat(1_000)}', ${previous})]`),
            }),
            "variables.v2",
        ],
        [
            "texts that are long together",
            named("x", {
                resources: Array.from({ length: 60 }, () => ({
                    type: "Microsoft.Compute/disks",
                    name: "[toUpper(variables('long'))]",
                })),
                variables: { long: "x".repeat(100_000) },
            }),
            "resources[40].name",
        ],
        ["an expression that Azure takes no longer", named(`[concat('${"x".repeat(24_600)}')]`), "resources[0].name"],
        ["calls in calls", named(`[${"toLower(".repeat(2_000)}'x'${")".repeat(2_000)}]`), "resources[0].name"],
        [
            "variables that lead to one another without end",
            named("[variables('v5000')]", { variables: variables(5_000, (previous) => `[toLower(${previous})]`) }),
            "variables.v4801",
        ],
    ])("%s", (_, template, at) => {
        const result = worked(deployment(template));
        expect(result.gaps).toContain(`properties.template.${at} too much`);
        expect(result.written).toBeLessThanOrEqual(4_000_000);
        const { resources } = result;
        expect(isUnknown(own(resources.at(-1)!.inputs!, "diskName"))).toBe(true);
    });

    test("deployments and resources in one another, deeper than Azure takes them", () => {
        const nested = (depth: number): object =>
            depth === 0
                ? named("x")
                : {
                      resources: [
                          {
                              type: "Microsoft.Resources/deployments",
                              name: "d",
                              properties: { template: nested(depth - 1) },
                          },
                      ],
                  };
        expect(worked(deployment(nested(5))).resources).toHaveLength(1);
        const { resources, gaps } = worked(deployment(nested(30)));
        expect([resources.length, gaps.length]).toEqual([0, 1]);
    });

    test("what lies beside it is read", () => {
        const blownUp = variables(40, (previous) => `[concat(${previous}, ${previous})]`);
        const result = worked(
            deployment({
                variables: { ...blownUp, name: "data" },
                resources: [
                    { type: "Microsoft.Compute/disks", name: "[variables('v40')]" },
                    { type: "Microsoft.Compute/disks", name: "[variables('name')]" },
                ],
            }),
        );
        expect(own(result.resources[1]!.inputs!, "diskName")).toBe("data");
    });
});

test.each([
    ["itself", { a: "[variables('a')]" }],
    ["another one, which leads back", { a: "[variables('b')]", b: "[concat(variables('a'), 'x')]" }],
    ["an object that holds it", { a: { b: "[variables('a')]" } }],
])("a variable that leads to %s is not known", (_, cyclic) => {
    const result = worked(deployment(named("[variables('a')]", { variables: cyclic })));
    expect(nameOf(result)).not.toBe("");
    expect(result.steps).toBeLessThan(50);
});

test.each([
    ["replace", "[replace(variables('x'), 'a', variables('x'))]"],
    ["split", "[split(variables('x'), '')]"],
    ["range", "[range(0, 10000000)]"],
    ["padLeft", "[padLeft('x', 10000000)]"],
    ["string", "[string(variables('x'))]"],
    ["createArray", "[createArray(variables('x'), variables('x'))]"],
    ["union", "[union(variables('x'), variables('x'))]"],
])("%s makes nothing", (_, name) => {
    const result = worked(deployment(named(name, { variables: { x: "a".repeat(20_000) } })));
    expect([isUnknown(nameOf(result)), result.written]).toEqual([true, 0]);
});

// ---- Any template -----------------------------------------------------------------------------------------------------

const names = fc.constantFrom("a", "b", "c", "d", "__proto__", "constructor", "");
const functions = fc.constantFrom(
    "concat",
    "format",
    "toLower",
    "resourceId",
    "if",
    "equals",
    "and",
    "resourceGroup",
    "copyIndex",
);

const { expression } = fc.letrec<{ expression: string; call: string; leaf: string }>((tie) => ({
    expression: fc.oneof({ maxDepth: 4 }, tie("leaf"), tie("call")),
    leaf: fc.oneof(
        names.map((name) => `variables('${name}')`),
        names.map((name) => `parameters('${name}')`),
        fc.string({ maxLength: 8 }).map((text) => `'${text.replaceAll("'", "''")}'`),
        fc.integer().map(String),
        fc.string({ maxLength: 8 }),
    ),
    call: fc
        .tuple(functions, fc.array(tie("expression"), { maxLength: 3 }), fc.constantFrom("", ".id", "[0]", ".", "["))
        .map(([name, args, member]) => `${name}(${args.join(", ")})${member}`),
}));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 3 },
        expression.map((text) => `[${text}]`),
        fc.constantFrom<unknown>(null, true, 7, "", "[[x]", "x", [], {}),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
            fc.oneof(
                names,
                fc.constant("copy"),
                expression.map((text) => `[${text}]`),
            ),
            tie("value"),
            { maxKeys: 3 },
        ),
    ),
}));

const types = fc.constantFrom(
    "Microsoft.Compute/disks",
    "Microsoft.Compute/virtualMachines",
    "Microsoft.RecoveryServices/vaults",
    "Microsoft.RecoveryServices/vaults/backupPolicies",
    "Microsoft.Resources/deployments",
    "backupPolicies",
    "[variables('a')]",
);

const { template } = fc.letrec<{ template: unknown; resource: unknown }>((tie) => ({
    template: fc.record(
        {
            parameters: fc.dictionary(names, fc.record({ defaultValue: value }), { maxKeys: 4 }),
            variables: fc.dictionary(names, value, { maxKeys: 5 }),
            resources: fc.oneof(
                { maxDepth: 3 },
                fc.array(tie("resource"), { maxLength: 4 }),
                fc.dictionary(names, tie("resource"), { maxKeys: 3 }),
                value,
            ),
        },
        { requiredKeys: [] },
    ),
    resource: fc.record(
        {
            type: types,
            name: value,
            condition: value,
            copy: fc.record({ name: value, count: value }, { requiredKeys: [] }),
            existing: fc.boolean(),
            location: value,
            tags: value,
            sku: value,
            resourceGroup: value,
            subscriptionId: value,
            properties: fc.oneof(
                { maxDepth: 3 },
                value,
                fc.record(
                    {
                        template: tie("template"),
                        parameters: value,
                        expressionEvaluationOptions: fc.record({ scope: fc.constantFrom("inner", "outer") }),
                        creationData: value,
                    },
                    { requiredKeys: [] },
                ),
            ),
            resources: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie("resource"), { maxLength: 2 })),
        },
        { requiredKeys: ["type"] },
    ),
}));

test("any template is read, and in work that grows with its length alone", () => {
    fc.assert(
        fc.property(template, fc.dictionary(names, fc.record({ value })), (any, parameters) => {
            const { steps, written } = worked(deployment(any, parameters));
            const length = JSON.stringify(any).length + JSON.stringify(parameters).length;
            expect(steps).toBeLessThanOrEqual(20 * length + 100);
            expect(written).toBeLessThanOrEqual(4_000_000);
        }),
        { numRuns: 500 },
    );
});

test("any text of a classic deployment is read", () => {
    const inputs = fc.oneof(
        fc.string(),
        fc.json(),
        template.map((any) => JSON.stringify(any)),
        fc.constant("[".repeat(200_000)),
    );
    fc.assert(
        fc.property(inputs, inputs, (templateContent, parametersContent) => {
            const template = {
                ...deployment({}),
                type: "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
                inputs: { resourceGroupName: "shop", templateContent, parametersContent },
            };
            expect(() => worked(template)).not.toThrow();
        }),
        { numRuns: 200 },
    );
});
