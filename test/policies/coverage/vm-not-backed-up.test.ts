import {
    attached,
    backupItem,
    disk,
    diskBackup,
    fromRestorePoint,
    osDiskOf,
    replicatedItem,
    vm,
    resourceGroup,
    NAMED_SURROUNDINGS,
    vault,
} from "../../harness/azure";
import { classicVm, protectedVm } from "../../harness/classic";
import { Hidden, ref, text, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const RG = resourceGroup("shop");
const WEB: Program = { ...NAMED_SURROUNDINGS, web: vm({ name: "web" }) };
const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
const DEFINITIONS = "/providers/Microsoft.Authorization/policyDefinitions";

function tagged(tags: Properties, over: Properties = {}): Program {
    return { ...NAMED_SURROUNDINGS, web: vm({ name: "web", over: { tags, ...over } }) };
}

const TAGGED = tagged({ "bcdr-tier": "backup" });

function assignment(scope: Properties[string], definition: string, over: Properties = {}): Declaration {
    return {
        type: "azure-native:authorization:PolicyAssignment",
        properties: { scope, policyDefinitionId: `${DEFINITIONS}/${definition}`, ...over },
    };
}

/** POL-05: VMs without a given tag. */
const EVERY_VM = "98d0b9f8-fd90-49c9-88e2-d3baf3b0dd86";
/** POL-04: VMs with a given tag, in the region of a vault. */
const TAGGED_VMS = "345fa903-145c-4fe1-8bcd-93ec2adccde8";

const GOLD = { tiers: { gold: ["backup", "replication"], bronze: [] } };

export const cases = policyCases(__filename, {
    policyId: "BCDR401",
    example: TAGGED,
    fixed: { program: { ...TAGGED, webBackup: backupItem(ref("web.id"), "shop;web") } },
    shows: ["web.tags"],
    holds: [
        {
            name: "its item is left out by --target, so that it may be there",
            round: () =>
                new Stack().preview(
                    { ...WEB, item: backupItem(ref("web.id"), "shop;web") },
                    { target: ["rg", "backup", "diskBackup", "recovery", "web"] },
                ),
        },
        { name: "a backup item", round: { ...WEB, item: backupItem(ref("web.id"), "shop;web") } },
        {
            name: "a replicated VM, in a stack whose vaults serve Site Recovery alone",
            round: {
                rg: RG,
                recovery: vault("shop-recovery", { location: "northeurope" }),
                other: vault("shop-failback"),
                web: vm({ name: "web" }),
                item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
            },
        },
        { name: "a classic item", round: { ...WEB, item: protectedVm(ref("web.id")) } },
        {
            name: "a classic VM with a classic item",
            round: {
                ...NAMED_SURROUNDINGS,
                os: disk(),
                web: classicVm("linux", ref("os.id")),
                item: protectedVm(ref("web.id")),
            },
        },
        {
            name: "Disk Backup of one of its disks",
            round: {
                ...NAMED_SURROUNDINGS,
                data: disk(),
                web: vm({ name: "web", dataDisks: [attached(0, ref("data.id"))] }),
                instance: diskBackup(ref("data.id")),
            },
        },
        {
            name: "an undeleted item (createMode Recover)",
            round: { ...WEB, item: backupItem(ref("web.id"), "shop;web", { createMode: "Recover" }) },
        },
        {
            name: "an assignment of Azure Policy on its group",
            round: { ...WEB, assigned: assignment(ref("rg.id"), EVERY_VM) },
        },
        {
            name: "no tag, in a stack without any backup",
            round: { rg: RG, web: vm({ name: "web" }) },
        },
        { name: "a tier that asks for nothing", round: tagged({ "bcdr-tier": "none" }) },
        {
            name: "a configured tier that asks for nothing",
            round: tagged({ "BCDR-Tier": "Bronze" }),
            configuration: config(GOLD),
        },
        {
            name: "a default tier that asks for nothing",
            round: WEB,
            configuration: config({ ...GOLD, defaultTier: "bronze" }),
        },
        { name: "a Spot VM, tagged or not", round: tagged({ "bcdr-tier": "backup" }, { priority: "Spot" }) },
        {
            name: "an ephemeral OS disk",
            round: tagged(
                { "bcdr-tier": "backup" },
                { storageProfile: { osDisk: { createOption: "FromImage", diffDiskSettings: { option: "Local" } } } },
            ),
        },
        {
            name: "a VM of Azure Databricks",
            round: {
                ...NAMED_SURROUNDINGS,
                managed: resourceGroup("databricks-rg-shop-1"),
                web: vm({ group: ref("managed.name") }),
            },
        },
        {
            name: "a VM of Azure Red Hat OpenShift",
            round: tagged(
                {},
                {
                    storageProfile: {
                        imageReference: { publisher: "AzureOpenShift", offer: "aro4", sku: "aro", version: "latest" },
                        osDisk: { createOption: "FromImage" },
                    },
                },
            ),
        },
        {
            name: "a restored VM under another name, which BCDR419 reports",
            round: {
                ...NAMED_SURROUNDINGS,
                restored: disk({ creationData: fromRestorePoint("web"), over: { osType: "Linux" } }),
                copy: vm({ name: "web-restored", osDisk: ref("restored.id") }),
            },
        },
    ],
    violated: [
        { name: "no tag, in a stack with a vault", round: WEB, on: ["web"] },
        {
            name: "in the state",
            round: () => {
                const stack = new Stack();
                stack.up(WEB);
                return stack.state();
            },
            on: ["web"],
        },
        {
            name: "at the preview of an update",
            round: () => {
                const stack = new Stack();
                stack.up(WEB);
                return stack.preview(tagged({ changed: "yes" }));
            },
            on: ["web"],
        },
        {
            name: "a classic VM",
            round: { ...NAMED_SURROUNDINGS, os: disk(), web: classicVm("linux", ref("os.id")) },
            on: ["web"],
        },
        {
            name: "a tier, in a stack without any backup",
            round: { rg: RG, web: vm({ name: "web", over: { tags: { "bcdr-tier": "Gold" } } }) },
            configuration: config(GOLD),
            on: ["web"],
        },
        {
            name: "a tier that the configuration does not know: the default counts",
            round: tagged({ "bcdr-tier": "golf" }),
            configuration: config({ ...GOLD, defaultTier: "gold" }),
            on: ["web"],
        },
        {
            name: "another tag that names the tier",
            round: { rg: RG, web: vm({ name: "web", over: { tags: { recovery: "gold" } } }) },
            configuration: config({ ...GOLD, tierTag: "recovery" }),
            on: ["web"],
        },
        {
            name: "only the files of another VM are backed up",
            round: {
                ...WEB,
                item: backupItem(ref("web.id"), "shop;web", { protectedItemType: "MabFileFolderProtectedItem" }),
            },
            on: ["web"],
        },
        {
            name: "backup is stopped",
            round: { ...WEB, item: backupItem(ref("web.id"), "shop;web", { protectionState: "ProtectionStopped" }) },
            on: ["web"],
        },
        {
            name: "an assignment that only tries",
            round: {
                ...WEB,
                assigned: assignment(ref("rg.id"), EVERY_VM, { enforcementMode: "DoNotEnforce" }),
            },
            on: ["web"],
        },
        {
            name: "an assignment makes a stack one with backup",
            round: () =>
                new Stack("shop", { subscriptionId: SUBSCRIPTION }).up({
                    rg: RG,
                    other: resourceGroup("other"),
                    web: vm({ name: "web" }),
                    assigned: assignment(ref("other.id"), EVERY_VM),
                }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a template that comes out of an apply over the VM",
            round: {
                ...WEB,
                deployment: {
                    type: "azure-native:resources:Deployment",
                    properties: {
                        resourceGroupName: ref("rg.name"),
                        properties: new Hidden({ mode: "Incremental", template: { resources: [], of: ref("web.id") } }),
                    },
                },
            },
            waitsFor: '"web": what "deployment" holds (properties.template)',
        },
        {
            name: "a tag that is not known",
            round: tagged({ "bcdr-tier": ref("rg.id") }),
            waitsFor: '"web": tags.bcdr-tier',
        },
        {
            name: "a priority that is not known",
            round: tagged({ "bcdr-tier": "backup" }, { priority: ref("rg.id") }),
            waitsFor: '"web": priority',
        },
        {
            name: "an item whose VM is not known",
            round: { ...WEB, item: backupItem(text`${ref("backup.id")}`, "unknown") },
            waitsFor: '"item": properties.sourceResourceId',
        },
        {
            name: "an assignment on a management group",
            round: () =>
                new Stack("shop", { subscriptionId: SUBSCRIPTION }).preview({
                    ...WEB,
                    assigned: assignment("/providers/Microsoft.Management/managementGroups/all", EVERY_VM),
                }),
            waitsFor: '"assigned": scope',
        },
    ],
    limits: [
        {
            allowed: {
                name: "an assignment that takes the VM's tag",
                round: () => taggedRound("gold"),
            },
            refused: {
                name: "an assignment that takes another value of the tag",
                round: () => taggedRound("silver"),
                on: ["web"],
            },
        },
    ],
});

function taggedRound(value: string) {
    return new Stack("shop", { subscriptionId: SUBSCRIPTION }).preview({
        ...tagged({ tier: "gold" }),
        assigned: assignment(`/subscriptions/${SUBSCRIPTION}`, TAGGED_VMS, {
            parameters: {
                inclusionTagName: { value: "tier" },
                inclusionTagValue: { value: [value] },
                vaultLocation: { value: "westeurope" },
            },
        }),
    });
}

function config(settings: Readonly<Record<string, unknown>>) {
    return { "shared-settings": settings };
}
