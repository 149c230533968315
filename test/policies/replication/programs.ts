import { attached, disk, vm, osDiskOf, replicatedItem, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { Stack, type SentRound } from "../../harness/stack";

/** Programs with a replicated VM, in either provider's words. */

/** A value that no first preview knows. */
export const UNKNOWN = ref("rg.id");

export const OUTSIDE = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub";
/** The ID of a protection cluster of another stack. */
export const OTHER_CLUSTER =
    `${OUTSIDE}/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f` +
    "/replicationProtectionContainers/c/replicationProtectionClusters/sql";

/** What an excerpt shows of the item: that it replicates the VM. */
export const REPLICATED_WEB = ["item.properties.providerSpecificDetails.fabricObjectId"];

/** The same of its first data disk, and which disk that is. */
export const REPLICATED_DATA = [
    ...REPLICATED_WEB,
    "item.properties.providerSpecificDetails.vmManagedDisks.1.diskId",
    "web.storageProfile.dataDisks.0.managedDisk",
];

/** What an excerpt shows of an item with a cache. */
export const CACHE_OF_WEB = [
    ...REPLICATED_WEB,
    "item.properties.providerSpecificDetails.vmManagedDisks.0.primaryStagingAzureStorageAccountId",
];

/** Between which regions it replicates. */
export const BETWEEN = [
    "here.properties.customDetails.location",
    "item.fabricName",
    "item.properties.providerSpecificDetails.recoveryContainerId",
];

export interface Options {
    readonly osDisk?: Properties;
    readonly dataDisks?: readonly Properties[];
    /** Properties of the VM. */
    readonly vm?: Properties;
    /** What the item lists; the OS disk alone where this is left out. */
    readonly disks?: readonly Content[];
    /** Goes into the item's `providerSpecificDetails`. */
    readonly details?: Properties;
    readonly fabricName?: Content;
    readonly more?: Program;
    readonly name?: string;
}

export function native({
    osDisk = {},
    dataDisks = [],
    vm: over = {},
    disks = [osDiskOf("web")],
    details = {},
    fabricName = "westeurope",
    more = {},
    name = "web",
}: Options = {}): Program {
    const item = replicatedItem(ref("web.id"), disks, details);
    return {
        ...SURROUNDINGS,
        ...more,
        web: vm({
            name,
            over: { storageProfile: { osDisk: { createOption: "FromImage", ...osDisk }, dataDisks }, ...over },
        }),
        item: { ...item, properties: { ...item.properties, fabricName } },
    };
}

/** The same without an item. */
export function unreplicated(options: Options): Program {
    const { item: _, ...rest } = native(options);
    return rest;
}

/** With a data disk of its own, which the item lists, or leaves out. */
export function nativeWithDisk(
    over: Properties,
    {
        listed = true,
        place = {},
        ...options
    }: Options & { readonly listed?: boolean; readonly place?: Properties } = {},
): Program {
    return native({
        dataDisks: [attached(0, ref("data.id"), place)],
        disks: listed ? [osDiskOf("web"), ref("data.id")] : [`${OUTSIDE}/providers/Microsoft.Compute/disks/web-os`],
        ...options,
        more: { data: disk({ name: "data", over }), ...options.more },
    });
}

export interface ClassicOptions {
    readonly osDisk?: Properties;
    readonly vm?: Properties;
    readonly data?: Properties;
    readonly place?: Properties;
    readonly item?: Properties;
    readonly listed?: boolean;
    readonly more?: Program;
}

export function classic({
    osDisk = {},
    vm: over = {},
    data = {},
    place = {},
    item = {},
    listed = true,
    more = {},
}: ClassicOptions = {}): Program {
    const web = classicVm("linux", ref("os.id"));
    const attachment = diskAttachment(ref("web.id"), 0, ref("data.id"));
    const replicated = replicatedVm(ref("web.id"), listed ? [ref("os.id"), ref("data.id")] : [ref("os.id")]);
    return {
        ...SURROUNDINGS,
        ...more,
        os: classicDisk({ createOption: "Copy", diskSizeGb: 64, ...osDisk }),
        data: classicDisk({ createOption: "Empty", diskSizeGb: 128, osType: null, ...data }),
        web: { ...web, properties: { ...web.properties, ...over } },
        place: { ...attachment, properties: { ...attachment.properties, ...place } },
        item: { ...replicated, properties: { ...replicated.properties, ...item } },
    };
}

export function fabric(location: Content): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationFabric",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            properties: { customDetails: { instanceType: "Azure", location } },
        },
    };
}

function containerIn(name: string): Properties {
    return { recoveryContainerId: text`${ref(`${name}.id`)}/replicationProtectionContainers/other-side` };
}

/** Options that let an item replicate to another region, to another zone, or to a region that is not known yet. */
export const TO_REGION: Options = {
    more: { here: fabric("westeurope"), there: fabric("northeurope") },
    details: containerIn("there"),
    fabricName: ref("here.name"),
};
export const TO_ZONE: Options = {
    more: { here: fabric("westeurope") },
    details: containerIn("here"),
    fabricName: ref("here.name"),
};
export const TO_UNKNOWN: Options = {
    more: { here: fabric("westeurope"), there: fabric(UNKNOWN) },
    details: containerIn("there"),
    fabricName: ref("here.name"),
};

export function classicTo(name: "here" | "there"): ClassicOptions {
    return {
        more: { here: fabric("westeurope"), there: fabric("northeurope") },
        item: { targetRecoveryFabricId: ref(`${name}.id`), sourceRecoveryFabricName: ref("here.name") },
    };
}

export function group(location: string): Declaration {
    return resourceGroup(undefined, location);
}

export function stateOf(program: Program): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(program);
        return stack.state();
    };
}

/** The preview of a change to a program that was applied. */
export function changed(from: Program, to: Program): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(from);
        return stack.preview(to);
    };
}

/** A storage account; `cache` in the programs below. */
export function cache(over: Properties = {}, groupName = "rg"): Declaration {
    return {
        type: "azure-native:storage:StorageAccount",
        properties: {
            resourceGroupName: ref(`${groupName}.name`),
            accountName: "cache",
            kind: "StorageV2",
            sku: { name: "Standard_LRS" },
            ...over,
        },
    };
}

/** An item that puts the changes of its disks into the account `cache`. */
export function withCache(more: Program, vmId: Content = ref("web.id")): Program {
    const program = native({ more });
    const listed = { diskId: osDiskOf("web"), recoveryResourceGroupId: `${OUTSIDE}-recovery` };
    const vmManagedDisks = [{ ...listed, primaryStagingAzureStorageAccountId: ref("cache.id") }];
    return { ...program, item: replicatedItem(vmId, undefined, { vmManagedDisks }) };
}

export function classicWithCache(over: Properties): Program {
    const account: Declaration = {
        type: "azure:storage/account:Account",
        properties: {
            name: "cache",
            resourceGroupName: ref("rg.name"),
            location: "westeurope",
            accountTier: "Standard",
            accountReplicationType: "LRS",
            ...over,
        },
    };
    const disk = {
        diskId: ref("os.id"),
        stagingStorageAccountId: ref("cache.id"),
        targetResourceGroupId: `${OUTSIDE}-recovery`,
        targetDiskType: "Premium_LRS",
        targetReplicaDiskType: "Premium_LRS",
    };
    return classic({ more: { cache: account }, item: { managedDisks: [disk] } });
}
