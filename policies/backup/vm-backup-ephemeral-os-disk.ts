import { headline, type Message } from "../../src/findings/message";
import { intro } from "../../src/advice/backup";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { isTrue } from "../../src/model/answers";
import { anyBackedUpDisk, backedUpVmPolicy } from "./backed-up-vm";

/** BCDR308: a backed-up VM whose OS disk is on its host alone (VMB-08). */
export const vmBackupEphemeralOsDisk = backedUpVmPolicy({
    id: "BCDR308",
    name: "vm-backup-ephemeral-os-disk",
    level: "mandatory",
    severity: "high",
    summary: "A backed-up VM has an ephemeral OS disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: (backedUpVm) => {
        const { vm } = backedUpVm;
        return anyBackedUpDisk(
            backedUpVm,
            ({ settings }) => isTrue(vm, settings.ephemeral),
            () => WORDS[vm.provider].vm.ephemeral,
        );
    },

    message: ({ vm, item, found: [property] }, { dryRun }): Message => ({
        headline: headline((name) => `VM ${name} has an ephemeral OS disk, so Azure Backup cannot back it up.`, vm),
        why: "An ephemeral OS disk lies on the host and has no snapshots: there is nothing to take a backup of.",
        fix: {
            kind: "in order",
            intro: intro(dryRun),
            steps: [
                {
                    do: `If nothing on the OS disk of "${vm}" has to survive: take the item "${item}" out of the program, and protect data disks with Azure Disk Backup.`,
                },
                {
                    do: `Else give it a managed OS disk: leave ${property} out. That makes the VM anew, and what is on the ephemeral disk is lost.`,
                },
            ],
        },
        sources: [VM_BACKUP.EPHEMERAL.page],
    }),
});
