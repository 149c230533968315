import { type Answer, NO, type OpenQuestion, YES } from "../answers";
import { subscriptionKey, type Subscription } from "../ids/arm-id";
import type { Entities } from "../entities";
import { known, mapValue, valueOf, type Value } from "../values";
import { ResourceIndex, type Link } from "../link";
import { pushTo } from "../lists";
import { normaliseLocation } from "../places/location";
import type { Regions } from "../places/regions";
import type { ResourcesByKind } from "../external-resources";
import type {
    AzureResource,
    BackupItem,
    BackupPolicy,
    BackupVault,
    DiskBackup,
    DiskBackupPolicy,
    Kind,
    ResourceGuardProxy,
    Vault,
    VaultStorageSettings,
    VmReplication,
} from "../resources";
import type { Target } from "../planned-resource";
import { BACKUP_VAULT, VAULT } from "../ids/resource-types";
import { Protections } from "./protections";

/** What shows that a vault is one of Site Recovery, beside its items. */
const OF_SITE_RECOVERY = [
    "replication fabric",
    "replication policy",
    "protection container",
    "protection container mapping",
    "protection cluster",
    "network mapping",
    "recovery plan",
] as const satisfies readonly Kind[];

/** What shows that Azure Backup uses a vault, beside its items. */
const OF_BACKUP = ["backup policy", "backup container"] as const satisfies readonly Kind[];

/** The vaults of both kinds, with what is in them and what guards them. */
export class Vaults {
    /** The Recovery Services vaults of the stack. */
    readonly recoveryServicesVaults: readonly Vault[];
    /** The Backup vaults of the stack. */
    readonly backupVaults: readonly BackupVault[];
    /** How many items and guards are of vaults outside of this stack. */
    readonly externalReferences: number;
    private readonly index: ResourceIndex<Vault>;
    private readonly recoveryServices: VaultsOfKind<Vault, BackupItem | VmReplication>;
    private readonly dataProtection: VaultsOfKind<BackupVault, DiskBackup>;
    private readonly siteRecovery = new Protections<AzureResource, Vault>();
    private readonly backupSettings = new Protections<AzureResource, Vault>();
    private readonly diskPolicies = new Protections<DiskBackupPolicy, BackupVault>();
    /** Made where a policy asks for it: it takes the regions of all. */
    private byPlace: ReadonlyMap<string, readonly Vault[]> | undefined;

    constructor(
        stack: Entities,
        all: ResourcesByKind,
        private readonly regions: Regions,
        /** Whether an assignment of Azure Policy backs up VMs, into whichever vault. */
        private readonly isBackupAssigned: Value<boolean>,
    ) {
        this.recoveryServicesVaults = stack.of("vault");
        this.backupVaults = stack.of("backup vault");
        const proxies = stack.of("resource guard proxy");
        this.index = new ResourceIndex(all.of("vault"), VAULT);
        const vaults = this.index;
        const backupVaults = new ResourceIndex(all.of("backup vault"), BACKUP_VAULT);
        this.recoveryServices = new VaultsOfKind(
            vaults,
            [...all.of("backup item"), ...all.of("replicated item"), ...stack.of("replication intent")],
            proxies.filter(({ guards }) => guards === "vault"),
        );
        this.dataProtection = new VaultsOfKind(
            backupVaults,
            all.of("disk backup"),
            proxies.filter(({ guards }) => guards === "backup vault"),
        );
        const within = (kinds: readonly Kind[]): readonly AzureResource[] => kinds.flatMap((kind) => stack.of(kind));
        [...all.of("replicated item"), ...stack.of("replication intent")].forEach((item) =>
            this.siteRecovery.add(item, this.of(item), known(true)),
        );
        within(OF_SITE_RECOVERY).forEach((each) =>
            this.siteRecovery.add(each, vaults.followTarget(vaultAbove(each, VAULT)), known(true)),
        );
        within(OF_BACKUP).forEach((each) =>
            this.backupSettings.add(each, vaults.followTarget(vaultAbove(each, VAULT)), known(true)),
        );
        stack.of("disk backup policy").forEach((policy) =>
            this.diskPolicies.add(
                policy,
                backupVaults.followTarget(vaultAbove(policy, BACKUP_VAULT)),
                mapValue(policy.isForDisks, (isForDisks) => !isForDisks),
            ),
        );
        this.externalReferences = this.recoveryServices.externalReferences + this.dataProtection.externalReferences;
    }

    /** The Recovery Services vault that an item is in. */
    of(item: BackupItem | VmReplication): Link<Vault> {
        return this.recoveryServices.of(item);
    }

    /** The Recovery Services vault that something else than an item is in. */
    holding({ vault }: BackupPolicy | VaultStorageSettings): Link<Vault> {
        return this.index.followName(vault);
    }

    /** The Backup vault that an instance of Disk Backup is in. */
    ofDiskBackup(backup: DiskBackup): Link<BackupVault> {
        return this.dataProtection.of(backup);
    }

