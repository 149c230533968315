import { equalsIgnoringCase } from "../../src/model/letter-case";
import { any, type Answer, type Evidence, NO, not, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { isOneSubscription } from "../../src/model/ids/arm-id";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import { normaliseLocation } from "../../src/model/places/location";
import type { VirtualMachine } from "../../src/model/resources";
import type { BackupOrigin } from "../../src/model/disks/restored-disk";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { skippingAssignments } from "../../src/advice/azure-policy";
import { listed } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { itemToChange } from "../../src/advice/replication-support";
import type { Circumstances } from "../check";
import { memoize } from "../memoize";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { type RestsOn, verdictsFrom } from "../verdicts";

/** What the policies about VMs that were restored into new ones have in common. */

/** A VM that boots from a disk which Azure Backup restored. */
interface RestoredVm {
    readonly vm: VirtualMachine;
    readonly from: BackupOrigin;
    /** The VMs that it may have been restored from. */
    readonly originals: readonly VirtualMachine[];
}

const restoredVms = memoize((estate): readonly RestoredVm[] => [...findRestoredVms(estate)]);

function* findRestoredVms(estate: Estate): Iterable<RestoredVm> {
    const byName = new Map<string, VirtualMachine[]>();
    for (const vm of estate.vms) {
        const name = valueOf(vm.azureName)?.toLowerCase();
        if (name !== undefined) {
            pushTo(byName, name, vm);
        }
    }
    for (const vm of estate.vms) {
        const os = estate.restores.of(vm).find(({ attached }) => attached.role === "os");
        if (os?.restored.state === "certain" && os.restored.from.backup !== undefined) {
            const from = os.restored.from.backup;
            const possible = (byName.get(from.vm.toLowerCase()) ?? []).filter(
                (each) => each !== vm && mayBeOriginal(each, vm, from),
            );
            // What is surely of the recovery point's own subscription goes before what may be of another one.
            const certain = possible.filter(({ subscription }) => subscription.subscription !== undefined);
            const originals = from.subscription !== undefined && certain.length > 0 ? certain : possible;
            yield { vm, from, originals };
        }
    }
}

/**
 * Subscription and region of the recovery point have to be the VM's, as far as both are known. One whose subscription
 * is not known has to be in the copy's own, at least.
 */
function mayBeOriginal(
    { subscription, location }: VirtualMachine,
    copy: VirtualMachine,
    backup: BackupOrigin,
): boolean {
    const region = valueOf(location);
    const isBeside =
        subscription.subscription === undefined || backup.subscription === undefined
            ? isOneSubscription(subscription, copy.subscription)
            : isOneSubscription(subscription, { subscription: backup.subscription });
    return (
        isBeside === "yes" &&
        (region === undefined || backup.location === undefined || normaliseLocation(region) === backup.location)
    );
}

interface RestoredCopy<Fact> {
    readonly copy: string;
    readonly found: Evidence<Fact>;
}

interface RestoredCopyPolicy<Fact> extends PolicyIdentity {
    readonly check: (copy: RestoredVm, estate: Estate) => Answer<Fact & RestsOn>;
    readonly message: (parameters: RestoredCopy<Fact>, circumstances: Circumstances) => Message;
}

/** A policy about VMs that were restored into new ones. */
export function restoredCopyPolicy<Fact>(policy: RestoredCopyPolicy<Fact>): StackPolicy {
    const { check, message } = policy;
    return stackPolicy<RestoredCopy<Fact>>({
        kinds: ["VM"],
        ...identityOf(policy),
        message,

        *evaluate({ estate }): Iterable<Verdict<RestoredCopy<Fact>>> {
            const undecideds = new Undecideds();
            for (const restored of restoredVms(estate)) {
                const { vm } = restored;
                const finding = (found: Evidence<Fact & RestsOn>) => ({
                    subject: subjectOf(vm, vm),
                    parameters: { copy: estate.names.of(vm), found },
                    restsOn: found.flatMap(({ restsOn = [] }) => restsOn),
                });
                yield* verdictsFrom(check(restored, estate), finding, undecideds);
            }
        },
    });
}

/** Whether nothing replicates a restored copy, beside the VM that it came from, which is replicated. */
export function isUnreplicatedCopy({ vm: copy, originals }: RestoredVm, estate: Estate) {
    const [first] = originals.flatMap((original) => {
        const replication = estate.replication.of(original);
        const [item] = replication.answer === "yes" ? replication.items : [];
        return replication.answer === "yes" && item !== undefined ? [{ original, item, items: replication.items }] : [];
    });
    if (first === undefined) {
        return NO;
    }
    const isUnreplicated = not(any<unknown>([estate.replication.ofAny(copy), estate.gaps.mayProtect(copy)]));
    return isUnreplicated.answer === "yes" && originals.length > 1
        ? unknownAnswer(copy, "which VM it was restored from")
        : withEvidence(isUnreplicated, () => ({
              original: estate.names.of(first.original),
              originalItem: listed(first.items.map((item) => named(item).name)),
              itemOfOriginal: itemToChange(first.item, named(first.item).name),
              restsOn: first.items,
          }));
}

/** Whether nothing backs a restored copy up: its name or group is another one, so that the original's backup does not continue. */
export function isCopyWithoutBackup({ vm: copy, from, originals }: RestoredVm, estate: Estate) {
    const isAnother = copy.urn === undefined ? NO : isAnotherVm(estate, copy, from, originals);
    if (isAnother.answer === "no") {
        return NO;
    }
    const isWithoutBackup = not(any([estate.backup.of(copy), estate.gaps.mayProtect(copy)]));
    return withEvidence(isWithoutBackup.answer === "yes" ? isAnother : isWithoutBackup, () => ({
        provider: copy.provider,
        skipping: skippingAssignments(estate, copy),
        /** Name of the VM whose backup it was restored from. */
        original: from.vm,
        /** False where it bears the original's name, in another group. */
        isRenamed: originals.length === 0 || !bearsName(copy, from),
    }));
}

/** For policies that leave these VMs to the ones about copies. */
export const unreplicatedCopies = memoize((estate) => copiesOf(estate, isUnreplicatedCopy));
export const copiesWithoutBackup = memoize((estate) => copiesOf(estate, isCopyWithoutBackup));

function copiesOf(
    estate: Estate,
    isSo: (copy: RestoredVm, estate: Estate) => Answer<unknown>,
): ReadonlySet<VirtualMachine> {
    return new Set(restoredVms(estate).flatMap((copy) => (isSo(copy, estate).answer === "yes" ? [copy.vm] : [])));
}

function bearsName({ azureName }: VirtualMachine, { vm }: BackupOrigin): boolean {
    return equalsIgnoringCase(valueOf(azureName), vm);
}

/**
 * By its name; a recovery point does not show the group of its VM. A VM of the same name is another VM only
 * where the original still exists in another group and is backed up there.
 */
function isAnotherVm(
    estate: Estate,
    copy: VirtualMachine,
    from: BackupOrigin,
    originals: readonly VirtualMachine[],
): Answer {
    if (copy.azureName.state !== "known") {
        return unknownAnswer(copy, copy.azureName.state === "unknown" ? copy.azureName.property : "name");
    }
    const isElsewhere = originals.some((original) => estate.backup.ofWholeVm(original).answer === "yes");
    return !bearsName(copy, from) || isElsewhere ? YES : NO;
}
