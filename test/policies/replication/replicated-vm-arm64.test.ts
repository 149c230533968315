import type { Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { classic, native, REPLICATED_WEB, stateOf, unreplicated, UNKNOWN } from "./programs";

function ofSize(vmSize: string): { readonly vm: { readonly hardwareProfile: { readonly vmSize: string } } } {
    return { vm: { hardwareProfile: { vmSize } } };
}

const ARM64 = native(ofSize("Standard_D4ps_v5"));

function withImage(vmSize: string, sku: string): Program {
    const imageReference = { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku, version: "latest" };
    const storageProfile = { imageReference, osDisk: { createOption: "FromImage" } };
    return native({ vm: { ...ofSize(vmSize).vm, storageProfile } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR206",
    example: withImage("Standard_D4ps_v5", "server-arm64"),
    fixed: { program: withImage("Standard_D4s_v5", "server") },
    shows: REPLICATED_WEB,
    holds: [
        { name: "an ARM64 VM that nobody replicates", round: unreplicated(ofSize("Standard_D4ps_v5")) },
        { name: "a classic x64 VM", round: classic() },
    ],
    violated: [{ name: "a classic VM", round: classic({ vm: { size: "Standard_E2pds_v5" } }), on: ["web"] }],
    undecided: [
        {
            name: "a size that is not known",
            round: native({ vm: { hardwareProfile: { vmSize: UNKNOWN } } }),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(ARM64), on: ["web"] }],
    limits: [
        {
            allowed: { name: "AMD", round: native(ofSize("Standard_D4as_v5")) },
            refused: { name: "ARM", round: ARM64, on: ["web"] },
        },
    ],
});
