import { isResourceGroup, parseTypeToken } from "../../../src/model/ids/type-token";

describe("azure-native", () => {
    test.each([
        ["TOK-01: default API version", "azure-native:compute:VirtualMachine", undefined],
        ["TOK-02: explicit API version", "azure-native:compute/v20241101:VirtualMachine", "2024-11-01"],
        ["TOK-02: preview of an API version", "azure-native:compute/v20210101preview:VirtualMachine", "2021-01-01"],
        ["TOK-02: private preview", "azure-native:compute/v20210101privatepreview:VirtualMachine", "2021-01-01"],
        ["TOK-03: local package", "azure-native_compute_v20241101:compute:VirtualMachine", "2024-11-01"],
        [
            "TOK-04: early form of a local package",
            "azure-native_compute_v20241101:compute/v20241101:VirtualMachine",
            "2024-11-01",
        ],
        ["TOK-06: the provider's first name", "azure-nextgen:compute/v20200601:VirtualMachine", "2020-06-01"],
        ["TOK-06: without a version", "azure-nextgen:compute:VirtualMachine", undefined],
        ["SEE-55: the version by a word", "azure-nextgen:compute/latest:VirtualMachine", undefined],
        ["SEE-55: another word", "azure-nextgen:compute/preview:VirtualMachine", undefined],
        ["SEE-55: the word under today's name", "azure-native:compute/latest:VirtualMachine", undefined],
        ["TOK-02: another suffix", "azure-native:compute/v20210101alpha2:VirtualMachine", "2021-01-01"],
        ["TOK-03: a module in capitals", "azure-native_Compute_v20241101:Compute:VirtualMachine", "2024-11-01"],
        [
            "TOK-03: local package of a preview",
            "azure-native_compute_v20210101preview:compute:VirtualMachine",
            "2021-01-01",
        ],
    ])("%s", (_, token, apiVersion) => {
        expect(parseTypeToken(token)).toEqual({
            provider: "azure-native",
            module: "compute",
            name: "VirtualMachine",
            apiVersion,
        });
    });

    test("a name with digits and capitals", () => {
        expect(parseTypeToken("azure-native:recoveryservices:ReplicationProtectedItem")).toEqual({
            provider: "azure-native",
            module: "recoveryservices",
            name: "ReplicationProtectedItem",
        });
    });
});

test.each(["azure:compute/virtualMachine:VirtualMachine", "azure:compute:VirtualMachine"])(
    "TOK-05: the classic provider: %s",
    (token) => {
        expect(parseTypeToken(token)).toEqual({ provider: "azure-classic", module: "compute", name: "VirtualMachine" });
    },
);

describe("not Azure's", () => {
    test.each([
        ["the classic provider itself", "pulumi:providers:azure"],
        ["the stack", "pulumi:pulumi:Stack"],
        ["the provider itself", "pulumi:providers:azure-native"],
        ["a component", "shop:index:Machine"],
        ["a component that is called like it", "my-azure-native:compute:VirtualMachine"],
        ["another provider that begins like it", "azure-native-extra:compute:VirtualMachine"],
        ["no name", "azure-native:compute:"],
        ["no module", "azure-native::VirtualMachine"],
        ["too many parts", "azure-native:compute:VirtualMachine:more"],
        ["a version that is none", "azure-native:compute/2024-11-01:VirtualMachine"],
        ["a line break behind it", "azure-native:compute:VirtualMachine\n"],
        ["nothing", ""],
        ["a hostile length", `azure-native:${"a".repeat(1 << 20)}:X`],
    ])("%s", (_, token) => {
        expect(parseTypeToken(token)).toBeUndefined();
    });
});

test.each([
    ["azure-native:resources:ResourceGroup", true],
    ["azure-native:resources/v20240301:ResourceGroup", true],
    ["azure-native_resources_v20240301:resources:ResourceGroup", true],
    ["azure-native:resources:Deployment", false],
    ["azure-native:compute:ResourceGroup", false],
    ["azure:core/resourceGroup:ResourceGroup", true],
    ["azure:resources/resourceGroup:ResourceGroup", false],
])("%s is a resource group: %s", (token, expected) => {
    expect(isResourceGroup(token)).toBe(expected);
});
