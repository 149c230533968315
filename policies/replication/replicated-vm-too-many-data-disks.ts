import { NO, unknownAnswer, YES } from "../../src/model/answers";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { listed } from "../../src/advice/names";
import { ways } from "../../src/advice/fix";
import { backUpInstead, leaveOut, MAY_NOT_REPLICATE, withNewDisks } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { diskInWords, replicatedVmPolicy, vmProperty } from "./replicated-vm";

interface TooMany {
    readonly disks: readonly string[];
    readonly most: number;
    /** The size, where it is what allows no more. */
    readonly size: string | undefined;
    /** Where the program has the size. */
    readonly property: string;
}

/** BCDR209: more data disks of a VM are replicated than Site Recovery, or the VM's size, supports (A2A-03). */
export const replicatedVmTooManyDataDisks = replicatedVmPolicy<TooMany>({
    id: "BCDR209",
    name: "replicated-vm-too-many-data-disks",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has too many data disks.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use a larger VM size, replicate fewer data disks, or protect the VM with Azure Backup.",

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
                items: [
                    {
                        disks: listed.map(({ disk }) => diskInWords(disk, vm)),
                        most,
                        size,
                        property: vmProperty(vm, "size"),
                        restsOn: listed.flatMap(({ disk }) => estate.disks.resourcesOf(disk)),
                    },
                ],
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

    message: ({ vm, item, found: [{ disks, most, size, property }] }, { dryRun }) => {
        const tooMany = disks.slice(most);
        return {
            headline: headline(
                (name) =>
                    `VM ${name} has ${disks.length} replicated data disks, but ${size === undefined ? "Site Recovery" : "its size"} supports ${most}.`,
                vm,
            ),
            why:
                size === undefined
                    ? `Site Recovery replicates at most ${most} data disks of a VM. ${MAY_NOT_REPLICATE}`
                    : `Site Recovery replicates only as many data disks as the size of a VM supports: ${most} for ${size}. ${MAY_NOT_REPLICATE}`,
            fix: ways(
                [
                    ...(size === undefined
                        ? []
                        : [
                              {
                                  do: `Change "${vm}" to a size that supports ${disks.length} data disks.`,
                                  where: property,
                                  note: "The VM restarts.",
                              },
                          ]),
                    withNewDisks(item, { do: "Move the data to fewer, larger disks." }),
                    ...leaveOut(
                        item,
                        tooMany,
                        `Leave ${tooMany.length} data ${tooMany.length === 1 ? "disk" : "disks"} out of replication, for example ${listed(tooMany)}`,
                    ),
                    backUpInstead(item, vm),
                ],
                dryRun,
            ),
            sources: [SITE_RECOVERY.DATA_DISKS.page],
        };
    },
});

function limitOf({ size }: VirtualMachine): { readonly most: number; readonly size: string | undefined } {
    const { most } = SITE_RECOVERY.DATA_DISKS.limit;
    const own = size.state === "known" ? vmSize(size.value)?.maximumDataDisks : undefined;
    return own !== undefined && own < most && size.state === "known"
        ? { most: own, size: size.value }
        : { most, size: undefined };
}
