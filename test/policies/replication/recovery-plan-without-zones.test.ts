import { SURROUNDINGS } from "../../harness/azure";
import { embedded } from "../../harness/embedded";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { fabric, OUTSIDE, stateOf, UNKNOWN } from "./programs";

const FABRICS = `${OUTSIDE}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics`;

function plan(primaryFabricId: Content, recoveryFabricId: Content, more: Properties = {}): Program {
    return {
        ...SURROUNDINGS,
        here: fabric("westeurope"),
        there: fabric("northeurope"),
        plan: {
            type: "azure-native:recoveryservices:ReplicationRecoveryPlan",
            properties: {
                resourceGroupName: ref("rg.name"),
                resourceName: ref("recovery.name"),
                recoveryPlanName: "dr",
                properties: { primaryFabricId, recoveryFabricId, groups: [{ groupType: "Boot" }], ...more },
            },
        },
    };
}

function within(...zones: readonly Properties[]): Program {
    const providerSpecificInput = zones.map((each) => ({ instanceType: "A2A", ...each }));
    return plan(ref("here.id"), ref("here.id"), zones.length === 0 ? {} : { providerSpecificInput });
}

function classic(target: "here" | "there", azureToAzureSettings?: Properties): Program {
    return {
        ...SURROUNDINGS,
        here: fabric("westeurope"),
        there: fabric("northeurope"),
        plan: {
            type: "azure:siterecovery/replicationRecoveryPlan:ReplicationRecoveryPlan",
            properties: {
                name: "dr",
                recoveryVaultId: ref("recovery.id"),
                sourceRecoveryFabricId: ref("here.id"),
                targetRecoveryFabricId: ref(`${target}.id`),
                shutdownRecoveryGroup: {},
                failoverRecoveryGroup: {},
                bootRecoveryGroups: [{}],
                ...(azureToAzureSettings === undefined ? {} : { azureToAzureSettings }),
            },
        },
    };
}

const ZONES = { primaryZone: "1", recoveryZone: "2" };

export const cases = policyCases(__filename, {
    policyId: "BCDR234",
    example: within(),
    fixed: { program: within(ZONES) },
    shows: ["plan.properties.primaryFabricId", "plan.properties.recoveryFabricId"],
    holds: [
        { name: "in the exported state", round: stateOf(within(ZONES)) },
        { name: "fabrics of another stack", round: plan(`${FABRICS}/west`, `${FABRICS}/north`) },
        { name: "to Azure from elsewhere", round: plan(`${FABRICS}/vmware`, "Microsoft Azure") },
        { name: "classic", round: classic("here", ZONES) },
        {
            name: "classic, between edge zones",
            round: classic("here", { primaryEdgeZone: "a", recoveryEdgeZone: "b" }),
        },
    ],
    violated: [
        { name: "one fabric of another stack", round: plan(`${FABRICS}/west`, `${FABRICS}/west`), on: ["plan"] },
        { name: "in a template", round: embedded(within(), new Set(["recovery plan"]), "template"), on: ["plan"] },
    ],
    undecided: [
        {
            name: "a zone that is not known",
            round: within({ ...ZONES, recoveryZone: UNKNOWN }),
            waitsFor: '"plan": properties.providerSpecificInput[0].recoveryZone',
        },
        {
            name: "a fabric that is not known",
            round: plan(`${FABRICS}/west`, UNKNOWN),
            waitsFor: '"plan": properties.recoveryFabricId',
        },
    ],
    inPlace: [
        { name: "in the exported state", round: stateOf(within()), on: ["plan"] },
        { name: "classic, in the exported state", round: stateOf(classic("here")), on: ["plan"] },
    ],
    limits: [
        {
            allowed: { name: "both zones", round: within(ZONES) },
            refused: { name: "one of them", round: within({ primaryZone: "1" }), on: ["plan"] },
        },
        {
            allowed: { name: "two zones", round: within(ZONES) },
            refused: {
                name: "one for both sides",
                round: within({ primaryZone: "1", recoveryZone: "1" }),
                on: ["plan"],
            },
        },
        {
            allowed: { name: "between regions", round: plan(ref("here.id"), ref("there.id")) },
            refused: { name: "within one", round: within(), on: ["plan"] },
        },
        {
            allowed: { name: "between regions, classic", round: classic("there") },
            refused: { name: "within one, classic", round: classic("here"), on: ["plan"] },
        },
    ],
});
