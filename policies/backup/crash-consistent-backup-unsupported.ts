import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { remembered } from "../../src/model/lists";
import type { MachineDisk } from "../../src/model/disks/vm-disks";
import type { BackupItem, Machine } from "../../src/model/resources";
import type { Spelling } from "../../src/model/ids/type-token";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { BACKUP_WORDS, diskInWords, occasion } from "../../src/advice/backup";
import { named } from "../../src/advice/re-protection";
import { MACHINE_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { type MachineSize, machineSize } from "../../src/facts/vm-sizes";
import { all, type Condition, open, questionsOf, when } from "../condition";
import { stackPolicy } from "../policy";
import { representatives } from "./alike-items";
import { type Candidate, diskCandidates, isSo } from "./backed-up-vm";

const { limit, page } = MACHINE_BACKUP.CRASH_CONSISTENT;
const CONFIDENTIAL = MACHINE_BACKUP.CRASH_CONSISTENT_CONFIDENTIAL.limit.securityType.toLowerCase();
const SKUS = new Set(limit.skus.map((sku) => sku.toLowerCase()));

interface Parameters {
    readonly item: string;
    readonly spelling: Spelling;
    readonly policy: string | undefined;
    readonly machine: string;
    readonly reasons: readonly string[];
}

/** BCDR311: a crash-consistent policy on a machine that it does not support (VMB-30, VMB-06). */
export const crashConsistentBackupUnsupported = stackPolicy<Parameters>({
    id: "BCDR311",
    name: "crash-consistent-backup-unsupported",
    level: "advisory",
    severity: "medium",
    summary: "A VM may not support its crash-consistent backup policy.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        const mayBeFollowed = estate.entities.some(
            (entity) => entity.kind === "backup policy" && valueOf(entity.crashConsistentOnly) !== false,
        );
        for (const machine of estate.machines) {
            const backup = estate.machineBackup(machine);
            if (machine.skipped || backup.answer === "no") {
                continue;
            }
            if (backup.answer === "undecided" && mayBeFollowed) {
                yield* undecideds.of(backup);
            }
            const items = backup.answer === "yes" ? backup.items : [];
            const ofKind = representatives(estate, items);
            const found = new Map<BackupItem, readonly Candidate<string>[]>();
            for (const item of items) {
                const { toldBy, crashConsistentOnly, name } = estate.policyFollowedBy(item);
                const isCrashConsistent = when(toldBy, crashConsistentOnly, (only) => only);
                if (isCrashConsistent.is === "not so") {
                    continue;
                }
                const alike = ofKind.get(item) ?? item;
                const reasons = remembered(found, alike, () =>
                    candidates(estate, machine, alike).map(({ condition, fact }) => ({
                        condition: all([isCrashConsistent, condition]),
                        fact,
                    })),
                );
                if (reasons.some(isSo)) {
                    yield {
                        verdict: "violated",
                        subject: subjectOf(item, machine),
                        parameters: {
                            item: named(item).name,
                            spelling: item.spelling,
                            policy: name,
                            machine: estate.nameOf(machine),
                            reasons: reasons.filter(isSo).map(({ fact }) => fact),
                        },
                        restsOn: [item],
                    };
                    continue;
                }
                for (const openQuestion of reasons.flatMap(({ condition }) => questionsOf(condition))) {
                    yield { verdict: "undecided", openQuestion };
                }
            }
        }
    },

    tell: ({ item, spelling, policy, machine, reasons }, { dryRun }): Message => ({
        headline: headline(
            (of, name) => `Machine ${of} cannot be backed up crash-consistently, as the policy of item ${name} asks.`,
            machine,
            item,
        ),
        why: "Crash-consistent backup takes snapshots of all disks at once without an agent, which this machine does not allow.",
        details: reasons,
        steps: {
            occasion: occasion(dryRun),
            list: [
                `Let the item "${item}" follow an Enhanced policy without ${BACKUP_WORDS[spelling].crashConsistency}, by ${BACKUP_WORDS[spelling].followsPolicy}${policy === undefined ? "" : `; other machines may keep "${policy}"`}. Its backups are then taken by the agent.`,
                `Or change what the policy does not support on "${machine}".`,
            ],
        },
        source: page,
    }),
});

/** What crash-consistent backup does not support, in words. */
function candidates(estate: Estate, machine: Machine, item: BackupItem): readonly Candidate<string>[] {
    const onDisks = (finds: string, condition: (disk: MachineDisk) => Condition): readonly Candidate<string>[] =>
        diskCandidates(estate, machine, item, condition).map(({ condition: found, fact }) => ({
            condition: found,
            fact: `${diskInWords(fact.attached).words}: ${finds}`,
        }));
    return [
        {
            condition: bySize(machine, ({ premiumStorage }) => premiumStorage, false),
            fact: "The machine's size has no premium storage.",
        },
        {
            condition: bySize(machine, ({ azureBoost }) => azureBoost, true),
            fact: "The machine's size is one of Azure Boost.",
        },
        {
            condition: when(machine, machine.securityType, (type) => type.toLowerCase() === CONFIDENTIAL),
            fact: "It is a confidential machine.",
        },
        ...onDisks("an Ultra or Premium SSD v2 disk", ({ toldBy, sku }) =>
            when(toldBy, sku, (name) => SKUS.has(name.toLowerCase())),
        ),
        ...onDisks("an ephemeral disk", ({ settings }) => when(machine, settings.ephemeral, (is) => is)),
        ...onDisks("a shared disk", ({ toldBy, isShared }) => when(toldBy, isShared, (is) => is)),
        ...onDisks("a disk with write accelerator", ({ settings }) =>
            when(machine, settings.writeAccelerated, (is) => is),
        ),
    ];
}

/** A size whose name does not tell it leaves it open. */
function bySize(machine: Machine, tells: (size: MachineSize) => boolean | undefined, refused: boolean): Condition {
    if (machine.size.state !== "known") {
        return when(machine, machine.size, () => false);
    }
    const size = machineSize(machine.size.value);
    const told = size && tells(size);
    return told === undefined
        ? open(machine, SIZE[machine.spelling])
        : when(machine, machine.size, () => told === refused);
}

const SIZE: Readonly<Record<Spelling, string>> = { "azure-native": "hardwareProfile.vmSize", azure: "size" };
