import { vm } from "../../harness/azure";
import { classicDisk, diskAttachment } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    backedUp,
    BACKED_UP_WEB,
    classicItem,
    classicWithDisk,
    CLASSIC_ENHANCED,
    ENHANCED,
    item,
    leavingOut,
} from "./programs";

const SIZE: Properties = { hardwareProfile: { vmSize: "Standard_M64s" } };

/** Which VM it backs up, only the deployment tells. */
const UNPLACED = item({}, ref("rg.id"));

/** Data disks that Azure makes along with the VM. */
function empty(count: number): readonly Properties[] {
    return Array.from({ length: count }, (_, lun) => ({ lun, createOption: "Empty", diskSizeGB: 64 }));
}

function withDataDisks(count: number, webBackup: Declaration = item()): Program {
    return backedUp(vm({ name: "web", dataDisks: empty(count), over: SIZE }), ENHANCED, webBackup);
}

function unmanaged(count: number, over: (lun: number) => Properties = vhd): Program {
    return backedUp(
        vm({
            name: "web",
            over: {
                ...SIZE,
                storageProfile: {
                    osDisk: { createOption: "FromImage", ...over(99) },
                    dataDisks: empty(count).map((place, lun) => ({ ...place, ...over(lun) })),
                },
            },
        }),
    );
}

function vhd(lun: number): Properties {
    return { name: `disk-${lun}`, vhd: { uri: `https://shop.blob.core.windows.net/vhds/${lun}.vhd` } };
}

/** Its data disks come by attachments; with the one of `classicWithDisk` there is one more. */
function classic(count: number): Program {
    const disks = Array.from({ length: count }, (_, index) => ({
        [`disk${index}`]: classicDisk({ createOption: "Empty", diskSizeGb: 64, osType: null }),
        [`attachment${index}`]: diskAttachment(ref("web.id"), index + 2, ref(`disk${index}.id`)),
    }));
    return Object.assign({}, classicWithDisk({}, CLASSIC_ENHANCED, classicItem()), ...disks) as Program;
}

function unknownList(vmSize: Content): Program {
    return backedUp(
        vm({
            name: "web",
            over: {
                hardwareProfile: { vmSize },
                storageProfile: { osDisk: { createOption: "FromImage" }, dataDisks: ref("rg.id") },
            },
        }),
    );
}

export const cases = policyCases(__filename, {
    policyId: "BCDR303",
    example: withDataDisks(33),
    fixed: { program: withDataDisks(32), says: "With 32 data disks, `web` is at the limit:" },
    shows: ["web.storageProfile.dataDisks.31", ...BACKED_UP_WEB],
    holds: [
        { name: "a few disks", round: withDataDisks(4) },
        { name: "stopped", round: withDataDisks(40, item({ protectionState: "ProtectionStopped" })) },
        { name: "as many as are not left out", round: withDataDisks(34, leavingOut(0, 1)) },
        { name: "disks that are not known, of a size that takes few", round: unknownList("Standard_D4s_v5") },
        { name: "in an exported state", round: () => roundOf(withDataDisks(32), "exported state") },
    ],
    violated: [{ name: "more than are left out", round: withDataDisks(34, leavingOut(0)), on: ["web"] }],
    undecided: [
        {
            name: "a list of disks that is not known",
            round: unknownList("Standard_M64s"),
            waitsFor: '"web": storageProfile.dataDisks',
        },
        {
            name: "which disks are left out",
            round: withDataDisks(33, leavingOut(ref("web.vmId"))),
            waitsFor: '"webBackup": properties.extendedProperties.diskExclusionProperties.diskLunList[0]',
        },
        {
            name: "a VM that is not known",
            round: withDataDisks(33, {
                ...UNPLACED,
                properties: { ...UNPLACED.properties, containerName: ref("rg.id"), protectedItemName: ref("rg.id") },
            }),
            waitsFor: '"webBackup": properties.sourceResourceId',
        },
    ],
    inPlace: [{ name: "in an exported state", round: () => roundOf(withDataDisks(33), "exported state"), on: ["web"] }],
    limits: [
        {
            allowed: { name: "32 data disks and the OS disk", round: withDataDisks(32) },
            refused: { name: "33 data disks", round: withDataDisks(33), on: ["web"] },
        },
        {
            allowed: { name: "16 unmanaged data disks and the OS disk", round: unmanaged(16) },
            refused: { name: "17 unmanaged data disks", round: unmanaged(17), on: ["web"] },
        },
        {
            allowed: { name: "32 data disks of a classic VM", round: classic(31) },
            refused: { name: "33 data disks of a classic VM", round: classic(32), on: ["web"] },
        },
    ],
});
