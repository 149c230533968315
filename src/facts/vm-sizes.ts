/**
 * What the name of an Azure VM size tells about it. A fact that neither the grammar of the name nor a table of this
 * file decides is undefined: sizes come faster than packs, and a guess would be a false alarm or a miss.
 *
 * Read on Microsoft Learn: "Azure VM sizes naming conventions" (2023-05-01), the size series pages
 * (2026-03-10), "NVMe overview" (2024-07-31) and "Support matrix for VM restore points". The numbers of data
 * disks agree with what `az vm list-sizes` answered in 2026.
 */
export interface VmSize {
    /** In capitals: D, DS, DC, NV … */
    readonly family: string;
    /** 1 where the name ends without one. */
    readonly version: number;
    /** vCPUs that the VM sees: of a constrained size, the smaller number. */
    readonly cores: number | undefined;
    readonly hasOneGigabyte: boolean | undefined;
    readonly arm64: boolean | undefined;
    readonly premiumStorage: boolean | undefined;
    /** Has no SCSI controller, so that a VM without a configured one is an NVMe VM. */
    readonly nvmeOnly: boolean | undefined;
    /** Can run confidential VMs. The SGX sizes of the DC family cannot. */
    readonly confidential: boolean | undefined;
    /** One of the Azure Boost sizes whose data disks crash-consistent backup may not keep consistent (VMB-30). */
    readonly azureBoost: boolean | undefined;
    readonly maximumDataDisks: number | undefined;
}

/** An estate has many VMs of few sizes. */
const TOLD = new Map<string, VmSize | undefined>();

/** Undefined for a name that is no Azure size, or one of a family that this file does not know. */
export function vmSize(name: string): VmSize | undefined {
    if (!TOLD.has(name)) {
        TOLD.set(name, definedBy(name));
    }
    return TOLD.get(name);
}

function definedBy(name: string): VmSize | undefined {
    const parts = partsOf(name);
    if (!parts || !isKnown(parts)) {
        return undefined;
    }
    return {
        family: parts.family,
        version: parts.version,
        cores: cores(parts),
        hasOneGigabyte: !BELOW_ONE_GIGABYTE.has(`${parts.family}${parts.number}${parts.features}`),
        arm64: arm64(parts),
        premiumStorage: premiumStorage(parts),
        nvmeOnly: nvmeOnly(parts),
        confidential: confidential(parts),
        azureBoost: azureBoost(parts),
        maximumDataDisks: maximumDataDisks(parts),
    };
}

/** Standard_[family][number][-constrained][features][_accelerator][_version][_Promo] */
const NAME = /^(?:standard|basic)_([a-z]+)(\d+)(?:-(\d+))?([abcdefhilmnoprstux]*)((?:_[a-z0-9]+)*)$/;

interface Parts {
    readonly family: string;
    /** The vCPUs, except in the oldest families, which number their sizes. */
    readonly number: number;
    readonly constrained: number | undefined;
    /** Small letters: a AMD, b block storage, d local disk, i isolated, p ARM, s premium storage. No page explains f, h, u and x. */
    readonly features: string;
    /** The part between features and version: an accelerator, a memory step of the M family, "cc". */
    readonly accelerator: string;
    readonly version: number;
}

function partsOf(name: string): Parts | undefined {
    const match = NAME.exec(name.toLowerCase());
    if (!match) {
        return undefined;
    }
    const [, family = "", number = "", constrained, features = "", tail = ""] = match;
    const words = tail.split("_").slice(1);
    if (words.at(-1) === "promo") {
        words.pop();
    }
    const version = /^v(\d+)$/.exec(words.at(-1) ?? "")?.[1];
    return {
        family: family.toUpperCase(),
        number: Number(number),
        constrained: constrained === undefined ? undefined : Number(constrained),
        features,
        accelerator: (version === undefined ? words : words.slice(0, -1)).join("_").toUpperCase(),
        version: Number(version ?? 1),
    };
}

const GENERAL = ["A", "B", "D", "DS", "DX", "E", "F", "FX", "G", "GS", "L", "M"];
const CONFIDENTIAL_COMPUTING = ["DC", "EC", "NCC"];
const HIGH_PERFORMANCE = ["H", "HB", "HC", "HD", "HX"];
const ACCELERATED = ["NC", "ND", "NDC", "NG", "NM", "NP", "NV", "PB"];

/** Words between features and version that the families other than the accelerated ones have. */
const OTHER_WORDS: Readonly<Partial<Record<string, RegExp>>> = { DC: /^CC$/, EC: /^CC$/, M: /^(?:PRE_)?\d+$/ };

function isKnown({ family, accelerator }: Parts): boolean {
    if (ACCELERATED.includes(family) || family === "NCC") {
        return true;
    }
    return (
        [...GENERAL, ...CONFIDENTIAL_COMPUTING, ...HIGH_PERFORMANCE].includes(family) &&
        (accelerator === "" || OTHER_WORDS[family]?.test(accelerator) === true)
    );
}

