import type { Answer } from "./answer";
import type { AttachedDisk } from "./attached-disks";
import { Identities } from "./identify";
import { known, mapKnown, type Known } from "./known";
import { MachineLinks } from "./machine-links";
import type { BackupItem, DiskBackup, Entity, Machine, ReplicatedItem } from "./model";
import type { PlannedResource, Urn } from "./planned-resource";
import { Protections } from "./protections";
import { readerOf } from "./readers";

/** A resource that a reader failed on: a bug of this pack, kept away from all other resources. */
export interface UnreadResource {
    readonly urn: Urn;
    readonly error: unknown;
}

/**
 * All that one plan or state says about machines and what protects them, linked. Built once a round and shared by
 * every stack policy of that round; each lookup is a map, so that a rule stays linear in what it looks at.
 */
export class Estate {
    /** The machines of the stack, then those outside of it that items of the stack protect. */
    readonly machines: readonly Machine[];
    /** Everything that was read in this stack, in URN order. */
    readonly entities: readonly Entity[];
    readonly unread: readonly UnreadResource[];
    /** How many references lead out of this stack. */
    readonly externalReferences: number;
    /** How many of the resources that count were left out by `--target`. */
    readonly skippedResources: number;
    /** False where resources count but no resource policy ran, so that outputs alone had to do. */
    readonly inputsCollected: boolean;
    /** The URN of the stack itself, for findings about all of it. */
    readonly stackUrn: Urn | undefined;

    private readonly links: MachineLinks;
    private readonly machineBackups = new Protections<BackupItem>();
    private readonly fileBackups = new Protections<BackupItem>();
    private readonly diskBackups = new Protections<DiskBackup>();
    private readonly replications = new Protections<ReplicatedItem>();

    constructor(resources: readonly PlannedResource[]) {
        const { entities, unread } = readAll(resources);
        const ofKind = <K extends Entity["kind"]>(kind: K): Extract<Entity, { kind: K }>[] =>
            entities.filter((entity): entity is Extract<Entity, { kind: K }> => entity.kind === kind);

        const links = new MachineLinks(ofKind("machine"), ofKind("disk"));
        for (const item of ofKind("backup item")) {
            const link = links.ofBackupItem(item);
            this.machineBackups.add(item, link, and(isLevel(item, "machine"), item.active));
            this.fileBackups.add(item, link, and(isLevel(item, "file"), item.active));
        }
        for (const backup of ofKind("disk backup")) {
            links.ofDiskBackup(backup).forEach((link) => this.diskBackups.add(backup, link, backup.active));
        }
        for (const item of ofKind("replicated item")) {
            // After a failover it is the other side that runs; this machine is not replicated then.
            this.replications.add(
                item,
                links.ofReplicatedItem(item),
                mapKnown(item.failedOver, (over) => !over),
            );
        }

        this.links = links;
        this.entities = entities;
        this.machines = [...ofKind("machine"), ...links.machinesOutside];
        this.externalReferences = links.externalReferences;
        this.skippedResources = entities.filter((entity) => entity.skipped).length;
        this.unread = unread;
        this.inputsCollected = resources.every(
            ({ type, inputs }) => inputs !== undefined || readerOf(type) === undefined,
        );
        this.stackUrn = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
    }

    attachedDisks(machine: Machine): readonly AttachedDisk[] {
        return this.links.attachedDisks(machine);
    }

    /** The VM-level backup items that protect this machine now. */
    machineBackup(machine: Machine): Answer<BackupItem> {
        return this.machineBackups.answer(machine);
    }

    /** Its file-level items (files, shares, in-guest workloads); restoring from them is harmless (INT-02). */
    fileBackup(machine: Machine): Answer<BackupItem> {
        return this.fileBackups.answer(machine);
    }

    /** The Disk Backup instances on disks of this machine. */
    diskBackup(machine: Machine): Answer<DiskBackup> {
        return this.diskBackups.answer(machine);
    }

    /** The items that replicate this machine. */
    replication(machine: Machine): Answer<ReplicatedItem> {
        return this.replications.answer(machine);
    }
}

/** In URN order, so that the same plan gives the same findings in the same order. */
function readAll(resources: readonly PlannedResource[]): { entities: Entity[]; unread: UnreadResource[] } {
    const identities = new Identities(resources);
    const entities: Entity[] = [];
    const unread: UnreadResource[] = [];
    for (const resource of resources) {
        try {
            const entity = readerOf(resource.type)?.(resource, identities);
            if (entity !== undefined) {
                entities.push(entity);
            }
        } catch (error) {
            unread.push({ urn: resource.urn, error });
        }
    }
    entities.sort((a, b) => compare(a.urn ?? "", b.urn ?? ""));
    return { entities, unread };
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

function isLevel(item: BackupItem, level: "machine" | "file"): Known<boolean> {
    return mapKnown(item.level, (itemLevel) => itemLevel === level);
}

function and(a: Known<boolean>, b: Known<boolean>): Known<boolean> {
    if ((a.state === "known" && !a.value) || (b.state === "known" && !b.value)) {
        return known(false);
    }
    return a.state === "known" ? b : a;
}
