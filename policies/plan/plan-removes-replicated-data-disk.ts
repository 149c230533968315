import { displayName } from "../../src/model/ids/display-name";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { listed, quoted } from "../../src/advice/names";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Circumstances } from "../check";
import { planPolicy } from "../policy";
import { isReplicatedAnew } from "../replication/re-enabled";
import { deletedDisks, deletedWords } from "./deleted-disks";
import { type DiskChangesInWords, diskChangeVerdicts } from "./disk-changes";
import { type Tense, tense, occasion, says } from "./tense";

/** Of data disks that go while the plan enables replication of their VM again. */
interface LostData {
    readonly kind: PlanContent["kind"];
    readonly vm: string;
    /** Names of the disks, which the plan deletes with their data. */
    readonly deleted: readonly string[];
    readonly reProtection: undefined;
}

/**
 * BCDR608: a data disk that replication knows is taken off its VM, which Site Recovery does not support (INT-11); or is
 * deleted with its data, while its recovery points go with the item that the plan makes anew (INT-19).
 */
export const planRemovesReplicatedDataDisk = planPolicy<DiskChangesInWords | LostData>({
    id: "BCDR608",
    name: "plan-removes-replicated-data-disk",
    level: "advisory",
    severity: "medium",
    summary: "The plan removes or deletes a data disk of a replicated VM.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "plan", "retention"],
    remediationSteps: "Take the change back, or decide that less protection is enough and exempt it.",

    *evaluate(plan): Iterable<Verdict<DiskChangesInWords | LostData>> {
        yield* diskChangeVerdicts(plan, ({ removed }) => removed);
        yield* deletedUnderNewItem(plan);
    },

    message: (parameters, circumstances): Message => {
        const { kind, vm, deleted } = parameters;
        const now = tense(kind, circumstances);
        if (parameters.reProtection === undefined) {
            return dataLost(vm, deleted, now, circumstances);
        }
        const { reProtection } = parameters;
        const removed = parameters.disks.map(({ name }) => name);
        const disks = removed.length === 1 ? "data disk" : "data disks";
        const have = removed.length === 1 ? "has" : "have";
        return {
            headline: headline(
                (name, disk) =>
                    `${says(now, `The plan removes the ${disks} ${disk} from the replicated VM ${name}`, `The ${disks} ${disk} ${have} been removed from the replicated VM ${name}`)}.`,
                vm,
                listed(removed),
            ),
            why: "Removing a disk from a replicated VM is not supported: the item goes on listing it, and replication of the VM as it is does not go on until it is disabled and enabled again.",
            facts: deletedWords(deleted, now),
            ...reProtectionAdvice({ ...reProtection, isUnchanged: now !== "planned" }, circumstances.dryRun),
            sources: [PLANS.DISK_REMOVED.page],
        };
    },
});

/** Data disks that go while the plan enables replication of their VM again, so that nothing of their data is left. */
function* deletedUnderNewItem(plan: Plan): Iterable<Verdict<LostData>> {
    for (const vm of plan.before.vms) {
        const now = plan.afterwards(vm);
        const replication = plan.before.replication.of(vm);
        if (now === undefined || vm.skipped || replication.answer !== "yes" || plan.kind === "refresh") {
            continue;
        }
        // Where an empty disk takes the place of one and the VM stays, BCDR603 speaks of it.
        const isReportedElsewhere = plan.stepOf(vm).operation !== "replace";
        const deleted = deletedDisks(plan, vm, replication.items).filter(
            ({ attached, isReplaced }) => attached.role === "data" && !(isReplaced && isReportedElsewhere),
        );
        if (deleted.length > 0 && isReplicatedAnew(plan, now).answer === "yes") {
            yield {
                verdict: "violated",
                subject: subjectOf(now, now),
                parameters: {
                    kind: plan.kind,
                    vm: plan.after.names.of(now),
                    deleted: deleted.map(({ disk }) => displayName(disk)),
                    reProtection: undefined,
                },
                restsOn: replication.items,
            };
        }
    }
}

function dataLost(vm: string, deleted: readonly string[], now: Tense, { language }: Circumstances): Message {
    const disks = deleted.length === 1 ? "data disk" : "data disks";
    const have = deleted.length === 1 ? "has" : "have";
    return {
        headline: headline(
            (name, disk) =>
                `${says(now, `The plan deletes the ${disks} ${disk} of the replicated VM ${name}`, `The ${disks} ${disk} of the replicated VM ${name} ${have} been deleted`)}, with all data.`,
            vm,
            listed(deleted),
        ),
        why: "The plan also makes the replicated item anew, and with the old one its recovery points are deleted. A backup is then all that is left of the data.",
        fix: {
            kind: "in order",
            intro: occasion(now),
            steps:
                now === "planned"
                    ? [
                          {
                              do: `If the data is still needed: check that a backup has it, or set ${optionIn(language, "retainOnDelete")} on ${quoted(deleted)} and apply that first; Pulumi then forgets the disk and leaves it in Azure.`,
                          },
                          {
                              do: "If it is not, there is nothing to do: the new item replicates the disks that are left.",
                          },
                      ]
                    : [{ do: `If the data is still needed: restore ${quoted(deleted)} from a backup.` }],
        },
        sources: [PLANS.RECOVERY_POINTS_LOST.page],
    };
}
