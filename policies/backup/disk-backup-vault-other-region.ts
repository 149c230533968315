import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { ABSENT, type Value, valueOf } from "../../src/model/values";
import type { AzureResource } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { inOrder } from "../../src/advice/fix";
import { WORDS } from "../../src/advice/property-names";
import { DISK_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { type BackedUpDisk, diskBackupPolicy } from "./disk-backups";
import { inOtherRegion } from "../regions";

interface OtherRegion {
    readonly diskRegion: string;
    readonly vault: string;
    readonly vaultRegion: string;
}

/** BCDR320: Disk Backup of a disk into a vault of another region (DKB-05). */
export const diskBackupVaultOtherRegion = diskBackupPolicy<OtherRegion>({
    id: "BCDR320",
    name: "disk-backup-vault-other-region",
    level: "mandatory",
    severity: "high",
    summary: "A Disk Backup vault is in another region than the disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use a Backup vault in the region of the disk.",

    check: ({ backedUp, estate }) => {
        const { backup } = backedUp;
        const vault = estate.vaults.ofDiskBackup(backup);
        const { place, region } = placeOf(estate, backedUp);
        switch (vault.state) {
            case "linked": {
                const vaultRegion = estate.regions.of(vault.to);
                return withEvidence(inOtherRegion(place, region, vault.to, vaultRegion), () => ({
                    diskRegion: valueOf(region) ?? "",
                    vault: displayName(vault.to),
                    vaultRegion: valueOf(vaultRegion) ?? "",
                    restsOn: [place, vault.to],
                }));
            }
            case "undecided":
                return unknownAnswer(backup, vault.property);
            case "external":
            case "none":
                return NO;
        }
    },

    message: ({ instance, disk, provider, found: [{ diskRegion, vault, vaultRegion }] }, { dryRun }): Message => ({
        headline: headline(
            (name, of) => `Disk ${name} is in ${diskRegion}, but its Backup vault ${of} is in ${vaultRegion}.`,
            disk,
            vault,
        ),
        why: "A Backup vault protects only disks in its own region. Azure refuses the backup instance, so the disk has no backup.",
        fix: inOrder(
            [
                {
                    do: `Create a Backup vault in ${diskRegion} with a policy for disks, or choose an existing one.`,
                    note: "You cannot move a vault to another region.",
                },
                {
                    do: "Give the vault's identity the role Disk Backup Reader on the disk.",
                    note: "It also needs Disk Snapshot Contributor on the resource group for snapshots.",
                },
                {
                    do: `Change "${instance}" to that vault and to one of its policies.`,
                    where: `${WORDS[provider].backup.inBackupVault}, ${WORDS[provider].backup.followsDiskPolicy}`,
                },
            ],
            dryRun,
        ),
        sources: [DISK_BACKUP.VAULT_REGION.page],
    }),
});

/** A disk of this stack, or the VM that has it: a disk is where its VM is. */
function placeOf(
    estate: Estate,
    { backup, disk, vms: [vm] }: BackedUpDisk,
): { readonly place: AzureResource; readonly region: Value<string> } {
    const place = disk ?? vm;
    return place === undefined ? { place: backup, region: ABSENT } : { place, region: estate.regions.of(place) };
}
