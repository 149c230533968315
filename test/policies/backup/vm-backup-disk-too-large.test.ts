import { attached, disk, vm } from "../../harness/azure";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    backedUp,
    BACKED_UP_WEB,
    classicItem,
    classicWithDisk,
    CLASSIC_ENHANCED,
    ENHANCED,
    item,
    leavingOut,
    withDisk,
    WITH_DISK,
} from "./programs";

function large(diskSizeGB: Content, webBackup: Declaration = item()): Program {
    return withDisk({ diskSizeGB, sku: { name: "UltraSSD_LRS" } }, ENHANCED, webBackup);
}

function classic(diskSizeGb: Content, webBackup: Declaration = classicItem()): Program {
    return classicWithDisk({ diskSizeGb }, CLASSIC_ENHANCED, webBackup);
}

/** Data disks of these sizes that Azure makes along with the VM. */
function withSizes(...sizes: readonly number[]): Program {
    const dataDisks = sizes.map((diskSizeGB, lun) => ({ lun, createOption: "Empty", diskSizeGB }));
    return backedUp(vm({ name: "web", dataDisks }), ENHANCED);
}

/** 40 TiB on two Ultra disks. */
const SPREAD: Program = {
    ...large(20_480),
    web: vm({ name: "web", dataDisks: [attached(1, ref("data.id")), attached(2, ref("moreData.id"))] }),
    moreData: disk({ over: { diskSizeGB: 20_480, sku: { name: "UltraSSD_LRS" } } }),
};

const EIGHT = Array.from({ length: 8 }, () => 32_767);

export const cases = policyCases(__filename, {
    policyId: "BCDR304",
    example: large(40_960),
    fixed: { program: SPREAD, says: "The same space on two disks:" },
    shows: ["data.sku", ...WITH_DISK, ...BACKED_UP_WEB],
    holds: [
        { name: "disks as large as what they are made from", round: backedUp(vm({ name: "web" })) },
        { name: "a large disk that is left out", round: large(65_536, leavingOut(1)) },
        {
            name: "a large disk that is left out, classic",
            round: classic(65_536, classicItem({ excludeDiskLuns: [1] })),
        },
        {
            name: "a large disk that is not included, classic",
            round: classic(65_536, classicItem({ includeDiskLuns: [0] })),
        },
        { name: "in an exported state", round: () => roundOf(large(32_767), "exported state") },
    ],
    violated: [
        { name: "two large disks", round: withSizes(40_000, 50_000), on: ["web"] },
        { name: "another disk is left out", round: large(65_536, leavingOut(0)), on: ["web"] },
        { name: "all disks together", round: withSizes(...EIGHT, 1_000), on: ["web"] },
        {
            name: "in a list of those to back up",
            round: large(
                65_536,
                item({ extendedProperties: { diskExclusionProperties: { diskLunList: [1], isInclusionList: true } } }),
            ),
            on: ["web"],
        },
    ],
    undecided: [
        { name: "a size that is not known", round: large(ref("rg.id")), waitsFor: '"data": diskSizeGB' },
        { name: "a size that is not known, classic", round: classic(ref("rg.id")), waitsFor: '"data": diskSizeGb' },
        {
            name: "which disks are left out",
            round: large(65_536, leavingOut(ref("web.vmId"))),
            waitsFor: '"webBackup": properties.extendedProperties.diskExclusionProperties.diskLunList[0]',
        },
    ],
    inPlace: [
        { name: "in an exported state", round: () => roundOf(large(65_536), "exported state"), on: ["web"] },
        {
            name: "a classic VM in an exported state",
            round: () => roundOf(classic(40_000), "exported state"),
            on: ["web"],
        },
    ],
    limits: [
        {
            allowed: { name: "a disk of 32,767 GiB", round: large(32_767) },
            refused: { name: "a disk of 32,768 GiB", round: large(32_768), on: ["web"] },
        },
        {
            allowed: { name: "a classic disk of 32,767 GiB", round: classic(32_767) },
            refused: { name: "a classic disk of 32,768 GiB", round: classic(32_768), on: ["web"] },
        },
        {
            allowed: { name: "262,144 GiB in all", round: withSizes(...EIGHT, 8) },
            refused: { name: "262,145 GiB in all", round: withSizes(...EIGHT, 9), on: ["web"] },
        },
    ],
});
