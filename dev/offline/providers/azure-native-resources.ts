/**
 * The resources that readers and examples use: where they live in ARM, how they get a name, and what makes azure-native
 * replace them.
 *
 * Sources:
 * - id paths: the "Import" sections of the SDK's documentation and the REST references of the resource providers; for
 *   backup and replication also ARM-01 to ARM-13;
 * - names: pulumi-azure-native, provider/pkg/resources/resources.go (how a path decides on the kind of automatic name);
 * - replacement: the same repository, provider/pkg/gen/replacement.go and provider/pkg/gen/properties.go. Path
 *   parameters replace, the listed properties replace, and so does whatever the REST specification marks as settable at
 *   creation only; nested properties with that mark do not. In these modules the mark is on the `location` of the
 *   shared type TrackedResource alone, which the SDK documents with the sentence below. Everything else is an update,
 *   also what Azure then refuses (a disk's `creationData`) and what it carries out in place: the swap of a VM's
 *   operating-system disk, `storageProfile.osDisk.managedDisk.id`.
 */
import type { ResourceShape } from "./sdk-types";

interface Constraint {
    readonly pattern: RegExp;
    readonly minLength: number;
    readonly maxLength: number;
}

export interface ResourceRow {
    /** The ARM id, with the names of the inputs that fill it. */
    readonly path: string;
    /** The ARM type where the path does not tell it. */
    readonly armType?: string;
    /** Properties beside path parameters and location that replace. */
    readonly replaceOn?: readonly string[];
    /** Whether a change of `location` replaces; undefined: as the SDK's description tells. */
    readonly replaceOnLocation?: boolean;
    /** Azure makes it together with its parent: it cannot be created or deleted on its own. */
    readonly singleton?: boolean;
    /** What automatic and given names must look like. */
    readonly nameConstraint?: Constraint;
    /** The provider fills `location` in for every type that has one, except here. */
    readonly withoutDefaultLocation?: boolean;
}

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const COMPUTE = `${GROUP}/providers/Microsoft.Compute`;
const NETWORK = `${GROUP}/providers/Microsoft.Network`;
const BACKUP_VAULT = `${GROUP}/providers/Microsoft.RecoveryServices/vaults/{vaultName}`;
/** Replication types name the same vault `resourceName` (facts TOK-09). */
const REPLICATION_VAULT = `${GROUP}/providers/Microsoft.RecoveryServices/vaults/{resourceName}`;
const FABRIC = `${REPLICATION_VAULT}/replicationFabrics/{fabricName}`;
const CONTAINER = `${FABRIC}/replicationProtectionContainers/{protectionContainerName}`;
const DATA_PROTECTION = `${GROUP}/providers/Microsoft.DataProtection`;
const BACKUP_CONTAINER = `${BACKUP_VAULT}/backupFabrics/{fabricName}/protectionContainers/{containerName}`;
const ANY_PROVIDER = `${GROUP}/providers/{resourceProviderNamespace}`;
const ANY_RESOURCE = `${ANY_PROVIDER}/{parentResourcePath}/{resourceType}/{resourceName}`;
const LOCKS = "providers/Microsoft.Authorization/locks/{lockName}";

