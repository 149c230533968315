import type { Fix, Step } from "../../src/advice/fix";
import { isOneResource, keyWithoutSubscription } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import { headline, type Message } from "../../src/findings/message";
import { itemReplacementSteps, named, type ReProtection } from "../../src/advice/re-protection";
import { aliasIn, optionIn } from "../../src/advice/snippets";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Circumstances } from "../check";
import { type Answer, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { memoize } from "../memoize";
import { changedItemPolicy } from "./changed-items";
import { letterCaseFacts, letterCaseFix } from "./letter-case";
import { applyStep, inOrder, oneOf, type Tense, tense } from "./tense";

/** Why the plan enables the VM a second time while the first item still exists. */
type Way = "create-first" | "retained" | "renamed";

interface SecondEnabling {
    readonly way: Way;
    /** The item that replaces it, where that is another resource of the program. */
    readonly successor: ReplicatedItem | undefined;
    /** Where the plan replaces it for the case of letters alone: the paths of what differs. */
    readonly differencesInCase: readonly string[];
}

/** BCDR604: the plan creates an item for a VM while the old one still exists, which Azure refuses (INT-69). */
export const planCreatesItemBeforeDelete = changedItemPolicy<SecondEnabling>({
    id: "BCDR604",
    name: "plan-creates-item-before-delete",
    level: "mandatory",
    severity: "critical",
    summary: "The plan creates a replicated item before it deletes the old one.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "Have Pulumi delete the old item first (deleteBeforeReplace), or give an item with a new name an alias.",

    check: ({ item, plan }) => enabledTwice(plan, item),

    message: ({ kind, item, vm, found, reProtection }, circumstances): Message => ({
        headline: headline(
            (name, other) =>
                `The update enables replication of VM ${other} while replicated item ${name} still exists.`,
            item,
            vm,
        ),
        why: `${REASON[found.way]} Azure refuses to enable replication of a VM that is already replicated, so the update fails.`,
        facts: letterCaseFacts(found.differencesInCase),
        fix: fix({ item, reProtection, ...found }, tense(kind, circumstances), circumstances),
        sources: [PLANS.ENABLED_TWICE.page],
    }),
});

const REASON: Readonly<Record<Way, string>> = {
    "create-first": "Pulumi creates the new item before it deletes the old one.",
    retained: "Pulumi keeps the old item in Azure (retainOnDelete) and creates a new one beside it.",
    renamed: "For Pulumi, the new item is a new resource, and Pulumi creates new resources before it deletes old ones.",
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
            differencesInCase: plan.differencesInCase(item),
        }));
    }
    const replication = after === undefined && vm ? plan.after.replication.of(vm) : undefined;
    const successor =
        replication?.answer === "yes" ? replication.items.find(({ lifetime }) => lifetime === "new") : undefined;
    return withEvidence(successor === undefined ? NO : YES, () => ({
        way: retained ? "retained" : "renamed",
        successor,
        differencesInCase: [],
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

interface ItemTwice extends SecondEnabling {
    readonly item: string;
    readonly reProtection: ReProtection;
}

function fix(twice: ItemTwice, now: Tense, circumstances: Circumstances): Fix {
    const { item, way, successor, reProtection, differencesInCase } = twice;
    if (now === "planned" && differencesInCase.length > 0) {
        return letterCaseFix(item, differencesInCase, now);
    }
    const other = successor && named(successor).name;
    const alias = other === undefined ? [] : [aliasStep(item, other, circumstances)];
    if (reProtection.item.provider === "azure-native") {
        const steps = itemReplacementSteps(reProtection);
        return now === "planned" ? inOrder(now, steps, alias[0]?.do) : inOrder(now, [...alias, ...steps]);
    }
    switch (way) {
        case "create-first":
            return inOrder(now, deleteFirst(item, circumstances));
        case "retained":
            return inOrder(now, deleteInsteadOfForgetting(item, circumstances));
        case "renamed":
            return oneOf(now, [...alias, inTwoRuns(other ?? item)]);
    }
}

/** The way out where the program only has another name for the same item. */
function aliasStep(item: string, successor: string, { language }: Circumstances): Step {
    return {
        do: `If "${successor}" is "${item}" under a new name, only give "${successor}" ${aliasIn(language, item)}.`,
        note: "Pulumi then creates nothing.",
    };
}

/** The classic provider disables replication when it deletes an item (INT-91), if only it deletes first. */
function deleteFirst(item: string, { language }: Circumstances): readonly Step[] {
    return [
        {
            do: `Set the resource option ${optionIn(language, "deleteBeforeReplace")} on "${item}".`,
            note: `Pulumi then disables replication before it enables it again. ${POINTS_ARE_LOST}`,
        },
        {
            do: "Check that the preview deletes the old item before it creates the new one:",
            commands: ["pulumi preview"],
        },
        applyStep("update"),
    ];
}

function deleteInsteadOfForgetting(item: string, circumstances: Circumstances): readonly Step[] {
    return [
        {
            do: `Undo the other changes of "${item}", remove retainOnDelete from it, and apply that:`,
            commands: ["pulumi up"],
        },
        ...deleteFirst(item, circumstances),
    ];
}

function inTwoRuns(successor: string): Step {
    return {
        do: `To replace the item, apply in two runs: first without "${successor}", then with it.`,
        note: `The first run disables replication. ${POINTS_ARE_LOST}`,
    };
}

const POINTS_ARE_LOST = "That deletes the recovery points of Site Recovery.";
