import { asSteps } from "../../src/advice/fix";
import { isOneResource, keyWithoutSubscription } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import { headline, type Message } from "../../src/findings/message";
import { itemReplacementSteps, named } from "../../src/advice/re-protection";
import { aliasIn, optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Circumstances } from "../check";
import { type Answer, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { memoize } from "../memoize";
import { changedItemPolicy } from "./changed-items";
import { tense, occasion } from "./tense";

/** How it comes that the VM is enabled a second time while the first item is there. */
type Way = "create-first" | "retained" | "renamed";

interface SecondEnabling {
    readonly way: Way;
    /** The item that takes its place, where that is another resource of the program. */
    readonly successor: ReplicatedItem | undefined;
}

/** BCDR604: a new item is made for a VM while the old one is still there, which Azure refuses (INT-69). */
export const planCreatesItemBeforeDelete = changedItemPolicy<SecondEnabling>({
    id: "BCDR604",
    name: "plan-creates-item-before-delete",
    level: "mandatory",
    severity: "critical",
    summary: "The plan creates a replicated item before it deletes the old one.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of VM or disks enable replication anew.",

    check: ({ item, plan }) => enabledTwice(plan, item),

    message: ({ kind, item, vm, found, reProtection }, circumstances): Message => {
        const { way } = found;
        const successor = found.successor && named(found.successor).name;
        const now = tense(kind, circumstances);
        return {
            headline: headline(
                (name, other) =>
                    `Replication of VM ${other} is enabled anew while the replicated item ${name} is still there; Azure refuses that.`,
                item,
                vm,
            ),
            why: `${REASON[way]} A VM that is replicated already cannot be enabled a second time, so the update fails at this step and the old item stays.`,
            fix: {
                kind: "in order",
                intro: occasion(now),
                steps: asSteps(
                    reProtection.item.provider === "azure-classic"
                        ? classicSteps(item, successor, way, circumstances)
                        : [...nameKept(item, successor, circumstances), ...itemReplacementSteps(reProtection)],
                ),
            },
            sources: [PLANS.ENABLED_TWICE.page],
        };
    },
});

const REASON: Readonly<Record<Way, string>> = {
    "create-first": "Pulumi makes the new item first and deletes the old one afterwards.",
    retained: "Pulumi keeps the old item in Azure (retainOnDelete) and makes a new one beside it.",
    renamed: "For Pulumi the new item is another resource, and what is new is made before anything is deleted.",
};

/** Whether a plan enables a VM that an item replicates already. */
export function enabledTwice(plan: Plan, item: ReplicatedItem): Answer<SecondEnabling> {
    const link = plan.before.protectedVms.of(item);
    const { operation, createsFirst, retained } = plan.stepOf(item);
    const after = plan.afterwards(item);
    if (link.state !== "linked" || plan.outcomeOf(link.to) !== "stays") {
        return NO;
    }
    const vm = vmAfterwards(plan, link.to);
    if (after !== undefined && operation === "replace") {
        return withEvidence(retained || createsFirst ? isAbout(plan, after, vm) : NO, () => ({
            way: retained ? "retained" : "create-first",
            successor: undefined,
        }));
    }
    const replication = after === undefined && vm ? plan.after.replication.of(vm) : undefined;
    const successor =
        replication?.answer === "yes" ? replication.items.find(({ lifetime }) => lifetime === "new") : undefined;
    return withEvidence(successor === undefined ? NO : YES, () => ({
        way: retained ? "retained" : "renamed",
        successor,
    }));
}

function isAbout(plan: Plan, item: ReplicatedItem, vm: VirtualMachine | undefined): Answer {
    const link = plan.after.protectedVms.of(item);
    switch (link.state) {
        case "linked":
            return link.to === vm ? YES : NO;
        case "undecided":
            return unknownAnswer(item, link.property);
        case "external":
        case "none":
            return NO;
    }
}

/** A VM outside of the stack is in the model of either moment, as another object. */
function vmAfterwards(plan: Plan, vm: VirtualMachine): VirtualMachine | undefined {
    const id = valueOf(vm.id);
    return vm.urn !== undefined || id === undefined
        ? plan.afterwards(vm)
        : externalVms(plan.after)
              .get(keyWithoutSubscription(id))
              ?.find((each) => {
                  const other = valueOf(each.id);
                  return other !== undefined && isOneResource(other, id) === "yes";
              });
}

/** VMs that are known from elsewhere, by all of their id but the subscription. */
const externalVms = memoize((estate): ReadonlyMap<string, readonly VirtualMachine[]> => {
    const found = new Map<string, VirtualMachine[]>();
    for (const vm of estate.vms) {
        const id = valueOf(vm.id);
        if (vm.urn === undefined && id !== undefined) {
            pushTo(found, keyWithoutSubscription(id), vm);
        }
    }
    return found;
});

function nameKept(item: string, successor: string | undefined, { language }: Circumstances): string[] {
    return successor === undefined
        ? []
        : [
              `If "${successor}" is "${item}" under another name in the program: give "${successor}" ${aliasIn(language, item)}; then Pulumi makes nothing new.`,
          ];
}

/** The classic provider disables in order when it deletes (INT-91), if only it deletes first. */
function classicSteps(item: string, successor: string | undefined, way: Way, circumstances: Circumstances): string[] {
    const [alias] = nameKept(item, successor, circumstances);
    const deleteFirst = optionIn(circumstances.language, "deleteBeforeReplace");
    switch (way) {
        case "create-first":
            return [
                `Set the resource option ${deleteFirst} on "${item}": Pulumi then disables replication first and enables it afterwards. Its recovery points are deleted.`,
                "Check in the preview that the step before the creation is the deletion.",
            ];
        case "retained":
            return [
                `Take retainOnDelete off "${item}" and apply that, then this change with ${deleteFirst}. Its recovery points are deleted.`,
            ];
        case "renamed":
            return [
                ...(alias === undefined ? [] : [alias]),
                `Else apply in two runs: first without "${successor ?? item}", so that replication is disabled, which deletes its recovery points; then with it.`,
            ];
    }
}
