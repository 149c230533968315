import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type VmSize, vmSize } from "../../src/facts/vm-sizes";
import { expectGeneratedPart, table } from "../../dev/docs/generated";

type Fact = Exclude<keyof VmSize, "family" | "version">;

const FACTS: readonly (readonly [Fact, string])[] = [
    ["cores", "vCPUs"],
    ["hasOneGigabyte", "at least 1 GB of memory"],
    ["arm64", "ARM processor"],
    ["premiumStorage", "premium storage"],
    ["nvmeOnly", "NVMe only"],
    ["confidential", "confidential VMs"],
    ["azureBoost", "Azure Boost, as VMB-30 counts it"],
    ["maximumDataDisks", "most data disks"],
];

/**
 * What Azure's own lists and pages say. The columns are the facts in the order above; "?" where the pack leaves a fact
 * open.
 */
const ANSWERS = `
    Basic_A0                       1   no  no  no  no  no  no  1
    Basic_A4                       8   yes no  no  no  no  no  16
    Standard_A0                    1   no  no  no  no  no  no  1
    Standard_A1                    1   yes no  no  no  no  no  2
    Standard_A5                    2   yes no  no  no  no  no  4
    Standard_A9                    16  yes no  no  no  no  no  64
    Standard_A11                   16  yes no  no  no  no  no  64
    Standard_A1_v2                 1   yes no  no  no  no  no  2
    Standard_A8m_v2                8   yes no  no  no  no  no  16
    Standard_B1ls                  1   no  no  yes no  no  no  2
    Standard_B1s                   1   yes no  yes no  no  no  2
    Standard_B2s                   2   yes no  yes no  no  no  4
    Standard_B20ms                 20  yes no  yes no  no  no  32
    Standard_B2ats_v2              2   yes no  yes no  no  no  4
    Standard_B2pts_v2              2   yes yes yes no  no  no  4
    Standard_D1                    1   yes no  no  no  no  no  4
    Standard_D4                    8   yes no  no  no  no  no  32
    Standard_D14                   16  yes no  no  no  no  no  64
    Standard_D2_v2_Promo           2   yes no  no  no  no  no  8
    Standard_D5_v2                 16  yes no  no  no  no  no  64
    Standard_DS1_v2                1   yes no  yes no  no  no  4
    Standard_DS11-1_v2             1   yes no  yes no  no  no  8
    Standard_DS13-4_v2             4   yes no  yes no  no  no  32
    Standard_DS15_v2               20  yes no  yes no  no  no  64
    Standard_D2_v3                 2   yes no  no  no  no  no  4
    Standard_D64s_v3               64  yes no  yes no  no  no  32
    Standard_D2a_v4                2   yes no  no  no  no  no  4
    Standard_D4ds_v5               4   yes no  yes no  no  no  8
    Standard_D16plds_v5            16  yes yes yes no  no  no  32
    Standard_D4ps_v6               4   yes yes yes ?   no  ?   12
    Standard_D2as_v6               2   yes no  yes yes no  no  4
    Standard_D4s_v6                4   yes no  yes yes no  yes 12
    Standard_D128ds_v6             128 yes no  yes yes no  yes 64
    Standard_D8ads_v7              8   yes no  yes yes no  yes 26
    Standard_D2s_v7                2   yes no  yes yes no  yes 10
    Standard_E4-2s_v3              2   yes no  yes no  no  no  8
    Standard_E20_v3                20  yes no  no  no  no  no  32
    Standard_E96-24as_v4           24  yes no  yes no  no  no  32
    Standard_E8-4s_v5              4   yes no  yes no  no  no  ?
    Standard_E104is_v5             104 yes no  yes no  no  no  ?
    Standard_E16bds_v5             16  yes no  yes no  no  ?   32
    Standard_E48ps_v6              48  yes yes yes ?   no  ?   64
    Standard_E20as_v6              20  yes no  yes yes no  no  32
    Standard_DC2s                  2   yes no  yes no  no  no  ?
    Standard_DC1s_v2               1   yes no  yes no  no  no  1
    Standard_DC8_v2                8   yes no  ?   no  no  no  8
    Standard_DC2ds_v3              2   yes no  yes no  no  no  8
    Standard_DC4as_v5              4   yes no  yes no  yes no  8
    Standard_DC16as_cc_v5          16  yes no  yes no  no  no  32
    Standard_EC8ads_v5             8   yes no  yes no  yes no  16
    Standard_DC4es_v6              4   yes no  yes ?   yes ?   12
    Standard_EC4as_v6              4   yes no  yes ?   yes ?   8
    Standard_NCC40ads_H100_v5      40  yes no  yes ?   yes ?   ?
    Standard_F1                    1   yes no  no  no  no  no  4
    Standard_F16s                  16  yes no  yes no  no  no  64
    Standard_F72s_v2               72  yes no  yes no  no  no  32
    Standard_F4ams_v6              4   yes no  yes yes no  no  8
    Standard_F4als_v7              4   yes no  yes yes no  yes 26
    Standard_FX4mds                4   yes no  yes no  no  no  ?
    Standard_G5                    32  yes no  no  no  no  no  64
    Standard_GS4-8                 8   yes no  yes no  no  no  64
    Standard_H16mr                 16  yes no  no  no  no  no  64
    Standard_HB120-16rs_v3         16  yes no  yes ?   no  ?   ?
    Standard_L8s                   8   yes no  yes no  no  no  32
    Standard_L80s_v2               80  yes no  yes no  no  no  32
    Standard_L4s_v4                4   yes no  yes yes no  ?   12
    Standard_M64-16ms              16  yes no  yes no  no  no  64
    Standard_M128                  128 yes no  yes no  no  no  64
    Standard_M8-2ms                2   yes no  yes no  no  no  8
    Standard_M416s_8_v2            416 yes no  yes no  no  no  ?
    Standard_M48ds_1_v3            48  yes no  yes ?   no  ?   ?
    Standard_NC6                   6   yes no  no  no  no  no  24
    Standard_NC24r                 24  yes no  no  no  no  no  64
    Standard_NC6s_v3               6   yes no  yes no  no  no  12
    Standard_NC16as_T4_v3          16  yes no  yes no  no  no  ?
    Standard_NC24ads_A100_v4       24  yes no  yes ?   no  ?   ?
    Standard_ND24rs                24  yes no  yes no  no  no  32
    Standard_ND128isr_NDR_GB200_v6 128 yes yes yes ?   no  ?   ?
    Standard_NV12ads_V710_v5       12  yes no  yes ?   no  ?   ?
    Standard_NP10s                 10  yes no  yes ?   no  ?   ?
    Standard_D64dus_v7             64  yes no  yes yes no  yes 64
    Standard_E32adus_v6            32  yes no  yes yes no  no  32
    Standard_D372ds_v7             372 yes no  yes yes no  yes 64
    Standard_D2hs_v3               2   yes no  yes no  no  no  4
    Standard_B2fs_v2               2   yes no  yes no  no  no  4
    Standard_DX16as_v6             16  yes no  yes ?   no  ?   32
    Standard_DC16es_v7             16  yes no  yes ?   yes ?   48
    Standard_EC32as_v7             32  yes no  yes ?   yes ?   64
    Standard_EC32es_v7             32  yes no  yes ?   yes ?   ?
    Standard_HB352fcrs_v5          352 yes no  yes ?   no  ?   ?
    Standard_HD352rs               352 yes no  yes ?   no  ?   32
    Standard_L16aus_v4             16  yes no  yes yes no  ?   32
    Standard_L12aous_v5            12  yes no  yes yes no  ?   36
    Standard_L8ps_v5               8   yes yes yes ?   no  ?   ?
    Standard_M832ixds_32_v3        832 yes no  yes ?   no  ?   64
    Standard_M832ixds_pre_32_v3    832 yes no  yes ?   no  ?   64
    Standard_M304dsx_6_v4          304 yes no  yes ?   no  ?   64
    Standard_NDC96isr_H200_v5      96  yes no  yes ?   ?   ?   16
    Standard_NM16ads_MA35D         16  yes no  yes ?   no  ?   8
    Standard_NV6h                  6   yes no  no  no  no  no  ?
`;

