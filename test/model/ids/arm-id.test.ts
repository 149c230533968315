import * as fc from "fast-check";
import {
    armKey,
    formatArmId,
    keyWithoutSubscription,
    nameOf,
    parseArmId,
    type ArmId,
} from "../../../src/model/ids/arm-id";

const DISK = "/subscriptions/S1/resourceGroups/Shop/providers/Microsoft.Compute/disks/Data";

function parsed(text: string): ArmId {
    const id = parseArmId(text);
    if (id === undefined) {
        throw new Error(`no ARM id: ${text}`);
    }
    return id;
}

describe("parts", () => {
    test.each<[string, string, ArmId]>([
        [
            "a resource, its names in the case in which they were written",
            DISK,
            { subscription: "S1", resourceGroup: "Shop", type: "Microsoft.Compute/disks", names: ["Data"] },
        ],
        [
            "a child resource",
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupFabrics/Azure",
            {
                subscription: "s",
                resourceGroup: "g",
                type: "Microsoft.RecoveryServices/vaults/backupFabrics",
                names: ["v", "Azure"],
            },
        ],
        [
            "a resource group",
            "/subscriptions/s/resourceGroups/g",
            { subscription: "s", resourceGroup: undefined, type: "Microsoft.Resources/resourceGroups", names: ["g"] },
        ],
        [
            "a resource of the subscription",
            "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/a",
            {
                subscription: "s",
                resourceGroup: undefined,
                type: "Microsoft.Authorization/policyAssignments",
                names: ["a"],
            },
        ],
        [
            "an extension resource: its own type, not that of what it is on",
            `${DISK}/providers/Microsoft.Authorization/locks/keep`,
            { subscription: "S1", resourceGroup: "Shop", type: "Microsoft.Authorization/locks", names: ["keep"] },
        ],
        [
            "an extension resource on a group",
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/locks/keep",
            { subscription: "s", resourceGroup: "g", type: "Microsoft.Authorization/locks", names: ["keep"] },
        ],
        [
            "a group and a disk that are called providers",
            "/subscriptions/s/resourceGroups/providers/providers/Microsoft.Compute/disks/providers",
            { subscription: "s", resourceGroup: "providers", type: "Microsoft.Compute/disks", names: ["providers"] },
        ],
        [
            "a backup item with its semicolons",
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupFabrics/Azure" +
                "/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;g;m/protectedItems/vm;iaasvmcontainerv2;g;m",
            {
                subscription: "s",
                resourceGroup: "g",
                type: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
                names: ["v", "Azure", "iaasvmcontainer;iaasvmcontainerv2;g;m", "vm;iaasvmcontainerv2;g;m"],
            },
        ],
    ])("%s", (_, text, id) => {
        expect(parseArmId(text)).toEqual(id);
    });

    test("the name of a resource is its last one", () => {
        expect(nameOf(parsed(DISK))).toBe("Data");
        expect(nameOf(parsed("/subscriptions/s/resourceGroups/g"))).toBe("g");
    });
});

describe("spellings of one id", () => {
    test.each([
        ["lower case (ARM-17)", DISK.toLowerCase()],
        ["upper case", DISK.toUpperCase()],
        ["resourcegroups in one case", DISK.replace("resourceGroups", "resourcegroups")],
        ["a slash at the end", `${DISK}/`],
        ["no slash at the start", DISK.slice(1)],
        ["slashes doubled", DISK.replaceAll("/", "//")],
        ["the query that Azure Backup leaves behind (ARM-14)", `${DISK}?id=6f1f0c0a-5b1f-4f0a-8e55-2a8d3b7c9a10`],
        ["slash and query", `${DISK}/?id=6f1f`],
        ["a query with slashes", `${DISK}?id=a/b/c`],
    ])("%s", (_, text) => {
        expect(armKey(parsed(text))).toBe(armKey(parsed(DISK)));
    });
});

