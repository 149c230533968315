import { change, changedOutside, deployed, destroyed, notKnown, type PlanCases } from "../../harness/plan-cases";
import { backupItem, vault } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { byId, changed, classic, implicit, native, onlyItems, renamed, without, withDiskBackup } from "../plan-estates";
import { diskBackup } from "../../harness/azure";

export const cases: PlanCases = {
    rule: "BCDR603",
    example: { before: native(), after: without(native(), "webReplication") },
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        {
            name: "the machine goes, too",
            plan: change(native(), without(native(), "web", "webBackup", "webReplication")),
        },
        { name: "the stack is destroyed", plan: destroyed(withDiskBackup(native())) },
        {
            name: "Pulumi only forgets it",
            plan: change(changed(native(), "webBackup", {}, { retainOnDelete: true }), without(native(), "webBackup")),
        },
        {
            name: "the machine is made anew with its item",
            plan: change(native(), native(), "web", "webBackup", "webReplication"),
        },
        {
            name: "a classic item that follows another disk",
            plan: change(classic(), classic({ os: "spare", listed: [ref("spare.id"), ref("data.id")] })),
        },
        {
            name: "a classic item that lists one more disk",
            plan: change(classic({ listed: [ref("os.id")] }), classic()),
        },
        { name: "another name in the program", plan: change(native(), renamed(native(), "webBackup", "nightly")) },
        {
            name: "an item that soft delete keeps already",
            plan: () => {
                const stack = deployed(native());
                stack.portal("webBackup", (item) => ({
                    ...item,
                    properties: { ...(item["properties"] as object), isScheduledForDeferredDelete: true },
                }));
                stack.refresh();
                return stack.plan(without(native(), "webBackup"));
            },
        },
        {
            name: "replication was disabled in order, and a refresh forgets the item",
            plan: changedOutside(native(), (stack) => stack.deleteOutside("webReplication")),
        },
        {
            name: "a disk that goes with its backup",
            plan: change(withDiskBackup(native()), without(native({ data: [], listed: [ref("os.id")] }), "data")),
        },
        {
            name: "an item of an immutable vault, which BCDR606 tells",
            plan: change(immutable(), without(immutable(), "webBackup")),
        },
        {
            name: "the backup of a disk that Azure made and that goes with its machine",
            plan: change(ofImplicitDisk(), without(ofImplicitDisk(), "web", "webReplication", "osBackup")),
        },
    ],
    violated: [
        {
            name: "a backup item",
            plan: change(native(), without(native(), "webBackup")),
            on: ["webBackup"],
            says: /ProtectionStopped/,
        },
        {
            name: "a backup instance of a disk",
            plan: change(withDiskBackup(native()), native()),
            on: ["dataBackup"],
            says: /data/,
        },
        {
            name: "a backup instance of a disk that Azure made",
            plan: change(ofImplicitDisk(), without(ofImplicitDisk(), "osBackup")),
            on: ["osBackup"],
        },
        {
            name: "a replicated item of azure-native that is made anew: a purge",
            plan: change(native(), native(), "webReplication"),
            on: ["webReplication"],
            says: /protected-item remove/,
        },
        {
            name: "a classic item",
            plan: change(classic(), without(classic(), "webReplication")),
            on: ["webReplication"],
        },
        {
            name: "a classic item that is made anew for nothing",
            plan: change(classic(), classic(), "webReplication"),
            on: ["webReplication"],
        },
        {
            name: "backup into another vault",
            plan: change(native(), moved()),
            on: ["webBackup"],
            says: /"webBackupElsewhere" can protect "web" only once/,
        },
        {
            name: "items of a machine that is elsewhere, in a destroyed stack",
            plan: destroyed(onlyItems()),
            on: ["awayBackup", "awayReplication"],
        },
        {
            name: "an item that goes while the machine is made anew",
            plan: change(native(), without(native(), "webBackup"), "web", "webReplication"),
            on: ["webBackup"],
        },
        {
            name: "under protect, which Pulumi keeps",
            plan: change(changed(native(), "webBackup", {}, { protect: true }), without(native(), "webBackup")),
            on: ["webBackup"],
        },
    ],
    undecided: [
        {
            name: "an item of which the state does not tell the machine",
            plan: notKnown(
                change(byId(native()), without(byId(native()), "webReplication")),
                "before",
                "webReplication",
                "properties",
                "providerSpecificDetails",
                "fabricObjectId",
            ),
            waitsFor: '"webReplication": properties.providerSpecificDetails.fabricObjectId',
        },
    ],
};

/** The backup goes to another vault: for Pulumi another resource. */
function moved(): Program {
    const item = backupItem(ref("web.id"), "shop;web");
    return {
        ...without(byId(native()), "webBackup"),
        other: vault("other"),
        webBackupElsewhere: { ...item, properties: { ...item.properties, vaultName: ref("other.name") } },
    };
}

function immutable(): Program {
    const settings = { securitySettings: { immutabilitySettings: { state: "Unlocked" } } };
    return changed(byId(native()), "backup", { properties: { publicNetworkAccess: "Enabled", ...settings } });
}

function ofImplicitDisk(): Program {
    return { ...implicit(), osBackup: diskBackup(ref("web.storageProfile.osDisk.managedDisk.id")) };
}
