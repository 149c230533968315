/**
 * What Azure answers once a resource exists: the inputs in the shape of the read-back, with what Azure adds by itself.
 * Modelled as far as a reader or a policy looks; everything else a real response would hold as well is left out.
 */
import { createHash, randomUUID } from "node:crypto";
import { armId, armType, parseArmId, RESOURCES, type ResourceRow } from "./azure-native-resources";
import { cloudKey, groupOf, lastSegment, withResource, type Cloud } from "./cloud";
import { project } from "./project";
import type { ResourceShape, Shapes } from "./sdk-types";
import { isMap, listAt, mapAt, present, textAt, valueAt, type KnownValue, type ValueMap } from "./values";

/** What Azure refuses, in the form in which the real provider passes it on. */
export class AzureRefusal extends Error {
    constructor(status: number, code: string, message: string) {
        super(`Status=${status} Code="${code}" Message="${message}"`);
    }
}

interface Request {
    /** `compute:VirtualMachine`. */
    readonly type: string;
    readonly row: ResourceRow;
    readonly shape: ResourceShape;
    readonly shapes: Shapes;
    readonly id: string;
    readonly inputs: ValueMap;
    /** On an update: the inputs of the last one, and what a read answers until now. */
    readonly before?: { readonly inputs: ValueMap; readonly response: ValueMap };
    readonly cloud: Cloud;
    /** In ISO form. */
    readonly now: string;
}

interface Answer {
    readonly response: ValueMap;
    /** What happens to other resources (the disks of a VM). */
    readonly others?: (cloud: Cloud) => Cloud;
}

export function answer(request: Request): Answer {
    const special = SPECIALS[request.type];
    const common = commonResponse(request);
    const made = special === undefined ? { response: common } : special(request, common);
    return { ...made, response: withShapeOnly(made.response, request) };
}

/** Outputs hold response properties only (SEE-03), whatever a function above has put together. */
function withShapeOnly(response: ValueMap, { shape, shapes, id }: Request): ValueMap {
    return { id, ...project(response, shape.outputs, shapes.outputTypes) };
}

function commonResponse(request: Request): ValueMap {
    const { row, shape, shapes, id, inputs, before, now } = request;
    const outputs = shape.outputs.properties;
    const fresh = project(inputs, shape.outputs, shapes.outputTypes);
    const merged =
        before === undefined
            ? fresh
            : overlay(before.response, project(before.inputs, shape.outputs, shapes.outputTypes), fresh);
    const name = lastSegment(id);
    const own = present({
        name,
        type: armType(row, id),
        azureApiVersion: shape.apiVersion,
        provisioningState: "provisioningState" in outputs ? "Succeeded" : undefined,
        etag: "etag" in outputs ? etag(merged) : undefined,
        eTag: "eTag" in outputs ? etag(merged) : undefined,
        timeCreated: "timeCreated" in outputs ? (merged["timeCreated"] ?? now) : undefined,
        systemData:
            "systemData" in outputs
                ? (merged["systemData"] ?? { createdAt: now, createdBy: "offline", createdByType: "User" })
                : undefined,
        identity: isMap(merged["identity"]) ? identity(merged["identity"]) : undefined,
    });
    const properties = outputs["properties"];
    const inner =
        typeof properties === "object" && "ref" in properties
            ? shapes.outputTypes[properties.ref]?.properties
            : undefined;
    const withState =
        inner !== undefined && "provisioningState" in inner
            ? { properties: { ...mapAt(merged, "properties"), provisioningState: "Succeeded" } }
            : {};
    return { ...merged, ...own, ...withState };
}

function etag(response: ValueMap): string {
    const { etag: _, eTag: __, ...content } = response;
    return `W/"${createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32)}"`;
}

function identity(value: ValueMap): ValueMap {
    const withSystem = textAt(value, "type")?.includes("SystemAssigned") === true;
    return {
        ...value,
        ...(withSystem
            ? { principalId: value["principalId"] ?? randomUUID(), tenantId: value["tenantId"] ?? OFFLINE_TENANT }
            : {}),
    };
}

export const OFFLINE_TENANT = "00000000-0000-0000-0000-0000000000aa";
export const OFFLINE_SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

