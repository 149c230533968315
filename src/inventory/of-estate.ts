import { formatArmId, parseArmId, type ArmId } from "../model/ids/arm-id";
import { DEFAULT_TIER_TAG } from "../model/protection/tier-tag";
import { diskIdOf } from "../model/disks/attached-disks";
import type { Estate } from "../model/estate";
import { displayName } from "../model/ids/display-name";
import { ABSENT, known, mapValue, unknown, valueOf, type Value } from "../model/values";
import type { Link } from "../model/link";
import type {
    BackupItem,
    BackupVault,
    Disk,
    Entity,
    VirtualMachine,
    NetworkInterface,
    ReplicatedDisk,
    ReplicatedItem,
    Vault,
} from "../model/resources";
import { isSet, targetOf } from "../model/planned-resource";
import { tagsOfOrigin } from "../model/disks/restored-disk";
import type {
    Inventory,
    InventoryBackupItem,
    InventoryBackupPolicy,
    InventoryCluster,
    InventoryDisk,
    InventoryDiskBackup,
    InventoryVm,
    InventoryNetworkInterface,
    InventoryPlace,
    InventoryReach,
    InventoryRecoveryPlan,
    InventoryReplicatedItem,
    InventorySource,
    InventoryUnidentified,
    InventoryVault,
} from "./document";
import { problemInElement } from "./schema";
import { supersededSources } from "./superseded";

/** An inventory as it grows, one source after another. */
export class InventoryBuilder {
    private readonly sources: InventorySource[] = [];
    private readonly lists: { readonly [L in keyof Lists]: Lists[L][] } = {
        machines: [],
        backupItems: [],
        diskBackups: [],
        replicatedItems: [],
        vaults: [],
        recoveryPlans: [],
        disks: [],
        backupPolicies: [],
        resourceGroups: [],
        fabrics: [],
        clusters: [],
        networkInterfaces: [],
    };
    private readonly unidentified: InventoryUnidentified[] = [];

    /** A source of which nothing could be read. */
    addUnreadable(source: InventorySource & { readonly problem: string }): void {
        this.sources.push(source);
    }

    /**
     * All that a stack has itself. What it has without an id that is known cannot be told to others.
     *
     * @param interrupted how many of its resources a run was changing when it was interrupted
     */
    addEstate(estate: Estate, from: InventorySource, interrupted = 0): void {
        const source = this.sources.length;
        const sourced = [
            ...this.listed(source, "machines", estate.vms.filter(isOwn), (vm) => vmOf(estate, vm)),
            ...this.listed(source, "backupItems", estate.backup.items, (item) => backupItemOf(estate, item)),
            ...this.listed(source, "diskBackups", estate.backup.diskBackups, (backup) => {
                return {
                    ...optional({
                        active: valueOf(backup.active),
                        state: valueOf(backup.state),
                        policy: valueOf(backup.policy.id),
                    }),
                    ...facts({ disk: protectedBy(estate.backup.diskOf(backup), "disk") }),
                };
            }),
            ...this.listed(source, "replicatedItems", estate.replication.items, (item) =>
                replicatedItemOf(estate, item),
            ),
            ...this.listed(source, "vaults", estate.vaults.recoveryServicesVaults, (vault) =>
                vaultOf(vault, "Recovery Services vault"),
            ),
            ...this.listed(source, "vaults", estate.vaults.backupVaults, (vault) => vaultOf(vault, "Backup vault")),
            ...this.listed(source, "clusters", estate.all("protection cluster"), ({ items, disks }) => ({
                items: items.flatMap(({ id }) => valueOf(id) ?? []),
                ...optional({ disks: disks.state === "listed" ? textsOf(disks.disks) : undefined }),
            })),
            ...this.listed(source, "recoveryPlans", estate.recoveryPlans.all, ({ items }) => ({
                items: items.flatMap(({ id }) => valueOf(id) ?? []),
            })),
        ];
        // What others refer to. Of what has no id yet, no other stack can know.
        this.listed(source, "disks", estate.all("disk"), diskOf);
        this.listed(source, "backupPolicies", estate.all("backup policy"), ({ type, crashConsistentOnly }) =>
            facts({ type, crashConsistentOnly }),
        );
        this.listed(source, "resourceGroups", estate.all("resource group"), ({ location }) => facts({ location }));
        this.listed(source, "fabrics", estate.all("replication fabric"), ({ location }) => facts({ location }));
        this.listed(source, "networkInterfaces", estate.all("network interface"), networkInterfaceOf);
        const lost = sourced.filter((isReported) => !isReported).length + estate.unread.length;
        const problems = [
            ...(lost === 0 ? [] : [`${lost} of its resources could not be read, or have no id that is known.`]),
            ...(interrupted === 0
                ? []
                : [`What became of ${interrupted} of its resources is not known: a run was interrupted.`]),
        ];
        // A time that no reader would take tells nothing of its age.
        const hasTime = problemInElement("sources", from) === undefined;
        this.sources.push({
            ...from,
            detail: "full",
            ...reachesOf(estate),
            ...(hasTime ? {} : { readAt: UNKNOWN_TIME }),
            ...(problems.length === 0 ? {} : { problem: problems.join(" ") }),
        });
    }

