import {
    backupItem,
    vm,
    osDiskOf,
    replicatedItem,
    replicationIntent,
    resourceGroup,
    NAMED_SURROUNDINGS,
} from "../../harness/azure";
import { classicDisk, classicGroup, classicVm, protectedVm, replicatedVm } from "../../harness/classic";
import { ref, text, type Declaration, type Program, type Properties } from "../../harness/program";
import { exempting } from "../../harness/exempting";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const REPLICATED: Program = {
    ...NAMED_SURROUNDINGS,
    web: vm({ name: "web" }),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};
const backedUp = (over = {}): Program => ({ ...REPLICATED, webBackup: backupItem(ref("web.id"), "shop;web", over) });

/** Its names do not show a VM, but the type does. */
function fileBackup(over: Properties): Declaration {
    const { type, properties } = backupItem(ref("web.id"), "shop;web", over);
    const names = { containerName: "Windows;web", protectedItemName: "Folder;web" };
    return { type, properties: { ...properties, ...names } };
}

/** Site Recovery makes the replicated item by itself. */
const BY_INTENT: Program = {
    ...NAMED_SURROUNDINGS,
    web: vm({ name: "web" }),
    intent: replicationIntent(ref("web.id"), [osDiskOf("web")]),
};

const CLASSIC: Program = {
    ...NAMED_SURROUNDINGS,
    rg: classicGroup(),
    os: classicDisk(),
    web: classicVm("linux", ref("os.id")),
    webBackup: protectedVm(ref("web.id")),
    webReplication: replicatedVm(ref("web.id"), [ref("os.id")]),
};

export const cases = policyCases(__filename, {
    policyId: "BCDR101",
    example: backedUp(),
    fixed: {
        configuration: exempting("BCDR101", "web", "Everybody who restores VMs knows the steps."),
        says: "Leave the program unchanged: both services together are supported. If everybody who restores VMs knows the steps, exempt the VM:",
    },
    shows: [
        "webBackup.properties.sourceResourceId",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
    ],
    holds: [
        { name: "replication alone", round: REPLICATED },
        { name: "replication by an intent alone", round: BY_INTENT },
        {
            name: "VMs of the same name in two groups, one under each service",
            round: {
                ...NAMED_SURROUNDINGS,
                rg: resourceGroup("shop"),
                rg2: resourceGroup("shop2"),
                a: vm({ name: "web" }),
                b: vm({ name: "web", group: ref("rg2.name") }),
                aBackup: backupItem(null, "shop;web"),
                bReplication: replicatedItem(ref("b.id"), [osDiskOf("b")]),
            },
        },
    ],
    violated: [
        { name: "in the state", round: () => new Stack().up(backedUp()), on: ["web"] },
        {
            name: "replication by an intent",
            round: { ...BY_INTENT, webBackup: backupItem(ref("web.id"), "shop;web") },
            on: ["web"],
        },
        {
            name: "replication by an intent, in the state",
            round: () => new Stack().up({ ...BY_INTENT, webBackup: backupItem(ref("web.id"), "shop;web") }),
            on: ["web"],
        },
        { name: "both of the classic provider", round: CLASSIC, on: ["web"] },
        { name: "brought back from soft delete", round: backedUp({ createMode: "Recover" }), on: ["web"] },
    ],
    undecided: [
        {
            name: "an intent whose VM is not known",
            round: {
                ...NAMED_SURROUNDINGS,
                web: vm({ name: "web" }),
                webBackup: backupItem(ref("web.id"), "shop;web"),
                intent: replicationIntent(ref("rg.id")),
            },
            waitsFor: '"intent": properties.providerSpecificDetails.fabricObjectId',
        },
        {
            name: "an item that may protect either of two VMs",
            round: { ...REPLICATED, db: vm(), some: backupItem(text`${ref("web.id")}${ref("db.id")}`, "shop;x") },
            waitsFor: '"some": properties.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "backup is stopped", round: backedUp({ protectionState: "ProtectionStopped" }) },
            refused: { name: "backup runs", round: backedUp({ protectionState: "Protected" }), on: ["web"] },
        },
        {
            allowed: {
                name: "files",
                round: { ...REPLICATED, webBackup: fileBackup({ protectedItemType: "MabFileFolderProtectedItem" }) },
            },
            refused: {
                name: "the VM",
                round: {
                    ...REPLICATED,
                    webBackup: fileBackup({ protectedItemType: "Microsoft.Compute/virtualMachines" }),
                },
                on: ["web"],
            },
        },
    ],
});
