import { resourceGroup, vm } from "../../harness/azure";
import { classicDisk, classicVm } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { policyCases } from "../../harness/policy-cases";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { backedUp, BACKED_UP_WEB, classicItem, CLASSIC_STANDARD, ENHANCED, item } from "./programs";

function native(vmSize: Content, securityType: Content = "ConfidentialVM", location = "westeurope"): Program {
    const over: Properties = { hardwareProfile: { vmSize }, securityProfile: { securityType } };
    return { ...backedUp(vm({ name: "web", over }), ENHANCED), rg: resourceGroup("shop", location) };
}

function classic(size: Content, osDisk: Properties = { securityEncryptionType: "VMGuestStateOnly" }): Program {
    const web = classicVm("linux", ref("boot.id"));
    return {
        ...backedUp(
            {
                ...web,
                properties: {
                    ...web.properties,
                    size,
                    vtpmEnabled: true,
                    osDisk: { caching: "ReadWrite", ...osDisk },
                },
            },
            CLASSIC_STANDARD,
            classicItem(),
        ),
        boot: classicDisk(),
    };
}

function stopped(): Program {
    const { webBackup: _, ...program } = native("Standard_DC4as_v5");
    return { ...program, webBackup: item({ protectionState: "ProtectionStopped" }) };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR326",
    example: native("Standard_DC4as_v5"),
    fixed: { program: native("Standard_DC4as_v6") },
    shows: ["web.securityProfile", ...BACKED_UP_WEB],
    holds: [
        { name: "a Trusted Launch VM", round: native("Standard_D4as_v5", "TrustedLaunch") },
        { name: "a size that is not for confidential VMs", round: native("Standard_D4as_v5") },
        { name: "backup is stopped", round: stopped() },
        { name: "a classic VM that is not confidential", round: classic("Standard_DC4as_v5", {}) },
        {
            name: "a v6 size, in an exported state",
            round: () => roundOf(native("Standard_DC4as_v6"), "exported state"),
        },
    ],
    violated: [
        {
            name: "a v5 size in another region",
            round: native("Standard_DC4as_v5", "ConfidentialVM", "swedencentral"),
            on: ["web"],
        },
    ],
    undecided: [
        { name: "a size that is not known", round: native(ref("rg.id")), waitsFor: '"web": hardwareProfile.vmSize' },
        {
            name: "a size that is newer than the list",
            round: native("Standard_DC4as_v7"),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
        {
            name: "a security type that is not known",
            round: native("Standard_DC4as_v5", ref("rg.id")),
            waitsFor: '"web": securityProfile.securityType',
        },
    ],
    inPlace: [
        {
            name: "in the exported state",
            round: () => roundOf(native("Standard_EC8ads_v5"), "exported state"),
            on: ["web"],
        },
    ],
    limits: [
        {
            allowed: { name: "a v6 size, classic", round: classic("Standard_DC4as_v6") },
            refused: { name: "a v5 size, classic", round: classic("Standard_DC4as_v5"), on: ["web"] },
        },
        {
            allowed: {
                name: "West US",
                round: native("Standard_DC4as_v6", "ConfidentialVM", "West US"),
            },
            refused: {
                name: "West US 2",
                round: native("Standard_DC4as_v6", "ConfidentialVM", "West US 2"),
                on: ["web"],
            },
        },
    ],
});
