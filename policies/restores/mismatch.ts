import type { OpenQuestion } from "../../src/model/answers";
import { type AttachedDisk, diskIdOf } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import type { Disk, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { ReplicatedVm } from "../../src/model/protection/replicated-vm";
import { nameOfListed, unattachedDisks } from "../../src/model/protection/unattached-disks";
import { counts, unreplicatedRestores } from "../../src/model/disks/restored-attachments";
import { undecided, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { protectionOf } from "../../src/advice/known-from";
import { type ReProtection, reProtectionOf } from "../../src/advice/re-protection";
import type { Circumstances } from "../check";
import { memoize } from "../memoize";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";

/** How the disks of a VM and those under replication differ (RD-10), as far as the plan can tell. */
interface Mismatch {
    readonly vm: VirtualMachine;
    /** Undefined while it is open which item replicates the VM. */
    readonly item: ReplicatedItem | undefined;
    /** Disks that are listed and that the VM certainly no longer has. */
    readonly gone: readonly string[];
    /** The OS disk, where it is certainly not listed. */
    readonly unlistedOsDisk: { readonly attached: AttachedDisk; readonly disk: Disk | undefined } | undefined;
    readonly open: Readonly<Record<MismatchedDisk, readonly OpenQuestion[]>>;
}

type MismatchedDisk = "listed disk" | "OS disk";

interface MismatchedVm {
    readonly vm: string;
    readonly gone: readonly string[];
    readonly osDiskIsUnlisted: boolean;
    readonly reProtection: ReProtection;
}

interface MismatchPolicy extends PolicyIdentity {
    /** The disk that it reports. A VM that lacks a listed disk is reported for that disk alone. */
    readonly disk: MismatchedDisk;
    readonly message: (parameters: MismatchedVm, circumstances: Circumstances) => Message;
}

/** A policy about replicated VMs that have other disks than their replication lists. */
export function mismatchPolicy(policy: MismatchPolicy): StackPolicy {
    const { disk, message } = policy;
    return stackPolicy<MismatchedVm>({
        kinds: ["replicated item"],
        ...identityOf(policy),
        message,

        *evaluate({ estate }): Iterable<Verdict<MismatchedVm>> {
            for (const { vm, item, gone, unlistedOsDisk, open } of mismatches(estate)) {
                yield* open[disk].map(({ resource, property }) => undecided(resource, property));
                const reported = gone.length > 0 ? "listed disk" : unlistedOsDisk && "OS disk";
                if (item !== undefined && reported === disk) {
                    yield {
                        verdict: "violated",
                        subject: subjectOf(vm, vm),
                        parameters: {
                            vm: estate.names.of(vm),
                            gone,
                            osDiskIsUnlisted: unlistedOsDisk !== undefined,
                            reProtection: reProtectionOf(
                                estate,
                                vm,
                                item,
                                unlistedOsDisk ? [unlistedOsDisk] : [],
                                gone,
                            ),
                        },
                        restsOn: protectionOf(estate, vm, item),
                    };
                }
            }
        },
    });
}

/** Of each replicated VM of the stack that no policy about restores reports already. */
const mismatches = memoize((estate: Estate): readonly Mismatch[] => [...findMismatches(estate)]);

function* findMismatches(estate: Estate): Iterable<Mismatch> {
    const reported = new Set<readonly OpenQuestion[]>();
    for (const vm of estate.vms) {
        const replication = estate.replication.of(vm);
        if (vm.urn === undefined || vm.skipped || replication.answer === "no") {
            continue;
        }
        if (replication.answer === "unknown") {
            const { openQuestions } = replication;
            if (reported.has(openQuestions)) {
                // What may be about any VM is asked once, not once a VM.
                continue;
            }
            reported.add(openQuestions);
            yield {
                vm,
                item: undefined,
                gone: [],
                unlistedOsDisk: undefined,
                open: { "listed disk": openQuestions, "OS disk": openQuestions },
            };
            continue;
        }
        const replicated = estate.replication.replicatedVm(vm, replication.items);
        const [item] = replication.items;
        const restores = estate.restores.of(vm).filter(({ restored }) => counts(restored, false));
        const isReported = unreplicatedRestores(replicated, restores).found.length > 0;
        if (item === undefined || !replicated.hasLists || isReported) {
            continue;
        }
        const { certain, open } = unattachedDisks(replicated, estate.external.isKnown);
        const os = osDisk(replicated);
        yield {
            vm,
            item,
            gone: certain.map(nameOfListed),
            unlistedOsDisk: os.unlisted,
            open: {
                "listed disk": [...replicated.openLists, ...open],
                "OS disk": os.open === undefined ? [] : [os.open],
            },
        };
    }
}

function osDisk(replicated: ReplicatedVm): {
    readonly unlisted?: { readonly attached: AttachedDisk; readonly disk: Disk | undefined };
    readonly open?: OpenQuestion;
} {
    const { vm, attached, lists } = replicated;
    const os = attached.find(({ role }) => role === "os");
    if (os === undefined || (os.disk.state === "none" && os.place.disk.id.state === "absent")) {
        return {};
    }
    switch (replicated.isListed(os)) {
        case "yes":
            return {};
        case "no":
            return { unlisted: { attached: os, disk: os.disk.state === "linked" ? os.disk.to : undefined } };
        case "unknown": {
            const unnamed = lists.reduce((sum, list) => sum + list.unnamed, 0);
            const unlisted = attached.filter((disk) => replicated.isListed(disk) !== "yes");
            // Elements that come from the VM's own outputs are its own disks; enough of them cover all of these.
            if (
                replicated.openLists.length === 0 &&
                os.place.origin === "implicit" &&
                unnamed >= unlisted.length &&
                unnamed > 0
            ) {
                return {};
            }
            const isKnownDisk = diskIdOf(vm, os) !== undefined || os.disk.state === "linked";
            return {
                open:
                    isKnownDisk || replicated.openLists.length > 0
                        ? replicated.listQuestion
                        : { resource: vm, property: os.place.disk.property },
            };
        }
    }
}
