import { formatArmId, armKey, armKeyOf, subscriptionKey, type ArmId, type Subscription } from "../model/ids/arm-id";
import { ABSENT, known, mapValue, unknown, valueOf, type Value } from "../model/values";
import type { ExternalIndex } from "../model/link";
import { getOrCreate } from "../model/lists";
import type {
    BackupItem,
    BackupPolicy,
    Disk,
    DiskBackup,
    DiskSelection,
    Entity,
    NetworkInterface,
    Origin,
    RecoveryPlan,
    ReplicatedItem,
    ReplicationCluster,
    Setting,
    VaultSettings,
} from "../model/resources";
import {
    externalResource,
    type GroupOfVault,
    type RelatedTo,
    type ExternalResources,
    type RelatedResources,
    type ReferredKind,
    type Reach,
} from "../model/external-resources";
import { untoldAccess } from "../model/readers/disk-access";
import { unknownReference, type Reference, type Target, type Urn } from "../model/planned-resource";
import { fabricAbove } from "../model/places/fabric";
import type {
    InventoryBackupItem,
    InventoryBackupPolicy,
    InventoryCluster,
    InventoryDisk,
    InventoryDiskBackup,
    InventoryNetworkInterface,
    InventoryPlace,
    InventoryRecoveryPlan,
    InventoryReplicatedItem,
    InventorySource,
    InventoryUnidentified,
    InventoryVault,
} from "./document";
import { InventoryLookup, type InventoryIndex, type SourcedEntry, type Unidentified } from "./inventory-index";
import { groupKey, vaultIn, type EntryOf, type ListName, type Relation } from "./packed-entries";

export interface Ageing {
    readonly now: Date;
    /** What is older is told as such. */
    readonly maximumAgeHours: number;
}

export const DEFAULT_MAXIMUM_AGE_HOURS = 24;

/** The stack of an URN as an inventory names it. */
export function stackName(stack: string, project: string): string {
    return `stack "${stack}" of "${project}"`;
}

/**
 * Inventories as an estate asks them: by what it has, so that an estate costs what it has and not what the inventories
 * hold. Entries become resources of the model only when they are asked for.
 */
export class InventoriedResources implements ExternalResources {
    private readonly entries: InventoryLookup;
    private readonly sources: readonly InventorySource[];
    private readonly unidentified: readonly Unidentified[];
    /** By scope, the names of the sources that have something there; the empty scope may be anywhere. */
    private readonly reaches = new Map<Reach, Map<string, Set<string>>>();
    /** Each entry is one resource, however often it is asked for. */
    private readonly made = new Map<SourcedEntry<ReferredEntry>, Entity>();

    constructor(
        private readonly index: InventoryIndex,
        private readonly ageing: Ageing,
    ) {
        this.entries = new InventoryLookup(index);
        this.sources = index.sources;
        this.unidentified = index.unidentified;
        for (const { name, reaches = [] } of this.sources) {
            for (const { by, scope = ANYWHERE } of reaches) {
                const scopes = getOrCreate(this.reaches, by, () => new Map<string, Set<string>>());
                getOrCreate(scopes, scope.toLowerCase(), () => new Set()).add(name);
            }
        }
    }

    hasBackups(stack: Urn | undefined, subscriptions: readonly Subscription[]): boolean {
        const own = stack === undefined ? undefined : nameOfStack(stack);
        const names = new Set(subscriptions.map(subscriptionKey));
        return (
            [...names].some((name) => [...(this.index.withBackups.get(name) ?? [])].some((source) => source !== own)) ||
            this.unidentified.some(({ entry: { kind }, source }) => BACKUPS.has(kind) && source.name !== own)
        );
    }

    mayReach(by: Reach, stack: Urn | undefined, id: Value<ArmId>): boolean {
        const own = stack === undefined ? undefined : nameOfStack(stack);
        const scopes = this.reaches.get(by) ?? new Map<string, Set<string>>();
        const isOthers = (scope: string): boolean => [...(scopes.get(scope) ?? [])].some((name) => name !== own);
        const about = valueOf(id);
        return about?.subscription === undefined
            ? [...scopes.keys()].some(isOthers)
            : [ANYWHERE, ...scopesOver(about)].some(isOthers);
    }

