import { backupItem, disk, fromRestorePoint, vm, resourceGroup, NAMED_SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, protectedVm } from "../../harness/classic";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const RESTORED = disk({ creationData: fromRestorePoint("web"), over: { osType: "Linux" } });

function copyNamed(name: string, group?: Content): Program {
    return {
        ...NAMED_SURROUNDINGS,
        restored: RESTORED,
        copy: vm({ name, osDisk: ref("restored.id"), ...(group === undefined ? {} : { group }) }),
    };
}

const COPY = copyNamed("web-restored");

/** The original, with its backup, in the group `shop`. */
const ORIGINAL: Program = { web: vm({ name: "web" }), item: backupItem(ref("web.id"), "shop;web") };
const ELSEWHERE: Program = { other: resourceGroup("restored"), ...copyNamed("web", ref("other.name")) };
const CLASSIC: Program = {
    ...NAMED_SURROUNDINGS,
    restored: classicDisk({
        createOption: "Restore",
        sourceResourceId: fromRestorePoint("web")["sourceResourceId"] ?? "",
        osType: "Linux",
    }),
    copy: named(classicVm("linux", ref("restored.id")), "web-restored"),
};

/** POL-05: backs up VMs of listed images. */
const ASSIGNED: Declaration = {
    type: "azure-native:authorization:PolicyAssignment",
    properties: {
        scope: ref("rg.id"),
        policyDefinitionId: "/providers/Microsoft.Authorization/policyDefinitions/98d0b9f8-fd90-49c9-88e2-d3baf3b0dd86",
    },
};

function named(declaration: Declaration, name: string): Declaration {
    return { ...declaration, properties: { ...declaration.properties, name } };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR419",
    example: COPY,
    fixed: { program: { ...COPY, copyBackup: backupItem(ref("copy.id"), "shop;web-restored") } },
    shows: ["restored.creationData", "copy.vmName", "copy.storageProfile.osDisk.managedDisk"],
    holds: [
        {
            name: "a classic VM that is backed up",
            round: { ...CLASSIC, item: protectedVm(ref("copy.id")) },
        },
        { name: "a VM that was never restored", round: { ...NAMED_SURROUNDINGS, web: vm({ name: "web" }) } },
        {
            name: "a restored data disk",
            round: {
                ...NAMED_SURROUNDINGS,
                restored: disk({ creationData: fromRestorePoint("db") }),
                web: vm({
                    name: "web",
                    dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: ref("restored.id") } }],
                }),
            },
        },
        { name: "the same name in another case", round: copyNamed("WEB") },
        { name: "the same name in another group, and no original", round: ELSEWHERE },
    ],
    violated: [
        {
            name: "another name beside the original",
            round: { ...COPY, ...ORIGINAL },
            on: ["copy"],
        },
        { name: "another group beside the original", round: { ...ELSEWHERE, ...ORIGINAL }, on: ["copy"] },
        { name: "in the state", round: () => new Stack().up(COPY), on: ["copy"] },
        { name: "a classic VM", round: CLASSIC, on: ["copy"] },
        {
            name: "an assignment of Azure Policy, which skips VMs that boot from an attached disk",
            round: { ...COPY, assigned: ASSIGNED },
            on: ["copy"],
        },
        {
            name: "an assignment of Azure Policy, which skips classic VMs that boot from an attached disk",
            round: { ...CLASSIC, assigned: ASSIGNED },
            on: ["copy"],
        },
    ],
    undecided: [
        {
            name: "an item whose VM is not known",
            round: { ...COPY, item: backupItem(ref("rg.id"), "unknown") },
            waitsFor: '"item": properties.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "the name of the original", round: copyNamed("web") },
            refused: { name: "a name of one letter more", round: copyNamed("web2"), on: ["copy"] },
        },
    ],
});
