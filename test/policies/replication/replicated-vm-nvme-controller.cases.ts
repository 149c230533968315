import type { RuleCases } from "../../harness/rule-cases";
import { classic, native, stateOf, unreplicated, UNKNOWN } from "./programs";

function controlledBy(diskControllerType: string): ReturnType<typeof native> {
    return native({ machine: { storageProfile: { osDisk: { createOption: "FromImage" }, diskControllerType } } });
}

function ofSize(vmSize: string): { readonly machine: { readonly hardwareProfile: { readonly vmSize: string } } } {
    return { machine: { hardwareProfile: { vmSize } } };
}

export const cases: RuleCases = {
    rule: "BCDR202",
    example: controlledBy("NVMe"),
    holds: [
        { name: "nobody says, and the size has SCSI", round: native() },
        { name: "a size with NVMe alone that nobody replicates", round: unreplicated(ofSize("Standard_D4s_v6")) },
        { name: "a classic machine with SCSI", round: classic({ machine: { diskControllerType: "SCSI" } }) },
    ],
    violated: [
        { name: "in the exported state", round: stateOf(controlledBy("NVMe")), on: ["web"] },
        { name: "a classic machine", round: classic({ machine: { diskControllerType: "NVMe" } }), on: ["web"] },
        {
            name: "a classic machine of a size with NVMe alone",
            round: classic({ machine: { size: "Standard_E8ds_v6" } }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a size that is not known",
            round: native({ machine: { hardwareProfile: { vmSize: UNKNOWN } } }),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
        {
            name: "a size that nobody has heard of",
            round: native(ofSize("Standard_ZZ9_v1")),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
    ],
    limits: [
        {
            allowed: { name: "SCSI", round: controlledBy("SCSI") },
            refused: { name: "NVMe", round: controlledBy("NVMe"), on: ["web"] },
        },
        {
            allowed: { name: "the last version with SCSI", round: native(ofSize("Standard_D4s_v5")) },
            refused: { name: "the first without", round: native(ofSize("Standard_D4s_v6")), on: ["web"] },
        },
    ],
};
