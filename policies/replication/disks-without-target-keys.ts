import { any, type Answer, given, isTrue, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { encrypts } from "../../src/model/disks/in-guest-encryption";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { Estate } from "../../src/model/estate";
import type { ReplicatedVm } from "../../src/model/protection/replicated-vm";
import type { VirtualMachine } from "../../src/model/resources";
import { valueOf } from "../../src/model/values";
import { diskInWords } from "./replicated-vm";

/**
 * The disks of a VM under Azure Disk Encryption for which its new item names no target keys. Azure refuses that for the OS
 * disk; data disks count beside it only.
 */
export function disksWithoutTargetKeys(estate: Estate, vm: VirtualMachine, replicated: ReplicatedVm): Answer<string> {
    const disks = replicated.hasLists ? estate.disks.of(vm) : [];
    return any(
        disks.flatMap((disk) => {
            if (disk.attached.role !== "os") {
                return [];
            }
            const lacking = lacksKeys(replicated, disk);
            const answer = lacking.answer === "no" ? NO : given(isEncrypted(estate, vm, disk), lacking);
            return withEvidence(answer, () => diskInWords(disk.attached, vm));
        }),
    );
}

/** The data disks beside it for which that is so for sure. */
export function dataDisksWithoutTargetKeys(
    estate: Estate,
    vm: VirtualMachine,
    replicated: ReplicatedVm,
): readonly string[] {
    return estate.disks
        .of(vm)
        .filter(
            (disk) =>
                disk.attached.role === "data" &&
                replicated.isListed(disk.attached) === "yes" &&
                lacksKeys(replicated, disk).answer === "yes" &&
                isEncrypted(estate, vm, disk).answer === "yes",
        )
        .map(({ attached }) => diskInWords(attached, vm));
}

export function isEncrypted(estate: Estate, vm: VirtualMachine, disk: VmDisk): Answer {
    const { definedBy, encryptedInGuest, attached } = disk;
    return any([
        isTrue(definedBy, encryptedInGuest),
        ...estate.extensions.of(vm).map((extension) => isTrue(extension, encrypts(extension, attached.role))),
    ]);
}

/** Keys that are not known yet are there. */
function lacksKeys(replicated: ReplicatedVm, { attached }: VmDisk): Answer {
    const elements = replicated.elementsOf(attached);
    const lacking = elements.filter(({ encryptionKeys }) => valueOf(encryptionKeys) === false);
    if (elements.length > 0 && lacking.length === 0) {
        return NO;
    }
    const { resource, property } = replicated.listQuestion;
    return elements.length > 0 && lacking.length === elements.length ? YES : unknownAnswer(resource, property);
}
