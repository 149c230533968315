import { attached, backupItem, disk, diskBackup, vm, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, protectedVm } from "../../harness/classic";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { withHidden } from "../../harness/hidden-parts";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const WEB: Program = {
    ...SURROUNDINGS,
    rg: resourceGroup("shop"),
    data: disk(),
    web: vm({ name: "web", dataDisks: [attached(1, ref("data.id"))] }),
};
const CLASSIC: Program = {
    ...SURROUNDINGS,
    os: classicDisk(),
    data: classicDisk(),
    web: classicVm("linux", ref("os.id")),
    place: diskAttachment(ref("web.id"), 1, ref("data.id")),
};
const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

function item(diskLunList: Content, isInclusionList: Content): Declaration {
    return backupItem(ref("web.id"), "shop;web", {
        extendedProperties: { diskExclusionProperties: { diskLunList, isInclusionList } },
    });
}

const ALL_DISKS: Program = { ...WEB, item: item([], false) };

/** POL-09: disks without a given tag. */
function diskPolicy(parameters: Properties): Declaration {
    return {
        type: "azure-native:authorization:PolicyAssignment",
        properties: {
            scope: `/subscriptions/${SUBSCRIPTION}`,
            policyDefinitionId:
                "/providers/Microsoft.Authorization/policyDefinitions/6e68865f-f3cd-48ec-9bba-54795672eaa4",
            parameters: { vaultLocation: { value: "westeurope" }, ...parameters },
        },
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR403",
    example: { ...WEB, item: item([1], false) },
    fixed: { program: ALL_DISKS },
    shows: ["web.storageProfile.dataDisks", "item.properties.sourceResourceId", "item.properties.extendedProperties"],
    holds: [
        { name: "no selection", round: { ...WEB, item: backupItem(ref("web.id"), "shop;web") } },
        { name: "an empty list of disks to leave out", round: ALL_DISKS },
        { name: "no backup at all, which is BCDR401's", round: WEB },
        {
            name: "Disk Backup takes the disk",
            round: { ...WEB, item: item([1], false), instance: diskBackup(ref("data.id")) },
        },
        {
            name: "Azure Policy gives the disk a Disk Backup",
            round: () =>
                new Stack("shop", { subscriptionId: SUBSCRIPTION }).preview({
                    ...WEB,
                    item: item([1], false),
                    policy: diskPolicy({}),
                }),
        },
        {
            name: "a classic item that includes the disk",
            round: { ...CLASSIC, item: protectedVm(ref("web.id"), { includeDiskLuns: [1] }) },
        },
    ],
    violated: [
        {
            name: "two disks",
            round: {
                ...WEB,
                logs: disk(),
                web: vm({ name: "web", dataDisks: [attached(1, ref("data.id")), attached(2, ref("logs.id"))] }),
                item: item([1, 2], false),
            },
            on: ["web"],
        },
        { name: "not included", round: { ...WEB, item: item([0], true) }, on: ["web"] },
        { name: "in the state", round: () => new Stack().up({ ...WEB, item: item([1], false) }), on: ["web"] },
        {
            name: "a classic item that leaves the disk out",
            round: { ...CLASSIC, item: protectedVm(ref("web.id"), { excludeDiskLuns: [1] }) },
            on: ["web"],
        },
        {
            name: "Disk Backup takes another disk",
            round: {
                ...WEB,
                other: disk(),
                web: vm({ name: "web", dataDisks: [attached(1, ref("data.id")), attached(2, ref("other.id"))] }),
                item: item([1], false),
                instance: diskBackup(ref("other.id")),
            },
            on: ["web"],
        },
        {
            name: "Azure Policy passes over a disk with the tag",
            round: () =>
                new Stack("shop", { subscriptionId: SUBSCRIPTION }).preview({
                    ...WEB,
                    data: disk({ over: { tags: { backup: "no" } } }),
                    item: item([1], false),
                    policy: diskPolicy({
                        exclusionTagName: { value: "backup" },
                        exclusionTagValues: { value: ["no"] },
                    }),
                }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "no data disk is backed up, and the list of them comes out of an apply",
            round: withHidden(
                { ...WEB, item: item([], true) },
                { resource: "web", path: ["storageProfile", "dataDisks"] },
            ),
            waitsFor: '"web": storageProfile.dataDisks',
        },
        {
            name: "a list that is not known",
            round: { ...WEB, item: item(ref("rg.id"), false) },
            waitsFor: '"item": properties.extendedProperties.diskExclusionProperties.diskLunList',
        },
        {
            name: "a Disk Backup whose disk is not known",
            round: { ...WEB, item: item([1], false), instance: diskBackup(ref("rg.id")) },
            waitsFor: '"instance": properties.dataSourceInfo.resourceID',
        },
    ],
    limits: [
        {
            allowed: { name: "the LUN beside it is left out", round: { ...WEB, item: item([2], false) } },
            refused: { name: "its own LUN is left out", round: { ...WEB, item: item([1], false) }, on: ["web"] },
        },
        {
            allowed: { name: "its own LUN is included", round: { ...WEB, item: item([1], true) } },
            refused: { name: "the LUN beside it is included", round: { ...WEB, item: item([2], true) }, on: ["web"] },
        },
    ],
});
