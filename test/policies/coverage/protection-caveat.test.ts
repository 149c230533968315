import { backupItem, vm, osDiskOf, replicatedItem, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, text, type Content, type Program, type Properties } from "../../harness/program";
import { exempting } from "../../harness/exempting";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";
import { answered } from "../answers";

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
const NETWORK = "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network";

function vmWith(over: Properties): Program {
    return { ...SURROUNDINGS, rg: resourceGroup("shop"), web: vm({ name: "web", over }) };
}

function replicated(over: Properties): Program {
    return { ...vmWith(over), item: replicatedItem(ref("web.id"), [osDiskOf("web")]) };
}

function classicReplicated(over: Properties): Program {
    const web = classicVm("linux", ref("os.id"));
    return {
        ...SURROUNDINGS,
        os: classicDisk(),
        web: { ...web, properties: { ...web.properties, ...over } },
        item: replicatedVm(ref("web.id"), [ref("os.id")]),
    };
}

const AT_HOST: Properties = { securityProfile: { encryptionAtHost: true } };
const TRUSTED: Properties = { securityProfile: { securityType: "TrustedLaunch" } };

function withAddress(publicIPAddress: Content | undefined): Program {
    return {
        ...replicated({ networkProfile: { networkInterfaces: [{ id: ref("nic.id") }] } }),
        nic: {
            type: "azure-native:network:NetworkInterface",
            properties: {
                resourceGroupName: ref("rg.name"),
                ipConfigurations: [
                    {
                        name: "primary",
                        subnet: { id: `${NETWORK}/virtualNetworks/hub/subnets/front` },
                        ...(publicIPAddress === undefined ? {} : { publicIPAddress }),
                    },
                ],
            },
        },
    };
}

function plainBackup(): Program {
    return { ...vmWith({}), item: backupItem(ref("web.id"), "shop;web") };
}

/** Through an API that takes a Standard policy for Trusted Launch, if the policy is one. */
function backedUp(policy: string, azureApiVersion: string): Program {
    const item = backupItem(ref("web.id"), "shop;web", {
        policyId: text`${ref("backup.id")}/backupPolicies/${policyRef(policy)}`,
    });
    return {
        ...vmWith(TRUSTED),
        [policy]: {
            type: "azure-native:recoveryservices:ProtectionPolicy",
            properties: {
                resourceGroupName: ref("rg.name"),
                vaultName: ref("backup.name"),
                policyName: policy,
                properties: {
                    backupManagementType: "AzureIaasVM",
                    policyType: policy === "standard" ? "V1" : "V2",
                },
            },
        },
        item: { ...item, type: `azure-native:recoveryservices/v${azureApiVersion.replaceAll("-", "")}:ProtectedItem` },
    };
}

/** The item and its vault belong to another provider, whose subscription is another one. */
function vaultElsewhere(): SentRound {
    const round = new Stack("shop", { subscriptionId: SUBSCRIPTION }).up(plainBackup());
    const other = SUBSCRIPTION.replace("1111", "2222");
    return {
        ...round,
        resources: round.resources.map((resource) =>
            resource.name === "item" || resource.name === "backup"
                ? {
                      ...resource,
                      outputs: { ...resource.outputs, id: String(resource.outputs["id"]).replace(SUBSCRIPTION, other) },
                  }
                : resource,
        ),
    };
}

function policyRef(policy: string) {
    return ref(`${policy}.name`);
}

export const cases = policyCases(__filename, {
    policyId: "BCDR418",
    example: replicated(AT_HOST),
    fixed: {
        configuration: exempting("BCDR418", "web", "The failover runbook turns on encryption at host."),
        says: "Keep encryption at host on in the program. When your failover runbook turns it on for the new VM, exempt the VM:",
    },
    shows: ["web.securityProfile", "item.properties.providerSpecificDetails.fabricObjectId"],
    holds: [
        { name: "a plain VM", round: replicated({}) },
        { name: "encryption at host on a VM that is not replicated", round: vmWith(AT_HOST) },
        { name: "no public address", round: withAddress(undefined) },
        { name: "Trusted Launch under an Enhanced policy", round: backedUp("enhanced", "2025-02-01") },
        {
            name: "the vault is in the VM's subscription",
            round: () => new Stack("shop", { subscriptionId: SUBSCRIPTION }).up(plainBackup()),
        },
        { name: "a classic VM", round: classicReplicated({}) },
        {
            name: "a failover VM of the same size",
            round: () => answered(replicated({}), "item", {}, { recoveryAzureVMSize: "standard_d4s_v5" }),
        },
    ],
    violated: [
        {
            name: "encryption at host, classic",
            round: classicReplicated({ encryptionAtHostEnabled: true }),
            on: ["web"],
        },
        {
            name: "a confidential VM",
            round: replicated({ securityProfile: { securityType: "ConfidentialVM" } }),
            on: ["web"],
        },
        { name: "a public address", round: withAddress({ id: `${NETWORK}/publicIPAddresses/front` }), on: ["web"] },
        {
            name: "several at once are one finding",
            round: replicated({ securityProfile: { encryptionAtHost: true, securityType: "ConfidentialVM" } }),
            on: ["web"],
        },
        {
            name: "the VM's size changes, and the failover VM's does not",
            round: () => answered(replicated({}), "item", {}, { recoveryAzureVMSize: "Standard_D2s_v5" }),
            on: ["web"],
        },
        {
            name: "another size was settled for a classic item",
            round: () => {
                const stack = new Stack();
                stack.up(classicReplicated({}));
                stack.portal("item", (response) => ({ ...response, targetVirtualMachineSize: "Standard_D2s_v5" }));
                return stack.refresh();
            },
            on: ["web"],
        },
        { name: "in the state", round: () => new Stack().up(replicated(AT_HOST)), on: ["web"] },
        { name: "the vault is in another subscription", round: vaultElsewhere, on: ["web"] },
    ],
    undecided: [
        {
            name: "an encryption that is not known",
            round: replicated({ securityProfile: { encryptionAtHost: ref("rg.id") } }),
            waitsFor: '"web": securityProfile.encryptionAtHost',
        },
        {
            name: "an address that is not known",
            round: withAddress(ref("rg.id")),
            waitsFor: '"nic": ipConfigurations[0].publicIPAddress',
        },
    ],
    limits: [
        {
            allowed: {
                name: "Trusted Launch under a Standard policy, through the last API that refuses it (BCDR306)",
                round: backedUp("standard", "2024-10-01"),
            },
            refused: {
                name: "Trusted Launch under a Standard policy, through the first API that takes it",
                round: backedUp("standard", "2025-01-01"),
                on: ["web"],
            },
        },
    ],
});
