/**
 * What the classic provider shows once a resource exists: the plan, with what Azure adds by itself in the places that
 * were unknown. Modelled as far as a reader or a policy looks.
 *
 * azurerm ends a deployment with a read that sets nearly everything, so what nobody set reads as "", 0 or false rather
 * than as null (pulumi-azure, provider/testdata/recorded: compute_datadiskattachment).
 */
import { createHash, randomUUID } from "node:crypto";
import { markDisks, OFFLINE_TENANT } from "./azure-native-responses";
import { isEmpty } from "./azure-plan";
import type { ClassicRow } from "./azure-resources";
import type { ClassicObject, ClassicTypes } from "./azure-sdk-types";
import { cloudKey, groupOf, lastSegment, withoutResource, withResource, type Cloud } from "./cloud";
import type { Shape } from "./sdk-types";
import { isArray, isMap, isUnknown, listAt, mapAt, textAt, valueAt, type KnownValue, type ValueMap } from "./values";

interface Request {
    /** The full token. */
    readonly type: string;
    readonly object: ClassicObject;
    readonly row: ClassicRow;
    readonly types: ClassicTypes;
    readonly id: string;
    readonly planned: ValueMap;
    readonly cloud: Cloud;
    /** In ISO form. */
    readonly now: string;
}

interface Answer {
    readonly outputs: ValueMap;
    /** What happens to other resources. */
    readonly others?: (cloud: Cloud) => Cloud;
}

export function classicAnswer(request: Request): Answer {
    const added = ADDITIONS[request.type]?.(request) ?? {};
    const filled = overlay(request.planned, added);
    const nulls = (request.row.nullWhenUnset ?? []).filter((name) => isUnset(filled[name]));
    const outputs = {
        ...settle(request.object, filled, request),
        ...Object.fromEntries(nulls.map((name) => [name, null])),
        id: request.id,
    };
    const others = EFFECTS[request.type];
    return others === undefined ? { outputs } : { outputs, others: (cloud) => others({ ...request, outputs }, cloud) };
}

/** Additions fill what is open and never change what the program has set. */
function overlay(planned: ValueMap, added: ValueMap): ValueMap {
    const result: Record<string, KnownValue> = { ...planned };
    for (const [name, value] of Object.entries(added)) {
        result[name] = overlayValue(planned[name], value);
    }
    return result;
}

function overlayValue(planned: KnownValue | undefined, added: KnownValue): KnownValue {
    if (isMap(planned) && isMap(added)) {
        return overlay(planned, added);
    }
    if (isArray(planned) && isArray(added) && planned.length > 0) {
        return planned.map((item, index) => {
            const addition = added[index];
            return addition === undefined ? item : overlayValue(item, addition);
        });
    }
    return planned === "" || isUnset(planned) ? added : (planned ?? added);
}

function isUnset(value: KnownValue | undefined): boolean {
    return value === undefined || value === null || isUnknown(value);
}

function settle(object: ClassicObject, planned: ValueMap, request: Request): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const [name, property] of Object.entries(object)) {
        result[name] = settled(name, property.shape, planned[name] ?? null, planned, request);
    }
    return result;
}

function settled(name: string, shape: Shape, value: KnownValue, siblings: ValueMap, request: Request): KnownValue {
    if (isUnset(value)) {
        const known = COMMON_ANSWERS[name]?.(siblings);
        return known ?? (value !== null && typeof shape === "object" ? emptyOf(shape) : zeroOf(shape));
    }
    if (typeof shape !== "object") {
        return value;
    }
    if ("array" in shape) {
        return isArray(value) ? value.map((item) => settled(name, shape.array, item, siblings, request)) : value;
    }
    const type = "ref" in shape ? request.types[shape.ref] : undefined;
    return type !== undefined && isMap(value) ? settle(type, value, request) : value;
}

function zeroOf(shape: Shape): KnownValue {
    switch (shape) {
        case "string":
            return "";
        case "number":
            return 0;
        case "boolean":
            return false;
        default:
            return null;
    }
}

function emptyOf(shape: Shape): KnownValue {
    return typeof shape === "object" && "array" in shape ? [] : typeof shape === "object" && "map" in shape ? {} : null;
}

/** Computed properties that have the same meaning wherever they are. */
const COMMON_ANSWERS: Readonly<Record<string, (siblings: ValueMap) => KnownValue | undefined>> = {
    principalId: (siblings) => (isSystemIdentity(siblings) ? randomUUID() : undefined),
    tenantId: (siblings) => (isSystemIdentity(siblings) ? OFFLINE_TENANT : undefined),
    uniqueId: () => randomUUID(),
};