/** The old answer with the new inputs over it; what the program has taken out goes, what Azure had added stays. */
function overlay(response: ValueMap, oldInputs: ValueMap, newInputs: ValueMap): ValueMap {
    const result: Record<string, KnownValue> = {};
    for (const key of new Set([...Object.keys(response), ...Object.keys(newInputs)])) {
        const value = overlayValue(response[key], oldInputs[key], newInputs[key]);
        if (value !== undefined) {
            result[key] = value;
        }
    }
    return result;
}

function overlayValue(
    response: KnownValue | undefined,
    oldInput: KnownValue | undefined,
    newInput: KnownValue | undefined,
): KnownValue | undefined {
    if (newInput === undefined) {
        return oldInput === undefined ? response : undefined;
    }
    if (isMap(newInput) && isMap(response)) {
        return overlay(response, isMap(oldInput) ? oldInput : {}, newInput);
    }
    return newInput;
}

/** Thirty-two hexadecimal digits, as in the names that Azure gives to disks. */
function hexadecimal(): string {
    return randomUUID().replaceAll("-", "");
}

type Special = (request: Request, common: ValueMap) => Answer;

const SPECIALS: Readonly<Record<string, Special>> = {
    "resources:Resource": genericResource,
    "compute:VirtualMachine": vm,
    "compute:Disk": disk,
    "compute:Snapshot": (request, common) => ({
        response: { ...refuseNewSource(request, common), uniqueId: common["uniqueId"] ?? randomUUID() },
    }),
    "recoveryservices:ProtectedItem": protectedItem,
    "recoveryservices:ReplicationProtectedItem": replicatedItem,
    "recoveryservices:ReplicationFabric": (request, common) => ({
        response: withProperties(common, {
            friendlyName: lastSegment(request.id),
            health: "Normal",
            bcdrState: "Valid",
        }),
    }),
    "recoveryservices:ReplicationPolicy": (request, common) => ({
        response: withProperties(common, {
            friendlyName: lastSegment(request.id),
            providerSpecificDetails: mapAt(request.inputs, "properties", "providerSpecificInput"),
        }),
    }),
    "recoveryservices:ReplicationProtectionContainerMapping": (request, common) => ({
        response: withProperties(common, {
            health: "Normal",
            state: "Paired",
            providerSpecificDetails: mapAt(request.inputs, "properties", "providerSpecificInput"),
            policyFriendlyName: lastSegment(text(request.inputs, "properties", "policyId")),
        }),
    }),
    "recoveryservices:ReplicationNetworkMapping": networkMapping,
    "recoveryservices:ReplicationRecoveryPlan": (request, common) => ({
        response: withProperties(common, {
            friendlyName: lastSegment(request.id),
            providerSpecificDetails: listAt(request.inputs, "properties", "providerSpecificInput"),
        }),
    }),
    "recoveryservices:ReplicationProtectionCluster": (_, common) => ({
        response: withProperties(common, { ...HEALTHY, ...mapAt(common, "properties") }),
    }),
    "recoveryservices:Vault": (_, common) => ({
        response: withProperties(common, {
            privateEndpointStateForBackup: "None",
            privateEndpointStateForSiteRecovery: "None",
            securitySettings: {
                multiUserAuthorization: "Disabled",
                ...mapAt(common, "properties", "securitySettings"),
            },
        }),
    }),
    "dataprotection:BackupVault": (_, common) => ({
        response: withProperties(common, {
            isVaultProtectedByResourceGuard: valueAt(common, "properties", "isVaultProtectedByResourceGuard") ?? false,
        }),
    }),
    "dataprotection:BackupInstance": (_, common) => ({
        response: withProperties(common, {
            currentProtectionState: "ProtectionConfigured",
            protectionStatus: { status: "ProtectionConfigured" },
        }),
    }),
};

/** Of the types above, by lower-case ARM type. */
const TYPED: Readonly<Record<string, string>> = Object.fromEntries(
    Object.keys(SPECIALS).flatMap((key) => {
        const row = RESOURCES[key];
        return row === undefined || key === "resources:Resource" ? [] : [[armType(row, row.path).toLowerCase(), key]];
    }),
);

const HEALTHY: ValueMap = { protectionState: "Protected", replicationHealth: "Normal", activeLocation: "Primary" };

function text(value: KnownValue | undefined, ...path: readonly string[]): string {
    return textAt(value, ...path) ?? "";
}