export const RESOURCES: Readonly<Record<string, ResourceRow>> = {
    "resources:ResourceGroup": {
        path: GROUP,
        armType: "Microsoft.Resources/resourceGroups",
        replaceOnLocation: true,
    },
    "resources:Deployment": {
        path: `${GROUP}/providers/Microsoft.Resources/deployments/{deploymentName}`,
        withoutDefaultLocation: true,
    },
    "resources:Resource": {
        path: ANY_RESOURCE,
    },

    "authorization:ManagementLockByScope": { path: `/{scope}/${LOCKS}` },
    "authorization:ManagementLockAtResourceGroupLevel": { path: `${GROUP}/${LOCKS}` },
    "authorization:ManagementLockAtResourceLevel": {
        path: `${ANY_RESOURCE}/${LOCKS}`,
        armType: "Microsoft.Authorization/locks",
    },
    "authorization:PolicyAssignment": {
        path: "/{scope}/providers/Microsoft.Authorization/policyAssignments/{policyAssignmentName}",
    },
    "authorization:RoleAssignment": {
        path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        replaceOn: ["principalId"],
    },

    "azureresiliencemanagement:RecoveryPlan": {
        path: "/providers/Microsoft.Management/serviceGroups/{serviceGroupName}/providers/Microsoft.AzureResilienceManagement/recoveryPlans/{recoveryPlanName}",
    },

    "compute:VirtualMachine": { path: `${COMPUTE}/virtualMachines/{vmName}` },
    "compute:VirtualMachineExtension": { path: `${COMPUTE}/virtualMachines/{vmName}/extensions/{vmExtensionName}` },
    "compute:VirtualMachineScaleSet": { path: `${COMPUTE}/virtualMachineScaleSets/{vmScaleSetName}` },
    "compute:AvailabilitySet": { path: `${COMPUTE}/availabilitySets/{availabilitySetName}` },
    "compute:Disk": { path: `${COMPUTE}/disks/{diskName}` },
    "compute:DiskEncryptionSet": { path: `${COMPUTE}/diskEncryptionSets/{diskEncryptionSetName}` },
    "compute:Snapshot": { path: `${COMPUTE}/snapshots/{snapshotName}` },
    "compute:RestorePointCollection": { path: `${COMPUTE}/restorePointCollections/{restorePointCollectionName}` },
    "compute:RestorePoint": {
        path: `${COMPUTE}/restorePointCollections/{restorePointCollectionName}/restorePoints/{restorePointName}`,
    },

    "network:VirtualNetwork": { path: `${NETWORK}/virtualNetworks/{virtualNetworkName}`, replaceOnLocation: true },
    "network:Subnet": { path: `${NETWORK}/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}` },
    "network:NetworkInterface": { path: `${NETWORK}/networkInterfaces/{networkInterfaceName}` },
    "network:NetworkSecurityGroup": { path: `${NETWORK}/networkSecurityGroups/{networkSecurityGroupName}` },
    "network:PublicIPAddress": {
        path: `${NETWORK}/publicIPAddresses/{publicIpAddressName}`,
        replaceOnLocation: true,
        replaceOn: ["publicIPAddressVersion", "publicIPPrefix", "sku"],
    },

    "storage:StorageAccount": {
        path: `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`,
        replaceOnLocation: true,
        replaceOn: ["isHnsEnabled"],
        nameConstraint: { pattern: /^[a-z0-9]+$/, minLength: 3, maxLength: 24 },
    },
    "storage:BlobServiceProperties": {
        path: `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/{blobServicesName}`,
        singleton: true,
    },
    "keyvault:Vault": { path: `${GROUP}/providers/Microsoft.KeyVault/vaults/{vaultName}` },

    "recoveryservices:Vault": { path: BACKUP_VAULT },
    "recoveryservices:ProtectionPolicy": { path: `${BACKUP_VAULT}/backupPolicies/{policyName}` },
    "recoveryservices:ProtectionContainer": {
        path: BACKUP_CONTAINER,
    },
    "recoveryservices:ProtectedItem": {
        path: `${BACKUP_CONTAINER}/protectedItems/{protectedItemName}`,
    },
    "recoveryservices:ProtectionIntent": {
        path: `${BACKUP_VAULT}/backupFabrics/{fabricName}/backupProtectionIntent/{intentObjectName}`,
    },
    "recoveryservices:ResourceGuardProxy": {
        path: `${BACKUP_VAULT}/backupResourceGuardProxies/{resourceGuardProxyName}`,
    },
    "recoveryservices:ReplicationFabric": { path: FABRIC },
    "recoveryservices:ReplicationPolicy": { path: `${REPLICATION_VAULT}/replicationPolicies/{policyName}` },
    "recoveryservices:ReplicationProtectionContainerMapping": {
        path: `${CONTAINER}/replicationProtectionContainerMappings/{mappingName}`,
    },
    "recoveryservices:ReplicationProtectedItem": {
        path: `${CONTAINER}/replicationProtectedItems/{replicatedProtectedItemName}`,
    },
    "recoveryservices:ReplicationProtectionCluster": {
        path: `${CONTAINER}/replicationProtectionClusters/{replicationProtectionClusterName}`,
    },
    "recoveryservices:ReplicationNetworkMapping": {
        path: `${FABRIC}/replicationNetworks/{networkName}/replicationNetworkMappings/{networkMappingName}`,
    },
    "recoveryservices:ReplicationRecoveryPlan": {
        path: `${REPLICATION_VAULT}/replicationRecoveryPlans/{recoveryPlanName}`,
    },

    "dataprotection:BackupVault": { path: `${DATA_PROTECTION}/backupVaults/{vaultName}` },
    "dataprotection:BackupPolicy": {
        path: `${DATA_PROTECTION}/backupVaults/{vaultName}/backupPolicies/{backupPolicyName}`,
    },
    "dataprotection:BackupInstance": {
        path: `${DATA_PROTECTION}/backupVaults/{vaultName}/backupInstances/{backupInstanceName}`,
    },
    "dataprotection:DppResourceGuardProxy": {
        path: `${DATA_PROTECTION}/backupVaults/{vaultName}/backupResourceGuardProxies/{resourceGuardProxyName}`,
    },
    "dataprotection:ResourceGuard": { path: `${DATA_PROTECTION}/resourceGuards/{resourceGuardsName}` },
};

/** How the SDK describes the `location` of the shared TrackedResource, which can be set at creation only. */
const TRACKED_LOCATION = "The geo-location where the resource lives";