    relatedTo({ stack, ids, groups, vaults: ownVaults }: RelatedTo): RelatedResources {
        const own = stack === undefined ? undefined : nameOfStack(stack);
        const isOthers = ({ source }: SourcedEntry<unknown>): boolean => own === undefined || source.name !== own;
        const about = distinct(ids);
        const under = <L extends ListName>(
            list: L,
            by: Relation,
            of: readonly ArmId[],
        ): readonly SourcedEntry<EntryOf<L>>[] =>
            [...new Set(of.flatMap((id) => this.entries.under(list, by, id)))].filter(isOthers);
        const unplaced = <L extends ListName>(list: L): readonly SourcedEntry<EntryOf<L>>[] =>
            this.entries.unplaced(list).filter(isOthers);
        const unidentified = this.unidentified.filter(({ source }) => source.name !== own);
        const direct = [...under("replicatedItems", "machine", about), ...unplaced("replicatedItems")];
        const inGroups = new Map(
            [...groups, ...direct.flatMap((sourced) => groupOf(sourced) ?? [])].map((group) => [
                `${armKey(group.vault)}${groupName(group)}`,
                group,
            ]),
        );
        const members = [...inGroups.values()].flatMap((group) =>
            this.entries.under("replicatedItems", "group", group.vault, groupName(group)),
        );
        const replicated = [...new Set([...direct, ...members.filter(isOthers)])];
        const backups = [
            ...new Set([
                ...under("backupItems", "machine", about),
                ...under("backupItems", "vault", ownVaults),
                ...unplaced("backupItems"),
            ]),
        ];
        const diskBackups = [
            ...new Set([
                ...under("diskBackups", "disk", about),
                ...under("diskBackups", "vault", ownVaults),
                ...unplaced("diskBackups"),
            ]),
        ];
        const items = [...about, ...replicated.map(({ id }) => id)];
        const holders = [...replicated, ...backups, ...diskBackups].map(({ id }) => vaultIn(id));
        const vaults = under("vaults", "vault", distinct([...about, ...holders]));
        const named = replicated.flatMap(({ entry: { cluster } }) =>
            cluster === undefined ? [] : (this.entries.find("clusters", armKeyOf(cluster)) ?? []),
        );
        const clusters = [...new Set([...named, ...under("clusters", "item", items)])].filter(isOthers);
        return {
            "replicated item": [
                ...replicated.map((sourced) => this.replicatedItem(sourced)),
                ...ofKind(unidentified, "replicated item").map((each) => ({
                    ...this.replicatedItem(asSourced(each)),
                    ...namelessFacts(each),
                    sourceFabric: UNKNOWN_TARGET,
                    group: unknown("group"),
                    health: { state: unknown("health"), errors: [], disksToResync: [], unprotectedLuns: [] },
                })),
            ],
            "protection cluster": clusters.map((sourced) => this.cluster(sourced)),
            "backup item": [
                ...backups.map((sourced) => this.backupItem(sourced)),
                ...ofKind(unidentified, "backup item").map((each) => ({
                    ...this.backupItem({
                        ...asSourced(each),
                        entry: { ...asSourced(each).entry, level: "machine" as const },
                    }),
                    ...namelessFacts(each),
                    level: unknown("level"),
                    state: unknown("state"),
                })),
            ],
            "disk backup": [
                ...diskBackups.map((sourced) => this.diskBackup(sourced)),
                ...ofKind(unidentified, "disk backup").map((each) => ({
                    ...this.diskBackup(asSourced(each)),
                    ...namelessFacts(each),
                    state: unknown("state"),
                })),
            ],
            "recovery plan": under("recoveryPlans", "item", items).map((sourced) => this.recoveryPlan(sourced)),
            vault: vaults.flatMap((sourced) =>
                sourced.entry.kind === "Recovery Services vault"
                    ? [
                          {
                              identities: { property: "identity.type", value: unknown("identity.type", "external") },
                              regionOfChoice: ABSENT,
                              setsRedundancy: ABSENT,
                              ...this.vaultFacts(sourced),
                              ...externalResource("vault", sourced.id),
                          },
                      ]
                    : [],
            ),
            "backup vault": vaults.flatMap((sourced) =>
                sourced.entry.kind === "Backup vault"
                    ? [{ ...externalResource("backup vault", sourced.id), ...this.vaultFacts(sourced) }]
                    : [],
            ),
        };
    }

