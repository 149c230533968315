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
    LISTED_IMAGE,
    NAMED_SURROUNDINGS,
    vault,
} from "../../harness/azure";
import { classicVm, legacyVm, protectedVm } from "../../harness/classic";
import {
    Hidden,
    ref,
    text,
    type Content,
    type Declaration,
    type Program,
    type Properties,
} from "../../harness/program";
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

/** An image of a gallery. */
const OWN_IMAGE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Compute/galleries/hub/images/rhel`;

/** A VM in a group to which a policy is assigned that backs up VMs of listed images. */
function assigned(web: Declaration, more: Program = {}): Program {
    return { ...NAMED_SURROUNDINGS, ...more, web, assigned: assignment(ref("rg.id"), EVERY_VM) };
}

function madeFrom(image: Content): Program {
    return assigned(vm({ name: "web", image }));
}

function classicFrom(image: Properties): Program {
    return assigned(withProperties(classicVm("linux", null), image));
}

function legacyFrom(storageImageReference: Properties): Program {
    const storageOsDisk = { name: "web-os", createOption: "FromImage" };
    return assigned(withProperties(legacyVm(null), { storageImageReference, storageOsDisk }));
}

function withProperties(declared: Declaration, over: Properties): Declaration {
    return { ...declared, properties: { ...declared.properties, ...over } };
}

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
            round: madeFrom(LISTED_IMAGE),
        },
        {
            name: "the assignment in the state",
            round: () => new Stack().up(madeFrom(LISTED_IMAGE)),
        },
        {
            name: "an assignment that takes the image of a classic VM",
            round: classicFrom({ sourceImageReference: LISTED_IMAGE }),
        },
        {
            name: "an assignment that takes the image of a VM in the old form",
            round: legacyFrom(LISTED_IMAGE),
        },
        {
            name: "an assignment that skips its image, and a backup item",
            round: { ...madeFrom({ id: OWN_IMAGE }), item: backupItem(ref("web.id"), "shop;web") },
        },
        {
            name: "an assignment that skips the image of a VM that needs no backup",
            round: assigned(vm({ name: "web", image: { id: OWN_IMAGE }, over: { priority: "Spot" } })),
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
            name: "an assignment that skips an image of a gallery",
            round: madeFrom({ id: OWN_IMAGE }),
            on: ["web"],
        },
        {
            name: "an assignment that skips an image of a gallery whose ID is not known",
            round: madeFrom({ id: ref("rg.id") }),
            on: ["web"],
        },
        {
            name: "an assignment that skips an image of a shared gallery",
            round: madeFrom({ sharedGalleryImageId: "/SharedGalleries/hub/Images/rhel/Versions/latest" }),
            on: ["web"],
        },
        {
            name: "an assignment that skips a VM that boots from an attached disk",
            round: assigned(vm({ name: "web", osDisk: ref("os.id") }), { os: disk() }),
            on: ["web"],
        },
        {
            name: "an assignment that skips a VM that boots from an attached disk, in the state",
            round: () => new Stack().up(assigned(vm({ name: "web", osDisk: ref("os.id") }), { os: disk() })),
            on: ["web"],
        },
        {
            name: "two assignments that skip an unlisted image, whatever their scope holds",
            round: () =>
                new Stack("shop", { subscriptionId: SUBSCRIPTION }).preview({
                    ...madeFrom({ publisher: "Debian", offer: "debian-12", sku: "12-gen2", version: "latest" }),
                    assigned: assignment("/providers/Microsoft.Management/managementGroups/all", EVERY_VM),
                    regional: assignment("/providers/Microsoft.Management/managementGroups/all", TAGGED_VMS),
                }),
            on: ["web"],
        },
        {
            name: "an assignment that skips an image of a classic VM that has an ID",
            round: classicFrom({ sourceImageId: OWN_IMAGE }),
            on: ["web"],
        },
        {
            name: "an assignment that skips a classic VM that boots from an attached disk",
            round: assigned(classicVm("windows", ref("os.id")), { os: disk() }),
            on: ["web"],
        },
        {
            name: "an assignment that skips a VM in the old form that boots from an attached disk",
            round: assigned(legacyVm(ref("os.id")), { os: disk() }),
            on: ["web"],
        },
        {
            name: "an assignment that skips the image of a VM in the old form",
            round: legacyFrom({ id: OWN_IMAGE }),
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
                    ...madeFrom(LISTED_IMAGE),
                    assigned: assignment("/providers/Microsoft.Management/managementGroups/all", EVERY_VM),
                }),
            waitsFor: '"assigned": scope',
        },
        {
            name: "an assignment by images, and an image that is not known",
            round: madeFrom(new Hidden(LISTED_IMAGE)),
            waitsFor: '"web": storageProfile.imageReference',
        },
        {
            name: "an assignment by images, and a SKU that is not known",
            round: madeFrom({ ...LISTED_IMAGE, sku: ref("rg.id") }),
            waitsFor: '"web": storageProfile.imageReference.sku',
        },
        {
            name: "an assignment by images, and no image that the program names",
            round: assigned(vm({ name: "web" })),
            waitsFor: '"web": storageProfile.imageReference',
        },
        {
            name: "an assignment by images, without an image, and a disk that may be attached",
            round: assigned(vm({ name: "web", over: { storageProfile: { osDisk: { createOption: ref("rg.id") } } } })),
            waitsFor: '"web": storageProfile.osDisk.createOption',
        },
        {
            name: "an assignment by images, and an offer of a classic VM that is not known",
            round: classicFrom({ sourceImageReference: { ...LISTED_IMAGE, offer: ref("rg.id") } }),
            waitsFor: '"web": sourceImageReference.offer',
        },
    ],
    limits: [
        {
            allowed: { name: "the newest listed RHEL", round: madeFrom({ ...LISTED_IMAGE, sku: "8_10" }) },
            refused: {
                name: "the oldest RHEL that is not listed",
                round: madeFrom({ ...LISTED_IMAGE, sku: "9_0" }),
                on: ["web"],
            },
        },
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
        ...NAMED_SURROUNDINGS,
        web: vm({ name: "web", image: LISTED_IMAGE, over: { tags: { tier: "gold" } } }),
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
