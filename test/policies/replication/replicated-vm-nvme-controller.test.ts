import { embedded } from "../../harness/embedded";
import { policyCases } from "../../harness/policy-cases";
import { changed, classic, native, REPLICATED_WEB, stateOf, unreplicated, UNKNOWN } from "./programs";

/** Of a size that has both controllers. */
function controlledBy(diskControllerType: string): ReturnType<typeof native> {
    return native({
        vm: {
            hardwareProfile: { vmSize: "Standard_E4bs_v5" },
            storageProfile: { osDisk: { createOption: "FromImage" }, diskControllerType },
        },
    });
}

function ofSize(vmSize: string): { readonly vm: { readonly hardwareProfile: { readonly vmSize: string } } } {
    return { vm: { hardwareProfile: { vmSize } } };
}

const IN_TEMPLATE = embedded(controlledBy("NVMe"), new Set(["replicated item"]), "template");

export const cases = policyCases(__filename, {
    policyId: "BCDR202",
    example: controlledBy("NVMe"),
    fixed: { program: controlledBy("SCSI") },
    shows: [...REPLICATED_WEB, "web.hardwareProfile"],
    holds: [
        { name: "a size with only NVMe that nobody replicates", round: unreplicated(ofSize("Standard_D4s_v6")) },
        { name: "a classic VM with SCSI", round: classic({ vm: { diskControllerType: "SCSI" } }) },
    ],
    violated: [
        { name: "a classic VM", round: classic({ vm: { diskControllerType: "NVMe" } }), on: ["web"] },
        {
            name: "a classic VM of a size with only NVMe",
            round: classic({ vm: { size: "Standard_E8ds_v6" } }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a size that is not known",
            round: native({ vm: { hardwareProfile: { vmSize: UNKNOWN } } }),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
        {
            name: "a size that nobody has heard of",
            round: native(ofSize("Standard_ZZ9_v1")),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
    ],
    inPlace: [
        { name: "in the exported state", round: stateOf(controlledBy("NVMe")), on: ["web"] },
        {
            name: "with the item in a template that was deployed",
            round: changed(IN_TEMPLATE, IN_TEMPLATE),
            on: ["web"],
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
});
