import { armKey, isOneSubscription, keyWithoutSubscription, parseArmId, type ArmId } from "../estate/arm-id";
import type { GroupOfVault } from "../estate/consistency-groups";
import { ABSENT, known, unknown, type Known } from "../estate/known";
import { append } from "../estate/lists";
import type { BackupItem, DiskBackup, Origin, RecoveryPlan, ReplicatedItem, VaultSettings } from "../estate/model";
import { outsideResource, type Concerned, type Outside, type OutsideResources } from "../estate/outside";
import { nowhere, type Reference, type Target, type Urn } from "../estate/planned-resource";
import { BACKUP_VAULT, VAULT } from "../estate/vaults";
import type {
    Inventory,
    InventoryBackupItem,
    InventoryDiskBackup,
    InventoryMachine,
    InventoryRecoveryPlan,
    InventoryReplicatedItem,
    InventorySource,
    InventoryVault,
} from "./document";
import { supersededSources } from "./superseded";

/** An entry with the source that it came from. */
interface Told<T> {
    readonly entry: T;
    readonly id: ArmId;
    readonly source: InventorySource;
}

type Entry = { readonly id: string; readonly source: number };

/** Entries by something that they name. What names it alike may be of another subscription, so its id is kept, too. */
class Index<T> {
    private readonly entries = new Map<string, { readonly named: ArmId; readonly told: Told<T> }[]>();

    add(named: ArmId | undefined, told: Told<T>, more = ""): void {
        if (named !== undefined) {
            append(this.entries, keyWithoutSubscription(named) + more, { named, told });
        }
    }

    /** Those of the id's own subscription; where that is not known, those that may be. */
    under(id: ArmId, more = ""): readonly Told<T>[] {
        const alike = this.entries.get(keyWithoutSubscription(id) + more) ?? [];
        return alike.flatMap(({ named, told }) => (isOneSubscription(named, id) === "no" ? [] : [told]));
    }
}

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
export class InventoriedResources implements Outside {
    private readonly sources: readonly InventorySource[];
    private readonly machines: ReadonlyMap<string, Told<InventoryMachine>>;
    private readonly replicatedByMachine = new Index<InventoryReplicatedItem>();
    private readonly replicatedByGroup = new Index<InventoryReplicatedItem>();
    private readonly backupsByMachine = new Index<InventoryBackupItem>();
    private readonly backupsByDisk = new Index<InventoryDiskBackup>();
    private readonly plansByItem = new Index<InventoryRecoveryPlan>();
    private readonly vaults = new Index<InventoryVault>();

    constructor(
        inventories: readonly Inventory[],
        private readonly ageing: Ageing,
    ) {
        const sources = inventories.flatMap((inventory) => inventory.sources);
        const superseded = supersededSources(sources);
        this.sources = sources.filter((source) => !superseded.has(source));
        const newest = <T extends Entry>(entriesOf: (inventory: Inventory) => readonly T[]) =>
            newestOf(inventories, superseded, entriesOf);
        this.machines = newest(({ machines }) => machines);
        for (const told of newest(({ replicatedItems }) => replicatedItems).values()) {
            this.replicatedByMachine.add(idIn(told.entry.machine), told);
            const group = groupOf(told);
            this.replicatedByGroup.add(group?.vault, told, groupName(group));
        }
        for (const told of newest(({ backupItems }) => backupItems).values()) {
            this.backupsByMachine.add(idIn(told.entry.machine), told);
        }
        for (const told of newest(({ diskBackups }) => diskBackups).values()) {
            this.backupsByDisk.add(idIn(told.entry.disk), told);
        }
        for (const told of newest(({ recoveryPlans }) => recoveryPlans).values()) {
            new Set(told.entry.items).forEach((item) => this.plansByItem.add(idIn(item), told));
        }
        for (const told of newest(({ vaults }) => vaults).values()) {
            this.vaults.add(told.id, told);
        }
    }