    vm(id: ArmId): { readonly location: Value<string>; readonly origin: Origin } | undefined {
        const sourced = this.entries.find("machines", armKey(id));
        return (
            sourced && { location: factOf(sourced, "location", sourced.entry.location), origin: this.origin(sourced) }
        );
    }

    of<K extends ReferredKind>(kind: K, stack: Urn | undefined): ExternalIndex<Extract<Entity, { kind: K }>> {
        const own = stack === undefined ? undefined : nameOfStack(stack);
        return {
            tellsAll:
                this.sources.every(
                    ({ name, detail, problem }) => name === own || (detail === "full" && problem === undefined),
                ) && this.unidentified.every(({ entry, source }) => source.name === own || entry.kind !== kind),
            find: (id) => {
                const sourced =
                    id.subscription === undefined ? undefined : this.entries.find(REFERRED[kind], armKey(id));
                if (sourced === undefined || sourced.source.name === own) {
                    return undefined;
                }
                const entity = getOrCreate(this.made, sourced, () =>
                    referredEntity(kind, sourced, this.origin(sourced)),
                );
                return entity as Extract<Entity, { kind: K }>;
            },
        };
    }

    noticesFor(stack: Urn | undefined): readonly string[] {
        const own = stack === undefined ? undefined : nameOfStack(stack);
        const others = this.sources.filter(({ name }) => name !== own);
        const { maximumAgeHours } = this.ageing;
        const old = others.filter(({ readAt }) => this.ageOf(readAt) > maximumAgeHours);
        const [oldest] = old.toSorted((a, b) => Date.parse(a.readAt) - Date.parse(b.readAt));
        const broken = others.filter(({ problem }) => problem !== undefined);
        const [first] = broken;
        return [
            ...(oldest === undefined
                ? []
                : [
                      `What is known of other stacks is older than maximumAgeHours (${maximumAgeHours}) in ${old.length} of its ${others.length} sources; ` +
                          `the oldest is ${oldest.name}, read ${readAtInWords(oldest.readAt)}. What has changed since is not known here.`,
                  ]),
            ...(first === undefined
                ? []
                : [
                      `What is known of other stacks is not whole: ${broken.length} of its ${others.length} sources could not be read, such as ${first.name} (${first.problem ?? ""}). ` +
                          "They may have protection that is not known here.",
                  ]),
        ];
    }

    private origin({ source: { kind, name, readAt } }: SourcedEntry<unknown>): Origin {
        const { maximumAgeHours } = this.ageing;
        return { source: name, isStack: kind === "state", readAt, ageHours: this.ageOf(readAt), maximumAgeHours };
    }

    private ageOf(readAt: string): number {
        return (this.ageing.now.getTime() - Date.parse(readAt)) / 3_600_000;
    }

    private replicatedItem(sourced: SourcedEntry<InventoryReplicatedItem>): ReplicatedItem {
        const { id, entry } = sourced;
        const { machine: vm, azureToAzure, disks, encryptedDisks, failedOver, group, recoveryLocation, policy } = entry;
        const isEncrypted = new Set(encryptedDisks?.map(armKeyOf));
        const encryptionSetOf = (disk: string): Value<string> =>
            encryptedDisks === undefined || isEncrypted.has(armKeyOf(disk)) ? unknown("encryptedDisks") : ABSENT;
        return {
            origin: this.origin(sourced),
            vm: protectedBy(sourced, "machine", vm),
            isAzureToAzure: factOf(sourced, "azureToAzure", azureToAzure),
            failedOver: factOf(sourced, "failedOver", failedOver),
            failoverVm: unknown("failoverMachine"),
            recoveryLocation: factOf(sourced, "recoveryLocation", recoveryLocation),
            primaryLocation: factOf(sourced, "sourceLocation", entry.sourceLocation),
            sourceFabric: fabricAbove({ id: known(id), property: "id", dependencies: [] }),
            targetFabric: UNKNOWN_TARGET,
            targetGroup: referenceOf(sourced, "targetGroup", entry.targetGroup),
            targetZone: unknown("targetZone"),
            toEdgeZone: unknown("targetEdgeZone"),
            hasTargetNetwork: unknown("targetNetwork"),
            disks:
                disks === undefined
                    ? { state: "unknown", property: "disks" }
                    : {
                          state: "listed",
                          property: "disks",
                          disks: disks.map((disk, index) => ({
                              disk: referenceTo(disk, `disks[${index}]`),
                              stagingAccount: unknownReference("stagingAccount"),
                              encryptionSet: {
                                  id: encryptionSetOf(disk),
                                  property: "encryptedDisks",
                                  dependencies: [],
                              },
                              encryptionKeys: ABSENT,
                              targetType: ABSENT,
                              replicaType: ABSENT,
                              access: untoldAccess("existing", unknownReference("disks")),
                          })),
                      },
            listedDisks: unknown("disks"),
            listFrom: [],
            policy: referenceOf(sourced, "policy", policy),
            cluster: referenceOf(sourced, "cluster", entry.cluster),
            vault: { id: known(vaultIn(id)), property: "id", dependencies: [] },
            // Without a name it is in no group, whatever the source.
            group: entry.unknown?.includes("group") === true ? unknown("group") : optional(group),
            askedGroup: unknown("group"),
            autoProtection: factOf(sourced, "autoProtection", entry.autoProtection),
            isHighChurn: unknown("isHighChurn"),
            recoverySize: factOf(sourced, "recoverySize", entry.recoverySize),
            health: { state: optional(entry.health), errors: [], disksToResync: [], unprotectedLuns: [] },
            ...externalResource("replicated item", id),
        };
    }

