import { vm, resourceGroup, SURROUNDINGS, vault } from "../../harness/azure";
import { classicVm } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { backedUp, BACKED_UP_WEB, classicItem, item, STANDARD } from "./programs";

const WEB = vm({ name: "web", over: { location: "westeurope" } });

function vaultIn(location: Content, webBackup: Declaration = item(), web: Declaration = WEB): Program {
    return { rg: resourceGroup(), vault: vault("shop-backup", { location }), web, policy: STANDARD, webBackup };
}

/** A vault in another region, through the API version that has Region of Choice. */
function regionOfChoice(status: Content): Program {
    return {
        ...vaultIn("northeurope"),
        vault: {
            ...vault("shop-backup", { location: "northeurope", properties: { regionOfChoiceSettings: { status } } }),
            type: "azure-native_recoveryservices_v20260701:recoveryservices:Vault",
        },
    };
}

/** The same in a template. */
function regionOfChoiceInTemplate(status: Content): Program {
    return {
        ...vaultIn("northeurope"),
        vault: {
            type: "azure-native:resources:Resource",
            properties: {
                resourceGroupName: ref("rg.name"),
                resourceProviderNamespace: "Microsoft.RecoveryServices",
                parentResourcePath: "",
                resourceType: "vaults",
                resourceName: "shop-backup",
                apiVersion: "2026-07-01",
                location: "northeurope",
                properties: { regionOfChoiceSettings: { status } },
            },
        },
    };
}

const CLASSIC_VM = classicVm(
    "linux",
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Compute/disks/boot",
);

export const cases = policyCases(__filename, {
    policyId: "BCDR301",
    example: vaultIn("northeurope"),
    fixed: { program: vaultIn("westeurope") },
    shows: ["web.location", "webBackup.vaultName", ...BACKED_UP_WEB],
    holds: [
        { name: "both where their group is", round: backedUp(vm({ name: "web" })) },
        { name: "one region in two spellings", round: vaultIn("West Europe") },
        {
            name: "backup that is stopped",
            round: vaultIn("northeurope", item({ protectionState: "ProtectionStopped" })),
        },
        { name: "Region of Choice in a generic resource", round: regionOfChoiceInTemplate("Enabled") },
        {
            name: "Region of Choice in an exported state",
            round: () => roundOf(regionOfChoice("Enabled"), "exported state"),
        },
        {
            name: "no backup",
            round: { ...SURROUNDINGS, web: WEB, backup: vault("shop-backup", { location: "northeurope" }) },
        },
        {
            name: "a vault outside of the stack",
            round: () =>
                roundOf(
                    backedUp(WEB, STANDARD, {
                        ...item(),
                        properties: { ...item().properties, resourceGroupName: "hub", vaultName: "hub-backup" },
                    }),
                    "exported state",
                ),
        },
        {
            name: "a VM outside of the stack",
            round: vaultIn(
                "northeurope",
                item(
                    {},
                    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Compute/virtualMachines/hub-web",
                ),
            ),
        },
    ],
    violated: [
        {
            name: "another vault in the VM's region",
            round: { ...vaultIn("northeurope"), backup: vault("shop-backup-2", { location: "westeurope" }) },
            on: ["webBackup"],
        },
        {
            name: "at the preview of an update",
            round: () => roundOf(vaultIn("northeurope"), "preview of an update"),
            on: ["webBackup"],
        },
        {
            name: "a classic VM and item",
            round: vaultIn("northeurope", classicItem(), CLASSIC_VM),
            on: ["webBackup"],
        },
    ],
    undecided: [
        {
            name: "Region of Choice that is not known",
            round: regionOfChoice(ref("rg.id")),
            waitsFor: '"vault": properties.regionOfChoiceSettings.status',
        },
        { name: "a region that is not known", round: vaultIn(ref("rg.id")), waitsFor: '"vault": location' },
        {
            name: "a vault that is not known",
            round: vaultIn("northeurope", {
                ...item(),
                properties: { ...item().properties, vaultName: ref("web.vmId") },
            }),
            waitsFor: '"webBackup": vaultName',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(vaultIn("northeurope"), "exported state"),
            on: ["webBackup"],
        },
    ],
    limits: [
        {
            allowed: { name: "Region of Choice on", round: regionOfChoice("Enabled") },
            refused: { name: "Region of Choice off", round: regionOfChoice("Disabled"), on: ["webBackup"] },
        },
        {
            allowed: { name: "the region of the VM", round: vaultIn("westeurope") },
            refused: { name: "the region beside it", round: vaultIn("westus"), on: ["webBackup"] },
        },
    ],
});
