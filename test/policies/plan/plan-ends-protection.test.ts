import {
    afterDisabling,
    change,
    changedOutside,
    deployed,
    destroyed,
    notKnown,
    planCases,
} from "../../harness/plan-cases";
import { backupItem, vault } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import {
    byId,
    changed,
    classic,
    classicGroupOfTwo,
    implicit,
    itemShows,
    mixed,
    namedItem,
    native,
    onlyItems,
    renamed,
    without,
    withDiskBackup,
} from "../plan-estates";
import { diskBackup, fromRestorePoint } from "../../harness/azure";

const BOTH = [ref("os.id"), ref("data.id")];
const WITH_SPARE_OS = [ref("spare.id"), ref("data.id")];
const WITH_SPARE_DATA = [ref("os.id"), ref("spare.id")];
const GROUP = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/shop/providers";
const GONE = `${GROUP}/Microsoft.Compute/disks/web_OsDisk_1`;
const VAULT = `${GROUP}/Microsoft.RecoveryServices/vaults/shop-recovery`;
const RESTORED = { createOption: "Restore", sourceResourceId: fromRestorePoint()["sourceResourceId"]! };

const SHOP = without(native(), "spare");
const UNREPLICATED = without(SHOP, "webReplication");

/** The same without the group. */
function apart(program: Program): Program {
    const alone = (name: string): Program => {
        const { multiVmGroupName: _, ...properties } = program[name]!.properties;
        return { [name]: { ...program[name]!, properties } };
    };
    return { ...program, ...alone("webReplication"), ...alone("appReplication") };
}