function withProperties(response: ValueMap, properties: ValueMap): ValueMap {
    return { ...response, properties: { ...mapAt(response, "properties"), ...properties } };
}

// ---- Generic resources ----------------------------------------------------------------------------------------------

/** What ARM keeps beside `properties`, as the generic resource has it, too. */
const ENVELOPE = ["location", "tags", "sku", "identity", "plan", "kind", "managedBy", "extendedLocation"] as const;

/** The types of the table that have their own `properties`; for all others, azure-native lifts its content up. */
const hasProperties = ({ inputs }: ResourceShape): boolean => "properties" in inputs.properties;

/** Azure answers for a resource whatever the way in which it was asked for: with all of ARM's `properties`. */
function genericResource(request: Request, common: ValueMap): Answer {
    const { shapes, id, inputs, before } = request;
    const parents = text(inputs, "parentResourcePath").split("/").filter(Boolean);
    const type = [
        text(inputs, "resourceProviderNamespace"),
        ...parents.filter((_, index) => index % 2 === 0),
        text(inputs, "resourceType"),
    ].join("/");
    const key = TYPED[type.toLowerCase()];
    const row = key === undefined ? undefined : RESOURCES[key];
    const shape = key === undefined ? undefined : shapes.resources[key];
    if (key === undefined || row === undefined || shape === undefined) {
        return { response: { ...common, type } };
    }
    const typed = (bag: ValueMap): ValueMap => ({
        ...pick(bag, ENVELOPE),
        ...(hasProperties(shape) ? pick(bag, ["properties"]) : mapAt(bag, "properties")),
        ...parseArmId(row, id),
    });
    const { response, others } = answer({
        ...request,
        type: key,
        row,
        shape,
        inputs: typed(inputs),
        ...(before === undefined ? {} : { before: { inputs: typed(before.inputs), response: typed(before.response) } }),
    });
    const own = new Set(["id", "name", "type", "azureApiVersion", "systemData", "etag", ...ENVELOPE]);
    const properties = hasProperties(shape)
        ? mapAt(response, "properties")
        : Object.fromEntries(Object.entries(response).filter(([name]) => !own.has(name)));
    return {
        response: { ...common, ...pick(response, ENVELOPE), type, properties },
        ...(others === undefined ? {} : { others }),
    };
}

function pick(bag: ValueMap, names: readonly string[]): ValueMap {
    return Object.fromEntries(Object.entries(bag).filter(([name]) => names.includes(name)));
}

// ---- VMs and disks ---------------------------------------------------------------------------------------------

/**
 * A VM's own disks (SEE-05a): where the inputs name no managed disk, Azure makes one in the VM's resource
 * group. On an update the one that is there stays, unless the inputs bring another (the swap of an operating-system
 * disk).
 */
function vm(request: Request, common: ValueMap): Answer {
    const { id, before } = request;
    const name = lastSegment(id);
    const storage = mapAt(common, "storageProfile");
    const oldStorage = mapAt(before?.response, "storageProfile");
    const windows = valueAt(request.inputs, "osProfile", "windowsConfiguration") !== undefined;
    const osInput = mapAt(request.inputs, "storageProfile", "osDisk");
    const osDisk = vmDisk(
        id,
        mapAt(storage, "osDisk"),
        osInput,
        mapAt(oldStorage, "osDisk"),
        `${name}_OsDisk_1_${hexadecimal()}`,
    );
    const dataInputs = listAt(request.inputs, "storageProfile", "dataDisks");
    const oldDataDisks = listAt(oldStorage, "dataDisks");
    const dataDisks = (dataInputs.length === 0 && before === undefined ? [] : listAt(storage, "dataDisks")).map(
        (item) => {
            const lun = valueAt(item, "lun");
            const same = (other: KnownValue): boolean => valueAt(other, "lun") === lun;
            return vmDisk(
                id,
                isMap(item) ? item : {},
                mapAt(dataInputs.find(same)),
                mapAt(oldDataDisks.find(same)),
                `${name}_DataDisk_${typeof lun === "number" || typeof lun === "string" ? lun : 0}`,
            );
        },
    );
    // Azure never shows these again.
    const { adminPassword: _, customData: __, ...osProfile } = mapAt(common, "osProfile");
    const response: ValueMap = {
        ...common,
        ...(common["osProfile"] === undefined ? {} : { osProfile }),
        vmId: common["vmId"] ?? randomUUID(),
        storageProfile: {
            ...storage,
            osDisk: { osType: windows ? "Windows" : "Linux", caching: "ReadWrite", deleteOption: "Detach", ...osDisk },
            dataDisks,
        },
    };
    return { response, others: (cloud) => attach(request, response, cloud) };
}

