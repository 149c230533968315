import { CLASSIC_READERS } from "../../src/model/readers/azure-classic";
import { AZURE_NATIVE_READERS } from "../../src/model/readers/azure-native";
import type { KnownValue, ValueMap } from "../../dev/offline/providers/values";
import { backupItem, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../harness/azure";
import { Pack } from "../harness/pack";
import { ref } from "../harness/program";
import { Stack, type SentResource, type SentRound } from "../harness/stack";

/** A sound stack, in which BCDR101 must be found whatever else is in it. */
function sound(): SentRound {
    return new Stack().preview({
        ...SURROUNDINGS,
        web: vm(),
        webBackup: backupItem(ref("web.id"), "shop;web"),
        webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
    });
}

function hostile(type: string, bag: ValueMap, over: Partial<SentResource> = {}): SentResource {
    return {
        urn: `urn:pulumi:dev::shop::${type}::hostile`,
        name: "hostile",
        type,
        inputs: bag,
        outputs: bag,
        propertyDependencies: {},
        parent: undefined,
        provider: undefined,
        options: {},
        ...over,
    };
}

function nested(depth: number): KnownValue {
    let value: KnownValue = "[concat('x')]";
    for (let i = 0; i < depth; i++) {
        value = { properties: value };
    }
    return value;
}

const LONG = "x".repeat(1 << 20);

/** Properties that one reader or another asks for. */
const PROPERTIES = ["properties", "storageProfile", "creationData", "templateContent", "name", "id", "tags", "scope"];
const MORE_PROPERTIES = ["source", "managedDisks", "diskName", "vmName", "resourceGroupName", "osDisk", "sourceVmId"];

/** Each is put into every one of these properties. */
const NONSENSE: Readonly<Record<string, KnownValue>> = {
    null: null,
    "a number": 7,
    "a flag": true,
    "an empty text": "",
    "a text": "nonsense",
    "an id with 10,000 parts": `/subscriptions/s/providers/${"a/".repeat(10_000)}`,
    "an open expression": `[${"concat(".repeat(1_000)}`,
    "a list": [1, "x", null, [[]]],
    "a list of lists": [[["x"]]],
    "64 levels": nested(64),
    "names of Object's own": { constructor: "x", toString: { valueOf: 1 }, hasOwnProperty: null },
    "200 data disks": {
        osDisk: { createOption: 5 },
        dataDisks: Array.from({ length: 200 }, (_, lun) => ({
            lun,
            createOption: "Attach",
            managedDisk: { id: `/x/${lun}` },
        })),
    },
    "a template that is none": { template: { resources: [null, 1, "x", [], { type: 5 }, { type: "a/b", name: {} }] } },
};

const TYPES = [
    ...[...AZURE_NATIVE_READERS.keys()].map((key) => `azure-native:${key}`),
    ...[...CLASSIC_READERS.keys()].map((key) => {
        const [module, name = ""] = key.split(":");
        return `azure:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
    }),
    "azure-native:resources:Deployment",
    "azure-native:resources:Resource",
    "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
];

async function unharmed(round: SentRound, ...more: readonly SentResource[]): Promise<void> {
    const violations = await new Pack().analyze({ ...round, resources: [...round.resources, ...more] });
    expect(violations.some(({ policyId, on }) => policyId === "BCDR101" && on === "web")).toBe(true);
    expect(violations.filter(({ message }) => /internal error|can't run/i.test(message))).toEqual([]);
}

test.each(Object.entries(NONSENSE))("%s in every type and property harms nothing", async (_, nonsense) => {
    const bag = Object.fromEntries([...PROPERTIES, ...MORE_PROPERTIES].map((property) => [property, nonsense]));
    await unharmed(sound(), ...TYPES.map((type) => hostile(type, bag)));
});

test.each([
    ["a text", LONG],
    ["an id", `/subscriptions/${LONG}/resourceGroups/g/providers/Microsoft.Compute/disks/d`],
    ["an item's name", `vm;iaasvmcontainerv2;${LONG}`],
    ["a template", `{ "resources": "[${"'".repeat(1 << 20)}]" }`],
])("%s of one megabyte", async (_, text) => {
    const bag = { properties: text, templateContent: text, protectedItemName: text, diskName: text, id: text };
    await unharmed(sound(), ...TYPES.map((type) => hostile(type, bag)));
});

test("properties called __proto__ and constructor", async () => {
    const bag = JSON.parse(
        '{ "__proto__": { "id": "x" }, "properties": { "__proto__": [] }, "constructor": {} }',
    ) as ValueMap;
    await unharmed(sound(), ...TYPES.map((type) => hostile(type, bag)));
});

test("parents that are each other's", async () => {
    const [one, two] = ["one", "two"].map((name) =>
        hostile("shop:index:Component", {}, { urn: `urn:pulumi:dev::shop::c::${name}`, name }),
    );
    await unharmed(sound(), { ...one!, parent: two!.urn }, { ...two!, parent: one!.urn });
});

test("resources that depend on themselves and on what is not there", async () => {
    const type = "azure-native:recoveryservices:ReplicationProtectedItem";
    const propertyDependencies = {
        properties: [`urn:pulumi:dev::shop::${type}::hostile`, "urn:pulumi:dev::shop::x::gone"],
    };
    await unharmed(sound(), hostile(type, { properties: {} }, { propertyDependencies }));
});

test("one URN twice", async () => {
    const round = sound();
    const twin = round.resources.find(({ name }) => name === "web")!;
    const violations = await new Pack().analyze({ ...round, resources: [...round.resources, twin] });
    expect(violations.filter(({ message }) => /internal error|can't run/i.test(message))).toEqual([]);
});