const BELOW_ONE_GIGABYTE: ReadonlySet<string> = new Set(["A0", "B1ls"]);

/** The vCPUs of sizes that are only numbered: A, D and DS before version 3, G and GS. */
const A_CORES: Numbers = { 0: 1, 1: 1, 2: 2, 3: 4, 4: 8, 5: 2, 6: 4, 7: 8, 8: 8, 9: 16, 10: 8, 11: 16 };
const D_CORES: Numbers = { 1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 11: 2, 12: 4, 13: 8, 14: 16, 15: 20 };
const G_CORES: Numbers = { 1: 2, 2: 4, 3: 8, 4: 16, 5: 32 };

type Numbers = Readonly<Partial<Record<number, number>>>;

function cores(parts: Parts): number | undefined {
    if (parts.constrained !== undefined) {
        return parts.constrained;
    }
    switch (parts.family) {
        case "A":
            return parts.version === 1 ? A_CORES[parts.number] : parts.number;
        case "D":
        case "DS":
            return parts.version <= 2 ? D_CORES[parts.number] : parts.number;
        case "G":
        case "GS":
            return G_CORES[parts.number];
        default:
            return parts.number;
    }
}

function arm64({ family, features, accelerator, version }: Parts): boolean | undefined {
    if (features.includes("p") || /GB[23]00/.test(accelerator)) {
        return true;
    }
    return ACCELERATED.includes(family) && version >= 6 ? undefined : false;
}

function premiumStorage({ family, features, version }: Parts): boolean | undefined {
    if (features.includes("s") || family === "DS" || family === "GS") {
        return true;
    }
    // M64 and M128 take premium disks without the letter.
    if (family === "M" && version === 1) {
        return true;
    }
    return ["A", "D", "E", "F", "G", "H", "NC", "NV"].includes(family) ? false : undefined;
}

/** Versions up to which a family's sizes have SCSI, some beside NVMe, and from which on they have NVMe alone. */
const DISK_CONTROLLERS: Readonly<Partial<Record<string, { readonly scsi: number; readonly nvme?: number }>>> = {
    A: { scsi: 2 },
    B: { scsi: 2 },
    D: { scsi: 5, nvme: 6 },
    DC: { scsi: 5 },
    DS: { scsi: 2 },
    E: { scsi: 5, nvme: 6 },
    EC: { scsi: 5 },
    F: { scsi: 5, nvme: 6 },
    FX: { scsi: 1 },
    G: { scsi: 1 },
    GS: { scsi: 1 },
    H: { scsi: 1 },
    L: { scsi: 3, nvme: 4 },
    M: { scsi: 2 },
    NC: { scsi: 3 },
    ND: { scsi: 2 },
    NV: { scsi: 4 },
};

function nvmeOnly({ family, features, version }: Parts): boolean | undefined {
    const { scsi = 0, nvme = Infinity } = DISK_CONTROLLERS[family] ?? {};
    if (version <= scsi) {
        return false;
    }
    // ARM sizes kept SCSI beyond version 5.
    return version >= nvme && !features.includes("p") ? true : undefined;
}

function confidential({ family, accelerator, version }: Parts): boolean | undefined {
    // By its name, confidential; no page says so.
    if (family === "NDC") {
        return undefined;
    }
    if (!CONFIDENTIAL_COMPUTING.includes(family)) {
        return false;
    }
    // Confidential child capable: the VM itself is an ordinary one.
    if (accelerator === "CC") {
        return false;
    }
    return version >= 5 ? true : version <= 3 ? false : undefined;
}

/** Intel sizes from version 6 on, AMD sizes from version 7 on. Sizes with SCSI are older, but for block storage ones. */
function azureBoost(parts: Parts): boolean | undefined {
    const { family, features, version } = parts;
    if (nvmeOnly(parts) === false) {
        return features.includes("b") ? undefined : false;
    }
    if (!["D", "E", "F"].includes(family) || features.includes("p")) {
        return undefined;
    }
    return version >= (features.includes("a") ? 7 : 6);
}

/** How many data disks the sizes of a series take, by the number in their names. */
interface Series {
    readonly families: readonly string[];
    readonly versions: readonly number[];
    /** Which of them, where the series differ by their letters. */
    readonly features?: RegExp;
    readonly disks: Numbers;
}

/** Two disks for a vCPU, up to 32. */
const DOUBLE: Numbers = { 1: 2, 2: 4, 4: 8, 8: 16, ...upTo(32, [16, 20, 32, 48, 64, 72, 80, 96]) };
const UP_TO_64: Numbers = {
    16: 48,
    20: 48,
    ...upTo(64, [32, 48, 64, 80, 96, 124, 128, 160, 186, 192, 248, 256, 360, 372]),
};
const VERSION_6: Numbers = { 2: 8, 4: 12, 8: 24, ...UP_TO_64 };
const VERSION_7: Numbers = { 2: 10, 4: 12, 8: 26, ...UP_TO_64 };

