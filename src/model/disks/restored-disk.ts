import { nameOf, parseArmId, type ArmId } from "../ids/arm-id";
import type { AttachedDisk } from "./attached-disks";
import { ABSENT, mapValue, valueOf, type Value } from "../values";
import type { Creation, Disk, DiskPlace, Tags } from "../resources";
import type { Reference } from "../planned-resource";

/** Whether a disk was restored from a backup. */
export type Restored =
    | { readonly state: "certain"; readonly from: RestoreSource }
    /** It looks like a restore, but so do golden snapshots and image imports. */
    | { readonly state: "possible"; readonly from: RestoreSource }
    | { readonly state: "no" }
    | { readonly state: "unknown"; readonly property: string };

export interface RestoreSource {
    readonly kind: "restore point" | "snapshot" | "imported VHD" | "unnamed";
    /** What the names that Azure Backup gives tell: which VM was backed up, where and when. */
    readonly backup: BackupOrigin | undefined;
    /** True where name or tag say that Azure Backup made it. */
    readonly byAzureBackup: boolean;
}

export interface BackupOrigin {
    readonly vm: string;
    readonly subscription: string | undefined;
    /** Region of the VM, where the group has Azure Backup's usual name. */
    readonly location: string | undefined;
    /** `2026-03-01 08:40`, UTC */
    readonly moment: string | undefined;
}

/** What a disk tells about where it comes from. */
interface DiskOrigin {
    readonly azureName: Value<string>;
    readonly tags: Tags;
    readonly creation: Creation;
}

/** What a disk is made from. */
export type Source =
    | {
          readonly kind: "restore point" | "backup snapshot" | "snapshot" | "disk" | "other";
          readonly id: ArmId | undefined;
      }
    | { readonly kind: "none" }
    | { readonly kind: "unknown"; readonly property: string };

/** Finds out what a disk is made from: by the id alone, or with the estate around it. */
export interface Sources {
    /** For a disk that is a separate resource. */
    ofDisk(source: Reference): Source;
    /** For a data disk that a VM makes; the disks that it attaches are among the same dependencies, and no sources. */
    ofDiskPlace(source: Reference): Source;
}

/** Azure Backup leaves the id of the restore job on what it restores (RD-04). */
const BACKUP_TAG = ["rsvaultbackup"];
/** Site Recovery's own replica and seed disks are never restored disks (RD-12). */
const REPLICA_TAGS = ["asr-replicadisk", "asrseeddisk"];
const REPLICA_NAME = /-asrreplica$|^ms-asr-|^asrseeddisk-/i;

const RESTORE_POINT = "microsoft.compute/restorepointcollections/restorepoints";
/** The group in which Azure Backup keeps its instant restore points. */
const BACKUP_GROUP = /^AzureBackupRG_([a-z0-9]+)_\d+$/i;
const BACKUP_COLLECTION = /^AzureBackup_(.+)_\d+$/i;
const BACKUP_POINT = /^AzureBackup_(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})\d{2}$/i;

export function restoredDisk(
    disk: Pick<Disk, "azureName" | "tags" | "creation" | "isKnownRestored">,
    sources: Sources,
): Restored {
    const answer = restored(disk, (source) => sources.ofDisk(source));
    return answer.state === "unknown" && disk.isKnownRestored === true
        ? { state: "certain", from: describe("none", undefined, true) }
        : answer;
}

/** The same for a data disk that a VM makes as it comes up (RD-06). It has neither name nor tags yet. */
export function restoredPlace({ creation, diskName }: DiskPlace, sources: Sources): Restored {
    return restored({ azureName: diskName, tags: ABSENT, creation }, (source) => sources.ofDiskPlace(source));
}

function restored(disk: DiskOrigin, findSource: (source: Reference) => Source): Restored {
    if (isReplica(disk)) {
        return NO;
    }
    const { option } = disk.creation;
    const tag = tagNamed(disk.tags, BACKUP_TAG);
    if (option.state !== "known" || !isCopy(option.value)) {
        // People import a restored disk as an empty one, and ignore changes of that property from then on.
        if (tag.state === "known") {
            return fromSource(findSource(disk.creation.source), tag);
        }
        return option.state === "unknown" ? { state: "unknown", property: option.property } : NO;
    }
    switch (option.value.toLowerCase()) {
        case "restore":
            return fromSource(findSource(disk.creation.source), tag);
        case "copy":
        case "copystart": {
            // Copying a disk that is there is no restore; copying a snapshot may be one (RD-05).
            const source = findSource(disk.creation.source);
            return source.kind === "disk" && tag.state === "absent" ? NO : fromSource(source, tag);
        }
        default:
            // An import. A vault-tier restore leaves a VHD, and so does every other import: only the tag tells (RD-07).
            return tagged(tag, { kind: "imported VHD", backup: undefined, byAzureBackup: tag.state === "known" });
    }
}

/** The create options with which a disk begins as something else was. */
const COPIES = new Set(["restore", "copy", "copystart", "import", "importsecure"]);

export function isCopy(createOption: string): boolean {
    return COPIES.has(createOption.toLowerCase());
}

