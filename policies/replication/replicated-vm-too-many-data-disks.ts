import { NO, unknownAnswer, YES } from "../../src/model/answers";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { diskName, replicatedVmPolicy } from "./replicated-vm";

interface TooMany {
    readonly disks: readonly string[];
    readonly most: number;
    /** The size, where it is what allows no more. */
    readonly size: string | undefined;
}

/** BCDR209: more data disks of a VM are replicated than Site Recovery, or the VM's size, takes (A2A-03). */
export const replicatedVmTooManyDataDisks = replicatedVmPolicy<TooMany>({
    id: "BCDR209",
    name: "replicated-vm-too-many-data-disks",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has too many data disks.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm, estate, items }) => {
        const { most, size } = limitOf(vm);
        const attached = estate.disks.attachedTo(vm).filter(({ role }) => role === "data");
        if (items === undefined) {
            return attached.length > most ? YES : NO;
        }
        const replicated = estate.replication.replicatedVm(vm, items);
        const disks = attached.map((disk) => ({ disk, isListed: replicated.isListed(disk) }));
        const listed = disks.filter(({ isListed }) => isListed === "yes");
        if (listed.length > most) {
            return {
                answer: "yes",
                items: [{ disks: listed.map(({ disk }) => diskName(disk, vm)), most, size }],
            };
        }
        const possible = disks.filter(({ isListed }) => isListed !== "no");
        const open = possible.find(({ disk }) => disk.place.isWholeList);
        if (open !== undefined) {
            return unknownAnswer(vm, open.disk.place.disk.property);
        }
        if (possible.length > most) {
            return { answer: "unknown", openQuestions: [replicated.listQuestion] };
        }
        return vm.size.state === "unknown" && possible.length > 0 ? unknownAnswer(vm, vm.size.property) : NO;
    },

    message: ({ vm, item, found: [{ disks, most, size }] }, { dryRun }) => ({
        headline: headline(
            (name) => `The VM ${name} has ${disks.length} replicated data disks; ${most} are supported.`,
            vm,
        ),
        why:
            size === undefined
                ? `Site Recovery replicates up to ${most} data disks of a VM.`
                : `Site Recovery replicates as many data disks as the VM's size takes, and ${size} takes ${most}.`,
        fix: ways(
            [
                ...(size === undefined ? [] : [{ do: `Give "${vm}" a size that takes ${disks.length} data disks.` }]),
                { do: `Put the data on fewer, larger disks.` },
                leaveOut(item, disks.slice(most)),
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.DATA_DISKS.page],
    }),
});

function limitOf({ size }: VirtualMachine): { readonly most: number; readonly size: string | undefined } {
    const { most } = SITE_RECOVERY.DATA_DISKS.limit;
    const own = size.state === "known" ? vmSize(size.value)?.maximumDataDisks : undefined;
    return own !== undefined && own < most && size.state === "known"
        ? { most: own, size: size.value }
        : { most, size: undefined };
}