    private backupItem(sourced: SourcedEntry<InventoryBackupItem>): BackupItem {
        const { id, entry } = sourced;
        return {
            origin: this.origin(sourced),
            level: known(entry.level === "file" ? "file" : "VM"),
            vm: { ...protectedBy(sourced, "machine", entry.machine), named: ABSENT, namedFrom: [] },
            names: { item: ABSENT, container: ABSENT },
            active: entry.active === undefined ? unknown("active") : known(entry.active),
            state: optional(entry.state),
            vault: { id: known(vaultIn(id)), property: "id", dependencies: [] },
            policy: referenceOf(sourced, "policy", entry.policy),
            disks: mapValue(factOf(sourced, "selectedDisks", entry.selectedDisks), selectionOf),
            apiVersion: factOf(sourced, "apiVersion", entry.apiVersion),
            ...externalResource("backup item", id),
        };
    }

    private diskBackup(sourced: SourcedEntry<InventoryDiskBackup>): DiskBackup {
        const { id, entry } = sourced;
        return {
            origin: this.origin(sourced),
            disk: protectedBy(sourced, "disk", entry.disk),
            active: entry.active === undefined ? unknown("active") : known(entry.active),
            state: optional(entry.state),
            vault: { id: known(vaultIn(id)), property: "id", dependencies: [] },
            policy: referenceOf(sourced, "policy", entry.policy),
            snapshotGroup: UNKNOWN_TARGET,
            ...externalResource("disk backup", id),
        };
    }

    private recoveryPlan(sourced: SourcedEntry<InventoryRecoveryPlan>): RecoveryPlan {
        return {
            origin: this.origin(sourced),
            sourceFabric: UNKNOWN_TARGET,
            targetFabric: UNKNOWN_TARGET,
            primaryZone: unknown("primaryZone"),
            recoveryZone: unknown("recoveryZone"),
            bootGroups: unknown("groups"),
            instances: unknown("groups"),
            items: sourced.entry.items.map((item, index) => referenceTo(item, `items[${index}]`)),
            ...externalResource("recovery plan", sourced.id),
        };
    }

    private cluster(sourced: SourcedEntry<InventoryCluster>): ReplicationCluster {
        const { id, entry } = sourced;
        return {
            origin: this.origin(sourced),
            disks:
                entry.disks === undefined
                    ? { state: "unknown", property: "disks" }
                    : {
                          state: "listed",
                          property: "disks",
                          disks: entry.disks.map((disk, index) => ({
                              disk: referenceTo(disk, `disks[${index}]`),
                              stagingAccount: unknownReference("stagingAccount"),
                              encryptionSet: unknownReference("encryptionSet"),
                              encryptionKeys: ABSENT,
                              targetType: ABSENT,
                              replicaType: ABSENT,
                              access: untoldAccess("existing", unknownReference("disks")),
                          })),
                      },
            items: entry.items.map((item, index) => referenceTo(item, `items[${index}]`)),
            itemCount: known(entry.items.length),
            nodeCount: ABSENT,
            policy: unknownReference("policy"),
            ...externalResource("protection cluster", id),
        };
    }

