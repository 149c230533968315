import { policyCases } from "../../harness/policy-cases";
import { classic, nativeWithDisk, REPLICATED_DATA, stateOf, UNKNOWN } from "./programs";

const CACHED = { place: { caching: "ReadOnly" } };
const UNCACHED = nativeWithDisk({ diskSizeGB: 4096 }, { place: { caching: "None" } });

export const cases = policyCases(__filename, {
    policyId: "BCDR216",
    example: nativeWithDisk({ diskSizeGB: 4096 }, CACHED),
    fixed: { program: UNCACHED },
    shows: [...REPLICATED_DATA, "data.diskSizeGB"],
    holds: [
        { name: "nobody asks for caching", round: nativeWithDisk({ diskSizeGB: 8192 }) },
        {
            name: "a disk that is left out",
            round: stateOf(nativeWithDisk({ diskSizeGB: 8192 }, { ...CACHED, listed: false })),
        },
        { name: "classic, without caching", round: classic({ data: { diskSizeGb: 8192 } }) },
    ],
    violated: [
        {
            name: "classic",
            round: classic({ data: { diskSizeGb: 4096 }, place: { caching: "ReadWrite" } }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a size that is not known",
            round: nativeWithDisk({ diskSizeGB: UNKNOWN }, CACHED),
            waitsFor: '"data": diskSizeGB',
        },
        {
            name: "caching that is not known",
            round: nativeWithDisk({ diskSizeGB: 8192 }, { place: { caching: UNKNOWN } }),
            waitsFor: '"web": storageProfile.dataDisks[0].caching',
        },
    ],
    inPlace: [
        { name: "in the exported state", round: stateOf(nativeWithDisk({ diskSizeGB: 8192 }, CACHED)), on: ["web"] },
    ],
    limits: [
        {
            allowed: { name: "4,095 GiB", round: nativeWithDisk({ diskSizeGB: 4095 }, CACHED) },
            refused: { name: "4,096 GiB", round: nativeWithDisk({ diskSizeGB: 4096 }, CACHED), on: ["web"] },
        },
        {
            allowed: { name: "None", round: UNCACHED },
            refused: { name: "ReadOnly", round: nativeWithDisk({ diskSizeGB: 4096 }, CACHED), on: ["web"] },
        },
    ],
});
