import { LISTED_IMAGE, resourceGroup, vm } from "../../harness/azure";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { Stack } from "../../harness/stack";
import { estateOf } from "../../harness/estate-of";

const POLICIES = "/providers/Microsoft.Authorization/policyDefinitions";
const BACKUP_WITH_TAG = `${POLICIES}/345FA903-145c-4fe1-8bcd-93ec2adccde8`;
const BACKUP_WITHOUT_TAG = `${POLICIES}/98d0b9f8-fd90-49c9-88e2-d3baf3b0dd86`;
const NEW_VAULT_WITH_TAG = `${POLICIES}/83644c87-93dd-49fe-bf9f-6aff8fd0834e`;
const BACKUP_IN_REGION = `${POLICIES}/09ce66bc-1220-4153-8104-e3f51c936913`;
const DISKS_WITH_TAG = `${POLICIES}/7b5a3b1d-d2e1-4c0b-9f3b-ad0b9a2283f4`;
const DISKS_WITHOUT_TAG = `${POLICIES}/6e68865f-f3cd-48ec-9bba-54795672eaa4`;
const REPLICATION = `${POLICIES}/ac34a73f-9fa5-4067-9247-a3ecae514468`;

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

function assignment(policyDefinitionId: Content, parameters: Properties = {}, over: Properties = {}): Declaration {
    const given = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }]));
    return {
        type: "azure-native:authorization:PolicyAssignment",
        properties: { scope: `/subscriptions/${SUBSCRIPTION}`, policyDefinitionId, parameters: given, ...over },
    };
}

function classicAssignment(parameters: Properties, over: Properties = {}): Declaration {
    const given = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }]));
    return {
        type: "azure:core/resourceGroupPolicyAssignment:ResourceGroupPolicyAssignment",
        properties: {
            resourceGroupId: ref("rg.id"),
            policyDefinitionId: BACKUP_WITH_TAG,
            parameters: JSON.stringify(given),
            location: "westeurope",
            ...over,
        },
    };
}

const GOLD = { inclusionTagName: "tier", inclusionTagValue: ["gold", "silver"] };

interface Case {
    readonly name: string;
    readonly assignment: Declaration;
    readonly answer: "yes" | "no" | "unknown";
    readonly service?: "backup" | "replication" | "disk backup";
    readonly more?: Program;
}

/** What it turns on nobody knows, but where. */
const INITIATIVE_ELSEWHERE: readonly (readonly [string, Properties, Case["answer"]])[] = [
    ["in the VM's group", { scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/SHOP` }, "unknown"],
    ["in a group that is not known", { scope: ref("rg.id") }, "unknown"],
    ["in a management group", { scope: "/providers/Microsoft.Management/managementGroups/m" }, "unknown"],
    ["in another subscription", { scope: "/subscriptions/99999999-2222-3333-4444-555555555555" }, "no"],
    ["in another group", { scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/other` }, "no"],
    ["which is not enforced", { enforcementMode: "DoNotEnforce" }, "no"],
    ["which leaves the group out", { notScopes: [`/subscriptions/${SUBSCRIPTION}/resourceGroups/shop`] }, "no"],
];

