import { valueOf } from "../../src/model/values";
import { getOrCreate } from "../../src/model/lists";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { BackupItem, VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { diskInWords, intro } from "../../src/advice/backup";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { type VmSize, vmSize } from "../../src/facts/vm-sizes";
import {
    any,
    type Answer,
    compare,
    given,
    isTrue,
    NO,
    unknownAnswer,
    withEvidence,
    YES,
} from "../../src/model/answers";
import { memoize } from "../memoize";
import { representative } from "./alike-items";
import { anyBackedUpDisk, type BackedUpVm, backupItemPolicy } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.CRASH_CONSISTENT;
const CONFIDENTIAL = VM_BACKUP.CRASH_CONSISTENT_CONFIDENTIAL.limit.securityType.toLowerCase();
const SKUS = new Set(limit.skus.map((sku) => sku.toLowerCase()));

/** BCDR311: a crash-consistent policy on a VM that it does not support (VMB-30, VMB-06). */
export const crashConsistentBackupUnsupported = backupItemPolicy({
    id: "BCDR311",
    name: "crash-consistent-backup-unsupported",
    level: "advisory",
    severity: "medium",
    summary: "A VM may not support its crash-consistent backup policy.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm, item, estate }) => {
        if (item === undefined) {
            return policies(estate).length > 0 ? YES : NO;
        }
        const { definedBy, crashConsistentOnly } = estate.backupPolicies.followedBy(item);
        const isCrashConsistent = isTrue(definedBy, crashConsistentOnly);
        if (isCrashConsistent.answer === "no") {
            return NO;
        }
        const alike = representative(estate, vm, item);
        return getOrCreate(unsupported(estate), alike, () =>
            any(reasons({ vm, item: alike, estate }).map((reason) => given(isCrashConsistent, reason))),
        );
    },

    message: ({ item, provider, policy, vm, found }, { dryRun }) => ({
        headline: headline(
            (of, name) => `VM ${of} cannot be backed up crash-consistently, as the policy of item ${name} asks.`,
            vm,
            item,
        ),
        why: "Crash-consistent backup takes snapshots of all disks at once without an agent, which this VM does not allow.",
        facts: found,
        fix: {
            kind: "in order",
            intro: intro(dryRun),
            steps: [
                {
                    do: `Let the item "${item}" follow an Enhanced policy without ${WORDS[provider].snapshotConsistency}, by ${WORDS[provider].backup.followsPolicy}${policy === undefined ? "" : `; other VMs may keep "${policy}"`}. Its backups are then taken by the agent.`,
                },
                { do: `Or change what the policy does not support on "${vm}".` },
            ],
        },
        sources: [page],
    }),
});

/** Backup policies that are crash-consistent, or may be. */
const policies = memoize((estate) =>
    estate.entities.filter(
        (entity) => entity.kind === "backup policy" && valueOf(entity.crashConsistentOnly) !== false,
    ),
);

/** Of the items that stand for others. */
const unsupported = memoize(() => new Map<BackupItem, Answer<string>>());

/** What crash-consistent backup does not support, in words. */
function reasons(backedUpVm: BackedUpVm): readonly Answer<string>[] {
    const { vm } = backedUpVm;
    const onDisks = (finds: string, isSo: (disk: VmDisk) => Answer): Answer<string> =>
        anyBackedUpDisk(backedUpVm, isSo, ({ attached }) => `${diskInWords(attached).words}: ${finds}`);
    return [
        withEvidence(
            bySize(vm, ({ premiumStorage }) => premiumStorage, false),
            () => "The VM's size has no premium storage.",
        ),
        withEvidence(
            bySize(vm, ({ azureBoost }) => azureBoost, true),
            () => "The VM's size is one of Azure Boost.",
        ),
        withEvidence(
            compare(vm, vm.securityType, (type) => type.toLowerCase() === CONFIDENTIAL),
            () => "It is a confidential VM.",
        ),
        onDisks("an Ultra or Premium SSD v2 disk", ({ definedBy, sku }) =>
            compare(definedBy, sku, (name) => SKUS.has(name.toLowerCase())),
        ),
        onDisks("an ephemeral disk", ({ settings }) => isTrue(vm, settings.ephemeral)),
        onDisks("a shared disk", ({ definedBy, isShared }) => isTrue(definedBy, isShared)),
        onDisks("a disk with write accelerator", ({ settings }) => isTrue(vm, settings.writeAccelerated)),
    ];
}

/** A size whose name does not tell it leaves it open. */
function bySize(vm: VirtualMachine, tells: (size: VmSize) => boolean | undefined, refused: boolean): Answer {
    if (vm.size.state !== "known") {
        return compare(vm, vm.size, () => false);
    }
    const size = vmSize(vm.size.value);
    const told = size && tells(size);
    return told === undefined
        ? unknownAnswer(vm, WORDS[vm.provider].vm.size, "version")
        : compare(vm, vm.size, () => told === refused);
}
