import { armKey, groupIn, subscriptionKey, type ArmId } from "../ids/arm-id";
import { RESOURCE_GROUP } from "../ids/resource-types";
import { valueOf } from "../values";
import { ResourceIndex } from "../link";
import { getOrCreate } from "../lists";
import type { Entities } from "../entities";
import type { Disk, RestorePoint, RestorePointCollection, Snapshot } from "../resources";
import type { Reference, Urn } from "../planned-resource";
import { sourceById, type Source, type Sources } from "./restored-disk";

/** What the estate knows about the things that disks are made from, beyond what their ids say. */
export class RestoreSources implements Sources {
    private readonly snapshots: ResourceIndex<Snapshot>;
    private readonly points: ResourceIndex<RestorePoint>;
    private readonly collections: ResourceIndex<RestorePointCollection>;
    private readonly disks: ResourceIndex<Disk>;
    /** Groups into which Disk Backup puts its snapshots (RD-05), by key and by resource. */
    private readonly snapshotGroups = new Set<string>();
    private readonly snapshotGroupUrns = new Set<Urn>();
    /** What the names of Azure Backup's own groups begin with, in lower case: the subscriptions of the policies that say so. */
    private readonly prefixes = new Map<string, Set<string | undefined>>();
    private readonly prefixLengths: ReadonlySet<number>;

    constructor(entities: Entities) {
        this.snapshots = new ResourceIndex(entities.of("snapshot"), "Microsoft.Compute/snapshots");
        this.points = new ResourceIndex(
            entities.of("restore point"),
            "Microsoft.Compute/restorePointCollections/restorePoints",
        );
        this.collections = new ResourceIndex(
            entities.of("restore point collection"),
            "Microsoft.Compute/restorePointCollections",
        );
        this.disks = new ResourceIndex(entities.of("disk"), "Microsoft.Compute/disks");
        for (const { restorePointGroupPrefix: prefix, id } of entities.of("backup policy")) {
            if (prefix.state === "known") {
                const subscriptions = getOrCreate(this.prefixes, prefix.value.toLowerCase(), () => new Set());
                subscriptions.add(id.state === "known" ? subscriptionKey(id.value) : undefined);
            }
        }
        this.prefixLengths = new Set([...this.prefixes.keys()].map(({ length }) => length));
        const groups = new ResourceIndex(entities.of("resource group"), RESOURCE_GROUP);
        for (const { snapshotGroup } of entities.of("disk backup")) {
            const id = valueOf(snapshotGroup.id);
            if (id !== undefined) {
                this.snapshotGroups.add(armKey(id));
            }
            const link = groups.followTarget(snapshotGroup);
            if (link.state === "linked" && link.to.urn !== undefined) {
                this.snapshotGroupUrns.add(link.to.urn);
                const groupId = valueOf(link.to.id);
                if (groupId !== undefined) {
                    this.snapshotGroups.add(armKey(groupId));
                }
            }
        }
    }

    ofDisk(reference: Reference): Source {
        const source = this.find(reference);
        const isCopy = source.kind === "unknown" && this.disks.among(reference.dependencies).length > 0;
        return isCopy ? { kind: "disk", id: undefined } : source;
    }

    ofDiskPlace(reference: Reference): Source {
        return this.find(reference);
    }

    /** The VM that a collection of this stack holds the restore points of. */
    collectionSource(id: ArmId): Reference | undefined {
        const [collection = ""] = id.names;
        const own = { ...id, type: "Microsoft.Compute/restorePointCollections", names: [collection] };
        const [match, ...others] = this.collections.matching(own);
        return others.length > 0 ? undefined : match?.source;
    }

    private find(reference: Reference): Source {
        const byId = sourceById(reference);
        if (byId.kind === "snapshot" && byId.id !== undefined && this.isBackupGroup(byId.id)) {
            return { kind: "backup snapshot", id: byId.id };
        }
        if (byId.kind !== "unknown") {
            return byId;
        }
        const snapshots = this.snapshots.among(reference.dependencies);
        const points = this.points.among(reference.dependencies);
        const [point] = points;
        if (point !== undefined && snapshots.length === 0) {
            return { kind: "restore point", id: valueOf(point.id) };
        }
        const [snapshot, ...others] = snapshots;
        if (snapshot === undefined || others.length > 0 || points.length > 0) {
            return byId;
        }
        const id = valueOf(snapshot.id);
        const isBackup =
            snapshot.groupFrom.some((urn) => this.snapshotGroupUrns.has(urn)) ||
            (id !== undefined && this.isBackupGroup(id));
        return { kind: isBackup ? "backup snapshot" : "snapshot", id };
    }

    /** A group of the same name in another subscription is another group, and so is one that only may be of this one. */
    private isBackupGroup(id: ArmId): boolean {
        return this.hasPrefix(id) || this.snapshotGroups.has(armKey(groupIn(id)));
    }

    /** A policy whose subscription nothing tells may be of any. */
    private hasPrefix(id: ArmId): boolean {
        const group = (id.resourceGroup ?? "").toLowerCase();
        return [...this.prefixLengths].some((length) => {
            const subscriptions = this.prefixes.get(group.slice(0, length));
            return subscriptions?.has(undefined) === true || subscriptions?.has(subscriptionKey(id)) === true;
        });
    }
}
