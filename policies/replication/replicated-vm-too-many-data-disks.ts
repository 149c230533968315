import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { Machine, ReplicatedItem } from "../../src/model/resources";
import { undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { backUpInstead, itemToChange, type ItemToChange, leaveOut, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { machineSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { diskName, isAzureToAzure } from "./replicated-vm";

interface Parameters {
    readonly machine: string;
    readonly item: ItemToChange;
    readonly disks: readonly string[];
    readonly most: number;
    /** The size, where it is what allows no more. */
    readonly size: string | undefined;
}

/** BCDR209: more data disks of a machine are replicated than Site Recovery, or the machine's size, takes (A2A-03). */
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
        for (const machine of estate.machines) {
            const hasDataDisks = estate.attachedDisks(machine).some(({ role }) => role === "data");
            if (machine.urn === undefined || machine.skipped || !hasDataDisks) {
                continue;
            }
            const replication = estate.replication(machine);
            if (replication.answer === "yes") {
                yield* judge(estate, machine, replication.items.filter(isAzureToAzure));
            } else if (estate.attachedDisks(machine).length > 1 + limitOf(machine).most) {
                yield* undecideds.of(replication);
            }
        }
    },

    tell: ({ machine, item, disks, most, size }, { dryRun }) => ({
        headline: headline(
            (name) => `The machine ${name} has ${disks.length} replicated data disks; ${most} are supported.`,
            machine,
        ),
        why:
            size === undefined
                ? `Site Recovery replicates up to ${most} data disks of a machine.`
                : `Site Recovery replicates as many data disks as the machine's size takes, and ${size} takes ${most}.`,
        steps: ways(
            [
                ...(size === undefined ? [] : [`Give "${machine}" a size that takes ${disks.length} data disks.`]),
                `Put the data on fewer, larger disks.`,
                leaveOut(item, disks.slice(most)),
                backUpInstead(item, machine),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.DATA_DISKS.page,
    }),
});

function* judge(estate: Estate, machine: Machine, items: readonly ReplicatedItem[]): Iterable<Verdict<Parameters>> {
    const [item] = items;
    if (item === undefined) {
        return;
    }
    const replicated = estate.replicated(machine, items);
    const disks = replicated.attached.filter(({ role }) => role === "data");
    const { most, size } = limitOf(machine);
    const listed = disks.filter((disk) => replicated.isListed(disk) === "yes");
    if (listed.length > most) {
        yield {
            verdict: "violated",
            subject: subjectOf(machine, machine),
            parameters: {
                machine: displayName(machine),
                item: itemToChange(item, named(item).name),
                disks: listed.map((disk) => diskName(disk, machine)),
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
        yield undecided(machine, open.place.disk.property);
    } else if (possible.length > most) {
        yield { verdict: "undecided", openQuestion: replicated.listQuestion };
    } else if (machine.size.state === "unknown" && possible.length > 0) {
        yield undecided(machine, machine.size.property);
    }
}

function limitOf({ size }: Machine): { readonly most: number; readonly size: string | undefined } {
    const { most } = SITE_RECOVERY.DATA_DISKS.limit;
    const own = size.state === "known" ? machineSize(size.value)?.maximumDataDisks : undefined;
    return own !== undefined && own < most && size.state === "known"
        ? { most: own, size: size.value }
        : { most, size: undefined };
}
