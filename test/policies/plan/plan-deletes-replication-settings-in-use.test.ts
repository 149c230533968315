import { backupItem, diskBackup } from "../../harness/azure";
import { change, changedOutside, destroyed, planCases } from "../../harness/plan-cases";
import { ref, type Declaration, type Program } from "../../harness/program";
import { backupPolicy, classicReplicationPolicy, diskBackupPolicy } from "../../harness/protection-policies";
import { changed, classic, itemShows, native, without } from "../plan-estates";

const SHOP = without(fabrics(), "spare");

export const cases = planCases(__filename, {
    policyId: "BCDR610",
    example: { before: SHOP, after: without(SHOP, "west") },
    fixed: {
        after: changed(SHOP, "west", {}, { protect: true }),
        says: "Keep the fabric. Under `protect`, no later plan deletes it either:",
    },
    shows: ["west.fabricName", "webReplication.fabricName", ...itemShows()],
    holds: [
        { name: "nothing changes", plan: change(fabrics(), fabrics()) },
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
            name: "a fabric that somebody has deleted in Azure",
            plan: changedOutside(fabrics(), (stack) => stack.deleteOutside("west")),
        },
    ],
    violated: [
        {
            name: "a replication policy",
            plan: destroyed(policies("a-day"), ["policy"]),
            on: ["policy"],
            says: /assign another policy to "webReplication"/,
        },
        { name: "a backup policy", plan: destroyed(backupPolicies(), ["nightly"]), on: ["nightly"] },
        { name: "a policy of Disk Backup", plan: destroyed(diskPolicies(), ["policy"]), on: ["policy"] },
        { name: "a fabric", plan: destroyed(fabrics(), ["west"]), on: ["west"] },
        { name: "a container mapping", plan: destroyed(fabrics(), ["mapping"]), on: ["mapping"] },
    ],
    undecided: [
        {
            name: "one of two mappings of a container",
            plan: destroyed({ ...fabrics(), second: mapping("second") }, ["mapping"]),
            waitsFor: '"webReplication": properties.providerSpecificDetails.recoveryContainerId',
        },
    ],
});

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
