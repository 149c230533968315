import { attached } from "../../harness/azure";
import type { Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { changed, native, OUTSIDE, REPLICATED_WEB, stateOf, unreplicated, UNKNOWN, type Options } from "./programs";

function withDisks(count: number, vmSize: string, listed = count): Options {
    const ids = Array.from({ length: count }, (_, lun) => `${OUTSIDE}/providers/Microsoft.Compute/disks/data-${lun}`);
    return {
        vm: {
            hardwareProfile: { vmSize },
            storageProfile: {
                osDisk: { createOption: "FromImage" },
                dataDisks: ids.map((id, lun) => attached(lun, id)),
            },
        },
        disks: [`${OUTSIDE}/providers/Microsoft.Compute/disks/web-os`, ...ids.slice(0, listed)],
    };
}

function disks(count: number, vmSize: string, listed = count): Program {
    return native(withDisks(count, vmSize, listed));
}

const LARGE = "Standard_M128s";

export const cases = policyCases(__filename, {
    policyId: "BCDR209",
    example: disks(9, "Standard_D4s_v5"),
    fixed: { program: disks(9, "Standard_D8s_v5") },
    shows: [
        ...REPLICATED_WEB,
        "item.properties.providerSpecificDetails.vmManagedDisks.9.diskId",
        "web.storageProfile.dataDisks.8.lun",
    ],
    holds: [
        { name: "too many that nobody replicates", round: unreplicated(withDisks(65, LARGE)) },
        { name: "64 of 65 are listed", round: disks(65, LARGE, 64) },
    ],
    violated: [
        {
            name: "a VM that is there gets a smaller size",
            round: changed(disks(9, LARGE), disks(9, "Standard_D4s_v5")),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a size that is not known",
            round: native({
                ...withDisks(2, ""),
                vm: { ...withDisks(2, "").vm, hardwareProfile: { vmSize: UNKNOWN } },
            }),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
        {
            name: "a list of data disks that is not known",
            round: native({
                vm: { storageProfile: { osDisk: { createOption: "FromImage" }, dataDisks: UNKNOWN } },
            }),
            waitsFor: '"web": storageProfile.dataDisks',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(disks(65, LARGE)), on: ["web"] }],
    limits: [
        {
            allowed: { name: "64 disks", round: disks(64, LARGE) },
            refused: { name: "65 disks", round: disks(65, LARGE), on: ["web"] },
        },
        {
            allowed: { name: "as many as the size takes", round: disks(8, "Standard_D4s_v5") },
            refused: { name: "one more than the size takes", round: disks(9, "Standard_D4s_v5"), on: ["web"] },
        },
    ],
});