    /** All of it; of a stack that was added twice, what was read last. */
    inventory(): Inventory {
        const superseded = supersededSources(this.sources);
        const index = new Map<number, number>();
        const sources = this.sources.filter((source, formerly) => {
            const counts = !superseded.has(source);
            if (counts) {
                index.set(formerly, index.size);
            }
            return counts;
        });
        const kept = <E extends { readonly source: number }>(entries: readonly E[]): readonly E[] =>
            superseded.size === 0
                ? entries
                : entries.flatMap((entry) => {
                      const source = index.get(entry.source);
                      return source === undefined ? [] : [{ ...entry, source }];
                  });
        return {
            version: 1,
            sources,
            machines: kept(this.lists.machines),
            backupItems: kept(this.lists.backupItems),
            diskBackups: kept(this.lists.diskBackups),
            replicatedItems: kept(this.lists.replicatedItems),
            vaults: kept(this.lists.vaults),
            recoveryPlans: kept(this.lists.recoveryPlans),
            disks: kept(this.lists.disks),
            backupPolicies: kept(this.lists.backupPolicies),
            resourceGroups: kept(this.lists.resourceGroups),
            fabrics: kept(this.lists.fabrics),
            clusters: kept(this.lists.clusters),
            networkInterfaces: kept(this.lists.networkInterfaces),
            ...(this.unidentified.length > 0 ? { unidentified: kept(this.unidentified) } : {}),
        };
    }

    /** Whether each of them could be told: nothing is written that no reader would take. */
    private listed<L extends keyof Lists, T extends Entity>(
        source: number,
        list: L,
        resources: readonly T[],
        factsOf: (resource: T) => Facts<Lists[L]>,
    ): readonly boolean[] {
        return resources.map((resource) => {
            const entry = made(() => ({ source, ...factsOf(resource) }));
            const id = textOf(valueOf(resource.id));
            // What a template makes under a condition that nobody can work out may not be there.
            if (entry !== undefined && id !== undefined && resource.embeddedIn?.openBy === undefined) {
                const whole = { id, ...entry } as Lists[L];
                if (problemInElement(list, whole) === undefined) {
                    (this.lists[list] as Lists[L][]).push(whole);
                    return true;
                }
            }
            this.addUnidentified(source, resource, entry);
            return false;
        });
    }

    private addUnidentified(source: number, resource: Entity, entry: object | undefined): void {
        const protectedId: unknown =
            entry && ("machine" in entry ? entry.machine : "disk" in entry ? entry.disk : undefined);
        const unidentified = {
            source,
            kind: resource.kind,
            ...optional({ name: displayName(resource), of: protectedId }),
        };
        // The schema knows the kinds that matter to others.
        if (problemInElement("unidentified", unidentified) === undefined) {
            this.unidentified.push(unidentified as InventoryUnidentified);
        }
    }
}

