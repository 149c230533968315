import { displayName } from "../../src/model/ids/display-name";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { type ReProtection, reProtectionSteps } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { planPolicy } from "../policy";
import { deletedDisks, deletedWords } from "./deleted-disks";
import { type DiskChanges, diskChanges, reProtectionOfChanged } from "./disk-changes";
import { tense, says } from "./tense";

interface Parameters {
    readonly kind: PlanContent["kind"];
    readonly vm: string;
    readonly swapped: readonly { readonly from: string; readonly to: string; readonly role: "os" | "data" }[];
    /** Names of those among the old ones that the plan deletes with their data. */
    readonly deleted: readonly string[];
    readonly reProtection: ReProtection;
}

/** BCDR601: another disk takes the place of one that replication knows, and the item stays as it is (INT-10, INT-14). */
export const planSwapsReplicatedDisk = planPolicy<Parameters>({
    id: "BCDR601",
    name: "plan-swaps-replicated-disk",
    level: "mandatory",
    severity: "critical",
    summary: "The plan swaps a disk of a VM and leaves its replication as it is.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        for (const changes of diskChanges(plan)) {
            for (const { resource, property } of changes.open) {
                yield { verdict: "undecided", openQuestion: { resource, property } };
            }
            if (changes.swapped.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(changes.vmAfterwards, changes.vmAfterwards),
                    parameters: parametersOf(plan, changes),
                    restsOn: [changes.item],
                };
            }
        }
    },

    message: ({ kind, vm, swapped, deleted, reProtection }, circumstances): Message => {
        const now = tense(kind, circumstances);
        const [first] = swapped;
        const which = first?.role === "os" ? "OS disk" : "data disk";
        return {
            headline: headline(
                (name, disk) =>
                    `${says(now, `The plan swaps the ${which} ${disk} of VM ${name}`, `The ${which} ${disk} of VM ${name} has been swapped`)}; its replication does not follow.`,
                vm,
                first?.from ?? "",
            ),
            why:
                "Site Recovery knows the disks of a VM by id, from the moment at which replication was enabled. The disk that is new to it is not " +
                `replicated: a failover would bring up the VM as it was before${first?.role === "os" ? "" : ", or without that disk"}.`,
            details: [
                ...swapped.map(({ from, to, role }) => {
                    const disk = `${role === "os" ? "OS disk" : "data disk"}: "${from}"`;
                    return from === to ? `${disk} is made anew under its name` : `${disk} gives way to "${to}"`;
                }),
                ...deletedWords(deleted, now),
            ],
            steps: reProtectionSteps({ ...reProtection, isUnchanged: now !== "planned" }, circumstances.dryRun),
            source: PLANS.NEW_DISK_ID.page,
        };
    },
});

function parametersOf(plan: Plan, changes: DiskChanges): Parameters {
    const { vm, vmAfterwards, swapped } = changes;
    const disks = swapped.map(({ after, disk }) => ({ attached: after, disk }));
    const gone = swapped.map(({ before }) => plan.before.names.ofDisk(vm, before));
    const swappedOut = new Set(swapped.map(({ before }) => before));
    return {
        kind: plan.kind,
        vm: plan.after.names.of(vmAfterwards),
        swapped: swapped.map(({ before, after }) => ({
            from: plan.before.names.ofDisk(vm, before),
            to: plan.after.names.ofDisk(vmAfterwards, after),
            role: before.role,
        })),
        deleted: deletedDisks(plan, vm, [changes.item])
            .filter(({ attached }) => swappedOut.has(attached))
            .map(({ disk }) => displayName(disk)),
        reProtection: reProtectionOfChanged(plan, changes, disks, gone),
    };
}