    /** Of a vault, only its region is known: its settings are nobody's to guess. */
    private vaultFacts(sourced: SourcedEntry<InventoryVault>): VaultSettings & { readonly origin: Origin } {
        const words = { on: true, off: false };
        const open = (property: string) => ({ property, value: unknown(property) });
        return {
            origin: this.origin(sourced),
            location: factOf(sourced, "location", sourced.entry.location),
            softDelete: { ...open("softDelete"), words },
            softDeleteDays: open("softDeleteDays"),
            immutability: open("immutability"),
            redundancy: undefined,
            crossRegionRestore: { ...open("crossRegionRestore"), words },
            publicNetworkAccess: undefined,
            customerKey: undefined,
            alerts: [],
            guarded: undefined,
        };
    }
}

/** `2026-11-22 21:04 UTC` */
export function readAtInWords(readAt: string): string {
    return `${new Date(readAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

const UNKNOWN_TARGET: Target = { id: unknown(""), property: "", dependencies: [] };

/** The list of each kind. */
const REFERRED = {
    disk: "disks",
    "backup policy": "backupPolicies",
    "resource group": "resourceGroups",
    "replication fabric": "fabrics",
    "network interface": "networkInterfaces",
} as const satisfies Readonly<Record<ReferredKind, ListName>>;

const BACKUPS: ReadonlySet<string> = new Set(["backup item", "disk backup"]);

function ofKind(all: readonly Unidentified[], kind: InventoryUnidentified["kind"]): readonly Unidentified[] {
    return all.filter(({ entry }) => entry.kind === kind);
}

/** As an entry of which nothing else is known. */
function asSourced({ entry: { source: index, name, of }, source }: Unidentified): SourcedEntry<{
    readonly id: string;
    readonly source: number;
    readonly vm?: string;
    readonly disk?: string;
    readonly unknown: readonly string[];
}> {
    const { detail: _, ...partly } = source;
    return {
        entry: {
            id: "",
            source: index,
            ...(of === undefined ? {} : { vm: of, disk: of }),
            unknown: ["machine", "disk"],
        },
        // Nobody's own subscription: what is not known of two stacks is not one.
        id: { subscription: undefined, subscriptionOf: source.name, resourceGroup: undefined, type: "", names: [name] },
        source: partly,
    };
}

function namelessFacts({ entry: { name } }: Unidentified) {
    return { id: unknown("id"), azureName: known(name), vault: UNKNOWN_TARGET };
}

/** A property of an entry. What is missing is not set only where the source tells all of an entry. */
function factOf<T>(
    { entry: { unknown: open = [] }, source: { detail } }: SourcedEntry<{ readonly unknown?: readonly string[] }>,
    property: string,
    value: T | undefined,
): Value<T> {
    if (value !== undefined) {
        return known(value);
    }
    return detail === "full" && !open.includes(property) ? ABSENT : unknown(property);
}

function referenceOf(
    sourced: SourcedEntry<{ readonly unknown?: readonly string[] }>,
    property: string,
    id: string | undefined,
): Reference {
    return { id: factOf(sourced, property, id), property, dependencies: [] };
}

/** What an item protects. Without it, the item protects none of ours, unless the source says that it could not tell. */
function protectedBy(
    { entry }: SourcedEntry<{ readonly unknown?: readonly string[] }>,
    property: string,
    id: string | undefined,
): Reference {
    return id === undefined && entry.unknown?.includes(property) === true
        ? unknownReference(property)
        : referenceTo(id, property);
}

function selectionOf({ selected, luns = [] }: NonNullable<InventoryBackupItem["selectedDisks"]>): DiskSelection {
    return selected === "all" ? { selected } : { selected, luns };
}

type ReferredEntry = InventoryDisk | InventoryBackupPolicy | InventoryPlace | InventoryNetworkInterface;

/** The resource of an entry. What an entry has of it is only what policies ask for. */
function referredEntity(kind: ReferredKind, sourced: SourcedEntry<ReferredEntry>, origin: Origin): Entity {
    switch (kind) {
        case "disk":
            return { ...diskOf(sourced), origin };
        case "backup policy":
            return { ...backupPolicyOf(sourced), origin };
        case "network interface":
            return { ...networkInterfaceOf(sourced), origin };
        case "resource group":
        case "replication fabric": {
            const { location } = (sourced as SourcedEntry<InventoryPlace>).entry;
            return { ...externalResource(kind, sourced.id), origin, location: factOf(sourced, "location", location) };
        }
    }
}

function diskOf(sourced: SourcedEntry<InventoryDisk>): Disk {
    const { entry, id } = sourced;
    const tags = factOf(sourced, "tags", entry.tags);
    return {
        tags: mapValue(tags, (texts) => new Map(Object.entries(texts).map(([name, text]) => [name, known(text)]))),
        creation: {
            option: factOf(sourced, "createOption", entry.createOption),
            source: referenceOf(sourced, "createdFrom", entry.createdFrom),
        },
        osType: factOf(sourced, "osType", entry.osType),
        location: factOf(sourced, "location", entry.location),
        size: factOf(sourced, "size", entry.size),
        sku: factOf(sourced, "sku", entry.sku),
        maxShares: factOf(sourced, "maxShares", entry.maxShares),
        encryptionSet: referenceOf(sourced, "encryptionSet", entry.encryptionSet),
        encryptedInGuest: factOf(sourced, "encryptedInGuest", entry.encryptedInGuest),
        accessMode: factOf(sourced, "accessMode", entry.accessMode),
        // No inventory has it, so nothing is said of such a disk.
        isPrivate: ABSENT,
        ...externalResource("disk", id),
    };
}

/** Of a backup policy, the checks ask no more than what kind it is. */
function backupPolicyOf(sourced: SourcedEntry<InventoryBackupPolicy>): BackupPolicy {
    const open = <T>(property: string): Setting<T> => ({ property, value: unknown(property) });
    return {
        isForVms: unknown("backupManagementType"),
        type: factOf(sourced, "type", sourced.entry.type),
        crashConsistentOnly: factOf(sourced, "crashConsistentOnly", sourced.entry.crashConsistentOnly),
        frequency: open("frequency"),
        hourlyInterval: open("hourlyInterval"),
        instantRestoreDays: open("instantRestoreDays"),
        dailyRetentionDays: open("dailyRetentionDays"),
        weeklyRetentionDays: open("weeklyRetentionDays"),
        restorePointGroupPrefix: unknown("restorePointGroupPrefix"),
        vault: { id: known(vaultIn(sourced.id)), property: "id", dependencies: [] },
        ...externalResource("backup policy", sourced.id),
    };
}

function networkInterfaceOf(sourced: SourcedEntry<InventoryNetworkInterface>): NetworkInterface {
    const addresses = factOf(sourced, "addresses", sourced.entry.addresses);
    return {
        addresses: mapValue(addresses, (list) =>
            list.map(({ version, isPublic, inSecurityGroup }) => ({
                version: optional(version),
                isPublic: isPublic === undefined ? unknown("addresses") : known(isPublic),
                inSecurityGroup: inSecurityGroup === undefined ? unknown("addresses") : known(inSecurityGroup),
                // No inventory has it.
                subnet: unknownReference("addresses"),
            })),
        ),
        ...externalResource("network interface", sourced.id),
    };
}

/** Each id once, whatever its spelling. */
function distinct(ids: readonly ArmId[]): readonly ArmId[] {
    return [...new Map(ids.map((id) => [armKey(id), id])).values()];
}

function groupOf({ id, entry: { group } }: SourcedEntry<InventoryReplicatedItem>): GroupOfVault | undefined {
    return group === undefined ? undefined : { vault: vaultIn(id), name: group };
}

function groupName(group: GroupOfVault | undefined): string {
    return groupKey(group?.name ?? "");
}

function optional<T>(value: T | undefined): Value<T> {
    return value === undefined ? ABSENT : known(value);
}

function referenceTo(id: string | undefined, property: string): Reference {
    return { id: optional(id), property, dependencies: [] };
}

/** `stack "prod" of "replication"` */
function nameOfStack(urn: Urn): string {
    const [, , stack = "", project = ""] = urn.split(/::|:/);
    return stackName(stack, project);
}

/** The scope of which nothing is known. */
const ANYWHERE = "";

/** Subscription, group and the resource itself, as scopes are written. */
function scopesOver(id: ArmId): readonly string[] {
    const text = formatArmId(id).toLowerCase();
    const subscription = `/subscriptions/${id.subscription?.toLowerCase() ?? ""}`;
    return [subscription, `${subscription}/resourcegroups/${id.resourceGroup?.toLowerCase() ?? ""}`, text];
}