/** Each scope once, however many locks and assignments it has. */
function reachesOf(estate: Estate): Pick<InventorySource, "reaches"> {
    const reaches = new Map<string, InventoryReach>();
    const add = (by: InventoryReach["by"], scope: string | undefined): void => {
        reaches.set(`${by} ${scope ?? ""}`, { by, ...optional({ scope }) });
    };
    estate.assignedProtection.scopes.forEach(({ service, scope }) => add(service, scope));
    estate.locks.all
        .filter(({ skipped }) => !skipped)
        .forEach(({ scope }) => add("lock", textOf(valueOf(scope.id))?.toLowerCase()));
    return reaches.size === 0 ? {} : { reaches: [...reaches.values()] };
}

/** Undefined for a bug of this pack, which costs this one resource alone; it is counted among what could not be read. */
function made<T>(make: () => T): T | undefined {
    try {
        return make();
    } catch {
        return undefined;
    }
}

interface Lists {
    readonly machines: InventoryVm;
    readonly backupItems: InventoryBackupItem;
    readonly diskBackups: InventoryDiskBackup;
    readonly replicatedItems: InventoryReplicatedItem;
    readonly vaults: InventoryVault;
    readonly recoveryPlans: InventoryRecoveryPlan;
    readonly disks: InventoryDisk;
    readonly backupPolicies: InventoryBackupPolicy;
    readonly resourceGroups: InventoryPlace;
    readonly fabrics: InventoryPlace;
    readonly clusters: InventoryCluster;
    readonly networkInterfaces: InventoryNetworkInterface;
}

/** Long ago, so that it is told as too old. */
const UNKNOWN_TIME = "1970-01-01T00:00:00Z";

type Facts<T> = Omit<T, "id" | "source">;

function vaultOf({ location }: Vault | BackupVault, kind: InventoryVault["kind"]): Facts<InventoryVault> {
    return { kind, ...optional({ location: valueOf(location) }) };
}

function isOwn({ urn }: VirtualMachine): boolean {
    return urn !== undefined;
}

function vmOf(estate: Estate, vm: VirtualMachine): Facts<InventoryVm> {
    const attached = estate.disks.attachedTo(vm);
    const os = attached.find(({ role }) => role === "os");
    const data = attached.filter(({ role }) => role === "data");
    const tags = valueOf(vm.tags);
    const texts = [...(tags ?? [])].flatMap(([name, value]) =>
        // Tags hold whatever people put there, and nobody who reads an inventory asks for any other.
        name.toLowerCase() === DEFAULT_TIER_TAG && value.state === "known" ? [[name, value.value] as const] : [],
    );
    return {
        ...optional({
            location: valueOf(estate.regions.of(vm)),
            osDisk: os && textOf(diskIdOf(vm, os)),
        }),
        dataDisks: data.map((disk) => optional({ lun: lunOf(disk.place.lun), id: textOf(diskIdOf(vm, disk)) })),
        ...(texts.length > 0 ? { tags: Object.fromEntries(texts) } : {}),
    };
}

function backupItemOf(estate: Estate, item: BackupItem): Facts<InventoryBackupItem> {
    return {
        level: valueOf(item.level) === "file" ? "file" : "machine",
        ...optional({
            active: valueOf(item.active),
            state: valueOf(item.state),
        }),
        ...facts({
            machine: protectedBy(estate.protectedVms.of(item), "machine"),
            policy: item.policy.id,
            selectedDisks: item.disks,
            apiVersion: item.apiVersion,
        }),
    };
}

function replicatedItemOf(estate: Estate, item: ReplicatedItem): Facts<InventoryReplicatedItem> {
    const disks = item.disks.state === "listed" ? item.disks.disks : [];
    return {
        ...optional({
            disks: item.disks.state === "listed" ? textsOf(disks) : undefined,
            health: valueOf(item.health.state),
        }),
        ...facts({
            encryptedDisks: item.disks.state === "listed" ? encryptedAmong(disks) : ABSENT,
            machine: protectedBy(estate.protectedVms.of(item), "machine"),
            azureToAzure: item.isAzureToAzure,
            failedOver: item.failedOver,
            group: item.group,
            recoveryLocation: notAbsent(estate.replication.targetRegionOf(item), "recoveryLocation"),
            sourceLocation: notAbsent(estate.replication.sourceRegionOf(item), "sourceLocation"),
            targetGroup: item.targetGroup.id,
            cluster: item.cluster.id,
            recoverySize: item.recoverySize,
            autoProtection: item.autoProtection,
            policy: item.policy.id,
        }),
    };
}