function isSystemIdentity(block: ValueMap): boolean {
    return textAt(block, "type")?.includes("SystemAssigned") === true;
}

// ---- What Azure adds ------------------------------------------------------------------------------------------------

type Addition = (request: Request) => ValueMap;

const LINUX = "azure:compute/linuxVirtualMachine:LinuxVirtualMachine";
const WINDOWS = "azure:compute/windowsVirtualMachine:WindowsVirtualMachine";
const LEGACY_VM = "azure:compute/virtualMachine:VirtualMachine";
const REPLICATED = "azure:siterecovery/replicatedVM:ReplicatedVM";
const ATTACHMENT = "azure:compute/dataDiskAttachment:DataDiskAttachment";
const IMPLICIT_DATA_DISK = "azure:compute/implicitDataDiskFromSource:ImplicitDataDiskFromSource";

const ADDITIONS: Readonly<Record<string, Addition>> = {
    [LINUX]: (request) => ({ ...vm(request, 30), patchMode: "ImageDefault" }),
    [WINDOWS]: (request) => ({ ...vm(request, 127), patchMode: "AutomaticByOS" }),
    [LEGACY_VM]: legacyVm,
    "azure:compute/managedDisk:ManagedDisk": ({ planned, cloud }) => ({
        diskSizeGb: sizeOfSource(planned, cloud) ?? 32,
        diskIopsReadWrite: 500,
        diskMbpsReadWrite: 60,
    }),
    "azure:compute/snapshot:Snapshot": ({ planned, cloud }) => ({ diskSizeGb: sizeOfSource(planned, cloud) ?? 32 }),
    "azure:network/networkInterface:NetworkInterface": () => ({
        privateIpAddress: "10.0.0.4",
        privateIpAddresses: ["10.0.0.4"],
        internalDomainNameSuffix: "offline.internal.cloudapp.net",
        ipConfigurations: [{ primary: true, privateIpAddress: "10.0.0.4" }],
    }),
    "azure:network/virtualNetwork:VirtualNetwork": () => ({ guid: randomUUID() }),
    "azure:storage/account:Account": ({ id }) => ({
        primaryBlobEndpoint: `https://${lastSegment(id)}.blob.core.windows.net/`,
    }),
    "azure:keyvault/keyVault:KeyVault": ({ id }) => ({ vaultUri: `https://${lastSegment(id)}.vault.azure.net/` }),
    "azure:recoveryservices/vault:Vault": () => ({ immutability: "Disabled" }),
    "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment": () => ({
        outputContent: "{}",
        parametersContent: "{}",
    }),
    // An item begins as IRPending and becomes Protected with its first backup, which is taken to have happened.
    "azure:backup/protectedVM:ProtectedVM": () => ({ protectionState: "Protected" }),
    "azure:backup/policyVM:PolicyVM": ({ planned }) => ({
        instantRestoreRetentionDays: textAt(planned, "policyType") === "V2" ? 7 : 2,
    }),
    [REPLICATED]: replicatedVm,
    "azure:dataprotection/backupInstanceDisk:BackupInstanceDisk": ({ planned }) => ({
        protectionState: "ProtectionConfigured",
        snapshotSubscriptionId: subscriptionOf(textAt(planned, "diskId") ?? textAt(planned, "vaultId") ?? ""),
    }),
    "azure:dataprotection/backupInstanceBlogStorage:BackupInstanceBlogStorage": () => ({
        protectionState: "ProtectionConfigured",
    }),
};

function subscriptionOf(id: string): string {
    return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? "";
}

/** Thirty-two hexadecimal digits, as in the names that Azure gives to disks; the same for the same VM. */
function digitsOf(id: string): string {
    return createHash("sha256").update(cloudKey(id)).digest("hex").slice(0, 32);
}

function diskId(vmId: string, name: string): string {
    return `${groupOf(vmId)}/providers/Microsoft.Compute/disks/${name}`;
}

/** Linux- and WindowsVirtualMachine: `osManagedDiskId` and `osDisk.id` are one value (azurerm, os_managed_disk_id). */
function vm({ id, planned }: Request, imageSize: number): ValueMap {
    const name = lastSegment(id);
    const given = textAt(planned, "osManagedDiskId") || undefined;
    const diskName =
        given === undefined
            ? textAt(planned, "osDisk", "name") || `${name}_OsDisk_1_${digitsOf(id)}`
            : lastSegment(given);
    const osDiskId = given ?? diskId(id, diskName);
    return {
        virtualMachineId: randomUUID(),
        osManagedDiskId: osDiskId,
        osDisk: { id: osDiskId, name: diskName, diskSizeGb: imageSize, storageAccountType: "Premium_LRS" },
        computerName: name,
        diskControllerType: "SCSI",
        allowExtensionOperations: true,
        disablePasswordAuthentication: true,
        provisionVmAgent: true,
        patchAssessmentMode: "ImageDefault",
        privateIpAddress: "10.0.0.4",
        privateIpAddresses: ["10.0.0.4"],
    };
}