/** Whether Azure Backup's tag says that it made the disk, whatever the create option says. */
export function isTaggedAsRestored(tags: Tags): boolean {
    return tagNamed(tags, BACKUP_TAG).state === "known";
}

/** Site Recovery makes such disks, and takes them away again (RD-12). */
export function isReplica({ azureName, tags }: Pick<DiskOrigin, "azureName" | "tags">): boolean {
    return isReplicaName(valueOf(azureName) ?? "") || tagNamed(tags, REPLICA_TAGS).state === "known";
}

export function isReplicaName(name: string): boolean {
    return REPLICA_NAME.test(name);
}

/** The same for a disk that a VM attaches. */
export function isReplicaAttachment({ disk }: Pick<AttachedDisk, "disk">): boolean {
    return (
        (disk.state === "linked" && isReplica(disk.to)) || (disk.state === "external" && isReplicaName(nameOf(disk.id)))
    );
}

/** The tags of a disk that tell where it comes from. That they are there tells it; what they hold is nobody's business. */
export function tagsOfOrigin({ tags }: Pick<Disk, "tags">): Value<Readonly<Record<string, string>>> {
    const names = [...BACKUP_TAG, ...REPLICA_TAGS];
    return mapValue(tags, (all) =>
        Object.fromEntries(
            [...all.keys()].filter((name) => names.includes(name.toLowerCase())).map((name) => [name, ""]),
        ),
    );
}

const NO: Restored = { state: "no" };

function fromSource(source: Source, tag: Value<string>): Restored {
    switch (source.kind) {
        case "restore point":
        case "backup snapshot":
            return { state: "certain", from: describe(source.kind, source.id, tag.state === "known") };
        case "unknown":
            return tag.state === "known"
                ? { state: "certain", from: describe("none", undefined, true) }
                : { state: "unknown", property: source.property };
        case "none":
            return tagged(tag, describe("none", undefined, tag.state === "known"));
        case "snapshot":
        case "disk":
        case "other":
            return tagged(tag, describe(source.kind, source.id, tag.state === "known"));
    }
}

/** The tag alone decides. */
function tagged(tag: Value<string>, from: RestoreSource): Restored {
    return tag.state === "unknown"
        ? { state: "unknown", property: tag.property }
        : { state: tag.state === "known" ? "certain" : "possible", from };
}

function describe(kind: Source["kind"], id: ArmId | undefined, isTagged: boolean): RestoreSource {
    switch (kind) {
        case "restore point": {
            const backup = id && backupOrigin(id);
            const isBackupGroup = BACKUP_GROUP.test(id?.resourceGroup ?? "");
            return { kind, backup, byAzureBackup: isTagged || backup !== undefined || isBackupGroup };
        }
        case "backup snapshot":
            return { kind: "snapshot", backup: undefined, byAzureBackup: true };
        case "snapshot":
            return { kind, backup: undefined, byAzureBackup: isTagged };
        default:
            return { kind: "unnamed", backup: undefined, byAzureBackup: isTagged };
    }
}

/** What the id of a recovery point tells by the names that Azure Backup gives. */
export function backupOrigin({ subscription, resourceGroup, names }: ArmId): BackupOrigin | undefined {
    const [collection = "", point = ""] = names;
    const vm = BACKUP_COLLECTION.exec(collection)?.[1];
    const moment = BACKUP_POINT.exec(point)?.slice(1);
    return (vm && {
        vm,
        subscription,
        location: BACKUP_GROUP.exec(resourceGroup ?? "")?.[1]?.toLowerCase(),
        moment: moment && `${moment.slice(0, 3).join("-")} ${moment.slice(3).join(":")}`,
    }) as BackupOrigin | undefined;
}

/** What an id tells by itself, without the estate around it. */
export function sourceById({ id }: Reference): Source {
    if (id.state !== "known") {
        return id.state === "unknown" ? { kind: "unknown", property: id.property } : { kind: "none" };
    }
    const parsed = parseArmId(id.value);
    return { kind: parsed === undefined ? "other" : kindOf(parsed), id: parsed };
}

/** For one resource by itself. */
export const SOURCES_BY_ID: Sources = { ofDisk: sourceById, ofDiskPlace: sourceById };

function kindOf({ type, resourceGroup }: ArmId): "restore point" | "backup snapshot" | "snapshot" | "disk" | "other" {
    const lower = type.toLowerCase();
    if (lower.startsWith(RESTORE_POINT)) {
        return "restore point";
    }
    if (lower === "microsoft.compute/snapshots") {
        return /^AzureBackupRG_/i.test(resourceGroup ?? "") ? "backup snapshot" : "snapshot";
    }
    return lower === "microsoft.compute/disks" ? "disk" : "other";
}

/** Azure compares tag names without case. A tag whose value is unknown is there all the same. */
function tagNamed(tags: Tags, names: readonly string[]): Value<string> {
    if (tags.state !== "known") {
        return tags;
    }
    for (const [name, value] of tags.value) {
        if (names.includes(name.toLowerCase())) {
            return value.state === "unknown" ? { state: "known", value: "" } : value;
        }
    }
    return { state: "absent" };
}
