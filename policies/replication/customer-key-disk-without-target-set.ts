import { type Answer, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { keyWithoutSubscription } from "../../src/model/ids/arm-id";
import { type AttachedDisk, diskIdOf } from "../../src/model/disks/attached-disks";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { AzureResource, Disk, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { isSet, type Reference } from "../../src/model/planned-resource";
import type { ReplicatedVm } from "../../src/model/protection/replicated-vm";
import { Undecideds, type Verdict, type Violated } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { listed } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder } from "../../src/advice/fix";
import { enableAgain, itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { verdictsFrom } from "../verdicts";
import { dataDisksWithoutTargetKeys, disksWithoutTargetKeys, isEncrypted } from "./disks-without-target-keys";
import { diskInWords, isAzureToAzure } from "./replicated-vm";

interface Parameters {
    readonly vm: string;
    readonly item: ItemToChange;
    readonly disks: readonly string[];
    readonly lacks: "disk encryption set" | "keys";
}

/** A disk of which no element in the item's lists names a set. */
interface WithoutSet {
    readonly words: string;
    readonly restsOn: readonly AzureResource[];
}

/** BCDR213: a replicated disk is encrypted with the customer's key, and its item names none for the target (A2A-16, A2A-17, A2A-63). */
export const customerKeyDiskWithoutTargetSet = stackPolicy<Parameters>({
    kinds: ["replicated item"],
    id: "BCDR213",
    name: "customer-key-disk-without-target-set",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk that is encrypted with your own key has no target key.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Create a disk encryption set in the target region, or copy the keys of Azure Disk Encryption there. Name it for each disk in the replicated item.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        yield* withoutSet(estate);
        yield* withoutKeys(estate);
    },

    message: (parameters, { dryRun }) => {
        const { vm, item, disks, lacks } = parameters;
        const names = listed(disks);
        const { targetEncryptionSet, targetKeys } = WORDS[item.provider].item;
        if (lacks === "keys") {
            return {
                headline: headline(
                    (name, of) => `Replicated item ${name} of VM ${of} names no target keys for Azure Disk Encryption.`,
                    item.name,
                    vm,
                ),
                why: `Azure Disk Encryption encrypts ${names}. Without its keys, Site Recovery cannot decrypt the replica in the target region, and Azure refuses to enable replication (error 150175).`,
                fix: inOrder(
                    [
                        {
                            do: "Copy the secrets and keys of the disks to a key vault in the target region.",
                            note: "Microsoft's script Copy-keys.ps1 does that (https://aka.ms/ade-asr-copy-keys-code). The keys exist once the disks are encrypted, so encrypt before you replicate.",
                        },
                        {
                            do: `In "${item.name}", name the secret and the key vault of the target region for ${names}.`,
                            where: `${item.diskList}[].${targetKeys}`,
                        },
                    ],
                    dryRun,
                ),
                notes: ["Azure Disk Encryption is being retired. For new VMs, use encryption at host."],
                sources: [SITE_RECOVERY.TARGET_KEYS.page, SITE_RECOVERY.TARGET_KEYS_MISSING.page],
            };
        }
        return {
            headline: headline(
                (name, of) => `Replicated item ${name} of VM ${of} names no target disk encryption set.`,
                item.name,
                vm,
            ),
            why: `A customer-managed key encrypts ${names}, so the replica needs a disk encryption set. Site Recovery does not create one, and replication can fail.`,
            fix: inOrder(
                [
                    {
                        do: "Create a disk encryption set in the target region and subscription, with a key from a key vault in that region.",
                        note: "A disk with double encryption needs a set for double encryption.",
                    },
                    { do: "Give the identity of the set the permissions get, wrap key and unwrap key on that key." },
                    {
                        do: `In "${item.name}", name this set as the target disk encryption set of ${names}.`,
                        where: `${item.diskList}[].${targetEncryptionSet}`,
                    },
                    ...enableAgain([item]),
                ],
                dryRun,
            ),
            sources: [SITE_RECOVERY.CUSTOMER_KEY.page],
        };
    },
});

function* withoutSet(estate: Estate): Iterable<Verdict<Parameters>> {
    const undecideds = new Undecideds();
    for (const vm of estate.vms) {
        const disks = estate.disks.of(vm).filter(({ encryptionSet }) => valueOf(isSet(encryptionSet)) !== false);
        if (vm.urn === undefined || vm.skipped || disks.length === 0) {
            continue;
        }
        const replication = estate.replication.of(vm);
        if (replication.answer === "yes") {
            const keyed = new KeyedDisks(vm, disks);
            for (const item of replication.items.filter(isAzureToAzure)) {
                yield* verdictsFrom(disksWithoutSet(estate, vm, item, keyed), (found) =>
                    violation(
                        vm,
                        item,
                        found.map(({ words }) => words),
                        "disk encryption set",
                        found.flatMap(({ restsOn }) => restsOn),
                    ),
                );
            }
        } else {
            yield* undecideds.of(replication);
        }
    }
}

/** Only new items: Azure asks for the keys when replication is enabled. */
function* withoutKeys(estate: Estate): Iterable<Verdict<Parameters>> {
    const undecideds = new Undecideds();
    for (const vm of estate.vms) {
        const isConcerned =
            vm.urn !== undefined &&
            !vm.skipped &&
            estate.disks
                .of(vm)
                .some((disk) => disk.attached.role === "os" && isEncrypted(estate, vm, disk).answer !== "no");
        const replication = isConcerned ? estate.replication.of(vm) : NO;
        if (replication.answer !== "yes") {
            yield* undecideds.of(replication);
            continue;
        }
        for (const item of replication.items.filter((each) => isAzureToAzure(each) && each.lifetime === "new")) {
            const replicated = estate.replication.replicatedVm(vm, [item]);
            yield* verdictsFrom(disksWithoutTargetKeys(estate, vm, replicated), (found) =>
                violation(vm, item, [...found, ...dataDisksWithoutTargetKeys(estate, vm, replicated)], "keys"),
            );
        }
    }
}

function violation(
    vm: VirtualMachine,
    item: ReplicatedItem,
    disks: readonly string[],
    lacks: Parameters["lacks"],
    restsOn: readonly AzureResource[] = [],
): Omit<Violated<Parameters>, "verdict"> {
    return {
        subject: subjectOf(item, vm),
        parameters: { vm: displayName(vm), item: itemToChange(item, named(item).name), disks, lacks },
        restsOn: [item, vm, ...restsOn],
    };
}

/** The disks of an item that have a key, and of which no element in its lists names a set. */
function disksWithoutSet(
    estate: Estate,
    vm: VirtualMachine,
    item: ReplicatedItem,
    disks: KeyedDisks,
): readonly Answer<WithoutSet>[] {
    const replicated = estate.replication.replicatedVm(vm, [item]);
    return (replicated.hasLists ? disks.thatMayBeListed(replicated) : []).map(({ attached, encryptionSet }) => {
        const listed = replicated.isListed(attached);
        const elements = listed === "no" ? [] : replicated.elementsOf(attached);
        const lacking = elements.filter((element) => element.encryptionSet.id.state === "absent");
        if (listed === "no" || (lacking.length === 0 && elements.length > 0)) {
            return NO;
        }
        if (isSet(encryptionSet).state === "unknown") {
            return keyQuestion(vm, attached, encryptionSet);
        }
        // The OS disk is always listed, so where no element has a set, its own has none.
        const isListed = listed === "yes" || attached.role === "os";
        const { resource, property } = replicated.listQuestion;
        return isListed && lacking.length === elements.length && elements.length > 0
            ? withEvidence(YES, () => ({
                  words: diskInWords(attached, vm),
                  restsOn: estate.disks.resourcesOf(attached),
              }))
            : unknownAnswer(resource, property);
    });
}

/** The property that decides whether a disk has a key. */
function keyQuestion(vm: VirtualMachine, { disk }: AttachedDisk, encryptionSet: Reference): Answer {
    const { id, property } = encryptionSet;
    const resource = disk.state === "linked" && disk.to.encryptionSet === encryptionSet ? disk.to : vm;
    return unknownAnswer(resource, id.state === "unknown" ? id.property : property);
}

/** The disks of a VM that have a key, or may have. It may have thousands of them, and as many items that each list a few. */
class KeyedDisks {
    private readonly byDisk = new Map<Disk, number[]>();
    private readonly byId = new Map<string, number[]>();
    /** Those of which the plan does not know the id, so that any list may name them. */
    private readonly others: number[] = [];

    constructor(
        vm: VirtualMachine,
        private readonly all: readonly VmDisk[],
    ) {
        all.forEach(({ attached }, index) => {
            const id = diskIdOf(vm, attached);
            if (id === undefined) {
                this.others.push(index);
                return;
            }
            pushTo(this.byId, keyWithoutSubscription(id), index);
            if (attached.disk.state === "linked") {
                pushTo(this.byDisk, attached.disk.to, index);
            }
        });
    }

    /** Where each element of the lists is settled, those that they name. */
    thatMayBeListed({ lists, openLists }: ReplicatedVm): readonly VmDisk[] {
        const isOpen = openLists.length > 0 || lists.some((list) => list.unnamed > 0 || !isEmpty(list.possibleDisks()));
        if (isOpen) {
            return this.all;
        }
        const named = lists
            .flatMap((list) => list.named)
            .flatMap(({ id, disk }) => [
                ...((disk.state === "linked" && this.byDisk.get(disk.to)) || []),
                ...((id && this.byId.get(keyWithoutSubscription(id))) ?? []),
            ]);
        return [...new Set([...named, ...this.others])].sort((a, b) => a - b).flatMap((index) => this.all[index] ?? []);
    }
}

function isEmpty(all: Iterable<unknown>): boolean {
    for (const _ of all) {
        return false;
    }
    return true;
}
