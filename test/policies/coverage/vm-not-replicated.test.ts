import {
    disk,
    fromRestorePoint,
    vm,
    osDiskOf,
    replicatedItem,
    replicationIntent,
    NAMED_SURROUNDINGS,
} from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";
import { answered } from "../answers";

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
const MUST_BE_REPLICATED: Properties = { "bcdr-tier": "replication" };
const WEB: Program = { ...NAMED_SURROUNDINGS, web: vm({ name: "web", over: { tags: MUST_BE_REPLICATED } }) };
const REPLICATED: Program = { ...WEB, item: replicatedItem(ref("web.id"), [osDiskOf("web")]) };
const BY_INTENT: Program = { ...WEB, intent: replicationIntent(ref("web.id"), [osDiskOf("web")]) };
const INTENT_IN_TEMPLATE: Declaration = {
    type: "azure-native:resources:Deployment",
    properties: {
        resourceGroupName: ref("rg.name"),
        properties: {
            mode: "Incremental",
            parameters: { vm: { value: ref("web.id") } },
            template: {
                resources: [
                    {
                        type: "Microsoft.RecoveryServices/vaults/replicationProtectionIntents",
                        apiVersion: "2025-08-01",
                        name: "shop-recovery/web",
                        properties: {
                            providerSpecificDetails: { instanceType: "A2A", fabricObjectId: "[parameters('vm')]" },
                        },
                    },
                ],
            },
        },
    },
};
const CLASSIC: Program = { ...NAMED_SURROUNDINGS, os: classicDisk(), web: withTags(classicVm("linux", ref("os.id"))) };

function withTags(declaration: Declaration): Declaration {
    return { ...declaration, properties: { ...declaration.properties, tags: MUST_BE_REPLICATED } };
}

/** POL-01, for VMs of westeurope. */
function assigned(region: string): Declaration {
    return {
        type: "azure-native:authorization:PolicyAssignment",
        properties: {
            scope: `/subscriptions/${SUBSCRIPTION}`,
            policyDefinitionId:
                "/providers/Microsoft.Authorization/policyDefinitions/ac34a73f-9fa5-4067-9247-a3ecae514468",
            parameters: { sourceRegion: { value: region } },
        },
    };
}

function withAssignment(region: string): SentRound {
    return new Stack("shop", { subscriptionId: SUBSCRIPTION }).preview({ ...WEB, assigned: assigned(region) });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR402",
    example: WEB,
    fixed: { program: REPLICATED },
    shows: ["web.tags"],
    holds: [
        { name: "a replicated item", round: REPLICATED },
        {
            name: "a classic VM and item",
            round: { ...CLASSIC, item: replicatedVm(ref("web.id"), [ref("os.id")]) },
        },
        { name: "a replication intent", round: { ...WEB, intent: replicationIntent(ref("web.id")) } },
        { name: "a replication intent, in the state", round: () => new Stack().up(BY_INTENT) },
        { name: "a replication intent in a template", round: { ...WEB, dr: INTENT_IN_TEMPLATE } },
        { name: "no tag", round: { ...NAMED_SURROUNDINGS, web: vm({ name: "web" }) } },
        {
            name: "a tier that asks for backup alone",
            round: { ...NAMED_SURROUNDINGS, web: vm({ name: "web", over: { tags: { "bcdr-tier": "backup" } } }) },
        },
        {
            name: "a Spot VM",
            round: {
                ...NAMED_SURROUNDINGS,
                web: vm({ name: "web", over: { tags: MUST_BE_REPLICATED, priority: "Spot" } }),
            },
        },
        {
            name: "failed over, which BCDR416 reports",
            round: () => answered(REPLICATED, "item", { activeLocation: "Recovery" }),
        },
        {
            name: "a restored copy beside its replicated original, which BCDR420 reports",
            round: {
                ...REPLICATED,
                restored: disk({ creationData: fromRestorePoint("web"), over: { osType: "Linux" } }),
                copy: vm({ osDisk: ref("restored.id"), over: { tags: MUST_BE_REPLICATED } }),
            },
        },
        {
            name: "left out by --target, so that it may be there",
            round: () => new Stack().preview(REPLICATED, { target: ["rg", "backup", "diskBackup", "recovery", "web"] }),
        },
    ],
    violated: [
        { name: "in the state", round: () => new Stack().up(WEB), on: ["web"] },
        { name: "a classic VM", round: CLASSIC, on: ["web"] },
        {
            name: "a default tier that asks for it",
            round: { ...NAMED_SURROUNDINGS, web: vm({ name: "web" }) },
            configuration: { "shared-settings": { tiers: { all: ["replication"] }, defaultTier: "ALL" } },
            on: ["web"],
        },
        {
            name: "only another VM is replicated",
            round: { ...REPLICATED, db: vm({ name: "db", over: { tags: MUST_BE_REPLICATED } }) },
            on: ["db"],
        },
        {
            name: "a replication intent for another VM",
            round: { ...BY_INTENT, db: vm({ name: "db", over: { tags: MUST_BE_REPLICATED } }) },
            on: ["db"],
        },
    ],
    undecided: [
        {
            name: "a replication intent whose VM is not known",
            round: { ...WEB, intent: replicationIntent(ref("rg.id")) },
            waitsFor: '"intent": properties.providerSpecificDetails.fabricObjectId',
        },
        {
            name: "a tag that is not known",
            round: { ...NAMED_SURROUNDINGS, web: vm({ name: "web", over: { tags: { "bcdr-tier": ref("rg.id") } } }) },
            waitsFor: '"web": tags.bcdr-tier',
        },
        {
            name: "an item whose VM is not known",
            round: { ...WEB, item: replicatedItem(ref("rg.id"), [ref("rg.id")]) },
            waitsFor: '"item": properties.providerSpecificDetails.fabricObjectId',
        },
    ],
    limits: [
        {
            allowed: { name: "an assignment for the VM's region", round: () => withAssignment("West Europe") },
            refused: {
                name: "an assignment for another region",
                round: () => withAssignment("North Europe"),
                on: ["web"],
            },
        },
    ],
});
