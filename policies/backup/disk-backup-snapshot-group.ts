import { equalsIgnoringCase } from "../../src/model/letter-case";
import type { Estate } from "../../src/model/estate";
import { ABSENT, known, type Value, mapValue, unknown, valueOf } from "../../src/model/values";
import type { DiskBackup } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { intro } from "../../src/advice/backup";
import { WORDS } from "../../src/advice/property-names";
import { DISK_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { compareTwo, withEvidence } from "../../src/model/answers";
import { type BackedUpDisk, diskBackupPolicy } from "./disk-backups";

interface Group {
    readonly subscription: string | undefined;
    readonly name: string;
}

/** BCDR321: Disk Backup puts the snapshots into the group of the disk itself (DKB-06). */
export const diskBackupSnapshotGroup = diskBackupPolicy<string>({
    id: "BCDR321",
    name: "disk-backup-snapshot-group",
    level: "advisory",
    severity: "medium",
    summary: "Disk Backup snapshots are in the disk's own resource group.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ backedUp, estate }) => {
        const { backup, disk } = backedUp;
        const snapshots = snapshotGroup(estate, backup);
        return withEvidence(
            compareTwo(disk ?? backup, ownGroup(backedUp), backup, snapshots, isOneGroup),
            () => valueOf(snapshots)?.name ?? "",
        );
    },

    message: ({ instance, disk, provider, isNew, found: [group] }, { dryRun }): Message => ({
        headline: headline(
            (name, of) => `Disk Backup puts the snapshots of disk ${name} into the disk's own resource group ${of}.`,
            disk,
            group,
        ),
        why: "Snapshots belong into a group of their own: whoever deletes the group of the disk would delete its backups along with it.",
        fix: {
            kind: "in order",
            intro: intro(dryRun && isNew),
            steps: [
                {
                    do: `Make a resource group for snapshots in the disk's subscription, and name it in ${WORDS[provider].backup.snapshotGroup} of "${instance}".`,
                },
                ...(isNew
                    ? [{ do: "Choose it well: it cannot be changed once the disk is protected." }]
                    : [
                          {
                              do: "The group of an instance that exists cannot be changed: the instance has to be made anew, and deleting it deletes its snapshots. Make a backup by other means first.",
                          },
                      ]),
                { do: "Give the vault's identity the role Disk Snapshot Contributor on the new group." },
            ],
        },
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