export const cases = planCases(__filename, {
    policyId: "BCDR603",
    example: { before: SHOP, after: UNREPLICATED },
    fixed: {
        plan: afterDisabling(SHOP, UNREPLICATED),
        says:
            "To keep the protection, leave `webReplication` in the program. To end it, disable replication and run " +
            "`pulumi refresh` before you make the same change. Pulumi then has nothing left to delete.",
    },
    shows: itemShows(0, 1),
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        {
            name: "the VM goes, too",
            plan: change(native(), without(native(), "web", "webBackup", "webReplication")),
        },
        { name: "the stack is destroyed", plan: destroyed(withDiskBackup(native())) },
        {
            name: "Pulumi only forgets it",
            plan: change(changed(native(), "webBackup", {}, { retainOnDelete: true }), without(native(), "webBackup")),
        },
        {
            name: "the VM is replaced with its item",
            plan: change(native(), native(), "web", "webBackup", "webReplication"),
        },
        {
            name: "a classic item that lists the disk from which its VM boots since a restore",
            plan: change(
                namedItem(classic({ os: "spare" })),
                namedItem(classic({ os: "spare", listed: WITH_SPARE_OS })),
            ),
        },
        {
            name: "the same where the old list has ids that somebody wrote out",
            plan: change(
                namedItem(classic({ os: "spare", listed: [GONE, ref("data.id")] })),
                namedItem(classic({ os: "spare", listed: WITH_SPARE_OS })),
            ),
        },
        {
            name: "the same for a VM of azure-native",
            plan: change(mixed({ os: "spare" }), mixed({ os: "spare", listed: WITH_SPARE_OS })),
        },
        {
            name: "a classic item that lists another OS disk in the plan that swaps it",
            plan: change(namedItem(classic()), namedItem(classic({ os: "spare", listed: WITH_SPARE_OS }))),
        },
        {
            name: "the same for a VM of azure-native, which stays",
            plan: change(mixed(), mixed({ os: "spare", listed: WITH_SPARE_OS })),
        },
        {
            name: "a classic item that lists another data disk in the plan that swaps its attachment",
            plan: change(namedItem(classic()), namedItem(classic({ data: ["spare"], listed: WITH_SPARE_DATA }))),
        },
        {
            name: "a classic item that lists one more disk, which its VM has",
            plan: change(namedItem(classic({ listed: [ref("os.id")] })), namedItem(classic())),
        },
        {
            name: "a classic item that lists one more disk, which its VM gets",
            plan: change(
                namedItem(classic()),
                namedItem(classic({ data: ["data", "spare"], listed: [...BOTH, ref("spare.id")] })),
            ),
        },
        {
            name: "a new disk, its attachment and its place in the list in one plan",
            plan: change(
                namedItem(without(classic(), "spare")),
                namedItem(classic({ data: ["data", "spare"], listed: [...BOTH, ref("spare.id")] })),
            ),
        },
        {
            name: "a disk that is replaced from a recovery point, under its own resource",
            plan: change(namedItem(classic()), changed(namedItem(classic()), "data", RESTORED)),
        },
        {
            name: "a deleted disk, removed from the list",
            plan: change(namedItem(classic({ data: [] })), namedItem(classic({ data: [], listed: [ref("os.id")] }))),
        },
        {
            name: "all items of a consistency group, for one that lists another disk",
            plan: change(
                classicGroupOfTwo({ os: "spare" }),
                classicGroupOfTwo({ os: "spare", listed: WITH_SPARE_OS }),
                "appReplication",
            ),
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
            name: "replication was disabled cleanly, and a refresh forgets the item",
            plan: changedOutside(native(), (stack) => stack.deleteOutside("webReplication")),
        },
        {
            name: "a disk that goes with its backup",
            plan: change(withDiskBackup(native()), without(native({ data: [], listed: [ref("os.id")] }), "data")),
        },
        {
            name: "an item of an immutable vault, which BCDR611 reports",
            plan: change(immutable(), without(immutable(), "webBackup")),
        },
        {
            name: "the backup of a disk that Azure made and that goes with its VM",
            plan: change(ofImplicitDisk(), without(ofImplicitDisk(), "web", "webReplication", "osBackup")),
        },
    ],
    violated: [
        {
            name: "a classic item that is replaced for the letter case of an ID",
            plan: change(
                namedItem(classic({ listed: [GONE, ref("data.id")] })),
                namedItem(classic({ listed: [GONE.replace("/shop/", "/Shop/"), ref("data.id")] })),
                "webReplication",
            ),
            on: ["webReplication"],
            says: /in the letter case that the state has[\s\S]*managedDisks\[0\]\.diskId/,
        },
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
            name: "a replicated item of azure-native that is replaced: a purge",
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
            name: "a classic item that is replaced for nothing",
            plan: change(classic(), classic(), "webReplication"),
            on: ["webReplication"],
        },
        {
            name: "the same under a name",
            plan: change(namedItem(classic()), namedItem(classic()), "webReplication"),
            on: ["webReplication"],
        },
        {
            name: "a classic item of a VM of azure-native that is replaced for nothing",
            plan: change(mixed(), mixed(), "webReplication"),
            on: ["webReplication"],
        },
        {
            name: "a classic item that is replaced for another policy",
            plan: change(
                namedItem(classic()),
                namedItem(classic(), { recoveryReplicationPolicyId: `${VAULT}/replicationPolicies/other` }),
            ),
            on: ["webReplication"],
        },
        {
            name: "a classic item whose list leaves out a disk that its VM keeps",
            plan: change(namedItem(classic()), namedItem(classic({ listed: [ref("os.id")] }))),
            on: ["webReplication"],
        },
        {
            name: "both items of a consistency group for nothing",
            plan: change(classicGroupOfTwo(), classicGroupOfTwo(), "webReplication", "appReplication"),
            on: ["appReplication", "webReplication"],
        },
        {
            name: "one of two VMs is made to list another disk, and the other's item is replaced for nothing",
            plan: change(
                apart(classicGroupOfTwo({ os: "spare" })),
                apart(classicGroupOfTwo({ os: "spare", listed: WITH_SPARE_OS })),
                "appReplication",
            ),
            on: ["appReplication"],
        },
        {
            name: "an empty disk replaces a replicated one",
            plan: change(
                namedItem(changed(classic(), "data", RESTORED)),
                namedItem(changed(classic(), "data", { createOption: "Empty" })),
            ),
            on: ["webReplication"],
            says: /If you need the data on "data", don't apply this plan/,
        },
        {
            name: "an item of azure-native that is replaced to list a restored disk: a purge all the same",
            plan: change(native({ os: "spare" }), native({ os: "spare", listed: WITH_SPARE_OS }), "webReplication"),
            on: ["webReplication"],
            says: /protected-item remove/,
        },
        {
            name: "a classic item that goes together with a data disk",
            plan: change(namedItem(classic()), without(namedItem(classic({ data: [] })), "data", "webReplication")),
            on: ["webReplication"],
            says: /To keep the data on "data", set retainOnDelete/,
        },
        {
            name: "backup into another vault",
            plan: change(native(), moved()),
            on: ["webBackup"],
            says: /first stop this backup, then add "webBackupElsewhere"/,
        },
        {
            name: "items of a VM that is elsewhere, in a destroyed stack",
            plan: destroyed(onlyItems()),
            on: ["awayBackup", "awayReplication"],
        },
        {
            name: "an item that goes while the VM is replaced",
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
            name: "an item whose VM the state does not have",
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
});

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
