import { OFFLINE_SUBSCRIPTION } from "../../dev/offline/providers/azure-native-responses";
import {
    backupItem,
    diskBackup,
    disk,
    osDiskOf,
    replicatedItem,
    replicationIntent,
    resourceGroup,
    vault,
    vm,
} from "../harness/azure";
import { classicDisk, classicGroup, classicVm, legacyVm, protectedVm, replicatedVm } from "../harness/classic";
import { Pack, type Configuration } from "../harness/pack";
import { roundOf, type Phase } from "../harness/phases";
import { ref, text, type Content, type Declaration, type Program } from "../harness/program";
import type { SentRound } from "../harness/stack";

// Programs like those of published templates and bug reports, through the whole pack. All that it reports of them is here:
// what a program that works gets without need is noise.

interface FieldProgram {
    readonly name: string;
    readonly program: Program;
    readonly configuration?: Configuration;
    /** `BCDR110 data`, sorted. */
    readonly finds: readonly string[];
    /** At the first preview, where less is known. */
    readonly findsFirst?: readonly string[];
    readonly sent?: (round: SentRound) => SentRound;
    /** A line of a message that tells the user more than that. */
    readonly says?: string;
}

const PHASES: readonly Phase[] = ["first preview", "exported state"];

function sized(web: Declaration, over: Declaration["properties"]): Declaration {
    return { ...web, properties: { ...web.properties, ...over } };
}

function siteRecovery(name: string, over: Declaration["properties"]): Declaration {
    return {
        type: `azure-native:recoveryservices:${name}`,
        properties: { resourceGroupName: ref("rg.name"), resourceName: ref("recovery.name"), ...over },
    };
}

const A2A = { instanceType: "A2A" };

/** What a vault of Site Recovery has, in the words of azure-native. */
const RECOVERY: Program = {
    rg: resourceGroup("shop"),
    recovery: vault("shop-recovery", { location: "northeurope" }),
    policy: siteRecovery("ReplicationPolicy", {
        policyName: "24-hours",
        properties: {
            providerSpecificInput: {
                ...A2A,
                multiVmSyncStatus: "Enable",
                recoveryPointHistory: 1440,
                crashConsistentFrequencyInMinutes: 5,
                appConsistentFrequencyInMinutes: 240,
            },
        },
    }),
    here: siteRecovery("ReplicationFabric", {
        fabricName: "westeurope",
        properties: { customDetails: { instanceType: "Azure", location: "westeurope" } },
    }),
    there: siteRecovery("ReplicationFabric", {
        fabricName: "northeurope",
        properties: { customDetails: { instanceType: "Azure", location: "northeurope" } },
    }),
    mapping: siteRecovery("ReplicationProtectionContainerMapping", {
        fabricName: ref("here.name"),
        protectionContainerName: "westeurope",
        mappingName: "to-north",
        properties: {
            policyId: ref("policy.id"),
            providerSpecificInput: A2A,
            targetProtectionContainerId: text`${ref("there.id")}/replicationProtectionContainers/northeurope`,
        },
    }),
};

/** A VM with a backup item, in a vault of this program; `policyId` names one of the policies that every vault has. */
function backedUp(vmSize: string, policyId: Content): Program {
    return {
        rg: resourceGroup("shop"),
        backup: vault("shop-backup"),
        web: vm({
            name: "web",
            dataDisks: [{ lun: 0, createOption: "Empty", diskSizeGB: 1023 }],
            over: { hardwareProfile: { vmSize } },
        }),
        item: backupItem(ref("web.id"), "shop;web", { policyId }),
    };
}

const DEFAULT_POLICY = text`${ref("backup.id")}/backupPolicies/DefaultPolicy`;
const SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const COMPUTE = `/subscriptions/${OFFLINE_SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute`;

/** A VM of the old form of the classic provider whose OS disk Azure makes from an image, as large as that is. */
const FROM_IMAGE: Program = {
    rg: classicGroup(),
    web: sized(legacyVm(""), {
        vmSize: "Standard_DS1_v2",
        storageImageReference: { publisher: "Canonical", offer: "ubuntu", sku: "22_04-lts", version: "latest" },
        storageOsDisk: {
            name: "web-os",
            caching: "ReadWrite",
            createOption: "FromImage",
            managedDiskType: "Standard_LRS",
        },
    }),
    backup: {
        type: "azure:recoveryservices/vault:Vault",
        properties: { resourceGroupName: ref("rg.name"), location: "westeurope", sku: "Standard" },
    },
    item: protectedVm(ref("web.id")),
};

const nextgen = (round: SentRound): SentRound => ({
    ...round,
    resources: round.resources.map((each) => ({
        ...each,
        type: each.type.replace(/^azure-native:(\w+):/, "azure-nextgen:$1/latest:"),
    })),
});

