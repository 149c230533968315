import { osDiskOf, replicatedItem } from "../../harness/azure";
import { withHidden } from "../../harness/hidden-parts";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    changed,
    classic,
    native,
    nativeWithDisk,
    OUTSIDE,
    REPLICATED_WEB,
    stateOf,
    UNKNOWN,
    type Options,
} from "./programs";

const SET = `${OUTSIDE}/providers/Microsoft.Compute/diskEncryptionSets/key`;
const ENCRYPTED: Properties = { encryption: { diskEncryptionSetId: SET } };
const OS_DISK: Options = { osDisk: { name: "web-os", managedDisk: { diskEncryptionSet: { id: SET } } } };

/** With what the list says of the key of each disk. */
function listing(program: Program, disks: readonly (readonly [Content, Properties])[]): Program {
    return {
        ...program,
        item: replicatedItem(ref("web.id"), undefined, {
            vmManagedDisks: disks.map(([diskId, over]) => ({
                diskId,
                primaryStagingAzureStorageAccountId: `${OUTSIDE}/providers/Microsoft.Storage/storageAccounts/staging`,
                recoveryResourceGroupId: `${OUTSIDE}-recovery`,
                ...over,
            })),
        }),
    };
}

const TARGET = { recoveryDiskEncryptionSetId: `${SET}-there` };
const DATA = nativeWithDisk(ENCRYPTED);
const WITHOUT = listing(DATA, [
    [osDiskOf("web"), {}],
    [ref("data.id"), {}],
]);
const WITH = listing(DATA, [
    [osDiskOf("web"), TARGET],
    [ref("data.id"), TARGET],
]);

function classicWith(over: Properties): Program {
    const program = classic({ data: { diskEncryptionSetId: SET }, listed: true });
    const { item, ...rest } = program;
    const disks = item?.properties["managedDisks"] as readonly Properties[];
    return {
        ...rest,
        item: {
            ...item!,
            properties: { ...item!.properties, managedDisks: disks.map((disk) => ({ ...disk, ...over })) },
        },
    };
}

const KEYS = {
    diskEncryptionInfo: {
        diskEncryptionKeyInfo: {
            secretIdentifier: "https://kv-dr.vault.azure.net/secrets/web/1",
            keyVaultResourceArmId: `${OUTSIDE}/providers/Microsoft.KeyVault/vaults/kv-dr`,
        },
    },
};

/** Under Azure Disk Encryption, by an extension. */
function encrypted(program: Program, settings: Properties = {}, type: Content = "AzureDiskEncryption"): Program {
    return {
        ...program,
        encryption: {
            type: "azure-native:compute:VirtualMachineExtension",
            properties: {
                resourceGroupName: ref("rg.name"),
                vmName: ref("web.name"),
                publisher: "Microsoft.Azure.Security",
                type,
                settings,
            },
        },
    };
}

const TWO_DISKS = encrypted(
    listing(nativeWithDisk({}), [
        [osDiskOf("web"), {}],
        [ref("data.id"), {}],
    ]),
);