const spelt = (value: boolean | number | undefined): string =>
    value === undefined ? "?" : typeof value === "number" ? String(value) : value ? "yes" : "no";

function answers(name: string): readonly string[] {
    const size = vmSize(name);
    return FACTS.map(([fact]) => spelt(size?.[fact]));
}

test.each(
    ANSWERS.trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .map(([name = "", ...expected]) => ({ name, expected })),
)("$name is what Azure says", ({ name, expected }) => {
    expect(answers(name)).toEqual(expected);
    expect(answers(name.toUpperCase())).toEqual(expected);
});

test.each([
    "",
    "D4s_v5",
    "Standard",
    "Standard_",
    "Standard_D",
    "Standard_Z4s_v1",
    "Standard_D4_v5_internal",
    "Standard_D4ws_v3",
    "Standard_D4 s_v5",
    "Standard_DS13_v2+1TB_PS",
    "[parameters('vmSize')]",
])("%p is not taken for a size", (name) => {
    expect(vmSize(name)).toBeUndefined();
});

test("a number that a numbered family does not have leaves the vCPUs open", () => {
    expect(vmSize("Standard_D9_v2")).toMatchObject({ cores: undefined, maximumDataDisks: undefined });
    expect(vmSize("Standard_G9")).toMatchObject({ cores: undefined, maximumDataDisks: undefined });
});