function legacyVm({ id, planned }: Request): ValueMap {
    const osName = textAt(planned, "storageOsDisk", "name") ?? "";
    const managed = isEmpty(valueAt(planned, "storageOsDisk", "vhdUri"));
    return {
        storageOsDisk: {
            ...(managed ? { managedDiskId: diskId(id, osName), managedDiskType: "Standard_LRS" } : {}),
            caching: "ReadWrite",
            diskSizeGb: 30,
            osType: valueAt(planned, "osProfileWindowsConfig") === null ? "Linux" : "Windows",
        },
        storageDataDisks: listAt(planned, "storageDataDisks").map((disk) =>
            isEmpty(valueAt(disk, "vhdUri"))
                ? { managedDiskId: diskId(id, textAt(disk, "name") ?? ""), managedDiskType: "Standard_LRS" }
                : {},
        ),
    };
}

function sizeOfSource(planned: ValueMap, cloud: Cloud): KnownValue | undefined {
    const source = textAt(planned, "sourceResourceId");
    const found = source === undefined || source === "" ? undefined : cloud[cloudKey(source)]?.response;
    const size = found?.["diskSizeGb"] ?? found?.["diskSizeGB"];
    return typeof size === "number" ? size : undefined;
}

function replicatedVm({ planned, cloud }: Request): ValueMap {
    const vmId = textAt(planned, "sourceVmId") ?? "";
    const size =
        textAt(cloud[cloudKey(vmId)]?.response, "size") ??
        textAt(cloud[cloudKey(vmId)]?.response, "vmSize") ??
        textAt(cloud[cloudKey(vmId)]?.response, "hardwareProfile", "vmSize");
    return size === undefined ? {} : { targetVirtualMachineSize: size };
}

// ---- What Azure refuses ---------------------------------------------------------------------------------------------

/** Before a create; the texts are Azure's and azurerm's as far as they are known. */
export function refuse(type: string, id: string, planned: ValueMap, cloud: Cloud): void {
    if (cloud[cloudKey(id)] !== undefined) {
        throw new Error(
            `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be ` +
                "imported into the State.",
        );
    }
    if (type === REPLICATED) {
        refuseReplication(planned, cloud);
    }
}

/** Facts INT-69: what is replicated already cannot be enabled again, and a list of disks is needed. */
function refuseReplication(planned: ValueMap, cloud: Cloud): void {
    const vmId = textAt(planned, "sourceVmId");
    if (listAt(planned, "managedDisks").length === 0 && listAt(planned, "unmanagedDisks").length === 0) {
        throw new Error(`No disks are given for the virtual machine '${vmId ?? ""}'; their list is needed.`);
    }
    const other = Object.values(cloud).find(
        ({ response }) => vmId !== undefined && isSame(replicatedBy(response), vmId),
    );
    if (other !== undefined) {
        throw new Error(`The VM '${vmId ?? ""}' is replicated already, as '${other.id}'.`);
    }
}

/** The VM that a replicated item of either provider is for. */
function replicatedBy(response: ValueMap): string | undefined {
    return response["managedDisks"] === undefined
        ? textAt(response, "properties", "providerSpecificDetails", "fabricObjectId")
        : textAt(response, "sourceVmId");
}

function isSame(a: string | undefined, b: string): boolean {
    return a !== undefined && cloudKey(a) === cloudKey(b);
}

// ---- What happens to others -----------------------------------------------------------------------------------------

type Effect = (request: Request & { readonly outputs: ValueMap }, cloud: Cloud) => Cloud;

const EFFECTS: Readonly<Record<string, Effect>> = {
    [LINUX]: (request, cloud) => withImplicitDisks(request, cloud, listOf(request.outputs["osDisk"], "id")),
    [WINDOWS]: (request, cloud) => withImplicitDisks(request, cloud, listOf(request.outputs["osDisk"], "id")),
    [LEGACY_VM]: (request, cloud) =>
        withImplicitDisks(request, cloud, [
            ...listOf(request.outputs["storageOsDisk"], "managedDiskId"),
            ...listAt(request.outputs, "storageDataDisks").flatMap((disk) => listOf(disk, "managedDiskId")),
        ]),
    [ATTACHMENT]: ({ outputs }, cloud) => withAttachment(outputs, cloud, true),
    [IMPLICIT_DATA_DISK]: ({ id, outputs, now }, cloud) => {
        const vmId = textAt(outputs, "virtualMachineId") ?? "";
        return withDisk(cloud, diskId(vmId, lastSegment(id)), now, "Copy");
    },
};

