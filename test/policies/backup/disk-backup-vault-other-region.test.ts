import { backupVault, disk, vm, osDiskOf } from "../../harness/azure";
import { classicDisk } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { BACKED_UP_DATA, classicInstance, diskUnderBackup, nativeInstance } from "./programs";

const ELSEWHERE =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Compute/disks/data";

function vaultIn(location: Content): Declaration {
    const vault = backupVault();
    return { ...vault, properties: { ...vault.properties, location } };
}

function inVault(location: Content, instance: Declaration = nativeInstance()): Program {
    return { ...diskUnderBackup({ location: "westeurope" }, instance), diskBackup: vaultIn(location) };
}

function classic(location: Content): Program {
    return { ...inVault(location, classicInstance()), data: classicDisk() };
}

/** The OS disk that Azure makes with a VM. */
function ofVm(location: Content): Program {
    return {
        ...inVault(location, nativeInstance(osDiskOf("web"))),
        data: disk({ name: "other" }),
        web: vm({ name: "web", over: { location: "westeurope" } }),
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR320",
    example: inVault("northeurope"),
    fixed: { program: inVault("westeurope") },
    shows: ["data.location", "dataBackup.vaultName", ...BACKED_UP_DATA],
    holds: [
        { name: "both where their group is", round: diskUnderBackup() },
        { name: "one region in two spellings", round: inVault("West Europe") },
        { name: "a disk outside of the stack", round: inVault("northeurope", nativeInstance(ELSEWHERE)) },
        {
            name: "another source than a disk",
            round: inVault(
                "northeurope",
                nativeInstance(
                    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Storage/storageAccounts/shop",
                ),
            ),
        },
        {
            name: "the OS disk of a VM there, in an exported state",
            round: () => roundOf(ofVm("westeurope"), "exported state"),
        },
    ],
    violated: [{ name: "the OS disk of a VM", round: ofVm("northeurope"), on: ["dataBackup"] }],
    undecided: [
        { name: "a region that is not known", round: inVault(ref("rg.id")), waitsFor: '"diskBackup": location' },
        {
            name: "a vault that is not known",
            round: inVault("northeurope", {
                ...nativeInstance(),
                properties: { ...nativeInstance().properties, vaultName: ref("data.id") },
            }),
            waitsFor: '"dataBackup": vaultName',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(inVault("northeurope"), "exported state"),
            on: ["dataBackup"],
        },
        {
            name: "the OS disk of a VM, in an exported state",
            round: () => roundOf(ofVm("northeurope"), "exported state"),
            on: ["dataBackup"],
        },
    ],
    limits: [
        {
            allowed: { name: "the region of the disk", round: inVault("westeurope") },
            refused: { name: "the region beside it", round: inVault("westus"), on: ["dataBackup"] },
        },
        {
            allowed: { name: "the region of a classic disk", round: classic("westeurope") },
            refused: { name: "the region beside it, classic", round: classic("westus"), on: ["dataBackup"] },
        },
    ],
});
