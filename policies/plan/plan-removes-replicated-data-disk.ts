import { displayName } from "../../src/model/ids/display-name";
import type { Plan, PlanContent } from "../../src/model/plan";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { quoted } from "../../src/advice/names";
import { reProtectionAdvice } from "../../src/advice/re-protection";
import { optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Circumstances } from "../check";
import { planPolicy } from "../policy";
import { isReplicatedAnew } from "../replication/re-enabled";
import { deletedDisks, deletedFacts } from "./deleted-disks";
import { type DiskChangesInWords, diskChangeVerdicts } from "./disk-changes";
import { capitalised, oneOf, type Tense, tense, says } from "./tense";

/** Of data disks that the plan deletes while it enables replication of their VM again. */
interface LostData {
    readonly kind: PlanContent["kind"];
    readonly vm: string;
    /** Names of the disks, which the plan deletes with their data. */
    readonly deleted: readonly string[];
    readonly reProtection: undefined;
}

/**
 * BCDR608: a replicated data disk is removed from its VM, which Site Recovery does not support (INT-11); or it is deleted
 * with its data, and its recovery points are deleted with the item that the plan replaces (INT-19).
 */
export const planRemovesReplicatedDataDisk = planPolicy<DiskChangesInWords | LostData>({
    id: "BCDR608",
    name: "plan-removes-replicated-data-disk",
    level: "advisory",
    severity: "medium",
    summary: "The plan removes or deletes a data disk of a replicated VM.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "plan", "retention"],
    remediationSteps:
        "Check that a backup has the data. Disable replication before you remove the disk, and enable it again afterwards.",

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
        return {
            headline: diskHeadline(
                vm,
                removed,
                (disks, were, name) =>
                    `${says(now, `The plan removes ${disks} from replicated VM ${name}`, `${capitalised(disks)} ${were} removed from replicated VM ${name}`)}.`,
            ),
            why: "Site Recovery doesn't support removing a disk from a replicated VM. Replication does not continue until you disable it and enable it again.",
            facts: [...severalInWords(removed), ...deletedFacts(deleted, now)],
            ...reProtectionAdvice({ ...reProtection, isUnchanged: now !== "planned" }, circumstances.dryRun),
            sources: [PLANS.DISK_REMOVED.page],
        };
    },
});

/** Data disks that the plan deletes while it enables replication of their VM again, so that no copy of their data is left. */
function* deletedUnderNewItem(plan: Plan): Iterable<Verdict<LostData>> {
    for (const vm of plan.before.vms) {
        const now = plan.afterwards(vm);
        const replication = plan.before.replication.of(vm);
        if (now === undefined || vm.skipped || replication.answer !== "yes" || plan.kind === "refresh") {
            continue;
        }
        // Where an empty disk replaces one and the VM stays, BCDR603 reports it.
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
    const names = quoted(deleted);
    return {
        headline: diskHeadline(
            vm,
            deleted,
            (disks, were, name) =>
                `${says(now, `The plan deletes ${disks} of replicated VM ${name}`, `${capitalised(disks)} of replicated VM ${name} ${were} deleted`)}, with all data.`,
        ),
        why: `${now === "planned" ? "The plan also replaces the replicated item, which deletes" : "The replicated item was replaced, too, which deleted"} its recovery points. Only a backup can still have the data.`,
        facts: severalInWords(deleted),
        fix: oneOf(
            now,
            now === "planned"
                ? [
                      {
                          do: `To keep the data on ${names}, set ${optionIn(language, "retainOnDelete")} on ${deleted.length === 1 ? "it" : "them"}, and apply that first.`,
                          note: "Pulumi then drops it from its state, and it stays in Azure.",
                      },
                      { do: `To delete ${names} but keep a copy of the data, check that a backup has it.` },
                      {
                          do: "If nobody needs the data, apply the plan. The new item replicates the remaining disks.",
                      },
                  ]
                : [{ do: `If you still need the data, restore ${names} from a backup.` }],
        ),
        sources: [PLANS.RECOVERY_POINTS_LOST.page],
    };
}

/** A headline with the name of a disk, or with the number of several. */
function diskHeadline(
    vm: string,
    names: readonly string[],
    sentence: (disks: string, were: string, vm: string) => string,
): string {
    const [first = "", ...others] = names;
    return others.length === 0
        ? headline((name, disk) => sentence(`data disk ${disk}`, "was", name), vm, first)
        : headline((name) => sentence(`${names.length} data disks`, "were", name), vm);
}

/** The names that the headline only counts. */
function severalInWords(names: readonly string[]): readonly string[] {
    return names.length > 1 ? [`Data disks: ${quoted(names)}`] : [];
}
