import { parseArmId, type ArmId } from "./arm-id";
import { valueOf, type Known } from "./known";
import type { Creation, Tags } from "./model";

/** Whether a disk was restored from a backup (facts section 6.2). */
export type Restored =
    | { readonly state: "certain"; readonly from: RestoreSource }
    /** It looks like a restore, but so do golden snapshots and image imports. */
    | { readonly state: "possible"; readonly from: RestoreSource }
    | { readonly state: "no" }
    | { readonly state: "unknown"; readonly property: string };

export interface RestoreSource {
    readonly kind: "restore point" | "snapshot" | "imported VHD" | "restore";
    /** What Azure Backup's own names tell: the machine that was backed up and the moment, `2026-03-01 08:40`. */
    readonly machine: string | undefined;
    readonly moment: string | undefined;
    /** True where name or tag say that Azure Backup made it. */
    readonly byAzureBackup: boolean;
}

/** What a disk tells about where it comes from. */
export interface DiskOrigin {
    readonly azureName: Known<string>;
    readonly tags: Tags;
    readonly creation: Creation;
}

/** Azure Backup leaves the id of the restore job on what it restores (RD-04). */
const BACKUP_TAG = "rsvaultbackup";
/** Site Recovery's own replica and seed disks are never restored disks (RD-12). */
const REPLICA_TAGS = ["asr-replicadisk", "asrseeddisk"];
const REPLICA_NAME = /-asrreplica$|^ms-asr-|^asrseeddisk-/i;

const RESTORE_POINT = "microsoft.compute/restorepointcollections/restorepoints";
const SNAPSHOT = "microsoft.compute/snapshots";
/** Groups in which Azure Backup keeps its instant restore points. */
const BACKUP_GROUP = /^AzureBackupRG_/i;
const BACKUP_COLLECTION = /^AzureBackup_(.+)_\d{6,}$/i;
const BACKUP_POINT = /^AzureBackup_(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})\d{2}$/i;

export function restored(disk: DiskOrigin): Restored {
    if (isReplica(disk)) {
        return NO;
    }
    const { option, source } = disk.creation;
    if (option.state !== "known") {
        return option.state === "unknown" ? { state: "unknown", property: option.property } : NO;
    }
    const tag = tagNamed(disk.tags, [BACKUP_TAG]);
    const id = source.id.state === "known" ? parseArmId(source.id.value) : undefined;
    switch (option.value.toLowerCase()) {
        case "restore":
            return certainIf(isFromBackup(id), tag, id, source.id);
        case "copy":
        case "copystart":
            // Copying a disk that exists is no restore; copying a snapshot may be one (RD-05).
            return id !== undefined && tag.state === "absent" && !isPoint(id) && !isSnapshot(id)
                ? NO
                : certainIf(isFromBackup(id), tag, id, source.id);
        case "import":
        case "importsecure":
            // A vault-tier restore leaves a VHD, and so does every other import: only the tag tells (RD-07).
            return tag.state === "unknown"
                ? { state: "unknown", property: tag.property }
                : { state: tag.state === "known" ? "certain" : "possible", from: importedVhd(tag.state === "known") };
        default:
            return NO;
    }
}

const NO: Restored = { state: "no" };

function certainIf(isBackup: boolean, tag: Known<string>, id: ArmId | undefined, source: Known<string>): Restored {
    if (isBackup || tag.state === "known") {
        return { state: "certain", from: sourceOf(id, tag.state === "known") };
    }
    if (source.state === "unknown") {
        return { state: "unknown", property: source.property };
    }
    return tag.state === "unknown"
        ? { state: "unknown", property: tag.property }
        : { state: "possible", from: sourceOf(id, false) };
}

function isFromBackup(id: ArmId | undefined): boolean {
    return id !== undefined && (isPoint(id) || (isSnapshot(id) && BACKUP_GROUP.test(id.resourceGroup ?? "")));
}

function isPoint(id: ArmId): boolean {
    return id.type.toLowerCase().startsWith(RESTORE_POINT);
}

function isSnapshot(id: ArmId): boolean {
    return id.type.toLowerCase() === SNAPSHOT;
}

function sourceOf(id: ArmId | undefined, tagged: boolean): RestoreSource {
    if (id === undefined || !isPoint(id)) {
        const kind = id !== undefined && isSnapshot(id) ? "snapshot" : "restore";
        const byAzureBackup = tagged || BACKUP_GROUP.test(id?.resourceGroup ?? "");
        return { kind, machine: undefined, moment: undefined, byAzureBackup };
    }
    const [collection = "", point = ""] = id.names;
    const machine = BACKUP_COLLECTION.exec(collection)?.[1];
    const moment = BACKUP_POINT.exec(point)?.slice(1);
    return {
        kind: "restore point",
        machine,
        moment: moment && `${moment.slice(0, 3).join("-")} ${moment.slice(3).join(":")}`,
        byAzureBackup: tagged || machine !== undefined || BACKUP_GROUP.test(id.resourceGroup ?? ""),
    };
}

function importedVhd(byAzureBackup: boolean): RestoreSource {
    return { kind: "imported VHD", machine: undefined, moment: undefined, byAzureBackup };
}

function isReplica({ azureName, tags }: DiskOrigin): boolean {
    return REPLICA_NAME.test(valueOf(azureName) ?? "") || tagNamed(tags, REPLICA_TAGS).state === "known";
}

/** Azure compares tag names without case. */
function tagNamed(tags: Tags, names: readonly string[]): Known<string> {
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