function vmDisk(vmId: string, disk: ValueMap, input: ValueMap, old: ValueMap, implicitName: string): ValueMap {
    const given = textAt(input, "managedDisk", "id");
    const kept = textAt(old, "managedDisk", "id");
    const name =
        given !== undefined ? lastSegment(given) : (textAt(input, "name") ?? textAt(old, "name") ?? implicitName);
    const id = given ?? kept ?? `${groupOf(vmId)}/providers/Microsoft.Compute/disks/${name}`;
    return {
        ...disk,
        name: textAt(input, "name") ?? name,
        managedDisk: {
            storageAccountType: "Premium_LRS",
            ...mapAt(old, "managedDisk"),
            ...mapAt(disk, "managedDisk"),
            id,
        },
    };
}

function diskIds(vmResponse: ValueMap): readonly string[] {
    const disks = [
        valueAt(vmResponse, "storageProfile", "osDisk"),
        ...listAt(vmResponse, "storageProfile", "dataDisks"),
    ];
    return disks.flatMap((disk) => textAt(disk, "managedDisk", "id") ?? []);
}

/**
 * Implicit disks come into being; attached ones name their VM, and one that a swap has left behind does no longer.
 */
function attach(request: Request, response: ValueMap, cloud: Cloud): Cloud {
    const attached = diskIds(response);
    const added = attached.filter((id) => cloud[cloudKey(id)] === undefined && belongsTo(id, request.id));
    const withImplicit = added.reduce((result, id) => withResource(result, implicitDisk(request, id)), cloud);
    return markDisks(withImplicit, request.id, attached);
}

/** Only a disk in the VM's own group is taken for one that Azure made with it; any other id is somebody else's. */
function belongsTo(diskId: string, vmId: string): boolean {
    return groupOf(diskId).toLowerCase() === groupOf(vmId).toLowerCase();
}

function implicitDisk(request: Request, id: string): { type: string; id: string; response: ValueMap } {
    const { shapes, now, inputs } = request;
    return {
        type: "compute:Disk",
        id,
        response: present({
            id,
            name: lastSegment(id),
            type: "Microsoft.Compute/disks",
            azureApiVersion: shapes.resources["compute:Disk"]?.apiVersion,
            location: inputs["location"],
            creationData: { createOption: "FromImage" },
            sku: { name: "Premium_LRS", tier: "Premium" },
            provisioningState: "Succeeded",
            timeCreated: now,
            uniqueId: randomUUID(),
        }),
    };
}

/** For a deleted VM, pass no attached disks: they stay behind, unattached. */
export function markDisks(cloud: Cloud, vmId: string, attached: readonly string[]): Cloud {
    const keys = new Set(attached.map(cloudKey));
    const entries = Object.entries(cloud).map(([key, resource]) => {
        if (resource.type !== "compute:Disk") {
            return [key, resource] as const;
        }
        const owner = textAt(resource.response, "managedBy");
        if (keys.has(key)) {
            return [
                key,
                { ...resource, response: { ...resource.response, managedBy: vmId, diskState: "Attached" } },
            ] as const;
        }
        if (owner !== undefined && cloudKey(owner) === cloudKey(vmId)) {
            const { managedBy: _, ...rest } = resource.response;
            return [key, { ...resource, response: { ...rest, diskState: "Unattached" } }] as const;
        }
        return [key, resource] as const;
    });
    return Object.fromEntries(entries);
}

function disk(request: Request, common: ValueMap): Answer {
    const response = refuseNewSource(request, common);
    return {
        response: {
            diskState: "Unattached",
            sku: { name: "Standard_LRS", tier: "Standard" },
            ...response,
            uniqueId: response["uniqueId"] ?? randomUUID(),
        },
    };
}

/**
 * The SDK's description of `creationData`: it cannot be changed after the disk has been created. The provider only
 * finds out here.
 */