    /** The items that Azure Backup keeps in a vault. */
    backupsIn(vault: Vault | BackupVault): Answer<AzureResource> {
        return vault.kind === "vault" ? this.recoveryServices.backupsIn(vault) : this.dataProtection.backupsIn(vault);
    }

    /** Whether anything that is in a Recovery Services vault, or may be, shows that Azure Backup uses it. */
    mayServeBackup(vault: Vault): boolean {
        return (
            valueOf(this.isBackupAssigned) !== false ||
            this.backupsIn(vault).answer !== "no" ||
            this.backupSettings.answer(vault).answer !== "no"
        );
    }

    /**
     * No for a Recovery Services vault of Site Recovery, if nothing shows that Azure Backup uses it, too. Open where what is
     * of Site Recovery may be in this vault or in another one.
     */
    servesMoreThanSiteRecovery(vault: Vault): Answer {
        const recovers = this.siteRecovery.answer(vault);
        return recovers.answer === "no" || this.mayServeBackup(vault) ? YES : recovers.answer === "yes" ? NO : recovers;
    }

    /**
     * Whether a Backup vault surely has backups of disks, and none of anything else: these are snapshots in the
     * user's own subscription, for which what the vault is set to means nothing (DKB-03).
     *
     * @param isOfDisk whether it is a disk that an instance backs up
     */
    servesDisksAlone(vault: BackupVault, isOfDisk: (backup: DiskBackup) => boolean): boolean {
        const backups = this.dataProtection.backupsIn(vault);
        return (
            backups.answer === "yes" &&
            backups.items.every(isOfDisk) &&
            this.dataProtection.possiblyIn(vault).length === 0 &&
            this.diskPolicies.answer(vault).answer === "no"
        );
    }

    /** What puts a vault under a resource guard. */
    guardsOf(vault: Vault | BackupVault): Answer<ResourceGuardProxy> {
        return vault.kind === "vault" ? this.recoveryServices.guardsOf(vault) : this.dataProtection.guardsOf(vault);
    }

    /** The Recovery Services vaults of the stack in a region that can back up what is in this subscription. */
    inRegion(location: string, subscription: Subscription): readonly Vault[] {
        this.byPlace ??= this.placed();
        return this.byPlace.get(placeOf(subscription, normaliseLocation(location))) ?? [];
    }

    private placed(): ReadonlyMap<string, readonly Vault[]> {
        const placed = new Map<string, Vault[]>();
        for (const vault of this.recoveryServicesVaults) {
            const region = this.regions.of(vault);
            if (region.state === "known") {
                pushTo(placed, placeOf(vault.subscription, region.value), vault);
            }
        }
        return placed;
    }
}

/** The vault that the id of a resource in it tells, or the property that names the vault. */
function vaultAbove({ id, parentFrom, embeddedIn }: AzureResource, armType: string): Target {
    return {
        id: mapValue(id, (own) => ({ ...own, type: armType, names: own.names.slice(0, 1) })),
        property: id.state === "unknown" ? id.property : "id",
        dependencies: parentFrom,
        isShared: embeddedIn?.deployment !== undefined,
    };
}

/** A key for a region of a subscription. */
function placeOf(subscription: Subscription, region: string): string {
    return `${subscriptionKey(subscription)} ${region}`;
}

/** The vaults of one kind, with what is in them and what guards them. */
export class VaultsOfKind<V extends AzureResource, Item extends AzureResource & { readonly vault: Target }> {
    /** How many items and guards are of vaults outside of this stack. */
    externalReferences = 0;
    private readonly vaultOfItem = new Map<Item, Link<V>>();
    private readonly backups = new Protections<Item, V>();
    private readonly guards = new Protections<ResourceGuardProxy, V>();

    constructor(
        private readonly vaults: ResourceIndex<V>,
        items: readonly Item[],
        proxies: readonly ResourceGuardProxy[],
    ) {
        for (const item of items) {
            const link = this.follow(item);
            this.vaultOfItem.set(item, link);
            this.backups.add(item, link, known(item.kind !== "replicated item" && item.kind !== "replication intent"));
        }
        for (const proxy of proxies) {
            this.guards.add(proxy, this.follow(proxy), known(true));
        }
    }

    of(item: Item): Link<V> {
        return this.vaultOfItem.get(item) ?? { state: "none" };
    }

    /** The items that Azure Backup keeps in a vault; what Site Recovery has in it is none. */
    backupsIn(vault: V): Answer<Item> {
        return this.backups.answer(vault);
    }

    /** What may be in the vault beside what surely is. */
    possiblyIn(vault: V): readonly OpenQuestion[] {
        return this.backups.possibleFor(vault);
    }

    guardsOf(vault: V): Answer<ResourceGuardProxy> {
        return this.guards.answer(vault);
    }

    private follow({ vault, origin }: Pick<AzureResource, "origin"> & { readonly vault: Target }): Link<V> {
        const link = this.vaults.followName(vault);
        if (link.state === "external" && origin === undefined) {
            this.externalReferences++;
        }
        return link;
    }
}