    concerning({ stack, ids, groups }: Concerned): OutsideResources {
        const own = stack === undefined ? undefined : nameOfStack(stack);
        const isOthers = ({ source }: Told<unknown>): boolean => own === undefined || source.name !== own;
        const about = distinct(ids);
        const under = <T>(index: Index<T>, of: readonly ArmId[]): readonly Told<T>[] =>
            [...new Set(of.flatMap((id) => index.under(id)))].filter(isOthers);

        const direct = under(this.replicatedByMachine, about);
        const inGroups = new Map(
            [...groups, ...direct.flatMap((told) => groupOf(told) ?? [])].map((group) => [
                `${armKey(group.vault)}${groupName(group)}`,
                group,
            ]),
        );
        const members = [...inGroups.values()].flatMap((group) =>
            this.replicatedByGroup.under(group.vault, groupName(group)),
        );
        const replicated = [...new Set([...direct, ...members.filter(isOthers)])];
        const backups = under(this.backupsByMachine, about);
        const diskBackups = under(this.backupsByDisk, about);
        const items = [...about, ...replicated.map(({ id }) => id)];
        const holders = [...replicated, ...backups, ...diskBackups].map(({ id }) => vaultIn(id));
        const vaults = under(this.vaults, distinct([...about, ...holders]));
        return {
            replicatedItems: replicated.map((told) => this.replicatedItem(told)),
            backupItems: backups.map((told) => this.backupItem(told)),
            diskBackups: diskBackups.map((told) => this.diskBackup(told)),
            recoveryPlans: under(this.plansByItem, items).map((told) => this.recoveryPlan(told)),
            vaults: vaults.flatMap((told) =>
                told.entry.kind === "Recovery Services vault"
                    ? [{ ...outsideResource("vault", told.id), ...this.vaultFacts(told) }]
                    : [],
            ),
            backupVaults: vaults.flatMap((told) =>
                told.entry.kind === "Backup vault"
                    ? [{ ...outsideResource("backup vault", told.id), ...this.vaultFacts(told) }]
                    : [],
            ),
        };
    }

