import { policyCases } from "../../harness/policy-cases";
import { classic, nativeWithDisk, REPLICATED_DATA, stateOf, UNKNOWN } from "./programs";

const HUGE = { diskSizeGB: 65_536 };

export const cases = policyCases(__filename, {
    policyId: "BCDR208",
    example: nativeWithDisk(HUGE),
    fixed: { program: nativeWithDisk({ diskSizeGB: 32_767 }) },
    shows: REPLICATED_DATA,
    holds: [
        {
            name: "a huge disk that is left out of replication",
            round: stateOf(nativeWithDisk(HUGE, { listed: false })),
        },
        { name: "a classic one", round: classic({ data: { diskSizeGb: 65_536 }, listed: false }) },
    ],
    violated: [{ name: "a classic disk", round: classic({ data: { diskSizeGb: 65_536 } }), on: ["web"] }],
    undecided: [
        {
            name: "a size that is not known",
            round: nativeWithDisk({ diskSizeGB: UNKNOWN }),
            waitsFor: '"data": diskSizeGB',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(nativeWithDisk(HUGE)), on: ["web"] }],
    limits: [
        {
            allowed: { name: "32,767 GiB", round: nativeWithDisk({ diskSizeGB: 32_767 }) },
            refused: { name: "32,768 GiB", round: nativeWithDisk({ diskSizeGB: 32_768 }), on: ["web"] },
        },
        {
            allowed: { name: "1 GiB", round: nativeWithDisk({ diskSizeGB: 1 }) },
            refused: { name: "0 GiB", round: nativeWithDisk({ diskSizeGB: 0 }), on: ["web"] },
        },
    ],
});
