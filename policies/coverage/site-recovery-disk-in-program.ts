import { nameOf } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import type { Disk, VirtualMachine } from "../../src/model/resources";
import { isReplica, isReplicaName } from "../../src/model/disks/restored-disk";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import type { Step } from "../../src/advice/fix";
import type { ProgramLanguage } from "../../src/advice/program-language";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly disk: string;
    /** The VM that attaches it, where the disk itself is no resource of the program. */
    readonly vm: string | undefined;
    /** What the program calls the resource to change. */
    readonly resource: string;
}

/** BCDR414: a disk that Site Recovery makes and deletes by itself is managed or attached by the program (RD-12). */
export const siteRecoveryDiskInProgram = stackPolicy<Parameters>({
    kinds: ["VM", "disk"],
    id: "BCDR414",
    name: "site-recovery-disk-in-program",
    level: "advisory",
    severity: "medium",
    summary: "The program manages or attaches a disk that belongs to Site Recovery.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Remove the disk from the program without deleting it, or attach another disk.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const vmOf = new Map<Disk, VirtualMachine>();
        for (const vm of estate.vms) {
            for (const { disk } of estate.disks.attachedTo(vm)) {
                if (disk.state === "linked") {
                    vmOf.set(disk.to, vm);
                }
            }
        }
        for (const entity of estate.entities) {
            if (entity.kind === "disk" && isReplica(entity)) {
                const parameters = { disk: displayName(entity), vm: undefined, resource: named(entity).name };
                yield { verdict: "violated", subject: subjectOf(entity, vmOf.get(entity)), parameters };
            }
        }
        for (const vm of estate.vms) {
            for (const { disk, place } of estate.disks.attachedTo(vm)) {
                if (disk.state === "undecided" && disk.candidates.length === 0 && place.origin === "explicit") {
                    yield undecided(vm, disk.property);
                } else if (disk.state === "external" && isReplicaName(nameOf(disk.id))) {
                    const parameters = {
                        disk: nameOf(disk.id),
                        vm: estate.names.of(vm),
                        resource: named(vm).name,
                    };
                    yield { verdict: "violated", subject: subjectOf(vm, vm), parameters };
                }
            }
        }
    },

    message: ({ disk, vm, resource }, { language }): Message => ({
        headline: headline(
            (name, by) =>
                vm === undefined
                    ? `This program manages disk ${name}, which belongs to Site Recovery.`
                    : `VM ${by} attaches disk ${name}, which belongs to Site Recovery.`,
            disk,
            vm ?? "",
        ),
        why: "Site Recovery creates such disks, writes to them, and deletes them when it no longer needs them. A program that uses one disrupts replication and loses the disk.",
        fix: {
            kind: "in order",
            intro: "To leave the disk to Site Recovery, in this order:",
            steps: vm === undefined ? removal(resource, language) : otherDisk(resource),
        },
        sources: [PAGES.A2A_REPROTECT],
    }),
});

/** Takes the disk out of the program, and leaves it in Azure. */
function removal(resource: string, language: ProgramLanguage | undefined): readonly Step[] {
    return [
        {
            do: `Keep the disk in Azure: set ${optionIn(language, "retainOnDelete")} on "${resource}", and apply that:`,
            commands: ["pulumi up"],
        },
        { do: `Remove "${resource}" from the program, and apply that:`, commands: ["pulumi up"] },
    ];
}

function otherDisk(resource: string): readonly Step[] {
    return [
        { do: "Restore a disk from a recovery point." },
        {
            do: `In "${resource}", attach the restored disk instead of the replica.`,
            note: "If you want the data of the replica, fail over instead.",
        },
    ];
}
