import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { BackupItem, DiskBackup, VirtualMachine } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { listed } from "../../src/advice/names";
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
}

/** BCDR415: a backup item or instance that is there and takes no backups (RD-15). */
export const backupStopped = stackPolicy<Parameters>({
    id: "BCDR415",
    name: "backup-stopped",
    level: "advisory",
    severity: "medium",
    summary: "A backup is stopped, suspended or about to be deleted.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

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

    message: ({ item, kind, vms, state, stateProperty }): Message => {
        const isDisk = kind === "disk backup";
        const of = vms.length === 0 ? (isDisk ? "a disk" : "what it protected") : listed(vms);
        return {
            headline: headline(
                (name, protectedByIt) =>
                    `${isDisk ? "Disk Backup instance" : "Backup item"} ${name} ${standing(state)}: ${protectedByIt} gets no new recovery points.`,
                item,
                isDisk && vms.length > 0 ? `a disk of ${of}` : of,
            ),
            why: `Azure calls its state ${state}. The recovery points that are there stay for as long as the vault keeps them; none is added.`,
            fix: {
                kind: "in order",
                intro: "To settle it:",
                steps: isDeletion(state)
                    ? [
                          {
                              do: `To keep it, undelete "${item}" in the vault (Backup items > Undelete), then resume backup.`,
                          },
                          {
                              do: "If it is to go, take it out of the program; until it is gone for good, the same vault cannot back the source up anew.",
                          },
                      ]
                    : [
                          {
                              do: `To go on, resume backup of "${item}" in the vault (Backup items > Resume backup)${stateProperty === undefined ? "." : `. Where the program sets ${stateProperty}, take that out, or the next pulumi up stops it again.`}`,
                          },
                          { do: "If it is meant to be stopped, exempt it from this policy and say until when." },
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

/** Azure has a dozen names for a few things. */
function standing(state: string): string {
    if (isDeletion(state)) {
        return "waits for its deletion";
    }
    return /suspend|paus/i.test(state) ? "is suspended" : "is stopped";
}
