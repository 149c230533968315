import { equalsIgnoringCase } from "../../src/model/letter-case";
import type { Estate } from "../../src/model/estate";
import { ABSENT, known, type Value, mapValue, unknown, valueOf } from "../../src/model/values";
import type { DiskBackup } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { inOrder } from "../../src/advice/fix";
import { WORDS } from "../../src/advice/property-names";
import { DISK_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { compareTwo, withEvidence } from "../../src/model/answers";
import { type BackedUpDisk, diskBackupPolicy } from "./disk-backups";

interface Group {
    readonly subscription: string | undefined;
    readonly name: string;
}

/** BCDR321: Disk Backup keeps the snapshots of a disk in the resource group of the disk (DKB-06). */
export const diskBackupSnapshotGroup = diskBackupPolicy<{ readonly group: string }>({
    id: "BCDR321",
    name: "disk-backup-snapshot-group",
    level: "advisory",
    severity: "medium",
    summary: "Disk Backup snapshots are in the disk's own resource group.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use a separate resource group for snapshots.",

    check: ({ backedUp, estate }) => {
        const { backup, disk } = backedUp;
        const snapshots = snapshotGroup(estate, backup);
        return withEvidence(compareTwo(disk ?? backup, ownGroup(backedUp), backup, snapshots, isOneGroup), () => ({
            group: valueOf(snapshots)?.name ?? "",
        }));
    },

    message: ({ instance, disk, provider, isNew, found: [{ group }] }, { dryRun }): Message => ({
        headline: headline(
            (name, of) => `Disk Backup keeps the snapshots of disk ${name} in the disk's own resource group, ${of}.`,
            disk,
            group,
        ),
        why: "If someone deletes that resource group, the disk and all its backups are deleted together.",
        fix: inOrder(
            [
                ...(isNew
                    ? []
                    : [
                          {
                              do: "Back up the disk in another way, for example as a full snapshot in another resource group.",
                              note: "Step 3 deletes the snapshots of Disk Backup.",
                          },
                      ]),
                {
                    do: "Create a resource group for snapshots in the disk's subscription.",
                    note: "Give the vault's identity the role Disk Snapshot Contributor on it.",
                },
                {
                    do: isNew
                        ? `Set that group in "${instance}".`
                        : `Delete "${instance}", and create it again with that group.`,
                    where: WORDS[provider].backup.snapshotGroup,
                    note: isNew
                        ? "You cannot change it once the disk is protected."
                        : "You cannot change the group of an existing instance. Deleting the instance deletes its snapshots.",
                },
            ],
            dryRun && isNew,
        ),
        sources: [DISK_BACKUP.SNAPSHOT_GROUP.page],
    }),
});

/** Absent where the instance names none; Azure refuses that by itself. */
function snapshotGroup(estate: Estate, backup: DiskBackup): Value<Group> {
    const { id, property } = backup.snapshotGroup;
    if (id.state !== "unknown") {
        return mapValue(id, ({ subscription, names: [name = ""] }) => ({ subscription, name }));
    }
    const link = estate.resourceGroups.ofSnapshots(backup);
    const name = link.state === "linked" ? link.to.azureName : ABSENT;
    return name.state === "known" ? known({ subscription: undefined, name: name.value }) : unknown(property);
}

/** That of the disk; a disk that Azure makes with a VM is in the VM's. */
function ownGroup({ backup, disk, id, vms: [vm] }: BackedUpDisk): Value<Group> {
    const isMadeWithVm = vm?.diskPlaces.every(({ origin }) => origin === "implicit") === true;
    const of = disk === undefined && id.state === "unknown" && isMadeWithVm ? vm.id : id;
    return of.state === "unknown"
        ? unknown(disk === undefined ? backup.disk.property : "resourceGroupName")
        : mapValue(of, ({ subscription, resourceGroup = "" }) => ({ subscription, name: resourceGroup }));
}

/** Snapshots have to be in the disk's subscription anyway, so one that is not known does not matter. */
function isOneGroup(one: Group, other: Group): boolean {
    const subscriptions = [one.subscription, other.subscription].map((each) => each?.toLowerCase());
    const [first, second] = subscriptions;
    const isOther = first !== undefined && second !== undefined && first !== second;
    return !isOther && equalsIgnoringCase(one.name, other.name);
}
