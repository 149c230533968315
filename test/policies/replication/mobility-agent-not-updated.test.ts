import { SURROUNDINGS } from "../../harness/azure";
import { embedded } from "../../harness/embedded";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { fabric, OUTSIDE, stateOf, UNKNOWN } from "./programs";

const ACCOUNT = `${OUTSIDE}/providers/Microsoft.Automation/automationAccounts/updates`;
const ON = {
    agentAutoUpdateStatus: "Enabled",
    automationAccountArmId: ACCOUNT,
    automationAccountAuthenticationType: "SystemAssignedIdentity",
};
const CLASSIC_ON = { enabled: true, automationAccountId: ACCOUNT };

function withMapping(providerSpecificInput: Properties | Content | undefined, target?: Content): Program {
    const mapping: Declaration = {
        type: "azure-native:recoveryservices:ReplicationProtectionContainerMapping",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName: ref("here.name"),
            protectionContainerName: "westeurope",
            mappingName: "west-to-north",
            properties: {
                policyId: text`${ref("recovery.id")}/replicationPolicies/24-hours`,
                targetProtectionContainerId:
                    target ??
                    text`${ref("recovery.id")}/replicationFabrics/northeurope/replicationProtectionContainers/north`,
                ...(providerSpecificInput === undefined ? {} : { providerSpecificInput }),
            },
        },
    };
    return { ...SURROUNDINGS, here: fabric("westeurope"), mapping };
}

function updating(over: Properties): Program {
    return withMapping({ instanceType: "A2A", ...over });
}

function classic(automaticUpdate?: Properties): Program {
    const mapping: Declaration = {
        type: "azure:siterecovery/protectionContainerMapping:ProtectionContainerMapping",
        properties: {
            name: "west-to-north",
            resourceGroupName: ref("rg.name"),
            recoveryVaultName: ref("recovery.name"),
            recoveryFabricName: ref("here.name"),
            recoverySourceProtectionContainerName: "westeurope",
            recoveryTargetProtectionContainerId: text`${ref("recovery.id")}/replicationFabrics/northeurope/replicationProtectionContainers/north`,
            recoveryReplicationPolicyId: text`${ref("recovery.id")}/replicationPolicies/24-hours`,
            ...(automaticUpdate === undefined ? {} : { automaticUpdate }),
        },
    };
    return { ...SURROUNDINGS, here: fabric("westeurope"), mapping };
}

const OFF = updating({ agentAutoUpdateStatus: "Disabled" });

export const cases = policyCases(__filename, {
    policyId: "BCDR235",
    example: OFF,
    fixed: { program: updating(ON) },
    shows: ["mapping.properties.providerSpecificInput"],
    holds: [
        { name: "in the exported state", round: stateOf(updating(ON)) },
        { name: "a mapping to Azure from elsewhere", round: withMapping(undefined, "Microsoft Azure") },
        { name: "another kind of replication", round: withMapping({ instanceType: "InMage" }) },
        { name: "an account that is not known", round: updating({ ...ON, automationAccountArmId: UNKNOWN }) },
    ],
    violated: [
        { name: "no setting", round: updating({}), on: ["mapping"] },
        {
            name: "no provider input",
            round: withMapping(
                undefined,
                `${OUTSIDE}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f/replicationProtectionContainers/c`,
            ),
            on: ["mapping"],
        },
        { name: "in the exported state", round: stateOf(OFF), on: ["mapping"] },
        {
            name: "in a template",
            round: embedded(OFF, new Set(["protection container mapping"]), "template"),
            on: ["mapping"],
        },
        { name: "classic, without updates", round: classic(), on: ["mapping"] },
        { name: "classic, in the exported state", round: stateOf(classic({ enabled: false })), on: ["mapping"] },
    ],
    undecided: [
        {
            name: "a setting that is not known",
            round: updating({ ...ON, agentAutoUpdateStatus: UNKNOWN }),
            waitsFor: '"mapping": properties.providerSpecificInput.agentAutoUpdateStatus',
        },
        {
            name: "an authentication that is not known",
            round: updating({ ...ON, automationAccountAuthenticationType: UNKNOWN }),
            waitsFor: '"mapping": properties.providerSpecificInput.automationAccountAuthenticationType',
        },
        {
            name: "classic",
            round: classic({ ...CLASSIC_ON, enabled: UNKNOWN }),
            waitsFor: '"mapping": automaticUpdate.enabled',
        },
    ],
    limits: [
        {
            allowed: { name: "on", round: updating(ON) },
            refused: { name: "off", round: updating({ ...ON, agentAutoUpdateStatus: "Disabled" }), on: ["mapping"] },
        },
        {
            allowed: { name: "with an account", round: updating(ON) },
            refused: {
                name: "without one",
                round: updating({ agentAutoUpdateStatus: "Enabled" }),
                on: ["mapping"],
            },
        },
        {
            allowed: { name: "with the system-assigned identity", round: updating(ON) },
            refused: {
                name: "with the default, a Run As account",
                round: updating({ agentAutoUpdateStatus: "Enabled", automationAccountArmId: ACCOUNT }),
                on: ["mapping"],
            },
        },
        {
            allowed: { name: "classic, with its default identity", round: classic(CLASSIC_ON) },
            refused: {
                name: "classic, with a Run As account",
                round: classic({ ...CLASSIC_ON, authenticationType: "RunAsAccount" }),
                on: ["mapping"],
            },
        },
    ],
});
