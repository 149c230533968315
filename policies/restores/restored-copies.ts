import { equalsIgnoringCase } from "../../src/model/letter-case";
import { any } from "../../src/model/answers";
import { isOneSubscription } from "../../src/model/ids/arm-id";
import type { Estate } from "../../src/model/estate";
import { type Value, unknown, valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import { normaliseLocation } from "../../src/model/places/location";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { BackupOrigin } from "../../src/model/disks/restored-disk";
import { type Undecided, undecided, Undecideds } from "../../src/findings/finding";
import { memoize } from "../memoize";

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

/** A restored copy that nothing replicates, beside the VM that it came from, which is replicated. */
export interface UnreplicatedCopy {
    readonly copy: VirtualMachine;
    readonly original: VirtualMachine;
    readonly originalItems: readonly ReplicatedItem[];
}

export const unreplicatedCopies = memoize((estate): readonly (UnreplicatedCopy | Undecided)[] => [
    ...findUnreplicatedCopies(estate),
]);

function* findUnreplicatedCopies(estate: Estate): Iterable<UnreplicatedCopy | Undecided> {
    const undecideds = new Undecideds();
    for (const { vm: copy, originals } of restoredVms(estate)) {
        const [first] = originals.flatMap((original) => {
            const replication = estate.replication.of(original);
            return replication.answer === "yes" ? [{ original, originalItems: replication.items }] : [];
        });
        if (first === undefined) {
            continue;
        }
        const replication = any([estate.replication.of(copy), estate.gaps.mayProtect(copy)]);
        if (replication.answer === "unknown") {
            yield* undecideds.of(replication);
        } else if (replication.answer === "no" && originals.length > 1) {
            const openQuestion = { resource: copy, property: "which VM it was restored from" };
            yield { verdict: "undecided", openQuestion };
        } else if (replication.answer === "no") {
            yield { copy, ...first };
        }
    }
}

/** A restored copy that nothing backs up: its name or group is another one, so the original's backup does not go on. */
export interface CopyWithoutBackup {
    readonly copy: VirtualMachine;
    /** Name of the VM whose backup it was restored from. */
    readonly original: string;
    /** False where it bears the original's name, in another group. */
    readonly isRenamed: boolean;
}

export const copiesWithoutBackup = memoize((estate): readonly (CopyWithoutBackup | Undecided)[] => [
    ...findCopiesWithoutBackup(estate),
]);

function* findCopiesWithoutBackup(estate: Estate): Iterable<CopyWithoutBackup | Undecided> {
    const undecideds = new Undecideds();
    for (const { vm: copy, from, originals } of restoredVms(estate)) {
        const isAnother = isAnotherVm(estate, copy, from, originals);
        if (copy.urn === undefined || valueOf(isAnother) === false) {
            continue;
        }
        const backup = any([estate.backup.of(copy), estate.gaps.mayProtect(copy)]);
        if (backup.answer === "unknown") {
            yield* undecideds.of(backup);
        } else if (backup.answer === "no" && isAnother.state === "unknown") {
            yield undecided(copy, isAnother.property);
        } else if (backup.answer === "no") {
            yield { copy, original: from.vm, isRenamed: originals.length === 0 || !bearsName(copy, from) };
        }
    }
}

function bearsName({ azureName }: VirtualMachine, { vm }: BackupOrigin): boolean {
    return equalsIgnoringCase(valueOf(azureName), vm);
}

/**
 * By its name; a recovery point does not tell the group of its VM. One of the same name is another VM only
 * where the original still stands in another group and is backed up there.
 */
function isAnotherVm(
    estate: Estate,
    copy: VirtualMachine,
    from: BackupOrigin,
    originals: readonly VirtualMachine[],
): Value<boolean> {
    if (copy.azureName.state !== "known") {
        return unknown(copy.azureName.state === "unknown" ? copy.azureName.property : "name");
    }
    const isElsewhere = originals.some((original) => estate.backup.ofWholeVm(original).answer === "yes");
    return { state: "known", value: !bearsName(copy, from) || isElsewhere };
}

/** For a policy that leaves some VMs to another policy. */
export function isOpen(each: object): each is Undecided {
    return "verdict" in each;
}