function upTo(disks: number, cores: readonly number[]): Numbers {
    return Object.fromEntries(cores.map((number) => [number, disks]));
}

const NOT_ISOLATED = /^[^i]*$/;
const AMD = /^[^i]*a[^i]*$/;

const SERIES: readonly Series[] = [
    {
        families: ["A"],
        versions: [1],
        disks: { 0: 1, 1: 2, 2: 4, 3: 8, 4: 16, 5: 4, 6: 8, 7: 16, 8: 32, 9: 64, 10: 32, 11: 64 },
    },
    { families: ["A"], versions: [2], disks: DOUBLE },
    { families: ["B"], versions: [1], disks: { 1: 2, 2: 4, 4: 8, 8: 16, 12: 16, 16: 32, 20: 32 } },
    { families: ["B"], versions: [2], disks: DOUBLE },
    {
        families: ["D", "DS"],
        versions: [1, 2],
        disks: { 1: 4, 2: 8, 3: 16, 4: 32, 5: 64, 11: 8, 12: 16, 13: 32, 14: 64, 15: 64 },
    },
    { families: ["D", "E"], versions: [3, 4, 5], features: NOT_ISOLATED, disks: DOUBLE },
    { families: ["D", "E"], versions: [6], features: /^[^ai]*$/, disks: VERSION_6 },
    { families: ["D", "E", "F"], versions: [6], features: AMD, disks: DOUBLE },
    { families: ["D", "E"], versions: [7], features: /^[^inp]*$/, disks: VERSION_7 },
    { families: ["DC"], versions: [2], disks: { 1: 1, 2: 2, 4: 4, 8: 8 } },
    { families: ["DC"], versions: [3], disks: { 1: 4, 2: 8, 4: 16, 8: 32, 16: 32, 24: 32, 32: 32, 48: 32 } },
    { families: ["DC", "EC"], versions: [5], features: NOT_ISOLATED, disks: DOUBLE },
    { families: ["DC", "EC"], versions: [6], features: AMD, disks: DOUBLE },
    { families: ["DC", "EC"], versions: [6], features: /^[^ai]*e[^ai]*$/, disks: VERSION_6 },
    { families: ["DC"], versions: [7], features: /^[^i]*$/, disks: VERSION_6 },
    { families: ["EC"], versions: [7], features: AMD, disks: VERSION_6 },
    { families: ["DX"], versions: [6], disks: DOUBLE },
    { families: ["F"], versions: [1], disks: { 1: 4, 2: 8, 4: 16, 8: 32, 16: 64 } },
    { families: ["F"], versions: [2], disks: DOUBLE },
    { families: ["F"], versions: [7], features: AMD, disks: { 1: 10, 2: 12, 4: 26, 8: 48, ...UP_TO_64, 16: 64 } },
    { families: ["G", "GS"], versions: [1], disks: { 1: 8, 2: 16, 3: 32, 4: 64, 5: 64 } },
    { families: ["HD"], versions: [1], disks: upTo(32, [352, 360, 368, 376, 704, 720, 736, 752]) },
    { families: ["H"], versions: [1], disks: { 8: 32, 16: 64 } },
    { families: ["L"], versions: [1], disks: { 4: 16, 8: 32, 16: 64, 32: 64 } },
    { families: ["L"], versions: [2, 3], features: NOT_ISOLATED, disks: DOUBLE },
    { families: ["L"], versions: [4], features: /^[^ai]*$/, disks: VERSION_6 },
    { families: ["L"], versions: [4], features: /^[^io]*a[^io]*$/, disks: DOUBLE },
    { families: ["L"], versions: [5], features: /^[^ip]*$/, disks: { ...VERSION_7, 12: 36, 24: 64 } },
    {
        families: ["M"],
        versions: [1, 2, 3, 4],
        features: /x/,
        disks: upTo(64, [216, 304, 352, 384, 416, 420, 832, 840, 864, 896, 1664, 1792]),
    },
    { families: ["M"], versions: [1], disks: { 8: 8, 16: 16, 32: 32, 64: 64, 128: 64 } },
    { families: ["NC"], versions: [1], disks: { 6: 24, 12: 48, 24: 64 } },
    { families: ["NC"], versions: [2, 3], disks: { 6: 12, 12: 24, 24: 32 } },
    { families: ["NDC"], versions: [5], disks: { 96: 16 } },
    { families: ["NM"], versions: [1], disks: { 16: 8, 320: 32 } },
    { families: ["ND"], versions: [1], disks: { 6: 12, 12: 24, 24: 32 } },
];

function maximumDataDisks(parts: Parts): number | undefined {
    // Azure's own list gives some of these more disks than the size that they are cut from.
    if (parts.constrained !== undefined && parts.family === "E" && parts.version === 5) {
        return undefined;
    }
    const series = SERIES.find(
        ({ families, versions, features }) =>
            families.includes(parts.family) &&
            versions.includes(parts.version) &&
            features?.test(parts.features) !== false,
    );
    return series?.disks[parts.number];
}