/** The resource provider of a module, for types that have no row. */
const NAMESPACES: Readonly<Record<string, string>> = {
    authorization: "Microsoft.Authorization",
    compute: "Microsoft.Compute",
    dataprotection: "Microsoft.DataProtection",
    keyvault: "Microsoft.KeyVault",
    management: "Microsoft.Management",
    network: "Microsoft.Network",
    recoveryservices: "Microsoft.RecoveryServices",
    resources: "Microsoft.Resources",
    storage: "Microsoft.Storage",
};

/** A row for a type of the modules that has none: its path inputs are told from its shape, its id is only alike. */
export function genericRow(key: string, shape: ResourceShape): ResourceRow {
    const [module = "", name = ""] = key.split(":");
    const { inputs, outputs } = shape;
    const ownName = Object.keys(inputs.properties).filter(
        (property) =>
            !inputs.required.includes(property) &&
            /Names?$/.test(property) &&
            outputs.properties[property] === undefined,
    )[0];
    const parents = inputs.required.filter(
        (property) =>
            property !== "resourceGroupName" && property !== "scope" && outputs.properties[property] === undefined,
    );
    const scope = inputs.properties["resourceGroupName"] !== undefined ? GROUP : "/subscriptions/{subscriptionId}";
    const type = `${name.charAt(0).toLowerCase()}${name.slice(1)}s`;
    const segments = [
        ...parents.filter((parent) => inputs.properties[parent] === "string").map((parent) => `${parent}s/{${parent}}`),
        ownName === undefined ? `${type}/default` : `${type}/{${ownName}}`,
    ];
    return { path: `${scope}/providers/${NAMESPACES[module] ?? `Microsoft.${module}`}/${segments.join("/")}` };
}

export function pathParameters(row: ResourceRow): readonly string[] {
    return [...row.path.matchAll(/\{(\w+)\}/g)]
        .map((match) => match[1] ?? "")
        .filter((name) => name !== "subscriptionId");
}

type AutoName = { readonly property: string; readonly kind: "random" | "copy" | "uuid" };

/**
 * A resource directly under its provider gets its logical name with a random suffix; one below another resource (a
 * protected item in its vault) gets its unchanged logical name.
 */
export function autoName(row: ResourceRow): AutoName | undefined {
    const property = /\{(\w+)\}$/.exec(row.path)?.[1];
    if (property === undefined) {
        return undefined;
    }
    if (property === "roleAssignmentName") {
        return { property, kind: "uuid" };
    }
    const afterProvider = row.path.split(/microsoft\./i);
    const below = afterProvider.length > 1 ? (afterProvider.at(-1) ?? "") : "";
    return { property, kind: (below.match(/\{/g) ?? []).length > 1 ? "copy" : "random" };
}

export function replacingProperties(row: ResourceRow, shape: ResourceShape): ReadonlySet<string> {
    const location = row.replaceOnLocation ?? shape.location?.startsWith(TRACKED_LOCATION) === true;
    return new Set([...pathParameters(row), ...(row.replaceOn ?? []), ...(location ? ["location"] : [])]);
}

/** The id that inputs lead to; a path input that is not set leaves its place out. */
export function armId(row: ResourceRow, inputs: Readonly<Record<string, unknown>>, subscriptionId: string): string {
    const filled = row.path.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = name === "subscriptionId" ? subscriptionId : inputs[name];
        return typeof value === "string" ? value.replace(/^\/+|\/+$/g, "") : "";
    });
    return filled.replace(/\/{2,}/g, "/");
}

/** The path inputs of an id, for import. Undefined where the id is not of this type. */
export function parseArmId(row: ResourceRow, id: string): Readonly<Record<string, string>> | undefined {
    const pattern = row.path
        .split("/")
        .map((segment) => {
            const name = /^\{(\w+)\}$/.exec(segment)?.[1];
            if (name === undefined) {
                return segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
            }
            // A scope and a parent path are ids or parts of ids themselves.
            return `(?<${name}>${name === "scope" || name === "parentResourcePath" ? ".*?" : "[^/]+"})`;
        })
        .join("/")
        .replace("/(?<parentResourcePath>.*?)/", "(?:/(?<parentResourcePath>.*?))?/");
    const groups = new RegExp(`^${pattern}$`, "i").exec(id.replace(/\/+$/, ""))?.groups;
    if (groups === undefined) {
        return undefined;
    }
    const { subscriptionId: _, ...parameters } = groups;
    return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value ?? ""]));
}

/** The type that ARM names: `Microsoft.Compute/virtualMachines/extensions`. */
export function armType(row: ResourceRow, id: string): string {
    if (row.armType !== undefined) {
        return row.armType;
    }
    const [namespace = "", ...rest] = (id.split(/\/providers\//i).at(-1) ?? "").split("/");
    return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/");
}
