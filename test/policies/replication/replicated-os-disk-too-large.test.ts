import { policyCases } from "../../harness/policy-cases";
import { changed, classic, native, nativeWithDisk, REPLICATED_WEB, stateOf, unreplicated, UNKNOWN } from "./programs";

export const cases = policyCases(__filename, {
    policyId: "BCDR207",
    example: native({ osDisk: { diskSizeGB: 8192 } }),
    fixed: {
        program: nativeWithDisk({ diskSizeGB: 8192 }, { osDisk: { diskSizeGB: 128 } }),
        says: "With a smaller OS disk, and a data disk for the data:",
    },
    shows: REPLICATED_WEB,
    holds: [
        { name: "a size that the image gives", round: native() },
        { name: "a large one that nobody replicates", round: unreplicated({ osDisk: { diskSizeGB: 8192 } }) },
    ],
    violated: [
        {
            name: "grown, day 2",
            round: changed(native(), native({ osDisk: { diskSizeGB: 8192 } })),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a size that is not known",
            round: native({ osDisk: { diskSizeGB: UNKNOWN } }),
            waitsFor: '"web": storageProfile.osDisk.diskSizeGB',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(native({ osDisk: { diskSizeGB: 8192 } })), on: ["web"] }],
    limits: [
        {
            allowed: { name: "4,095 GiB", round: native({ osDisk: { diskSizeGB: 4095 } }) },
            refused: { name: "4,096 GiB", round: native({ osDisk: { diskSizeGB: 4096 } }), on: ["web"] },
        },
        {
            allowed: { name: "classic, 4,095 GiB", round: classic({ osDisk: { diskSizeGb: 4095 } }) },
            refused: { name: "classic, 4,096 GiB", round: classic({ osDisk: { diskSizeGb: 4096 } }), on: ["web"] },
        },
    ],
});
