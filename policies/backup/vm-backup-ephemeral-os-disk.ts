import { headline, type Message } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { isTrue } from "../../src/model/answers";
import { anyBackedUpDisk, backedUpVmPolicy } from "./backed-up-vm";

/** BCDR308: a backed-up VM whose OS disk exists only on its host (VMB-08). */
export const vmBackupEphemeralOsDisk = backedUpVmPolicy({
    id: "BCDR308",
    name: "vm-backup-ephemeral-os-disk",
    level: "mandatory",
    severity: "high",
    summary: "A backed-up VM has an ephemeral OS disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use a managed OS disk, or protect only the data disks.",

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
        why: "An ephemeral OS disk exists only on its host, and its data is lost with the host. It has no snapshots that a backup can use.",
        fix: ways(
            [
                {
                    do: `Use a managed OS disk for "${vm}": remove the ephemeral setting.`,
                    where: property,
                    note: "This replaces the VM. Everything on its OS disk is lost.",
                },
                {
                    do: `If nothing on the OS disk of "${vm}" has to survive, remove "${item}" from the program. Protect the data disks with Azure Disk Backup.`,
                },
            ],
            dryRun,
        ),
        sources: [VM_BACKUP.EPHEMERAL.page],
    }),
});
