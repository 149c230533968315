import { vm } from "../../harness/azure";
import { classicDisk, classicVm } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    backedUp,
    SAYS_ENHANCED,
    UNDER_POLICY,
    classicItem,
    CLASSIC_STANDARD,
    ENHANCED,
    item,
    STANDARD,
} from "./programs";

function withType(securityType: Content, policy: Declaration = STANDARD, webBackup: Declaration = item()): Program {
    return backedUp(vm({ name: "web", over: { securityProfile: { securityType } } }), policy, webBackup);
}

/** A classic VM, which is Trusted Launch where secure boot or vTPM is on. */
function classic(secureBootEnabled: Content, webBackup: Declaration, policy: Declaration = STANDARD): Program {
    const web = classicVm("linux", ref("boot.id"));
    return {
        ...backedUp({ ...web, properties: { ...web.properties, secureBootEnabled } }, policy, webBackup),
        boot: classicDisk(),
    };
}

/** Asked for through an API version of its own. */
function through(apiVersion: string): Declaration {
    return { ...item(), type: `azure-native_recoveryservices_v${apiVersion}:recoveryservices:ProtectedItem` };
}

/** The item in a template, which names the API version. */
function inTemplate(apiVersion: string): Program {
    const { properties } = item();
    return withType("TrustedLaunch", STANDARD, {
        type: "azure-native:resources:Deployment",
        properties: {
            resourceGroupName: ref("rg.name"),
            properties: {
                mode: "Incremental",
                template: {
                    resources: [
                        {
                            type: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
                            apiVersion,
                            name: "shop-backup/Azure/iaasvmcontainer;iaasvmcontainerv2;shop;web/vm;iaasvmcontainerv2;shop;web",
                            properties: properties["properties"] ?? null,
                        },
                    ],
                },
            },
        },
    });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR306",
    example: withType("TrustedLaunch"),
    fixed: { program: withType("TrustedLaunch", ENHANCED), says: SAYS_ENHANCED },
    shows: ["web.securityProfile", ...UNDER_POLICY],
    holds: [
        { name: "a VM that says nothing of it", round: backedUp(vm({ name: "web" })) },
        { name: "a confidential VM", round: withType("ConfidentialVM") },
        { name: "an Enhanced policy", round: withType("TrustedLaunch", ENHANCED) },
        {
            name: "a classic item, which asks through a later API",
            round: withType("TrustedLaunch", CLASSIC_STANDARD, classicItem()),
        },
        { name: "a classic VM without secure boot", round: classic(false, item()) },
        {
            name: "a later API, in an exported state",
            round: () => roundOf(withType("TrustedLaunch", STANDARD, through("20250801")), "exported state"),
        },
    ],
    violated: [
        { name: "a classic VM", round: classic(true, item()), on: ["web"] },
        { name: "a classic policy", round: withType("TrustedLaunch", CLASSIC_STANDARD), on: ["web"] },
    ],
    undecided: [
        {
            name: "a type that is not known",
            round: withType(ref("rg.id")),
            waitsFor: '"web": securityProfile.securityType',
        },
        {
            name: "secure boot that is not known, classic",
            round: classic(ref("rg.id"), item()),
            waitsFor: '"web": secureBootEnabled',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(withType("TrustedLaunch"), "exported state"),
            on: ["web"],
        },
    ],
    limits: [
        {
            allowed: {
                name: "API 2025-01-01",
                round: withType("TrustedLaunch", STANDARD, through("20250101")),
            },
            refused: {
                name: "API 2024-11-01",
                round: withType("TrustedLaunch", STANDARD, through("20241101preview")),
                on: ["web"],
            },
        },
        {
            allowed: { name: "API 2025-01-01 in a template", round: inTemplate("2025-01-01") },
            refused: { name: "API 2024-10-01 in a template", round: inTemplate("2024-10-01"), on: ["web"] },
        },
    ],
});