const PROGRAMS: readonly FieldProgram[] = [
    {
        name: "a restored data disk whose name tells nothing, from a collection whose number is short",
        program: {
            rg: classicGroup(),
            data: classicDisk({
                name: "db-data-000",
                createOption: "Restore",
                sourceResourceId:
                    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/AzureBackupRG_ukwest_1" +
                    "/providers/Microsoft.Compute/restorePointCollections/AzureBackup_db-02_169" +
                    "/restorePoints/AzureBackup_20190122_014129/disks/db-02_disk2_4a?id=edef9810",
                diskSizeGb: 1023,
            }),
        },
        finds: ["BCDR110 data"],
        says: 'Disk "data" is restored from an Azure Backup recovery point of VM "db-02" (2019-01-22 01:41 UTC).',
    },
    {
        name: "a VM under Site Recovery in a separate vault, and nothing of Azure Backup",
        program: {
            ...RECOVERY,
            web: vm({ name: "web" }),
            item: replicatedItem(ref("web.id"), [osDiskOf("web")], {
                recoveryContainerId: text`${ref("there.id")}/replicationProtectionContainers/northeurope`,
            }),
        },
        finds: ["BCDR235 mapping", "BCDR237 item"],
    },
    {
        name: "the same with data disks that are not in the list, and an empty vault for failing back",
        program: {
            ...RECOVERY,
            failback: vault("shop-failback"),
            web: vm({ name: "web", dataDisks: [{ lun: 0, createOption: "Empty", diskSizeGB: 64 }] }),
            item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        },
        finds: ["BCDR235 mapping", "BCDR404 web", "BCDR502 failback", "BCDR504 failback"],
        findsFirst: ["BCDR235 mapping", "BCDR490 -", "BCDR502 failback", "BCDR504 failback"],
    },
    {
        name: "a VM that a new vault backs up with the policy that Azure makes along with it",
        program: backedUp("Standard_A2", DEFAULT_POLICY),
        finds: ["BCDR502 backup", "BCDR504 backup"],
    },
    {
        name: "the same with the Enhanced policy and premium storage",
        program: backedUp("Standard_D4s_v5", text`${ref("backup.id")}/backupPolicies/EnhancedPolicy`),
        finds: ["BCDR502 backup", "BCDR504 backup"],
    },
    {
        name: "a VM that must have both services, replicated by an intent that names VM and disk by their IDs",
        program: {
            ...backedUp("Standard_D4s_v5", text`${ref("backup.id")}/backupPolicies/EnhancedPolicy`),
            recovery: vault("shop-recovery", { location: "northeurope" }),
            web: vm({ name: "web", over: { tags: { "bcdr-tier": "both" } } }),
            intent: replicationIntent(`${COMPUTE}/virtualMachines/web`, [`${COMPUTE}/disks/web-os`]),
        },
        configuration: { "shared-settings": { tiers: { both: ["backup", "replication"] } } },
        finds: ["BCDR101 web", "BCDR502 backup", "BCDR504 backup"],
        // The subscription of the VM is not known yet.
        findsFirst: ["BCDR490 -", "BCDR502 backup", "BCDR504 backup"],
    },
    {
        name: "a VM of one core, and a vault by its ID",
        program: backedUp(
            "Standard_DS1_v2",
            `${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.RecoveryServices/vaults/shop-backup/backupPolicies/DefaultPolicy`,
        ),
        finds: ["BCDR310 web", "BCDR502 backup", "BCDR504 backup"],
    },
    {
        name: "a state of azure-nextgen, with the API version latest",
        program: backedUp("Standard_A2", DEFAULT_POLICY),
        sent: nextgen,
        finds: ["BCDR502 backup", "BCDR504 backup"],
    },
    {
        name: "a classic VM with its disks in it and no sizes, of one core",
        program: FROM_IMAGE,
        finds: ["BCDR310 web", "BCDR502 backup", "BCDR504 backup"],
    },
    {
        name: "a Backup vault for disks, with the snapshots in the disk's group",
        program: {
            rg: resourceGroup("shop"),
            diskBackup: {
                type: "azure-native:dataprotection:BackupVault",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    vaultName: "shop-disks",
                    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
                },
            },
            data: disk({ name: "data" }),
            instance: diskBackup(ref("data.id")),
        },
        finds: [],
    },
    {
        name: "a classic VM on its restored disk, which replication has listed since it was enabled again",
        program: {
            rg: classicGroup(),
            recovery: {
                type: "azure:recoveryservices/vault:Vault",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    name: "shop-recovery",
                    location: "northeurope",
                    sku: "Standard",
                },
            },
            os: classicDisk({
                createOption: "Restore",
                sourceResourceId:
                    `${SUBSCRIPTION}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute` +
                    "/restorePointCollections/AzureBackup_web_545359511612843/restorePoints" +
                    "/AzureBackup_20260411_230412/disks/web_OsDisk_1",
                tags: { RSVaultBackup: "5f0d8c1e" },
            }),
            web: classicVm("windows", ref("os.id")),
            item: replicatedVm(ref("web.id"), [ref("os.id")]),
        },
        finds: ["BCDR110 os", "BCDR419 web"],
    },
];

describe.each(PROGRAMS)("$name", ({ program, configuration = {}, finds, findsFirst = finds, says, sent }) => {
    test.each(PHASES)("%s", async (phase) => {
        const round = roundOf(program, phase);
        const violations = await new Pack().analyze(sent?.(round) ?? round, configuration);
        const found = violations.map(({ policyId, on }) => `${policyId} ${on ?? "-"}`).sort();
        expect(found).toEqual(phase === "first preview" ? findsFirst : finds);
        if (says !== undefined) {
            expect(violations.map(({ message }) => message).join("\n")).toContain(says);
        }
    });
});