describe("no ARM id", () => {
    test.each([
        ["nothing", ""],
        ["slashes", "////////"],
        ["a name", "web"],
        ["a URL", "https://x.blob.core.windows.net/vhds/web.vhd"],
        ["a subscription", "/subscriptions/s"],
        ["a group without a name", "/subscriptions/s/resourceGroups"],
        ["a resource provider", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute"],
        ["a collection", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks"],
        ["a type without its provider", "/subscriptions/s/resourceGroups/g/disks/d"],
        ["an extension without a name", `${DISK}/providers/Microsoft.Authorization/locks`],
        ["a group whose name is missing", "/subscriptions/s/resourceGroups//providers/Microsoft.Compute/disks/d"],
        ["a subscription that is missing", "/subscriptions//resourceGroups/g/providers/Microsoft.Compute/disks/d"],
        ["something in front", `x${DISK}`],
        ["a management group's", "/providers/Microsoft.Management/managementGroups/m"],
        ["a query alone", "?id=6f1f"],
        ["10,000 segments", `${DISK}${"/a/b".repeat(5_000)}`],
        ["1 MB of slashes", "/".repeat(1 << 20)],
        ["1 MB without any", "a".repeat(1 << 20)],
    ])("%s", (_, text) => {
        expect(parseArmId(text)).toBeUndefined();
    });

    test("a name of 1 MB is a name", () => {
        const name = "a".repeat(1 << 20);
        expect(nameOf(parsed(`/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/${name}`))).toBe(
            name,
        );
    });
});

describe("keys", () => {
    test("without subscription: the same in every subscription, and where it is not known", () => {
        const here = parsed(DISK);
        const elsewhere = parsed(DISK.replace("S1", "S2"));
        expect(armKey(here)).not.toBe(armKey(elsewhere));
        expect(keyWithoutSubscription(here)).toBe(keyWithoutSubscription(elsewhere));
        expect(keyWithoutSubscription({ ...here, subscription: undefined })).toBe(keyWithoutSubscription(here));
    });

    test.each([
        ["another name", DISK.replace("Data", "Data2")],
        ["another group", DISK.replace("Shop", "Shop2")],
        ["another type", DISK.replace("disks", "snapshots")],
        ["no group", DISK.replace("/resourceGroups/Shop", "")],
        ["a child", `${DISK}/shares/x`],
    ])("%s is another resource", (_, text) => {
        expect(keyWithoutSubscription(parsed(text))).not.toBe(keyWithoutSubscription(parsed(DISK)));
    });
});

describe("as Azure writes it", () => {
    test.each([
        DISK,
        "/subscriptions/s/resourceGroups/g",
        "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/a",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupFabrics/Azure",
    ])("%s", (text) => {
        expect(formatArmId(parsed(text))).toBe(text);
    });

    test("a subscription that is not known shows as …", () => {
        expect(formatArmId({ ...parsed(DISK), subscription: undefined })).toBe(DISK.replace("S1", "…"));
    });
});

describe("for any id", () => {
    // Few letters, so that different ids come close to each other; the signs are those that may stand in names.
    const name = fc.string({
        unit: fc.constantFrom("a", "B", "1", "|", ";", "-", "_", ".", " "),
        minLength: 1,
        maxLength: 3,
    });
    const id: fc.Arbitrary<ArmId> = fc
        .record({
            subscription: name,
            resourceGroup: fc.option(name, { nil: undefined }),
            namespace: name,
            parts: fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 4 }),
        })
        .map(({ subscription, resourceGroup, namespace, parts }) => ({
            subscription,
            resourceGroup,
            type: [namespace, ...parts.map(([type]) => type)].join("/"),
            names: parts.map(([, each]) => each),
        }));

    test("what is written is read again", () => {
        fc.assert(
            fc.property(id, (each) => {
                expect(parseArmId(formatArmId(each))).toEqual(each);
            }),
        );
    });

    test("case, slashes at both ends and a query make no difference to the key", () => {
        const provider = fc.record({
            upper: fc.infiniteStream(fc.boolean()),
            before: fc.constantFrom("", "/", "//"),
            after: fc.constantFrom("", "/", "?id=1", "/?id=1", "?", "?/a/b"),
        });
        fc.assert(
            fc.property(id, provider, (each, { upper, before, after }) => {
                const letters = formatArmId(each)
                    .slice(1)
                    .replace(/./g, (letter) =>
                        upper.next().value === true ? letter.toUpperCase() : letter.toLowerCase(),
                    );
                expect(armKey(parsed(`${before}${letters}${after}`))).toBe(armKey(each));
            }),
        );
    });

    test("different ids have different keys", () => {
        const plain = (each: ArmId): string => JSON.stringify(each, (_, value: unknown) => value ?? null).toLowerCase();
        fc.assert(
            fc.property(id, id, (a, b) => {
                expect(armKey(a) === armKey(b)).toBe(plain(a) === plain(b));
            }),
            { numRuns: 1_000 },
        );
        const id2 = (names: readonly string[]): ArmId => ({
            subscription: "s",
            resourceGroup: "g",
            type: "N/a/b",
            names,
        });
        expect(armKey(id2(["x|y", "z"]))).not.toBe(armKey(id2(["x", "y|z"])));
    });

    test("no text makes it throw", () => {
        const text = fc.string({
            unit: fc.constantFrom("/", "?", "subscriptions", "providers", "resourceGroups", "é"),
        });
        fc.assert(
            fc.property(text, (each) => {
                const found = parseArmId(each);
                expect(found === undefined || found.names.length > 0).toBe(true);
            }),
        );
    });
});
