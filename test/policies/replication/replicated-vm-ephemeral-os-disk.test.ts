import { policyCases } from "../../harness/policy-cases";
import { classic, native, REPLICATED_WEB, stateOf, unreplicated, UNKNOWN } from "./programs";

const LOCAL = { diffDiskSettings: { option: "Local" } };
const EPHEMERAL = native({ osDisk: LOCAL });

export const cases = policyCases(__filename, {
    policyId: "BCDR201",
    example: EPHEMERAL,
    fixed: { program: native() },
    shows: REPLICATED_WEB,
    holds: [
        { name: "a managed OS disk", round: native() },
        { name: "an ephemeral OS disk that nobody replicates", round: unreplicated({ osDisk: LOCAL }) },
        { name: "a classic VM with a managed OS disk", round: classic() },
    ],
    violated: [
        {
            name: "a classic VM",
            round: classic({ vm: { osDisk: { caching: "ReadOnly", ...LOCAL } } }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a setting that is not known",
            round: native({ osDisk: { diffDiskSettings: UNKNOWN } }),
            waitsFor: '"web": storageProfile.osDisk.diffDiskSettings',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(EPHEMERAL), on: ["web"] }],
    limits: [
        {
            allowed: { name: "no setting", round: native({ osDisk: { caching: "ReadOnly" } }) },
            refused: { name: "the setting", round: native({ osDisk: { caching: "ReadOnly", ...LOCAL } }), on: ["web"] },
        },
    ],
});
