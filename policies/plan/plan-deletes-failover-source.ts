import { nameOf, parseArmId } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import { isTrue, NO, withEvidence } from "../../src/model/answers";
import { linkedTo } from "../../src/model/link";
import { pushTo } from "../../src/model/lists";
import type { ReplicatedItem, VirtualMachine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { named } from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { memoize } from "../memoize";
import { deletionPolicy } from "./deletions";
import { tense, occasion, says } from "./tense";
import { protectWords } from "./protect";

/** BCDR605: Site Recovery needs the source VM to re-protect one that has failed over (INT-42, INT-43). */
export const planDeletesFailoverSource = deletionPolicy({
    id: "BCDR605",
    name: "plan-deletes-failover-source",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes the source VM of a failover.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    resources: (plan) => plan.before.vms,
    check: ({ resource: vm, plan }) =>
        (itemsOfVms(plan.before).get(vm) ?? []).map((item) =>
            plan.outcomeOf(item) === "stays" ? withEvidence(isTrue(item, item.failedOver), () => item) : NO,
        ),
    facts: (_, [item]) => {
        const running = valueOf(item.failoverVm);
        const id = running === undefined ? undefined : parseArmId(running);
        return {
            item: named(item).name,
            /** The VM that runs now. */
            failoverVm: id && nameOf(id),
            disableCommand: disableReplicationCommand(item),
        };
    },

    message: (
        { kind, name: vm, item, isReplaced, isProtected, failoverVm, disableCommand },
        circumstances,
    ): Message => {
        const now = tense(kind, circumstances);
        const verb = isReplaced ? "replace" : "delete";
        const running = failoverVm === undefined ? "the VM that runs now" : `"${failoverVm}" (the VM that runs now)`;
        const disable = `Disable replication: ${disableCommand ?? `in the vault of "${item}", Replicated items > Disable replication`}; then pulumi refresh.`;
        return {
            headline: headline(
                (name) =>
                    `${says(now, `The plan ${verb}s VM ${name}, which has failed over and is not re-protected`, `VM ${name}, which has failed over and is not re-protected, has been ${verb}d`)}.`,
                vm,
            ),
            why: `Site Recovery re-protects ${running} onto the VM and the disks that it came from. Without them there is no way back, and no replication, until it is set up anew from the other region.`,
            facts: protectWords(isProtected, now),
            fix: {
                kind: "in order",
                intro: occasion(now),
                steps:
                    now === "planned"
                        ? [
                              {
                                  do: `Leave "${vm}" and its disks alone until "${item}" is re-protected: undo that change of the program.`,
                              },
                              {
                                  do: `Commit the failover and re-protect "${item}" (Recovery Services vault > Replicated items > Re-protect). Site Recovery then removes what it no longer needs by itself.`,
                              },
                              {
                                  do: `If "${vm}" must go at once: it cannot be re-protected any longer. ${disable} Then enable replication of ${running} anew, from the region in which it runs.`,
                              },
                          ]
                        : [
                              { do: disable },
                              { do: `Enable replication of ${running} anew, from the region in which it runs.` },
                              { do: `Set up backup of ${running} in a vault of that region.` },
                          ],
            },
            sources: [PLANS.SOURCE_VM.page],
        };
    },
});

/** All that replicate a VM, those that have failed over included. */
const itemsOfVms = memoize((estate): ReadonlyMap<VirtualMachine, readonly ReplicatedItem[]> => {
    const items = new Map<VirtualMachine, ReplicatedItem[]>();
    for (const item of estate.replication.items) {
        const vm = linkedTo(estate.protectedVms.of(item));
        if (vm !== undefined) {
            pushTo(items, vm, item);
        }
    }
    return items;
});
