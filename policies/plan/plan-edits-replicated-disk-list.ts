import { armKeyOf, nameOf, parseArmId } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import { type Value, valueOf } from "../../src/model/values";
import type { Disk, ReplicatedItem } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import type { Step } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { groupChangeSteps, groupWith, itemReplacementSteps, type ReProtection } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { any, type Answer, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { changedItemPolicy } from "./changed-items";
import { changesOf } from "./disk-changes";
import { inOrder, type Tense, tense, says } from "./tense";

interface Edit {
    readonly list: Difference | undefined;
    readonly group: GroupEdit | undefined;
}

/** The consistency groups of before and after; undefined for none. */
interface GroupEdit {
    readonly from: string | undefined;
    readonly to: string | undefined;
    /** The new group, with the VMs that are in it. */
    readonly joins: ReProtection["group"];
    readonly isClassic: boolean;
}

interface Difference {
    /** Names of disks that the plan adds to the list and that it removes from it. */
    readonly added: readonly string[];
    readonly dropped: readonly string[];
}

/** BCDR609: Site Recovery reads list and group when replication is enabled; a later edit changes neither (INT-14, INT-35). */
export const planEditsReplicatedDiskList = changedItemPolicy<Edit>({
    id: "BCDR609",
    name: "plan-edits-replicated-disk-list",
    level: "mandatory",
    severity: "critical",
    summary: "The plan edits a replicated item's disk list or consistency group in place.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "Enable added disks in the vault. For any other change, disable replication, and enable it with the new list or group.",

    check: ({ item, plan }) => {
        const after = plan.afterwards(item);
        if (after === undefined || plan.stepOf(item).operation !== "update") {
            return NO;
        }
        // The classic provider replaces an item whose list changes.
        const list = item.provider === "azure-classic" ? NO : listChange(plan, item, after);
        const group = groupChange(item, after);
        return withEvidence(any([list, group]), () => ({
            list: list.answer === "yes" ? difference(plan, item, after) : undefined,
            group: group.answer === "yes" ? groupEdit(plan, item, after) : undefined,
        }));
    },

    message: ({ kind, item, vm, found: { list, group }, reProtection }, circumstances): Message => {
        const now = tense(kind, circumstances);
        if (list === undefined) {
            return groupMessage({ item, vm, group, reProtection }, now);
        }
        const { added, dropped } = list;
        const onlyAdds = added.length > 0 && dropped.length === 0;
        return {
            headline: headline(
                (name, other) =>
                    `${says(now, `The plan edits the disk list of ${name}`, `The disk list of ${name} was edited`)} in place, but Site Recovery still uses the old list for VM ${other}.`,
                item,
                vm,
            ),
            why: "Site Recovery reads the list only when replication is enabled. A later edit changes your program, not what is replicated.",
            facts: [
                ...added.map((disk) => `Added: "${disk}"`),
                ...dropped.map((disk) => `Removed: "${disk}"`),
                ...(group === undefined ? [] : [`Consistency group: ${groupInWords(group)}`]),
            ],
            fix: inOrder(now, [
                ...(onlyAdds && group === undefined ? [enableInVault(item, vm)] : []),
                ...(group === undefined
                    ? itemReplacementSteps(reProtection)
                    : groupChangeSteps(reProtection, group.joins)),
            ]),
            sources: [onlyAdds ? PLANS.DISK_ADDED.page : PLANS.LIST_OF_ENABLING.page],
        };
    },
});

interface EditedGroup {
    readonly item: string;
    readonly vm: string;
    readonly group: GroupEdit | undefined;
    readonly reProtection: ReProtection;
}

function groupMessage({ item, vm, group, reProtection }: EditedGroup, now: Tense): Message {
    const { from, to, joins, isClassic = false } = group ?? {};
    return {
        headline:
            to === undefined
                ? headline(
                      (name, old, of) =>
                          `${says(now, `The plan takes replicated item ${name} out of consistency group ${old}`, `Replicated item ${name} was taken out of consistency group ${old}`)} in place, but Azure keeps VM ${of} in it.`,
                      item,
                      from ?? "",
                      vm,
                  )
                : headline(
                      (name, other, of) =>
                          `${says(now, `The plan moves replicated item ${name} to consistency group ${other}`, `Replicated item ${name} was moved to consistency group ${other}`)} in place, but Azure keeps VM ${of} ${from === undefined ? "out of it" : "in its old group"}.`,
                      item,
                      to,
                      vm,
                  ),
        why:
            "A consistency group is fixed when replication is enabled. The edit changes your program, but not which VMs share recovery points." +
            (isClassic ? " Every later preview shows the same update again." : ""),
        facts: [`Consistency group: ${groupInWords({ from, to })}`],
        fix: inOrder(
            now,
            groupChangeSteps(reProtection, joins),
            "If you don't want to change the group, undo this edit.",
        ),
        sources: [PLANS.GROUP_OF_ENABLING.page],
    };
}

/** `"shop" becomes "shop-2"` */
function groupInWords({ from, to }: Pick<GroupEdit, "from" | "to">): string {
    const inWords = (name: string | undefined): string => (name === undefined ? "none" : `"${name}"`);
    return `${inWords(from)} becomes ${inWords(to)}`;
}

/** Whether the program asks for another group than before, and than Azure has it in already. */
function groupChange(before: ReplicatedItem, after: ReplicatedItem): Answer {
    const [from, to] = [before.askedGroup, after.askedGroup];
    const open = [to, from].find((each) => each.state === "unknown");
    if (open?.state === "unknown") {
        return unknownAnswer(after, open.property, open.decidedBy);
    }
    return isOneName(from, to) || isOneName(before.group, to) ? NO : YES;
}

function isOneName(one: Value<string>, other: Value<string>): boolean {
    return valueOf(one)?.toLowerCase() === valueOf(other)?.toLowerCase() && one.state === other.state;
}

function groupEdit(plan: Plan, before: ReplicatedItem, after: ReplicatedItem): GroupEdit {
    const to = valueOf(after.askedGroup);
    const groups = plan.after.consistencyGroups;
    return {
        from: valueOf(before.group),
        to,
        joins: to === undefined ? undefined : groupWith(plan.after, after, groups.inGroupNamed(to, after), to),
        isClassic: after.provider === "azure-classic",
    };
}

/** Adding a disk is the one change that Site Recovery supports without enabling replication again (INT-12). */
function enableInVault(item: string, vm: string): Step {
    return {
        do: `If you only attach more disks to "${vm}", enable them one at a time in the vault: Replicated items > "${item}" > Disks. Then run:`,
        commands: ["pulumi refresh"],
        note: "In this case, skip the other steps.",
    };
}

/** Whether the program lists other disks than before, and than Azure replicates already. */
export function listChange(plan: Plan, before: ReplicatedItem, after: ReplicatedItem): Answer {
    const { listedDisks } = after;
    if (listedDisks.state === "unknown" || before.listedDisks.state === "unknown") {
        return newDisks(plan, after).length > 0
            ? YES
            : unknownAnswer(after, listedDisks.state === "unknown" ? listedDisks.property : "");
    }
    const [former, now] = [listedKeys(before), listedKeys(after)];
    const unknowns = (valueOf(listedDisks) ?? []).filter(({ id }) => id.state === "unknown").length;
    if (unknowns === 0) {
        // A program may also follow what somebody has done in Azure.
        return isEqual(former, now) ? NO : isReality(before, after, now);
    }
    const isCertain = [...now].some((key) => !former.has(key)) || newDisks(plan, after).length > 0;
    return isCertain ? YES : ofTheVmItself(plan, before, after, now.size + unknowns === former.size);
}

function isReality(before: ReplicatedItem, after: ReplicatedItem, listed: ReadonlySet<string>): Answer {
    // Of an item that is replaced, the old one has what Azure replicates.
    const { disks } = after.lifetime === "new" ? before : after;
    if (disks.state === "unknown") {
        return after.lifetime === "new" ? YES : unknownAnswer(after, disks.property);
    }
    const real = keysOf(disks.state === "listed" ? disks.disks.map(({ disk }) => disk.id) : []);
    return isEqual(real, listed) ? NO : YES;
}

function isEqual(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
    return one.size === other.size && [...one].every((key) => other.has(key));
}

/** Ids that the VM's own outputs give are unknown while it changes (SEE-05a), and yet they are those of before. */
function ofTheVmItself(plan: Plan, before: ReplicatedItem, after: ReplicatedItem, hasAsMany: boolean): Answer {
    const was = plan.before.protectedVms.of(before);
    const is = plan.after.protectedVms.of(after);
    const isUnchanged =
        hasAsMany &&
        was.state === "linked" &&
        is.state === "linked" &&
        plan.afterwards(was.to) === is.to &&
        changesOf(plan, was.to, is.to).length === 0;
    const unknown = valueOf(after.listedDisks)?.find(({ id }) => id.state !== "known");
    return isUnchanged ? NO : unknownAnswer(after, unknown?.property ?? "");
}

/** Keys of the disks that a program lists. */
export function listedKeys({ listedDisks }: ReplicatedItem): ReadonlySet<string> {
    return keysOf((valueOf(listedDisks) ?? []).map(({ id }) => id));
}

/** Keys of those ids that are known. */
export function keysOf(ids: readonly Value<string>[]): ReadonlySet<string> {
    return new Set(ids.flatMap((id) => (id.state === "known" ? [armKeyOf(id.value)] : [])));
}

/**
 * The disks that the plan makes and that the item's list is made from. A list that is unknown as a whole may leave one out;
 * but a disk that its VM gets as well is meant for the list.
 */
function newDisks(plan: Plan, item: ReplicatedItem): readonly Disk[] {
    const { listedDisks, listFrom } = item;
    if (listedDisks.state === "unknown") {
        const link = plan.after.protectedVms.of(item);
        const attached = link.state === "linked" ? plan.after.disks.attachedTo(link.to) : [];
        const disks = new Set(attached.flatMap(({ disk }) => (disk.state === "linked" ? [disk.to] : [])));
        return plan.newDisks(listFrom).filter((disk) => disks.has(disk));
    }
    const open = (valueOf(listedDisks) ?? []).filter(({ id }) => id.state === "unknown");
    return plan.newDisks(open.flatMap(({ dependencies }) => dependencies));
}

function difference(plan: Plan, before: ReplicatedItem, after: ReplicatedItem): Difference {
    const [former, now] = [listedKeys(before), listedKeys(after)];
    const names = (item: ReplicatedItem, unless: ReadonlySet<string>): string[] =>
        (valueOf(item.listedDisks) ?? []).flatMap(({ id }) => {
            const text = valueOf(id);
            return text === undefined || unless.has(armKeyOf(text)) ? [] : [nameIn(text)];
        });
    const isOpen = (valueOf(after.listedDisks) ?? []).some(({ id }) => id.state !== "known");
    return {
        added: [...names(after, former), ...newDisks(plan, after).map(displayName)],
        // Elements that are not known yet may be any of the former ones.
        dropped: isOpen && newDisks(plan, after).length === 0 ? [] : names(before, now),
    };
}

function nameIn(text: string): string {
    const id = parseArmId(text);
    return id === undefined ? text : nameOf(id);
}
