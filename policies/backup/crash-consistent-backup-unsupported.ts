import { includesIgnoringCase } from "../../src/model/letter-case";
import { valueOf } from "../../src/model/values";
import { getOrCreate } from "../../src/model/lists";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import { type AzureResource, type BackupItem, firstChanged, type VirtualMachine } from "../../src/model/resources";
import type { Estate } from "../../src/model/estate";
import { headline } from "../../src/findings/message";
import { diskInWords } from "../../src/advice/backup";
import { ways } from "../../src/advice/fix";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import type { Page } from "../../src/facts/page";
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
import { anyBackedUpDisk, areMoreThan, type BackedUpVm, backupItemPolicy, dataDisksOf } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.CRASH_CONSISTENT;
const BOOST = VM_BACKUP.CRASH_CONSISTENT_BOOST;
const CONFIDENTIAL = VM_BACKUP.CRASH_CONSISTENT_CONFIDENTIAL;
const CONFIDENTIAL_TYPE = VM_BACKUP.CONFIDENTIAL.limit.securityType.toLowerCase();

interface Reason {
    readonly says: string;
    readonly page: Page;
}

/** BCDR311: a crash-consistent policy on a VM that crash-consistent backup does not support (VMB-30, VMB-06). */
export const crashConsistentBackupUnsupported = backupItemPolicy({
    id: "BCDR311",
    name: "crash-consistent-backup-unsupported",
    level: "advisory",
    severity: "medium",
    summary: "A VM may not support its crash-consistent backup policy.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use an Enhanced policy without crash-consistent snapshots for this VM.",

    alsoRestsOn: ({ vm, estate }) => changedDisk(estate, vm),

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
            (of, name) => `VM ${of} may not support crash-consistent backup, which the policy of item ${name} uses.`,
            vm,
            item,
        ),
        why: "Crash-consistent backup takes snapshots of all disks at once, without the VM agent. Where Azure does not support that, backups can fail or be inconsistent.",
        facts: found.map(({ says }) => says),
        fix: ways(
            [
                {
                    do: `Assign an Enhanced policy without crash-consistent snapshots to item "${item}".`,
                    where: `${WORDS[provider].backup.followsPolicy}; in the policy, no ${WORDS[provider].snapshotConsistency}`,
                    note: `Its backups then use the VM agent.${policy === undefined ? "" : ` Other VMs can keep "${policy}".`}`,
                },
                { do: `Change "${vm}" so that crash-consistent backup supports it.` },
            ],
            dryRun,
        ),
        sources: [...new Set(found.map((reason) => reason.page))],
    }),
});

/** Backup policies that are crash-consistent, or may be. */
const policies = memoize((estate) =>
    estate.entities.filter(
        (entity) => entity.kind === "backup policy" && valueOf(entity.crashConsistentOnly) !== false,
    ),
);

/** By the items that represent others like them. */
const unsupported = memoize(() => new Map<BackupItem, Answer<Reason>>());

/** A VM may have thousands of items, and as many disks. */
function changedDisk(estate: Estate, vm: VirtualMachine): readonly AzureResource[] {
    return getOrCreate(changedDisks(estate), vm, () =>
        firstChanged(estate.disks.attachedTo(vm).flatMap((disk) => estate.disks.resourcesOf(disk))),
    );
}

const changedDisks = memoize(() => new Map<VirtualMachine, readonly AzureResource[]>());

/** What crash-consistent backup does not support, in words. */
function reasons(backedUpVm: BackedUpVm): readonly Answer<Reason>[] {
    const { vm } = backedUpVm;
    const onDisks = (finds: string, isSo: (disk: VmDisk) => Answer): Answer<Reason> =>
        anyBackedUpDisk(backedUpVm, isSo, ({ attached }) => ({
            says: `${diskInWords(attached).words}: ${finds}`,
            page,
        }));
    return [
        withEvidence(
            bySize(vm, ({ premiumStorage }) => premiumStorage, false),
            () => ({ says: "Its size does not support premium storage.", page }),
        ),
        withEvidence(usesBoostForSeveralDisks(backedUpVm), () => ({
            says: "Its size uses Azure Boost: with several data disks, a recovery point may not be consistent across them.",
            page: BOOST.page,
        })),
        withEvidence(
            compare(vm, vm.securityType, (type) => type.toLowerCase() === CONFIDENTIAL_TYPE),
            () => ({ says: "It is a confidential VM.", page: CONFIDENTIAL.page }),
        ),
        onDisks("Ultra or Premium SSD v2 disk", ({ definedBy, sku }) =>
            compare(definedBy, sku, (name) => includesIgnoringCase(limit.skus, name)),
        ),
        onDisks("ephemeral disk", ({ settings }) => isTrue(vm, settings.ephemeral)),
        onDisks("shared disk", ({ definedBy, isShared }) => isTrue(definedBy, isShared)),
        onDisks("Write Accelerator is on", ({ settings }) => isTrue(vm, settings.writeAccelerated)),
    ];
}

function usesBoostForSeveralDisks(backedUpVm: BackedUpVm): Answer {
    const usesBoost = bySize(backedUpVm.vm, ({ azureBoost }) => azureBoost, true);
    const { dataDisks } = BOOST.limit;
    return usesBoost.answer === "no"
        ? NO
        : given(areMoreThan(dataDisks, dataDisksOf(backedUpVm, dataDisks)), usesBoost);
}

/** A size whose name does not show it leaves the question open. */
function bySize(vm: VirtualMachine, shows: (size: VmSize) => boolean | undefined, refused: boolean): Answer {
    if (vm.size.state !== "known") {
        return compare(vm, vm.size, () => false);
    }
    const size = vmSize(vm.size.value);
    const shown = size && shows(size);
    return shown === undefined
        ? unknownAnswer(vm, WORDS[vm.provider].vm.size, "version")
        : compare(vm, vm.size, () => shown === refused);
}