test('a version that is still to come is decided where the convention, or a page\'s "and above", reaches it', () => {
    expect(vmSize("Standard_D4s_v9")).toEqual({
        family: "D",
        version: 9,
        cores: 4,
        hasOneGigabyte: true,
        arm64: false,
        premiumStorage: true,
        nvmeOnly: true,
        confidential: false,
        azureBoost: true,
        maximumDataDisks: undefined,
    });
});

/** Every name of a size in the enumerations of the SDK, of all modules that have one. */
function enumerated(): readonly string[] {
    const sdk = join(__dirname, "..", "..", "node_modules", "@pulumi", "azure-native", "types", "enums");
    const names = ["compute", "hybridnetwork", "discovery", "azurestackhci", "kusto"]
        .map((module) => readFileSync(join(sdk, module, "index.d.ts"), "utf8"))
        .flatMap((types) => [...types.matchAll(/: "((?:Standard|Basic)_[A-Z]+\d[\w-]*)"/g)])
        .map(([, name = ""]) => name);
    return [...new Set(names)].sort();
}

// Sizes of Azure Local, which has no place in the Azure cloud.
const AZURE_LOCAL = /^Standard_(?:K8S|NK)/;

test("every size of the SDK's enumerations is known", () => {
    const names = enumerated().filter((name) => !AZURE_LOCAL.test(name));
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => vmSize(name) === undefined)).toEqual([]);
});

function reach(): string {
    const names = enumerated().filter((name) => !AZURE_LOCAL.test(name));
    const rows = FACTS.map(([fact, words]) => {
        const open = names.filter((name) => vmSize(name)?.[fact] === undefined);
        const families = [...new Set(open.map((name) => vmSize(name)?.family))].sort();
        return [words, String(names.length - open.length), String(open.length), families.join(", ")];
    });
    const head = `Of the ${String(names.length)} sizes that the enumerations of @pulumi/azure-native name:`;
    return `${head}\n\n${table(["Fact", "decided", "open", "families with open ones"], rows)}`;
}

test("docs/vm-sizes.md tells how far it reaches", () => {
    expectGeneratedPart("docs/vm-sizes.md", "how far it reaches", reach());
});
