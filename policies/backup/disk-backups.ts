import { armKey, type ArmId, nameOf } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { implicitDiskId } from "../../src/model/disks/attached-disks";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import { getOrCreate, pushTo } from "../../src/model/lists";
import { type Value, mapValue, valueOf } from "../../src/model/values";
import type { Disk, DiskBackup, VirtualMachine } from "../../src/model/resources";
import { targetOf } from "../../src/model/planned-resource";
import { undecidedBy } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import type { Circumstances } from "../check";
import { type Answer, type Evidence, evidenceIn, given, isTrue } from "../../src/model/answers";
import { memoize } from "../memoize";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import type { RestsOn } from "../verdicts";

/** An instance of Disk Backup with what is known of its disk. */
export interface BackedUpDisk {
    readonly backup: DiskBackup;
    /** Undefined where the disk is no resource of this stack, or one that Azure makes with a VM. */
    readonly disk: Disk | undefined;
    readonly id: Value<ArmId>;
    /** The VMs of this stack that surely have it. */
    readonly vms: readonly VirtualMachine[];
}

/** What each message about Disk Backup is made of. */
interface DiskFacts {
    readonly instance: string;
    readonly disk: string;
    readonly provider: DiskBackup["provider"];
    readonly isNew: boolean;
}

interface DiskBackupPolicy<Fact> extends PolicyIdentity {
    /** What Disk Backup does not support. */
    readonly check: (of: { readonly backedUp: BackedUpDisk; readonly estate: Estate }) => Answer<Fact & RestsOn>;
    readonly message: (
        parameters: DiskFacts & { readonly found: Evidence<Fact> },
        circumstances: Circumstances,
    ) => Message;
}

/** A policy about the disks that an active instance of Disk Backup protects; it reports on the instance. */
export function diskBackupPolicy<Fact>(policy: DiskBackupPolicy<Fact>): StackPolicy {
    const { check, message } = policy;
    return stackPolicy<Parameters<typeof message>[0]>({
        kinds: ["disk backup"],
        ...identityOf(policy),
        checkedByAzure: true,
        message,

        *evaluate({ estate }) {
            for (const backup of estate.backup.diskBackups) {
                const isActive = isTrue(backup, backup.active);
                const backedUp = backedUpDisk(estate, backup);
                if (backup.skipped || backedUp === undefined || isActive.answer === "no") {
                    continue;
                }
                const answer = given(isActive, check({ backedUp, estate }));
                yield* undecidedBy(answer);
                const found = evidenceIn([answer]);
                if (found !== undefined) {
                    const parameters = { ...factsOf(estate, backedUp), found };
                    const subject = subjectOf(backup, backedUp.vms[0]);
                    const { disk, vms } = backedUp;
                    // A disk that Azure makes with a VM is what the VM says.
                    const disks = disk === undefined ? vms : [disk];
                    const restsOn = [backup, ...disks, ...found.flatMap(({ restsOn: more = [] }) => more)];
                    yield { verdict: "violated", subject, parameters, restsOn };
                }
            }
        },
    });
}

/** Undefined for instances on something else than a disk. */
function backedUpDisk(estate: Estate, backup: DiskBackup): BackedUpDisk | undefined {
    const link = estate.backup.diskOf(backup);
    const vms = estate.protectedVms.linksOf(backup).flatMap((vm) => (vm.state === "linked" ? [vm.to] : []));
    switch (link.state) {
        case "linked":
            return { backup, disk: link.to, id: link.to.id, vms };
        case "external":
        case "undecided":
            return { backup, disk: undefined, id: targetOf(backup.disk).id, vms };
        case "none":
            return undefined;
    }
}

function factsOf(estate: Estate, { backup, disk, id, vms: [vm] }: BackedUpDisk): DiskFacts {
    const name = mapValue(id, nameOf);
    const ofVm = vm === undefined ? named(backup).name : `${estate.names.of(vm)}'s disk`;
    return {
        instance: named(backup).name,
        disk: disk !== undefined ? displayName(disk) : name.state === "known" ? name.value : ofVm,
        provider: backup.provider,
        isNew: backup.lifetime === "new",
    };
}

/** The places of a VM in which the disk is. A disk that Azure makes with the VM may be in any of those. */
export function disksMeant(estate: Estate, vm: VirtualMachine, { disk, id }: BackedUpDisk): readonly VmDisk[] {
    const disks = estate.disks.of(vm);
    const { byDisk, byId } = getOrCreate(placesOf(estate), vm, () => indexed(vm, disks));
    const meant = disk !== undefined ? byDisk.get(disk) : id.state === "known" ? byId.get(armKey(id.value)) : undefined;
    return meant ?? (disk === undefined && disks.length === 1 ? disks : []);
}

/** A VM may have thousands of disks, each with its own instance. */
interface Places {
    readonly byDisk: ReadonlyMap<Disk, readonly VmDisk[]>;
    /** Those that Azure makes with the VM. */
    readonly byId: ReadonlyMap<string, readonly VmDisk[]>;
}

const placesOf = memoize(() => new Map<VirtualMachine, Places>());

function indexed(vm: VirtualMachine, disks: readonly VmDisk[]): Places {
    const byDisk = new Map<Disk, VmDisk[]>();
    const byId = new Map<string, VmDisk[]>();
    for (const each of disks) {
        const { place, disk } = each.attached;
        if (disk.state === "linked") {
            pushTo(byDisk, disk.to, each);
        }
        const own = place.origin === "implicit" ? valueOf(implicitDiskId(vm, each.attached)) : undefined;
        if (own !== undefined) {
            pushTo(byId, armKey(own), each);
        }
    }
    return { byDisk, byId };
}
