import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    BETWEEN,
    native,
    OUTSIDE,
    REPLICATED_WEB,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
    UNKNOWN,
    type Options,
} from "./programs";

const BLOB = { uri: "https://shop.blob.core.windows.net/vhds/web-os.vhd" };

function unmanaged(to: Options, more: Program = {}, vhd: Content = BLOB): Program {
    return native({
        ...to,
        osDisk: { vhd },
        disks: [],
        details: {
            ...to.details,
            vmDisks: [
                {
                    diskUri: BLOB.uri,
                    primaryStagingAzureStorageAccountId: `${OUTSIDE}/providers/Microsoft.Storage/storageAccounts/staging`,
                    recoveryAzureStorageAccountId: `${OUTSIDE}/providers/Microsoft.Storage/storageAccounts/target`,
                },
            ],
        },
        more: { ...to.more, ...more },
    });
}

function extension(type: Content, publisher = "Microsoft.Azure.Security"): Program {
    const encryption: Declaration = {
        type: "azure-native:compute:VirtualMachineExtension",
        properties: {
            resourceGroupName: ref("rg.name"),
            vmName: ref("web.name"),
            publisher,
            type,
        },
    };
    return { encryption };
}

const CLASSIC_ENCRYPTION: Properties = {
    name: "encryption",
    publisher: "Microsoft.Azure.Security",
    type: "AzureDiskEncryption",
    typeHandlerVersion: "2.2",
    virtualMachineId: ref("web.id"),
};

function legacy(more: Program): Program {
    const program = native({ ...TO_REGION, more: { ...TO_REGION.more, ...more } });
    return {
        ...program,
        web: {
            type: "azure:compute/virtualMachine:VirtualMachine",
            properties: {
                resourceGroupName: ref("rg.name"),
                location: "westeurope",
                vmSize: "Standard_D4s_v5",
                networkInterfaceIds: [`${OUTSIDE}/providers/Microsoft.Network/networkInterfaces/web`],
                storageOsDisk: { name: "web-os", createOption: "FromImage", vhdUri: BLOB.uri },
            },
        },
        item: unmanaged(TO_REGION)["item"]!,
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR224",
    example: unmanaged(TO_ZONE),
    fixed: { program: native(TO_ZONE) },
    shows: [...BETWEEN, ...REPLICATED_WEB],
    holds: [
        { name: "managed disks", round: native(TO_ZONE) },
        { name: "the other side lies in another stack", round: unmanaged({}) },
        { name: "classic, without encryption", round: legacy({}) },
        {
            name: "an extension of another publisher",
            round: unmanaged(TO_REGION, extension("AzureDiskEncryption", "Contoso")),
        },
    ],
    violated: [
        {
            name: "encrypted from within",
            round: unmanaged(TO_REGION, extension("AzureDiskEncryptionForLinux")),
            on: ["web"],
        },
        {
            name: "classic, encrypted from within",
            round: legacy({
                encryption: { type: "azure:compute/extension:Extension", properties: CLASSIC_ENCRYPTION },
            }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "the region of the other side is not known",
            round: unmanaged(TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
        {
            name: "an extension that is not known",
            round: unmanaged(TO_REGION, extension(UNKNOWN)),
            waitsFor: '"encryption": type',
        },
        {
            name: "whether it is a blob",
            round: unmanaged(TO_ZONE, {}, UNKNOWN),
            waitsFor: '"web": storageProfile.osDisk.vhd',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(unmanaged(TO_ZONE)), on: ["web"] }],
    limits: [
        {
            allowed: { name: "between regions", round: unmanaged(TO_REGION) },
            refused: { name: "between zones", round: unmanaged(TO_ZONE), on: ["web"] },
        },
        {
            allowed: { name: "another extension", round: unmanaged(TO_REGION, extension("IaaSAntimalware")) },
            refused: {
                name: "Azure Disk Encryption",
                round: unmanaged(TO_REGION, extension("AzureDiskEncryption")),
                on: ["web"],
            },
        },
    ],
});
