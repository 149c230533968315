import { vm } from "../../harness/azure";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { backupPolicy, classicBackupPolicy } from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";
import {
    backedUp,
    UNDER_POLICY,
    classicItem,
    classicWithDisk,
    CRASH_CONSISTENT,
    ENHANCED,
    item,
    leavingOut,
    withDisk,
} from "./programs";

function withSize(vmSize: Content, policy: Declaration = CRASH_CONSISTENT): Program {
    return backedUp(vm({ name: "web", over: { hardwareProfile: { vmSize } } }), policy);
}

/** With data disks that Azure makes along with the VM. */
function withDataDisks(vmSize: string, count: number, webBackup: Declaration = item()): Program {
    const dataDisks = Array.from({ length: count }, (_, lun) => ({ lun, createOption: "Empty", diskSizeGB: 64 }));
    return backedUp(vm({ name: "web", dataDisks, over: { hardwareProfile: { vmSize } } }), CRASH_CONSISTENT, webBackup);
}

function unknownDisks(vmSize: string): Program {
    return backedUp(
        vm({
            name: "web",
            over: {
                hardwareProfile: { vmSize },
                storageProfile: { osDisk: { createOption: "FromImage" }, dataDisks: ref("rg.id") },
            },
        }),
        CRASH_CONSISTENT,
    );
}

function withData(over: Properties, place: Properties = {}, webBackup: Declaration = item()): Program {
    return withDisk(over, CRASH_CONSISTENT, webBackup, place);
}

const CLASSIC = classicBackupPolicy({ policyType: "V2", consistencyType: "OnlyCrashConsistent" });

export const cases = policyCases(__filename, {
    policyId: "BCDR311",
    example: withSize("Standard_D4_v5"),
    fixed: {
        program: withSize("Standard_D4_v5", ENHANCED),
        says: "If the policy backs up other VMs too, declare a second policy like this for `web`:",
    },
    shows: ["web.hardwareProfile", ...UNDER_POLICY],
    holds: [
        { name: "backup by the agent", round: withSize("Standard_D4_v5", ENHANCED) },
        { name: "a VM with a data disk", round: withData({}) },
        { name: "a VM with a data disk, classic", round: classicWithDisk({}, CLASSIC) },
        {
            name: "an Ultra disk that is left out",
            round: withData({ sku: { name: "UltraSSD_LRS" } }, {}, leavingOut(1)),
        },
        {
            name: "Azure Boost, and all but one data disk left out",
            round: withDataDisks("Standard_D4s_v6", 3, leavingOut(0, 1)),
        },
        { name: "in an exported state", round: () => roundOf(withData({}), "exported state") },
    ],
    violated: [
        { name: "no premium storage", round: withSize("Standard_D4_v4"), on: ["webBackup"] },
        { name: "Ultra", round: withData({ sku: { name: "UltraSSD_LRS" } }), on: ["webBackup"] },
        {
            name: "Premium SSD v2, classic",
            round: classicWithDisk({ storageAccountType: "PremiumV2_LRS" }, CLASSIC),
            on: ["webBackup"],
        },
        { name: "a shared disk", round: withData({ maxShares: 3 }), on: ["webBackup"] },
        {
            name: "a shared disk, classic",
            round: classicWithDisk({ maxShares: 3 }, CLASSIC, classicItem()),
            on: ["webBackup"],
        },
        { name: "write accelerator", round: withData({}, { writeAcceleratorEnabled: true }), on: ["webBackup"] },
        {
            name: "an ephemeral OS disk",
            round: backedUp(
                vm({
                    name: "web",
                    over: {
                        storageProfile: {
                            osDisk: { createOption: "FromImage", diffDiskSettings: { option: "Local" } },
                        },
                    },
                }),
                CRASH_CONSISTENT,
            ),
            on: ["webBackup"],
        },
        {
            name: "a confidential VM",
            round: backedUp(
                vm({ name: "web", over: { securityProfile: { securityType: "ConfidentialVM" } } }),
                CRASH_CONSISTENT,
            ),
            on: ["webBackup"],
        },
    ],
    undecided: [
        {
            name: "a size that is not known",
            round: withSize(ref("rg.id")),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
        {
            name: "Azure Boost, and disks that are not known",
            round: unknownDisks("Standard_D4s_v6"),
            waitsFor: '"web": storageProfile.dataDisks',
        },
        {
            name: "Azure Boost, and which disks are left out",
            round: withDataDisks("Standard_D4s_v6", 2, leavingOut(ref("web.vmId"))),
            waitsFor: '"webBackup": properties.extendedProperties.diskExclusionProperties.diskLunList[0]',
        },
        {
            name: "a size of which nobody knows it",
            round: withSize("Standard_Z4s_v1"),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
        {
            name: "a consistency that is not known",
            round: withSize(
                "Standard_D4_v5",
                backupPolicy({ policyType: "V2", snapshotConsistencyType: ref("rg.id") }),
            ),
            waitsFor: '"policy": properties.snapshotConsistencyType',
        },
        {
            name: "a kind of disk that is not known",
            round: withData({ sku: { name: ref("rg.id") } }),
            waitsFor: '"data": sku.name',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(withDataDisks("Standard_D4s_v6", 2), "exported state"),
            on: ["webBackup"],
        },
    ],
    limits: [
        {
            allowed: { name: "a size with premium storage", round: withSize("Standard_D4s_v5") },
            refused: { name: "the same without", round: withSize("Standard_D4_v5"), on: ["webBackup"] },
        },
        {
            allowed: { name: "Intel, version 5", round: withDataDisks("Standard_E4s_v5", 2) },
            refused: { name: "Intel, version 6", round: withDataDisks("Standard_E4s_v6", 2), on: ["webBackup"] },
        },
        {
            allowed: { name: "AMD, version 6", round: withDataDisks("Standard_D4as_v6", 2) },
            refused: { name: "AMD, version 7", round: withDataDisks("Standard_D4as_v7", 2), on: ["webBackup"] },
        },
        {
            allowed: { name: "Azure Boost with one data disk", round: withDataDisks("Standard_D8s_v6", 1) },
            refused: { name: "with two", round: withDataDisks("Standard_D8s_v6", 2), on: ["webBackup"] },
        },
    ],
});
