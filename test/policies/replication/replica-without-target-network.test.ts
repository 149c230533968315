import { replicatedItem, osDiskOf } from "../../harness/azure";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { answered } from "../answers";
import {
    BETWEEN,
    classic,
    classicTo,
    native,
    OUTSIDE,
    REPLICATED_WEB,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
    UNKNOWN,
} from "./programs";

const NETWORKS = `${OUTSIDE}/providers/Microsoft.Network/virtualNetworks`;

function into(recoveryAzureNetworkId: Content): Program {
    return native({ ...TO_REGION, details: { ...TO_REGION.details, recoveryAzureNetworkId } });
}

function mapping(fabricName: Content): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationNetworkMapping",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            fabricName,
            networkName: "west",
            networkMappingName: "west-to-north",
            properties: {
                recoveryFabricName: ref("there.name"),
                recoveryNetworkId: `${NETWORKS}/north`,
                fabricSpecificDetails: { instanceType: "AzureToAzure", primaryNetworkId: `${NETWORKS}/west` },
            },
        },
    };
}

function mapped(fabricName: Content): Program {
    return { ...native(TO_REGION), mapping: mapping(fabricName) };
}

function classicInto(targetNetworkId?: Content): Program {
    const options = classicTo("there");
    return classic({
        ...options,
        item: { ...options.item, ...(targetNetworkId === undefined ? {} : { targetNetworkId }) },
    });
}

const CLASSIC_MAPPING: Program = {
    mapping: {
        type: "azure:siterecovery/networkMapping:NetworkMapping",
        properties: {
            name: "west-to-north",
            resourceGroupName: ref("rg.name"),
            recoveryVaultName: ref("recovery.name"),
            sourceRecoveryFabricName: ref("here.name"),
            targetRecoveryFabricName: ref("there.name"),
            sourceNetworkId: `${NETWORKS}/west`,
            targetNetworkId: `${NETWORKS}/north`,
        },
    },
};

const WITHOUT = native(TO_REGION);
const ELSEWHERE = replicatedItem(ref("web.id"), [osDiskOf("web")], TO_REGION.details);

export const cases = policyCases(__filename, {
    policyId: "BCDR237",
    example: WITHOUT,
    fixed: { program: into(`${NETWORKS}/north`) },
    shows: [...REPLICATED_WEB, ...BETWEEN],
    holds: [
        { name: "between zones", round: native(TO_ZONE) },
        { name: "the other side lies in another stack", round: native() },
        {
            name: "a vault of another stack",
            round: {
                ...WITHOUT,
                item: { ...ELSEWHERE, properties: { ...ELSEWHERE.properties, resourceName: "elsewhere" } },
            },
        },
        { name: "a network that is not known", round: into(UNKNOWN) },
        { name: "in the exported state", round: stateOf(into(`${NETWORKS}/north`)) },
        {
            name: "a network that Azure has chosen",
            round: () => answered(WITHOUT, "item", {}, { selectedRecoveryAzureNetworkId: `${NETWORKS}/north` }),
        },
        { name: "classic", round: classicInto(`${NETWORKS}/north`) },
        { name: "classic, with a mapping", round: { ...classicInto(), ...CLASSIC_MAPPING } },
    ],
    violated: [
        { name: "in the exported state", round: stateOf(WITHOUT), on: ["item"] },
        { name: "classic, without any", round: classicInto(), on: ["item"] },
    ],
    undecided: [
        {
            name: "the region of the other side is not known",
            round: native(TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
        { name: "a mapping of a side that is not known", round: mapped(UNKNOWN), waitsFor: '"mapping": fabricName' },
    ],
    limits: [
        {
            allowed: { name: "with a network", round: into(`${NETWORKS}/north`) },
            refused: { name: "without one", round: WITHOUT, on: ["item"] },
        },
        {
            allowed: { name: "with a mapping of its side", round: mapped(ref("here.name")) },
            refused: { name: "with one of the other side", round: mapped(ref("there.name")), on: ["item"] },
        },
    ],
});