function listOf(block: KnownValue | undefined, property: string): readonly string[] {
    const id = textAt(block, property);
    return id === undefined || id === "" ? [] : [id];
}

/** Azure makes the disks that no other resource has brought; in this cloud they are in azure-native's words. */
function withImplicitDisks(request: Request, cloud: Cloud, ids: readonly string[]): Cloud {
    const own = groupOf(request.id).toLowerCase();
    const made = ids.filter((id) => groupOf(id).toLowerCase() === own);
    return markDisks(
        made.reduce((result, id) => withDisk(result, id, request.now, "FromImage"), cloud),
        request.id,
        ids,
    );
}

function withDisk(cloud: Cloud, id: string, now: string, createOption: string): Cloud {
    return cloud[cloudKey(id)] !== undefined
        ? cloud
        : withResource(cloud, {
              type: "compute:Disk",
              id,
              response: {
                  id,
                  name: lastSegment(id),
                  type: "Microsoft.Compute/disks",
                  creationData: { createOption },
                  provisioningState: "Succeeded",
                  timeCreated: now,
                  uniqueId: randomUUID(),
              },
          });
}

/** An attachment shows in a VM and a disk of azure-native; the classic ones have no place for it. */
function withAttachment(attachment: ValueMap, cloud: Cloud, attached: boolean): Cloud {
    const vmId = textAt(attachment, "virtualMachineId") ?? "";
    const id = textAt(attachment, "managedDiskId") ?? "";
    const owner = cloud[cloudKey(vmId)];
    const disk = cloud[cloudKey(id)];
    const withOwner =
        owner?.type === "compute:VirtualMachine"
            ? withResource(cloud, { ...owner, response: withDataDisk(owner.response, attachment, attached) })
            : cloud;
    if (disk?.type !== "compute:Disk") {
        return withOwner;
    }
    const { managedBy: _, ...rest } = disk.response;
    return withResource(withOwner, {
        ...disk,
        response: attached ? { ...rest, managedBy: vmId, diskState: "Attached" } : { ...rest, diskState: "Unattached" },
    });
}

function withDataDisk(response: ValueMap, attachment: ValueMap, attached: boolean): ValueMap {
    const id = textAt(attachment, "managedDiskId") ?? "";
    const others = listAt(response, "storageProfile", "dataDisks").filter(
        (disk) => !isSame(textAt(disk, "managedDisk", "id"), id),
    );
    const entry: ValueMap = {
        lun: attachment["lun"] ?? 0,
        name: lastSegment(id),
        createOption: "Attach",
        caching: attachment["caching"] ?? "None",
        managedDisk: { id },
    };
    return {
        ...response,
        storageProfile: {
            ...mapAt(response, "storageProfile"),
            dataDisks: attached ? [...others, entry] : others,
        },
    };
}

/** A VM leaves its disks behind, but for the operating-system disk that azurerm takes along by default. */
export function withoutClassic(type: string, id: string, cloud: Cloud): Cloud {
    const outputs = cloud[cloudKey(id)]?.response ?? {};
    const rest = withoutResource(cloud, id);
    switch (type) {
        case "azure:core/resourceGroup:ResourceGroup": {
            const below = `${cloudKey(id)}/`;
            return Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith(below)));
        }
        case LINUX:
        case WINDOWS:
            return markDisks(withoutImplicit(rest, listOf(outputs["osDisk"], "id")), id, []);
        case LEGACY_VM:
            return markDisks(
                outputs["deleteOsDiskOnTermination"] === true
                    ? withoutImplicit(rest, listOf(outputs["storageOsDisk"], "managedDiskId"))
                    : rest,
                id,
                [],
            );
        case ATTACHMENT:
            return withAttachment(outputs, rest, false);
        default:
            return rest;
    }
}

/** Only what Azure has made with the VM; a disk that a program has brought is the program's. */
function withoutImplicit(cloud: Cloud, ids: readonly string[]): Cloud {
    return ids.reduce(
        (result, id) =>
            textAt(result[cloudKey(id)]?.response, "creationData", "createOption") === "FromImage"
                ? withoutResource(result, id)
                : result,
        cloud,
    );
}