function refuseNewSource(request: Request, common: ValueMap): ValueMap {
    for (const property of ["createOption", "sourceResourceId", "sourceUri", "storageAccountId"]) {
        const old = textAt(request.before?.response, "creationData", property);
        const wanted = textAt(request.inputs, "creationData", property);
        if (request.before !== undefined && wanted !== undefined && cloudKey(old ?? "") !== cloudKey(wanted)) {
            throw new AzureRefusal(
                409,
                "PropertyChangeNotAllowed",
                `Changing property 'creationData.${property}' is not allowed for '${lastSegment(request.id)}'.`,
            );
        }
    }
    return common;
}

// ---- Backup ---------------------------------------------------------------------------------------------------------

function protectedItem(request: Request, common: ValueMap): Answer {
    const { id, inputs } = request;
    const vmId = textAt(inputs, "properties", "sourceResourceId");
    const policyId = textAt(inputs, "properties", "policyId");
    const containerName = text(inputs, "containerName");
    const forVm = /virtualMachines$|IaaSVM/i.test(text(inputs, "properties", "protectedItemType"));
    return {
        response: {
            ...common,
            properties: {
                // An item begins as IRPending and becomes Protected with its first backup, which is taken to have
                // happened.
                ...present({
                    protectionState: "Protected",
                    protectionStatus: "Healthy",
                    healthStatus: "Passed",
                    backupManagementType: forVm ? "AzureIaasVM" : undefined,
                    workloadType: forVm ? "VM" : undefined,
                    virtualMachineId: forVm ? vmId : undefined,
                    friendlyName: vmId === undefined ? undefined : lastSegment(vmId),
                    policyName: policyId === undefined ? undefined : lastSegment(policyId),
                    vaultId: id.split(/\/backupFabrics\//i)[0],
                    containerName: containerName.replace(/^IaasVMContainer;/i, ""),
                }),
                ...withoutDerived(mapAt(common, "properties")),
            },
        },
    };
}

/** Each update derives again what follows from the inputs. */
function withoutDerived(properties: ValueMap): ValueMap {
    const { policyName: _, virtualMachineId: __, friendlyName: ___, ...rest } = properties;
    return rest;
}

// ---- Replication ----------------------------------------------------------------------------------------------------

/**
 * Enabling replication reads `vmManagedDisks` once and shows it as `protectedManagedDisks` from then on; an update of
 * the item changes neither that list nor anything else that is fixed with enabling.
 */
function replicatedItem(request: Request, common: ValueMap): Answer {
    const { before, inputs, id } = request;
    if (before !== undefined) {
        return { response: before.response };
    }
    const details = mapAt(inputs, "properties", "providerSpecificDetails");
    const policyId = textAt(inputs, "properties", "policyId");
    const recoveryContainerId = textAt(details, "recoveryContainerId");
    return {
        response: {
            ...common,
            properties: present({
                ...HEALTHY,
                friendlyName: lastSegment(textAt(details, "fabricObjectId") ?? id),
                policyId,
                policyFriendlyName: policyId === undefined ? undefined : lastSegment(policyId),
                protectableItemId: textAt(inputs, "properties", "protectableItemId"),
                protectionStateDescription: "Protected",
                testFailoverState: "None",
                allowedOperations: ["PlannedFailover", "TestFailover", "DisableProtection"],
                healthErrors: [],
                recoveryContainerId,
                recoveryFabricId: recoveryContainerId?.split(/\/replicationProtectionContainers\//i)[0],
                providerSpecificDetails:
                    textAt(details, "instanceType") === "A2A" ? azureToAzure(request, details) : details,
            }),
        },
    };
}

function azureToAzure(request: Request, details: ValueMap): ValueMap {
    const { cloud, id, now } = request;
    const disks = listAt(details, "vmManagedDisks");
    const unmanaged = listAt(details, "vmDisks");
    const vmId = textAt(details, "fabricObjectId");
    if (disks.length === 0 && unmanaged.length === 0) {
        throw new AzureRefusal(
            400,
            "VMDisksMissing",
            `No disks are given for the virtual machine '${vmId ?? lastSegment(id)}'; their list is needed.`,
        );
    }
    const { vmManagedDisks: _, vmDisks: __, ...rest } = details;
    return present({
        ...rest,
        lifecycleId: randomUUID(),
        vmProtectionState: "Protected",
        vmProtectionStateDescription: "Protected",
        lastHeartbeat: now,
        primaryFabricLocation: fabricLocation(cloud, id),
        initialPrimaryFabricLocation: fabricLocation(cloud, id),
        recoveryFabricLocation: fabricLocation(cloud, textAt(details, "recoveryContainerId")),
        initialRecoveryFabricLocation: fabricLocation(cloud, textAt(details, "recoveryContainerId")),
        recoveryAzureResourceGroupId: textAt(details, "recoveryResourceGroupId"),
        recoveryAzureVMName: vmId === undefined ? undefined : lastSegment(vmId),
        recoveryAvailabilitySet: textAt(details, "recoveryAvailabilitySetId"),
        recoveryCloudService: textAt(details, "recoveryCloudServiceId"),
        selectedRecoveryAzureNetworkId: textAt(details, "recoveryAzureNetworkId"),
        recoveryFabricObjectId: recoveryVm(details, vmId),
        protectedDisks: unmanaged,
        protectedManagedDisks: disks.map(protectedDisk),
        unprotectedDisks: unprotectedDisks(cloud, vmId, disks),
    });
}

/** The VM that a failover would make. */
function recoveryVm(details: ValueMap, vmId: string | undefined): string | undefined {
    const group = textAt(details, "recoveryResourceGroupId");
    return group === undefined || vmId === undefined
        ? undefined
        : `${group}/providers/Microsoft.Compute/virtualMachines/${lastSegment(vmId)}`;
}

function protectedDisk(listed: KnownValue): ValueMap {
    const { diskEncryptionInfo: _, ...disk } = mapAt(listed);
    const name = lastSegment(text(disk, "diskId"));
    const target = `${text(disk, "recoveryResourceGroupId")}/providers/Microsoft.Compute/disks`;
    return {
        ...disk,
        diskName: name,
        resyncRequired: false,
        isDiskEncrypted: false,
        isDiskKeyEncrypted: false,
        dataPendingAtSourceAgentInMB: 0,
        dataPendingInStagingStorageAccountInMB: 0,
        recoveryReplicaDiskId: `${target}/${name}-ASRReplica`,
        recoveryTargetDiskId: `${target}/${name}`,
    };
}

/** Data disks that the VM has and the list has not; a VM that is not in this cloud cannot tell. */
function unprotectedDisks(
    cloud: Cloud,
    vmId: string | undefined,
    listed: readonly KnownValue[],
): readonly KnownValue[] {
    const vmResponse = vmId === undefined ? undefined : cloud[cloudKey(vmId)]?.response;
    const ids = new Set(listed.flatMap((item) => textAt(item, "diskId") ?? []).map(cloudKey));
    return listAt(vmResponse, "storageProfile", "dataDisks").flatMap((item) => {
        const id = textAt(item, "managedDisk", "id");
        return id === undefined || ids.has(cloudKey(id))
            ? []
            : [present({ diskLunId: valueAt(item, "lun"), diskAutoProtectionStatus: "Disabled" })];
    });
}

function fabricLocation(cloud: Cloud, idBelowFabric: string | undefined): string | undefined {
    const fabric = /^.*\/replicationFabrics\/[^/]+/i.exec(idBelowFabric ?? "")?.[0];
    return fabric === undefined
        ? undefined
        : textAt(cloud[cloudKey(fabric)]?.response, "properties", "customDetails", "location");
}

function networkMapping(request: Request, common: ValueMap): Answer {
    const { inputs, id, cloud } = request;
    const row = RESOURCES["recoveryservices:ReplicationFabric"];
    const vault = parseArmId(request.row, id);
    const recoveryFabric =
        row === undefined || vault === undefined
            ? undefined
            : armId(
                  row,
                  { ...vault, fabricName: text(inputs, "properties", "recoveryFabricName") },
                  subscriptionOf(id),
              );
    return {
        response: withProperties(
            common,
            present({
                state: "Paired",
                primaryNetworkId: textAt(inputs, "properties", "fabricSpecificDetails", "primaryNetworkId"),
                recoveryFabricArmId: recoveryFabric,
                fabricSpecificSettings: present({
                    instanceType: textAt(inputs, "properties", "fabricSpecificDetails", "instanceType"),
                    primaryFabricLocation: fabricLocation(cloud, id),
                    recoveryFabricLocation: fabricLocation(cloud, recoveryFabric),
                }),
            }),
        ),
    };
}

function subscriptionOf(id: string): string {
    return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? OFFLINE_SUBSCRIPTION;
}
