import { armKey, groupIn, isOneSubscription, RESOURCE_GROUP, type ArmId } from "./arm-id";
import { valueOf } from "./known";
import { Directory } from "./link";
import type { Entities } from "./entities";
import type { Disk, RestorePoint, RestorePointCollection, Snapshot } from "./model";
import type { Reference, Urn } from "./planned-resource";
import { sourceById, type Source, type Sources } from "./restored-disk";

/** What the estate knows about the things that disks are made from, beyond what their ids say. */
export class RestoreSources implements Sources {
    private readonly snapshots: Directory<Snapshot>;
    private readonly points: Directory<RestorePoint>;
    private readonly collections: Directory<RestorePointCollection>;
    private readonly disks: Directory<Disk>;
    /** Groups into which Disk Backup puts its snapshots (RD-05), by key and by resource. */
    private readonly snapshotGroups = new Set<string>();
    private readonly snapshotGroupUrns = new Set<Urn>();
    /** What the names of Azure Backup's own groups begin with, in lower case, and the policies that say so. */
    private readonly prefixes: readonly { readonly text: string; readonly policy: ArmId | undefined }[];

    constructor(entities: Entities) {
        this.snapshots = new Directory(entities.of("snapshot"), "Microsoft.Compute/snapshots");
        this.points = new Directory(
            entities.of("restore point"),
            "Microsoft.Compute/restorePointCollections/restorePoints",
        );
        this.collections = new Directory(
            entities.of("restore point collection"),
            "Microsoft.Compute/restorePointCollections",
        );
        this.disks = new Directory(entities.of("disk"), "Microsoft.Compute/disks");
        this.prefixes = entities
            .of("backup policy")
            .flatMap(({ restorePointGroupPrefix: prefix, id }) =>
                prefix.state === "known" ? [{ text: prefix.value.toLowerCase(), policy: valueOf(id) }] : [],
            );
        const groups = new Directory(entities.of("resource group"), RESOURCE_GROUP);
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

    /** The machine that a collection of this stack holds the restore points of. */
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
        const { resourceGroup = "" } = id;
        return (
            this.snapshotGroups.has(armKey(groupIn(id))) ||
            this.prefixes.some(
                ({ text, policy }) =>
                    resourceGroup.toLowerCase().startsWith(text) &&
                    (policy === undefined || isOneSubscription(policy, id) === "yes"),
            )
        );
    }
}