    machine(id: ArmId): { readonly location: Known<string>; readonly origin: Origin } | undefined {
        const told = this.machines.get(armKey(id));
        return told && { location: optional(told.entry.location), origin: this.origin(told) };
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
                      `The inventory is older than maximumAgeHours (${maximumAgeHours}) in ${old.length} of its ${others.length} sources; ` +
                          `the oldest is ${oldest.name}, read ${readAtInWords(oldest.readAt)}. What has changed since is not known here.`,
                  ]),
            ...(first === undefined
                ? []
                : [
                      `The inventory is not whole: ${broken.length} of its ${others.length} sources could not be read, such as ${first.name} (${first.problem ?? ""}). ` +
                          "What is there may protect machines all the same.",
                  ]),
        ];
    }

    private origin({ source: { kind, name, readAt } }: Told<unknown>): Origin {
        const { maximumAgeHours } = this.ageing;
        return { source: name, isStack: kind === "state", readAt, ageHours: this.ageOf(readAt), maximumAgeHours };
    }

    private ageOf(readAt: string): number {
        return (this.ageing.now.getTime() - Date.parse(readAt)) / 3_600_000;
    }

    private replicatedItem(told: Told<InventoryReplicatedItem>): ReplicatedItem {
        const { id, entry } = told;
        const { machine, azureToAzure, disks, failedOver, group, recoveryLocation, policy, health } = entry;
        return {
            ...outsideResource("replicated item", id),
            origin: this.origin(told),
            machine: referenceTo(machine, "machine"),
            isAzureToAzure: optional(azureToAzure),
            failedOver: optional(failedOver),
            failoverMachine: ABSENT,
            recoveryLocation: optional(recoveryLocation),
            primaryLocation: ABSENT,
            sourceFabric: NO_TARGET,
            targetFabric: NO_TARGET,
            targetGroup: nowhere("targetGroup"),
            disks:
                disks === undefined
                    ? { state: "unknown", property: "disks" }
                    : {
                          state: "listed",
                          property: "disks",
                          disks: disks.map((disk, index) => ({
                              disk: referenceTo(disk, `disks[${index}]`),
                              stagingAccount: nowhere("stagingAccount"),
                              encryptionSet: nowhere("encryptionSet"),
                          })),
                      },
            listedDisks: ABSENT,
            policy: referenceTo(policy, "policy"),
            cluster: nowhere("cluster"),
            vault: { id: known(vaultIn(id)), property: "id", dependencies: [] },
            group: optional(group),
            autoProtection: ABSENT,
            recoverySize: ABSENT,
            health: { state: optional(health), errors: [], disksToResync: [], unprotectedLuns: [] },
        };
    }

    private backupItem(told: Told<InventoryBackupItem>): BackupItem {
        const { id, entry } = told;
        return {
            ...outsideResource("backup item", id),
            origin: this.origin(told),
            level: known(entry.level),
            machine: { ...referenceTo(entry.machine, "machine"), named: ABSENT, namedFrom: [] },
            active: entry.active === undefined ? unknown("active") : known(entry.active),
            state: optional(entry.state),
            vault: { id: known(vaultIn(id)), property: "id", dependencies: [] },
            policy: referenceTo(entry.policy, "policy"),
            disks: ABSENT,
            apiVersion: ABSENT,
        };
    }

    private diskBackup(told: Told<InventoryDiskBackup>): DiskBackup {
        const { id, entry } = told;
        return {
            ...outsideResource("disk backup", id),
            origin: this.origin(told),
            disk: referenceTo(entry.disk, "disk"),
            active: entry.active === undefined ? unknown("active") : known(entry.active),
            state: optional(entry.state),
            vault: { id: known(vaultIn(id)), property: "id", dependencies: [] },
            policy: referenceTo(entry.policy, "policy"),
            snapshotGroup: NO_TARGET,
        };
    }

    private recoveryPlan(told: Told<InventoryRecoveryPlan>): RecoveryPlan {
        return {
            ...outsideResource("recovery plan", told.id),
            origin: this.origin(told),
            bootGroups: ABSENT,
            items: told.entry.items.map((item, index) => referenceTo(item, `items[${index}]`)),
        };
    }

    /** Of a vault, only its region is known; nobody asks the settings of one that the stack does not have. */
    private vaultFacts(told: Told<InventoryVault>): VaultSettings & { readonly origin: Origin } {
        const words = { on: true, off: false };
        return {
            origin: this.origin(told),
            location: optional(told.entry.location),
            softDelete: { property: "", value: ABSENT, words },
            softDeleteDays: undefined,
            immutability: { property: "", value: ABSENT },
            redundancy: undefined,
            crossRegionRestore: { property: "", value: ABSENT, words },
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

const NO_TARGET: Target = { id: ABSENT, property: "", dependencies: [] };

/** What several sources tell of one resource counts as the one has it that was read last. */
function newestOf<T extends Entry>(
    inventories: readonly Inventory[],
    superseded: ReadonlySet<InventorySource>,
    entriesOf: (inventory: Inventory) => readonly T[],
): ReadonlyMap<string, Told<T>> {
    const all = new Map<string, Told<T>>();
    for (const inventory of inventories) {
        for (const entry of entriesOf(inventory)) {
            const id = parseArmId(entry.id);
            const source = inventory.sources[entry.source];
            if (id === undefined || source === undefined || superseded.has(source)) {
                continue;
            }
            const key = armKey(id);
            const other = all.get(key);
            if (other === undefined || Date.parse(other.source.readAt) < Date.parse(source.readAt)) {
                all.set(key, { entry, id, source });
            }
        }
    }
    return all;
}

function idIn(text: string | undefined): ArmId | undefined {
    return text === undefined ? undefined : parseArmId(text);
}

/** Each id once, whatever its spelling. */
function distinct(ids: readonly ArmId[]): readonly ArmId[] {
    return [...new Map(ids.map((id) => [armKey(id), id])).values()];
}

function groupOf({ id, entry: { group } }: Told<InventoryReplicatedItem>): GroupOfVault | undefined {
    return group === undefined ? undefined : { vault: vaultIn(id), name: group };
}

function groupName(group: GroupOfVault | undefined): string {
    return `|${group?.name ?? ""}`.toLowerCase();
}

/** The vault that an item's own id names. */
function vaultIn({ subscription, resourceGroup, type, names }: ArmId): ArmId {
    const isBackupVault = type.toLowerCase().startsWith(BACKUP_VAULT.toLowerCase());
    return { subscription, resourceGroup, type: isBackupVault ? BACKUP_VAULT : VAULT, names: names.slice(0, 1) };
}

function optional<T>(value: T | undefined): Known<T> {
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
