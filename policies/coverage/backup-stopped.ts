import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { BackupItem, DiskBackup, VirtualMachine } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { quoted } from "../../src/advice/names";
import { undeleteCommand } from "../../src/advice/backup";
import { named } from "../../src/advice/re-protection";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly item: string;
    readonly kind: (BackupItem | DiskBackup)["kind"];
    readonly vms: readonly string[];
    readonly state: string;
    /** The property by which a program can stop backup; Disk Backup has none. */
    readonly stateProperty: string | undefined;
    /** Undefined for a disk, and where the ID is not known. */
    readonly undelete: string | undefined;
}

/** BCDR415: a backup item or instance that exists and takes no backups (RD-15). */
export const backupStopped = stackPolicy<Parameters>({
    kinds: ["backup item", "disk backup"],
    id: "BCDR415",
    name: "backup-stopped",
    level: "advisory",
    severity: "medium",
    summary: "A backup is stopped, suspended or scheduled for deletion.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Resume backup of the item, or exempt it if backup is stopped on purpose.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of [...estate.backup.items, ...estate.backup.diskBackups]) {
            if (item.skipped) {
                continue;
            }
            if (item.active.state === "unknown") {
                yield undecided(item, item.active.property);
            } else if (valueOf(item.active) === false) {
                const vms = vmsOf(estate, item);
                yield {
                    verdict: "violated",
                    subject: subjectOf(item, vms[0]),
                    parameters: {
                        item: named(item).name,
                        kind: item.kind,
                        vms: vms.map((vm) => estate.names.of(vm)),
                        state: valueOf(item.state) ?? "",
                        undelete: item.kind === "disk backup" ? undefined : undeleteCommand(item),
                        stateProperty:
                            item.kind === "disk backup"
                                ? undefined
                                : writtenAt(item, WORDS[item.provider].backup.state),
                    },
                    restsOn: [item],
                };
            }
        }
    },

    message: ({ item, kind, vms, state, stateProperty, undelete }): Message => {
        const isDisk = kind === "disk backup";
        const what = isDisk ? "Disk Backup instance" : "Backup item";
        const protectedByIt = `${isDisk ? "a disk of " : ""}${vms.length > 1 ? `${vms.length} VMs` : "VM"}`;
        return {
            headline: headline(
                (name, vm) =>
                    vms.length === 0
                        ? `${what} ${name} ${stateInWords(state)} and makes no new recovery points.`
                        : `${what} ${name} ${stateInWords(state)}, so ${protectedByIt}${vms.length === 1 ? ` ${vm}` : ""} gets no new recovery points.`,
                item,
                vms[0] ?? "",
            ),
            why: "You can restore only from the recovery points that exist today, and only until the vault deletes them.",
            facts: [`State in Azure: ${state}`, ...(vms.length > 1 ? [`VMs: ${quoted(vms)}`] : [])],
            fix: {
                kind: "one of",
                intro: "Do one of these:",
                steps: isDeletion(state)
                    ? [
                          undelete === undefined
                              ? {
                                    do: `To keep it, undelete "${item}" in the vault (Backup items > Undelete). Then resume backup.`,
                                }
                              : {
                                    do: `To keep it, undelete "${item}", and then resume backup:`,
                                    commands: [undelete],
                                },
                          {
                              do: `To give it up, remove "${item}" from the program.`,
                              note: "This vault cannot back up the same source again until Azure has deleted the item for good.",
                          },
                      ]
                    : [
                          {
                              do: `Resume backup of "${item}" in the vault: Backup items > Resume backup.`,
                              ...(stateProperty === undefined
                                  ? {}
                                  : {
                                        where: stateProperty,
                                        note: "If the program sets this property, remove it. Otherwise the next pulumi up stops backup again.",
                                    }),
                          },
                          {
                              do: "If backup is stopped on purpose, exempt the item from this policy with a reason and an end date.",
                          },
                      ],
            },
            sources: [READINESS.NOT_BACKED_UP.page],
        };
    },
});

function vmsOf(estate: Estate, item: BackupItem | DiskBackup): readonly VirtualMachine[] {
    if (item.kind === "disk backup") {
        return estate.protectedVms.withDiskOf(item);
    }
    const link = estate.protectedVms.of(item);
    return link.state === "linked" ? [link.to] : [];
}

function isDeletion(state: string): boolean {
    return /delet/i.test(state);
}

/** Azure has a dozen names for a few states. */
function stateInWords(state: string): string {
    if (isDeletion(state)) {
        return "is scheduled for deletion";
    }
    return /suspend|paus/i.test(state) ? "is suspended" : "is stopped";
}
