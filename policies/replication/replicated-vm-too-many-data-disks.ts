import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { backUpInstead, itemToChange, type ItemToChange, leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { diskName, isAzureToAzure } from "./replicated-vm";

interface Parameters {
    readonly vm: string;
    readonly item: ItemToChange;
    readonly disks: readonly string[];
    readonly most: number;
    /** The size, where it is what allows no more. */
    readonly size: string | undefined;
}

/** BCDR209: more data disks of a VM are replicated than Site Recovery, or the VM's size, takes (A2A-03). */
export const replicatedVmTooManyDataDisks = stackPolicy<Parameters>({
    id: "BCDR209",
    name: "replicated-vm-too-many-data-disks",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has too many data disks.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        for (const vm of estate.vms) {
            const hasDataDisks = estate.attachedDisks(vm).some(({ role }) => role === "data");
            if (vm.urn === undefined || vm.skipped || !hasDataDisks) {
                continue;
            }
            const replication = estate.replication(vm);
            if (replication.answer === "yes") {
                yield* judge(estate, vm, replication.items.filter(isAzureToAzure));
            } else if (estate.attachedDisks(vm).length > 1 + limitOf(vm).most) {
                yield* undecideds.of(replication);
            }
        }
    },

    message: ({ vm, item, disks, most, size }, { dryRun }) => ({
        headline: headline(
            (name) => `The VM ${name} has ${disks.length} replicated data disks; ${most} are supported.`,
            vm,
        ),
        why:
            size === undefined
                ? `Site Recovery replicates up to ${most} data disks of a VM.`
                : `Site Recovery replicates as many data disks as the VM's size takes, and ${size} takes ${most}.`,
        steps: ways(
            [
                ...(size === undefined ? [] : [`Give "${vm}" a size that takes ${disks.length} data disks.`]),
                `Put the data on fewer, larger disks.`,
                leaveOut(item, disks.slice(most)),
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.DATA_DISKS.page,
    }),
});

function* judge(estate: Estate, vm: VirtualMachine, items: readonly ReplicatedItem[]): Iterable<Verdict<Parameters>> {
    const [item] = items;
    if (item === undefined) {
        return;
    }
    const replicated = estate.replicated(vm, items);
    const disks = replicated.attached.filter(({ role }) => role === "data");
    const { most, size } = limitOf(vm);
    const listed = disks.filter((disk) => replicated.isListed(disk) === "yes");
    if (listed.length > most) {
        yield {
            verdict: "violated",
            subject: subjectOf(vm, vm),
            parameters: {
                vm: displayName(vm),
                item: itemToChange(item, named(item).name),
                disks: listed.map((disk) => diskName(disk, vm)),
                most,
                size,
            },
            restsOn: [item],
        };
        return;
    }
    const possible = disks.filter((disk) => replicated.isListed(disk) !== "no");
    const open = possible.find(({ place }) => place.isWholeList);
    if (open !== undefined) {
        yield undecided(vm, open.place.disk.property);
    } else if (possible.length > most) {
        yield { verdict: "undecided", openQuestion: replicated.listQuestion };
    } else if (vm.size.state === "unknown" && possible.length > 0) {
        yield undecided(vm, vm.size.property);
    }
}

function limitOf({ size }: VirtualMachine): { readonly most: number; readonly size: string | undefined } {
    const { most } = SITE_RECOVERY.DATA_DISKS.limit;
    const own = size.state === "known" ? vmSize(size.value)?.maximumDataDisks : undefined;
    return own !== undefined && own < most && size.state === "known"
        ? { most: own, size: size.value }
        : { most, size: undefined };
}