/** The disks with a customer's key on the other side. */
function encryptedAmong(disks: readonly ReplicatedDisk[]): Value<readonly string[]> {
    const open = disks.map(({ encryptionSet }) => isSet(encryptionSet)).find(({ state }) => state === "unknown");
    if (open?.state === "unknown") {
        return open;
    }
    const texts = textsOf(disks.filter(({ encryptionSet }) => valueOf(isSet(encryptionSet)) === true));
    return texts === undefined ? ABSENT : known(texts);
}

/** Each item has two regions: where nothing here tells one, it is not known. */
function notAbsent<T>(value: Value<T>, property: string): Value<T> {
    return value.state === "absent" ? unknown(property) : value;
}

/** Undefined unless every disk is known by its id. */
function textsOf(disks: readonly ReplicatedDisk[]): readonly string[] | undefined {
    const ids = disks.map(({ disk }) => textOf(valueOf(targetOf(disk).id)));
    return ids.every((id): id is string => id !== undefined) ? ids : undefined;
}

function diskOf(disk: Disk): Facts<InventoryDisk> {
    const { creation, osType, location, size, sku, maxShares, encryptionSet, encryptedInGuest, accessMode } = disk;
    return facts({
        createOption: creation.option,
        createdFrom: creation.source.id,
        osType,
        location,
        size,
        sku,
        maxShares,
        encryptionSet: encryptionSet.id,
        encryptedInGuest,
        accessMode,
        tags: tagsOfOrigin(disk),
    });
}

function networkInterfaceOf({ addresses }: NetworkInterface): Facts<InventoryNetworkInterface> {
    return facts({
        addresses: mapValue(addresses, (list) =>
            list.map(({ version, isPublic, inSecurityGroup }) =>
                optional({
                    version: valueOf(version),
                    isPublic: valueOf(isPublic),
                    inSecurityGroup: valueOf(inSecurityGroup),
                }),
            ),
        ),
    });
}

type KnownFacts<T> = { readonly [P in keyof T]?: T[P] } & { readonly unknown?: readonly string[] };

/** Known values unchanged, values that are not set left out, and the names of values that are not known. */
function facts<T extends object>(values: { readonly [P in keyof T]: Value<T[P]> }): KnownFacts<T> {
    const entries = Object.entries<Value<unknown>>(values);
    const open = entries.flatMap(([name, { state }]) => (state === "unknown" ? [name] : []));
    const sourced: object = {
        ...optional(Object.fromEntries(entries.map(([name, value]) => [name, valueOf(value)]))),
        ...(open.length > 0 ? { unknown: open } : {}),
    };
    return sourced;
}

/** The id of what an item protects; without a subscription where the estate does not know it. */
function protectedBy(link: Link<VirtualMachine | Disk>, property: string): Value<string> {
    switch (link.state) {
        case "linked":
            return link.to.id.state === "known" ? protectedId(link.to.id.value, property) : unknown(property);
        case "external":
            return protectedId(link.id, property);
        case "undecided":
            return unknown(property);
        case "none":
            return ABSENT;
    }
}

function protectedId(id: ArmId, property: string): Value<string> {
    const text = formatArmId(id);
    return parseArmId(text) === undefined ? unknown(property) : known(text);
}

/** Undefined for an id that cannot be written down so that it is read back: one without a subscription, or with odd names. */
function textOf(id: ArmId | undefined): string | undefined {
    const text = id?.subscription === undefined ? undefined : formatArmId(id);
    return text !== undefined && parseArmId(text) !== undefined ? text : undefined;
}

/** Azure numbers the places of data disks; whatever else a state may hold there is none of them. */
function lunOf(lun: number | undefined): number | undefined {
    return Number.isInteger(lun) && (lun ?? -1) >= 0 ? lun : undefined;
}

/** Without what is undefined and without texts that are empty: JSON has neither. */
function optional<T extends object>(facts: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== "")) as {
        readonly [K in keyof T]?: Exclude<T[K], undefined>;
    };
}
