import { backupItem, diskBackup } from "../../harness/azure";
import { change, changedOutside, destroyed, notKnown, planCases } from "../../harness/plan-cases";
import { ref, type Declaration, type Program } from "../../harness/program";
import { backupPolicy, classicReplicationPolicy, diskBackupPolicy } from "../../harness/protection-policies";
import { changed, classic, native, without } from "../plan-estates";

const ALL = destroyed(native());
const UNLOCKED = { securitySettings: { immutabilitySettings: { state: "Unlocked" } } };
const LOCKED = { securitySettings: { immutabilitySettings: { state: "Locked" } } };
const OPEN = { securitySettings: { immutabilitySettings: { state: "Disabled" } } };

export const cases = planCases(__filename, {
    policyId: "BCDR606",
    example: { before: withoutReference(), after: without(withoutReference(), "recovery") },
    holds: [
        { name: "nothing changes", plan: change(native(), native()) },
        { name: "vaults without items", plan: destroyed(without(native(), "webBackup", "webReplication")) },
        {
            name: "a vault whose replicated items go before it, with their VMs",
            plan: destroyed(without(native(), "webBackup")),
        },
        { name: "items alone", plan: change(native(), without(native(), "webBackup", "webReplication")) },
        {
            name: "Pulumi only forgets the vault",
            plan: change(
                changed(withoutReference(), "recovery", {}, { retainOnDelete: true }),
                without(withoutReference(), "recovery"),
            ),
        },
        { name: "a policy that nothing follows", plan: change(policies("a-day"), without(policies("a-day"), "other")) },
        {
            name: "a policy whose items follow another one by then",
            plan: change(policies("a-day"), without(policies("another"), "policy")),
        },
        {
            name: "a policy that goes with its items",
            plan: change(policies("a-day"), without(policies("a-day"), "policy", "webReplication")),
        },
        { name: "a fabric without items", plan: change(fabrics(), without(fabrics(), "north")) },
        {
            name: "an item of a vault that stops being immutable first",
            plan: change(immutable(UNLOCKED), without(immutable(OPEN), "webBackup")),
        },
        {
            name: "a vault that somebody has deleted in Azure",
            plan: changedOutside(native(), (stack) => stack.deleteOutside("backup")),
        },
    ],
    violated: [
        {
            name: "a destroyed stack: the vault, and not each item of it",
            plan: ALL,
            on: ["backup"],
            says: /retainOnDelete/,
        },
        {
            name: "a Backup vault",
            plan: destroyed({ ...native(), dataBackup: diskBackup(ref("data.id")) }, ["diskBackup"]),
            on: ["diskBackup"],
        },
        { name: "the classic provider", plan: destroyed(classic(), ["recovery"]), on: ["recovery"] },
        {
            name: "a vault that is made anew",
            plan: change(withoutReference(), withoutReference(), "recovery"),
            on: ["recovery"],
            says: /The plan replaces/,
        },
        {
            name: "a replication policy",
            plan: destroyed(policies("a-day"), ["policy"]),
            on: ["policy"],
            says: /follow another policy/,
        },
        { name: "a backup policy", plan: destroyed(backupPolicies(), ["nightly"]), on: ["nightly"] },
        { name: "a policy of Disk Backup", plan: destroyed(diskPolicies(), ["policy"]), on: ["policy"] },
        { name: "a fabric", plan: destroyed(fabrics(), ["west"]), on: ["west"] },
        { name: "a container mapping", plan: destroyed(fabrics(), ["mapping"]), on: ["mapping"] },
        {
            name: "an item of an immutable vault",
            plan: change(immutable(UNLOCKED), without(immutable(UNLOCKED), "webBackup")),
            on: ["webBackup"],
        },
        {
            name: "an item of a locked vault, with its VM",
            plan: change(immutable(LOCKED), without(immutable(LOCKED), "web", "webBackup", "webReplication")),
            on: ["webBackup"],
        },
        {
            name: "an immutable vault with its items",
            plan: destroyed(immutable(LOCKED), ["backup", "webBackup"]),
            on: ["backup"],
            says: /wait until the recovery points have expired/,
        },
        {
            name: "under protect, which Pulumi keeps",
            plan: destroyed(changed(native(), "backup", {}, { protect: true }), ["backup"]),
            on: ["backup"],
        },
    ],
    undecided: [
        {
            name: "immutability that the state does not tell",
            plan: notKnown(
                change(immutable(OPEN), without(immutable(OPEN), "webBackup")),
                "after",
                "backup",
                "properties",
                "securitySettings",
            ),
            waitsFor: '"backup": properties.securitySettings',
        },
        {
            name: "one of two mappings of a container",
            plan: destroyed({ ...fabrics(), second: mapping("second") }, ["mapping"]),
            waitsFor: '"webReplication": properties.providerSpecificDetails.recoveryContainerId',
        },
    ],
});

/** The item names its vault by a name that somebody wrote out, so that the vault alone can go. */
function withoutReference(): Program {
    return changed(native(), "webReplication", {
        resourceName: "shop-recovery",
        properties: {
            providerSpecificDetails: {
                instanceType: "A2A",
                fabricObjectId: ref("web.id"),
                vmManagedDisks: [{ diskId: ref("os.id") }, { diskId: ref("data.id") }],
            },
        },
    });
}

function immutable(settings: typeof UNLOCKED): Program {
    return changed(native(), "backup", { properties: { publicNetworkAccess: "Enabled", ...settings } });
}

function policies(name: "a-day" | "another"): Program {
    const program = classic();
    const policy = (azureName: string): Declaration => {
        const { properties, ...declaration } = classicReplicationPolicy(1440, 240);
        return {
            ...declaration,
            properties: { ...properties, recoveryVaultName: ref("recovery.name"), name: azureName },
        };
    };
    return changed(
        { ...program, policy: policy("a-day"), other: policy("another") },
        "webReplication",
        { recoveryReplicationPolicyId: ref(`${name === "a-day" ? "policy" : "other"}.id`) },
        { deleteBeforeReplace: true },
    );
}

function backupPolicies(): Program {
    const { properties, ...declaration } = backupPolicy();
    return {
        ...native(),
        nightly: { ...declaration, properties: { ...properties, vaultName: ref("backup.name") } },
        webBackup: backupItem(ref("web.id"), "shop;web", { policyId: ref("nightly.id") }),
    };
}

function diskPolicies(): Program {
    const { properties, ...declaration } = diskBackupPolicy(["R/2026-03-01T02:00:00+00:00/PT4H"], "P7D");
    const item = diskBackup(ref("data.id"));
    return {
        ...native(),
        policy: { ...declaration, properties: { ...properties, vaultName: ref("diskBackup.name") } },
        dataBackup: {
            ...item,
            properties: {
                ...item.properties,
                properties: {
                    ...(item.properties["properties"] as object),
                    policyInfo: { policyId: ref("policy.id") },
                },
            },
        },
    };
}

function fabrics(): Program {
    return { ...native(), west: fabric("westeurope"), north: fabric("northeurope"), mapping: mapping("west-to-north") };
}

function fabric(name: string): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationFabric",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName: name,
            properties: { customDetails: { instanceType: "Azure", location: name } },
        },
    };
}

function mapping(name: string): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationProtectionContainerMapping",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName: "westeurope",
            protectionContainerName: "westeurope",
            mappingName: name,
        },
    };
}