const CASES: readonly Case[] = [
    {
        name: "POL-04: the VM has the tag",
        assignment: assignment(BACKUP_WITH_TAG, { ...GOLD, vaultLocation: "West Europe" }),
        answer: "yes",
    },
    {
        name: "POL-04: another value of the tag",
        assignment: assignment(BACKUP_WITH_TAG, {
            inclusionTagName: "tier",
            inclusionTagValue: ["bronze"],
            vaultLocation: "westeurope",
        }),
        answer: "no",
    },
    {
        name: "POL-04: a vault in another region",
        assignment: assignment(BACKUP_WITH_TAG, { ...GOLD, vaultLocation: "northeurope" }),
        answer: "no",
    },
    {
        name: "POL-04: the tag's name is not known",
        assignment: assignment(BACKUP_WITH_TAG, {
            ...GOLD,
            inclusionTagName: ref("rg.name"),
            vaultLocation: "westeurope",
        }),
        answer: "unknown",
    },
    { name: "POL-05: without a tag to leave out", assignment: assignment(BACKUP_WITHOUT_TAG), answer: "yes" },
    {
        name: "POL-05: the VM carries the tag to leave out",
        assignment: assignment(BACKUP_WITHOUT_TAG, { exclusionTagName: "TIER", exclusionTagValue: ["gold"] }),
        answer: "no",
    },
    {
        name: "POL-08: the disk has the tag",
        assignment: assignment(DISKS_WITH_TAG, {
            inclusionTagName: "tier",
            inclusionTagValues: ["gold"],
            vaultLocation: "westeurope",
        }),
        service: "disk backup",
        answer: "yes",
    },
    {
        name: "POL-09: the disk has the tag to leave out",
        assignment: assignment(DISKS_WITHOUT_TAG, {
            exclusionTagName: "tier",
            exclusionTagValues: ["gold"],
            vaultLocation: "westeurope",
        }),
        service: "disk backup",
        answer: "no",
    },
    { name: "POL-03: without its region", assignment: assignment(BACKUP_IN_REGION), answer: "unknown" },
    {
        name: "POL-01: replication by tag type",
        assignment: assignment(REPLICATION, {
            sourceRegion: "westeurope",
            tagName: "tier",
            tagValue: ["gold"],
            tagType: "Exclusion",
        }),
        service: "replication",
        answer: "no",
    },
    {
        name: "POL-01: replication of all",
        assignment: assignment(REPLICATION, { sourceRegion: "westeurope", tagType: "Exclusion" }),
        service: "replication",
        answer: "yes",
    },
    {
        name: "POL-01: without a tag",
        assignment: assignment(REPLICATION, { sourceRegion: "westeurope", tagType: "Inclusion" }),
        service: "replication",
        answer: "yes",
    },
    { name: "POL-06: without a tag", assignment: assignment(NEW_VAULT_WITH_TAG), answer: "yes" },
    {
        name: "POL-06: a tag without values",
        assignment: assignment(NEW_VAULT_WITH_TAG, { inclusionTagName: "tier" }),
        answer: "yes",
    },
    {
        name: "POL-06: another value",
        assignment: assignment(NEW_VAULT_WITH_TAG, { inclusionTagName: "tier", inclusionTagValue: ["bronze"] }),
        answer: "no",
    },
    {
        name: "POL-06: a name that is not known",
        assignment: assignment(NEW_VAULT_WITH_TAG, { inclusionTagName: ref("rg.name"), inclusionTagValue: ["gold"] }),
        answer: "unknown",
    },
    { name: "another service", assignment: assignment(BACKUP_WITHOUT_TAG), service: "replication", answer: "no" },
    {
        name: "a policy that protects nothing",
        assignment: assignment(`${POLICIES}/013e242c-8828-4970-87b3-ab247555486d`),
        answer: "no",
    },
    {
        name: "DoNotEnforce",
        assignment: assignment(BACKUP_WITHOUT_TAG, {}, { enforcementMode: "DoNotEnforce" }),
        answer: "no",
    },
    {
        name: "an effect that only audits",
        assignment: assignment(BACKUP_WITHOUT_TAG, { effect: "AuditIfNotExists" }),
        answer: "no",
    },
    {
        name: "another subscription",
        assignment: assignment(
            BACKUP_WITHOUT_TAG,
            {},
            { scope: "/subscriptions/99999999-2222-3333-4444-555555555555" },
        ),
        answer: "no",
    },
    {
        name: "its resource group, by a reference",
        assignment: assignment(BACKUP_WITHOUT_TAG, {}, { scope: ref("rg.id") }),
        answer: "yes",
    },
    {
        name: "a group whose name begins like the VM's",
        assignment: assignment(BACKUP_WITHOUT_TAG, {}, { scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/sho` }),
        answer: "no",
    },
    {
        name: "scopes left out that are not known",
        assignment: assignment(BACKUP_WITHOUT_TAG, {}, { notScopes: ref("other.id") }),
        more: { other: resourceGroup("other") },
        answer: "unknown",
    },
    {
        name: "its group left out by notScopes",
        assignment: assignment(
            BACKUP_WITHOUT_TAG,
            {},
            { notScopes: [`/subscriptions/${SUBSCRIPTION}/RESOURCEGROUPS/SHOP/`] },
        ),
        answer: "no",
    },
    {
        name: "a management group",
        assignment: assignment(BACKUP_WITHOUT_TAG, {}, { scope: "/providers/Microsoft.Management/managementGroups/m" }),
        answer: "unknown",
    },
    {
        name: "an initiative from elsewhere",
        assignment: assignment(`/providers/Microsoft.Authorization/policySetDefinitions/x`),
        answer: "unknown",
    },
    ...INITIATIVE_ELSEWHERE.map(([name, over, answer]): Case => ({
        name: `an initiative from elsewhere, ${name}`,
        assignment: assignment("/providers/Microsoft.Authorization/policySetDefinitions/x", {}, over),
        answer,
    })),
    {
        name: "an initiative of this stack, which passes its parameters on",
        assignment: assignment(ref("set.id"), { which: "tier", values: ["gold"] }),
        more: {
            set: {
                type: "azure-native:authorization:PolicySetDefinition",
                properties: {
                    policyDefinitions: [
                        {
                            policyDefinitionId: BACKUP_WITH_TAG,
                            parameters: {
                                inclusionTagName: { value: "[parameters('which')]" },
                                inclusionTagValue: { value: "[parameters('values')]" },
                                vaultLocation: { value: "westeurope" },
                            },
                        },
                    ],
                },
            },
        },
        answer: "yes",
    },
    {
        name: "classic: parameters as a text",
        assignment: classicAssignment({ ...GOLD, vaultLocation: "westeurope" }),
        answer: "yes",
    },
    {
        name: "classic: not enforced",
        assignment: classicAssignment({ ...GOLD, vaultLocation: "westeurope" }, { enforce: false }),
        answer: "no",
    },
    {
        name: "classic: parameters that are no JSON",
        assignment: classicAssignment({}, { parameters: "{" }),
        answer: "unknown",
    },
    {
        name: "classic: parameters that are not known",
        assignment: classicAssignment({}, { parameters: text`{ "x": { "value": "${ref("rg.id")}" } }` }),
        answer: "unknown",
    },
];

test.each(CASES)("$name: $answer", ({ assignment: declared, answer, service = "backup", more = {} }) => {
    const round = new Stack("shop", { subscriptionId: SUBSCRIPTION }).preview({
        rg: resourceGroup("shop"),
        web: vm({ name: "web", image: LISTED_IMAGE, over: { tags: { tier: "gold" }, location: "westeurope" } }),
        ...more,
        assignment: declared,
    });
    const estate = estateOf(round);
    const [web] = estate.vms;
    expect(estate.assignedProtection.of(web!, service).answer).toBe(answer);
});
