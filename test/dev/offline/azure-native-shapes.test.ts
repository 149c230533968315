/** What is read from the SDK's declarations, held against the declarations themselves. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { armId, armType, autoName, parseArmId, RESOURCES } from "../../../dev/offline/providers/azure-native-resources";
import { schemaOf } from "../../../dev/offline/providers/azure-native-schema";
import { carryChanges } from "../../../dev/offline/providers/diff";
import { previewOutputs } from "../../../dev/offline/providers/preview-outputs";
import { project } from "../../../dev/offline/providers/project";
import { CACHE_VARIABLE, loadShapes } from "../../../dev/offline/providers/sdk-types";
import { UNKNOWN } from "../../../dev/offline/providers/values";

const shapes = loadShapes();

const GROUP = "/subscriptions/s/resourceGroups/g";
const FABRIC = `${GROUP}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f`;
const FABRICS = "Microsoft.RecoveryServices/vaults/replicationFabrics";

describe("shapes", () => {
    test.each([
        // Facts 5.1: required inputs.
        ["recoveryservices:Vault", ["resourceGroupName"]],
        ["recoveryservices:ProtectedItem", ["containerName", "fabricName", "resourceGroupName", "vaultName"]],
        ["recoveryservices:ReplicationFabric", ["resourceGroupName", "resourceName"]],
        [
            "recoveryservices:ReplicationProtectedItem",
            ["fabricName", "protectionContainerName", "resourceGroupName", "resourceName"],
        ],
        ["dataprotection:BackupVault", ["properties", "resourceGroupName"]],
        ["compute:Disk", ["creationData", "resourceGroupName"]],
        ["compute:VirtualMachine", ["resourceGroupName"]],
        ["compute:VirtualMachineExtension", ["resourceGroupName", "vmName"]],
    ])("%s requires %j", (type, required) => {
        expect(shapes.resources[type]?.inputs.required).toEqual(required);
    });

    test.each([
        // Facts 5.1: default API versions.
        ["recoveryservices:Vault", "2024-10-01"],
        ["dataprotection:BackupInstance", "2025-01-01"],
        ["compute:VirtualMachine", "2024-11-01"],
        ["compute:Snapshot", "2024-03-02"],
        ["authorization:PolicyAssignment", "2025-01-01"],
    ])("%s speaks API version %s", (type, version) => {
        expect(shapes.resources[type]?.apiVersion).toBe(version);
    });

    test.each([
        // What is an input only, and what an output only.
        ["compute:VirtualMachine", ["resourceGroupName", "vmName"], ["name", "vmId", "type", "etag", "instanceView"]],
        ["recoveryservices:Vault", ["resourceGroupName", "vaultName"], ["name", "etag", "systemData", "type"]],
        ["recoveryservices:ReplicationProtectedItem", ["fabricName", "resourceName"], ["location", "name", "type"]],
    ])("%s: %j are inputs only, %j outputs only", (type, inputsOnly, outputsOnly) => {
        const { inputs, outputs } = shapes.resources[type] ?? { inputs: undefined, outputs: undefined };
        expect(
            inputsOnly.map((name) => [name in (inputs?.properties ?? {}), name in (outputs?.properties ?? {})]),
        ).toEqual(inputsOnly.map(() => [true, false]));
        expect(
            outputsOnly.map((name) => [name in (inputs?.properties ?? {}), name in (outputs?.properties ?? {})]),
        ).toEqual(outputsOnly.map(() => [false, true]));
    });

    test("kinds of properties", () => {
        const vm = shapes.resources["compute:VirtualMachine"]?.outputs.properties ?? {};
        expect(vm["location"]).toBe("string");
        expect(vm["zones"]).toEqual({ array: "string" });
        expect(vm["tags"]).toEqual({ map: "string" });
        expect(vm["storageProfile"]).toEqual({ ref: "compute:StorageProfileResponse" });
        const details = shapes.inputTypes["recoveryservices:EnableProtectionInputPropertiesArgs"]?.properties;
        expect(details?.["providerSpecificDetails"]).toMatchObject({
            oneOf: expect.arrayContaining(["recoveryservices:A2AEnableProtectionInputArgs"]) as unknown,
        });
        expect(shapes.inputTypes["recoveryservices:A2AEnableProtectionInputArgs"]?.properties["instanceType"]).toEqual({
            const: "A2A",
        });
        // An enumeration is a string, however it is written.
        expect(shapes.inputTypes["compute:CreationDataArgs"]?.properties["createOption"]).toBe("string");
        expect(shapes.resources["resources:Resource"]?.inputs.properties["properties"]).toBe("any");
    });

    test("no reference leads nowhere", () => {
        const dangling = (types: typeof shapes.inputTypes): readonly string[] =>
            [...JSON.stringify(types).matchAll(/"ref":"([^"]+)"/g)]
                .map((match) => match[1] ?? "")
                .filter((name) => types[name] === undefined);
        expect(dangling(shapes.inputTypes)).toEqual([]);
        expect(dangling(shapes.outputTypes)).toEqual([]);
    });

    test("a damaged cache is written anew, and nothing temporary stays behind", () => {
        const folder = mkdtempSync(join(tmpdir(), "shapes-"));
        const before = process.env[CACHE_VARIABLE];
        process.env[CACHE_VARIABLE] = folder;
        try {
            loadShapes();
            const [file = ""] = readdirSync(folder);
            writeFileSync(join(folder, file), "{");
            expect(loadShapes().resources["compute:Disk"]).toEqual(shapes.resources["compute:Disk"]);
            expect(readdirSync(folder)).toEqual([file]);
            expect(existsSync(join(folder, file))).toBe(true);
        } finally {
            if (before === undefined) {
                delete process.env[CACHE_VARIABLE];
            } else {
                process.env[CACHE_VARIABLE] = before;
            }
            rmSync(folder, { recursive: true, force: true });
        }
    });
});

describe("the table of resources", () => {
    test.each(Object.keys(RESOURCES))("%s: the path is filled by inputs that exist", (type) => {
        const shape = shapes.resources[type];
        const names = [...(RESOURCES[type]?.path ?? "").matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
        const inputs = ["subscriptionId", ...Object.keys(shape?.inputs.properties ?? {})];
        expect(names.filter((name) => !inputs.includes(name))).toEqual([]);
        // What is required and no response property has to be part of the path (but for the generic resource's API
        // version).
        const others = (shape?.inputs.required ?? []).filter(
            (name) => shape?.outputs.properties[name] === undefined && !names.includes(name) && name !== "apiVersion",
        );
        expect(others).toEqual([]);
    });

    test.each([
        ["recoveryservices:ProtectedItem", "copy"],
        ["recoveryservices:ReplicationFabric", "copy"],
        ["recoveryservices:Vault", "random"],
        ["compute:RestorePoint", "copy"],
        ["resources:ResourceGroup", "random"],
        ["authorization:ManagementLockByScope", "random"],
        ["authorization:RoleAssignment", "uuid"],
    ] as const)("%s gets a %s name", (type, kind) => {
        const row = RESOURCES[type];
        expect(row === undefined ? undefined : autoName(row)?.kind).toBe(kind);
    });

    test.each([
        [
            "recoveryservices:ReplicationProtectionContainerMapping",
            `${FABRIC}/replicationProtectionContainers/c/replicationProtectionContainerMappings/m`,
            `${FABRICS}/replicationProtectionContainers/replicationProtectionContainerMappings`,
        ],
        [
            "recoveryservices:ReplicationNetworkMapping",
            `${FABRIC}/replicationNetworks/azureNetwork/replicationNetworkMappings/m`,
            `${FABRICS}/replicationNetworks/replicationNetworkMappings`,
        ],
        [
            "authorization:ManagementLockByScope",
            `${GROUP}/providers/Microsoft.Compute/disks/d/providers/Microsoft.Authorization/locks/l`,
            "Microsoft.Authorization/locks",
        ],
        ["resources:ResourceGroup", GROUP, "Microsoft.Resources/resourceGroups"],
    ])("%s: an id leads to its names and back", (type, id, arm) => {
        const row = RESOURCES[type];
        if (row === undefined) {
            throw new Error(`no row for ${type}`);
        }
        const names = parseArmId(row, id);
        expect(names === undefined ? undefined : armId(row, names, "s")).toBe(id);
        expect(armType(row, id)).toBe(arm);
        expect(parseArmId(row, `${id}/more/than/that`)).toBeUndefined();
    });
});

test("preview outputs: nested objects in lists, maps, anything", () => {
    const types = { "m:T": { properties: { a: "string", b: "string" }, required: [] } } as const;
    const response = {
        properties: {
            list: { array: { ref: "m:T" } },
            map: { map: { ref: "m:T" } },
            free: "any",
            choice: { oneOf: ["m:T", "m:S"] },
            kind: { const: "K" },
            texts: { array: "string" },
        },
        required: [],
    } as const;
    expect(
        previewOutputs(
            {
                list: [{ a: "1" }, UNKNOWN],
                map: { x: { b: "2" } },
                free: { z: 1 },
                choice: { input: "only" },
                texts: "wrong",
            },
            response,
            types,
        ),
    ).toEqual({
        list: [{ a: "1", b: UNKNOWN }, UNKNOWN],
        map: { x: { a: UNKNOWN, b: "2" } },
        free: { z: 1 },
        choice: { input: "only" },
        kind: "K",
        texts: UNKNOWN,
    });
});

test("of a choice of types the one whose discriminator agrees is projected", () => {
    const types = {
        "m:A": { properties: { kind: { const: "A" }, a: "string" }, required: [] },
        "m:B": { properties: { kind: { const: "B" }, b: "string" }, required: [] },
    } as const;
    const shape = { properties: { choice: { oneOf: ["m:A", "m:B"] } }, required: [] } as const;
    expect(project({ choice: { kind: "B", a: "1", b: "2" }, other: 1 }, shape, types)).toEqual({
        choice: { kind: "B", b: "2" },
    });
    expect(project({ choice: { kind: "C", a: "1" } }, shape, types)).toEqual({ choice: { kind: "C", a: "1" } });
});

test("only what changed between two read-backs is carried over to the inputs", () => {
    expect(
        carryChanges(
            { keep: 1, gone: 2, deep: { mine: "x" }, list: [{ a: 1 }] },
            { gone: 2, deep: { mine: "x", theirs: "old" }, list: [{ a: 1, b: 1 }], filled: true },
            { deep: { mine: "x", theirs: "new" }, list: [{ a: 1, b: 2 }, { a: 3 }], filled: true, added: 5 },
        ),
    ).toEqual({ keep: 1, deep: { mine: "x", theirs: "new" }, list: [{ a: 1, b: 2 }, { a: 3 }], added: 5 });
});

test("the schema has every resource of the modules, with its required inputs", () => {
    const schema = schemaOf(shapes);
    expect(schema.version).toBe(shapes.version);
    expect(schema.resources["azure-native:compute:Disk"]).toMatchObject({
        requiredInputs: ["creationData", "resourceGroupName"],
        inputProperties: { diskSizeGB: { type: "number" }, creationData: { $ref: "pulumi.json#/Any" } },
    });
});
