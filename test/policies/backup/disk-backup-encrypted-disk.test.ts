import { attached, backupItem, disk, vm, osDiskOf } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { classicInstance, diskUnderBackup, nativeInstance } from "./programs";

function extension(type: Content, settings: Properties, publisher: Content = "Microsoft.Azure.Security"): Declaration {
    return {
        type: "azure-native:compute:VirtualMachineExtension",
        properties: {
            resourceGroupName: ref("rg.name"),
            vmName: ref("web.name"),
            vmExtensionName: "encryption",
            publisher,
            type,
            settings,
        },
    };
}

function encryption(VolumeType: Content, EncryptionOperation: Content = "EnableEncryption"): Declaration {
    return extension("AzureDiskEncryption", { EncryptionOperation, VolumeType });
}

/** A data disk of a VM that carries an extension. */
function ofVm(adeExtension: Declaration, instance: Declaration = nativeInstance()): Program {
    return {
        ...diskUnderBackup({}, instance),
        web: vm({ name: "web", dataDisks: [attached(0, ref("data.id"))] }),
        adeExtension,
    };
}

/** The OS disk that Azure makes with a VM that carries an extension. */
function osDisk(adeExtension: Declaration): Program {
    return {
        ...diskUnderBackup({}, nativeInstance(osDiskOf("web"))),
        data: disk({ name: "other" }),
        web: vm({ name: "web" }),
        adeExtension,
    };
}

function classic(settings: string): Program {
    return {
        ...diskUnderBackup({}, classicInstance()),
        data: classicDisk({ createOption: "Empty", diskSizeGb: 128, osType: null }),
        boot: classicDisk(),
        web: classicVm("linux", ref("boot.id")),
        attachment: diskAttachment(ref("web.id"), 0, ref("data.id")),
        adeExtension: {
            type: "azure:compute/extension:Extension",
            properties: {
                virtualMachineId: ref("web.id"),
                name: "encryption",
                publisher: "Microsoft.Azure.Security",
                type: "AzureDiskEncryptionForLinux",
                typeHandlerVersion: "1.1",
                settings,
            },
        },
    };
}

/** The whole VM is backed up instead. */
function backedUpAsAWhole(): Program {
    const { dataBackup: _, ...program } = ofVm(encryption("All"));
    return { ...program, webBackup: backupItem(ref("web.id"), "shop;web") };
}

function withSettings(enabled: Content): Program {
    return diskUnderBackup({ encryptionSettingsCollection: { enabled } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR322",
    example: ofVm(encryption("All")),
    fixed: { program: backedUpAsAWhole(), says: "Remove `dataBackup`, and back up the whole VM:" },
    shows: ["web.storageProfile.dataDisks", "adeExtension.vmName", "adeExtension.type", "adeExtension.settings"],
    holds: [
        { name: "no encryption", round: diskUnderBackup() },
        { name: "no encryption, in an exported state", round: () => roundOf(diskUnderBackup(), "exported state") },
        {
            name: "a key of one's own in a disk encryption set",
            round: diskUnderBackup({
                encryption: {
                    type: "EncryptionAtRestWithCustomerKey",
                    diskEncryptionSetId:
                        "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Compute/diskEncryptionSets/shop",
                },
            }),
        },
        { name: "another agent", round: ofVm(extension("AzureMonitorLinuxAgent", {}, "Microsoft.Azure.Monitor")) },
        { name: "decryption", round: ofVm(encryption("All", "DisableEncryption")) },
        { name: "the OS disk, where data disks are encrypted", round: osDisk(encryption("Data")) },
        {
            name: "a classic data disk, where the OS disk is encrypted",
            round: classic(JSON.stringify({ VolumeType: "OS" })),
        },
    ],
    violated: [
        { name: "the OS disk", round: osDisk(encryption("OS")), on: ["dataBackup"] },
        {
            name: "volumes that nobody names",
            round: ofVm(extension("AzureDiskEncryption", {})),
            on: ["dataBackup"],
        },
        { name: "classic", round: classic(JSON.stringify({ VolumeType: "All" })), on: ["dataBackup"] },
        { name: "classic, in settings that are no JSON", round: classic("none"), on: ["dataBackup"] },
    ],
    undecided: [
        {
            name: "an extension that is not known",
            round: ofVm(extension(ref("rg.id"), {})),
            waitsFor: '"adeExtension": type',
        },
        {
            name: "volumes that are not known",
            round: ofVm(encryption(ref("rg.id"))),
            waitsFor: '"adeExtension": settings.VolumeType',
        },
        {
            name: "a disk that does not tell it yet",
            round: withSettings(ref("rg.id")),
            waitsFor: '"data": encryptionSettingsCollection.enabled',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(ofVm(encryption("All")), "exported state"),
            on: ["dataBackup"],
        },
        {
            name: "the OS disk, in an exported state",
            round: () => roundOf(osDisk(encryption("OS")), "exported state"),
            on: ["dataBackup"],
        },
    ],
    limits: [
        {
            allowed: { name: "encryption of the OS disk, for a data disk", round: ofVm(encryption("OS")) },
            refused: {
                name: "encryption of data disks, for a data disk",
                round: ofVm(encryption("Data")),
                on: ["dataBackup"],
            },
        },
        {
            allowed: { name: "a disk without encryption settings", round: withSettings(false) },
            refused: { name: "a disk with encryption settings", round: withSettings(true), on: ["dataBackup"] },
        },
    ],
});