function classicEncrypted(over: Properties): Program {
    const program = classic({ listed: true });
    const { item } = program;
    const disks = item?.properties["managedDisks"] as readonly Properties[];
    return {
        ...program,
        item: {
            ...item!,
            properties: { ...item!.properties, managedDisks: disks.map((disk) => ({ ...disk, ...over })) },
        },
        encryption: {
            type: "azure:compute/extension:Extension",
            properties: {
                name: "encryption",
                publisher: "Microsoft.Azure.Security",
                type: "AzureDiskEncryption",
                typeHandlerVersion: "2.2",
                virtualMachineId: ref("web.id"),
            },
        },
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR213",
    example: native(OS_DISK),
    fixed: {
        program: listing(native(OS_DISK), [[osDiskOf("web"), TARGET]]),
        says: "With a disk encryption set that exists in the target region:",
    },
    shows: [
        ...REPLICATED_WEB,
        "item.properties.providerSpecificDetails.vmManagedDisks.0.diskId",
        "web.storageProfile.osDisk.name",
        "web.storageProfile.osDisk.managedDisk",
    ],
    holds: [
        { name: "no key of the customer's", round: nativeWithDisk({}) },
        {
            name: "no key, and a LUN that is not known",
            round: withHidden(nativeWithDisk({}), { resource: "web", path: ["storageProfile", "dataDisks", 0, "lun"] }),
        },
        { name: "in the exported state", round: stateOf(WITH) },
        { name: "Azure Disk Encryption of data disks alone", round: encrypted(native({}), { VolumeType: "Data" }) },
        {
            name: "keys for the VM as a whole",
            round: encrypted(native({ details: { diskEncryptionInfo: KEYS.diskEncryptionInfo } })),
        },
        { name: "no keys, but replicated, in the exported state", round: stateOf(encrypted(native({}))) },
        {
            name: "keys, classic",
            round: classicEncrypted({
                targetDiskEncryption: {
                    diskEncryptionKey: {
                        secretUrl: "https://kv-dr.vault.azure.net/secrets/web/1",
                        vaultId: `${OUTSIDE}/providers/Microsoft.KeyVault/vaults/kv-dr`,
                    },
                },
            }),
        },
        { name: "a disk that is left out", round: stateOf(nativeWithDisk(ENCRYPTED, { listed: false })) },
        { name: "classic", round: classicWith({ targetDiskEncryptionSetId: `${SET}-there` }) },
        {
            name: "a set of this program",
            round: listing(native(OS_DISK), [[osDiskOf("web"), { recoveryDiskEncryptionSetId: UNKNOWN }]]),
        },
    ],
    violated: [
        {
            name: "no keys, where the VM says that it is encrypted",
            round: native({ osDisk: { encryptionSettings: { enabled: true } } }),
            on: ["item"],
        },
        { name: "no keys for two disks", round: TWO_DISKS, on: ["item"] },
        { name: "no keys, classic", round: classicEncrypted({}), on: ["item"] },
        { name: "classic", round: classicWith({}), on: ["item"] },
    ],
    undecided: [
        {
            name: "an extension that is not known",
            round: encrypted(native({}), {}, UNKNOWN),
            waitsFor: '"encryption": type',
        },
        {
            name: "no key, and a list of data disks that comes out of an apply",
            round: withHidden(nativeWithDisk({}), { resource: "web", path: ["storageProfile", "dataDisks"] }),
            waitsFor: '"web": storageProfile.dataDisks',
        },
        {
            name: "no key, and a disk of the list that does",
            round: withHidden(nativeWithDisk({}), { resource: "web", path: ["storageProfile", "dataDisks", 0] }),
            waitsFor: '"web": storageProfile.dataDisks[0]',
        },
        {
            name: "classic, with an OS disk that does",
            round: withHidden(classic({ listed: true }), { resource: "web", path: ["osDisk"] }),
            waitsFor: '"web": osDisk',
        },
        {
            name: "only one of two elements has a set, and which is whose is not known",
            round: listing(DATA, [
                [osDiskOf("web"), TARGET],
                [ref("data.id"), {}],
            ]),
            waitsFor: '"item": properties.providerSpecificDetails.vmManagedDisks',
        },
        {
            name: "the list of an item that changes",
            round: changed(WITHOUT, WITH),
            waitsFor: '"item": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(WITHOUT), on: ["item"] }],
    limits: [
        {
            allowed: {
                name: "keys for the OS disk",
                round: encrypted(listing(native({}), [[osDiskOf("web"), KEYS]])),
            },
            refused: { name: "no keys", round: encrypted(listing(native({}), [[osDiskOf("web"), {}]])), on: ["item"] },
        },
        {
            allowed: { name: "a set for each disk", round: WITH },
            refused: { name: "none", round: WITHOUT, on: ["item"] },
        },
    ],
});
