import type { Advice, Step } from "../../src/advice/fix";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import type { LockedScope } from "../../src/model/protection/locks";
import type { RecoveryPlan, ReplicatedItem, VirtualMachine } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { homeOf } from "../../src/advice/known-from";
import { listed, MOST_NAMES, more, type Names, namesOf, quoted } from "../../src/advice/names";
import {
    diskSteps,
    dropFromState,
    inRecoveryPlans,
    isPlanned,
    locked,
    lockNames,
    named,
    type ReProtection,
    reProtectionOf,
    RUN_TEMPLATE_AGAIN,
    withCheck,
} from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { type RestoreConfiguration, restoreSettings, unreplicatedRestoresIn } from "./restores";

interface Parameters {
    readonly group: string;
    /** The VMs that were restored, and how each gets its disks. */
    readonly restored: readonly string[];
    readonly reProtections: readonly ReProtection[];
    readonly members: readonly Member[];
    readonly locks: Names;
    readonly recoveryPlans: Names;
}

interface RestoredMember {
    readonly vm: VirtualMachine;
    readonly reProtection: ReProtection;
}

interface Member {
    readonly vm: string;
    readonly item: string;
    /** The property of the ID in each entry of its list of disks. */
    readonly diskId: string;
    /** The property of the item that names the group. */
    readonly groupName: string;
    readonly isNew: boolean;
    readonly isInTemplate: boolean;
    readonly disableCommand: string | undefined;
    /** The stack that has the item, where it is not this one. */
    readonly home: string | undefined;
}

/** BCDR123: all members of a multi-VM consistency group must be enabled together once one is restored (INT-35). */
export const consistencyGroupBrokenByRestore = stackPolicy<Parameters, RestoreConfiguration>({
    kinds: ["replicated item"],
    id: "BCDR123",
    name: "consistency-group-broken-by-restore",
    level: "mandatory",
    severity: "critical",
    summary: "A VM of a multi-VM consistency group was restored.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of all members, enable it for all of them together with lists of their current disks, and run a test failover.",
    settings: restoreSettings,

    *evaluate({ estate }, { countPossible }): Iterable<Verdict<Parameters>> {
        const reported = new Set<readonly ReplicatedItem[]>();
        const restored = [...unreplicatedRestoresIn(estate, countPossible)].filter(({ found }) =>
            found.some(({ attached }) => attached.role === "os"),
        );
        const restoredIn = new Map<readonly ReplicatedItem[], RestoredMember[]>();
        for (const { vm, item, found } of restored) {
            const members = item && estate.consistencyGroups.of(item);
            if (item !== undefined && members !== undefined) {
                pushTo(restoredIn, members, { vm, reProtection: reProtectionOf(estate, vm, item, found) });
            }
        }
        for (const { vm, item } of restored) {
            if (item?.group.state === "unknown") {
                yield undecided(item, item.group.property);
            }
            for (const other of item === undefined ? [] : estate.consistencyGroups.possiblyWith(item)) {
                yield undecided(other, other.vault.property);
            }
            const members = item && estate.consistencyGroups.of(item);
            if (item === undefined || members === undefined || reported.has(members)) {
                continue;
            }
            reported.add(members);
            yield {
                verdict: "violated",
                subject: subjectOf(vm, vm),
                parameters: {
                    group: valueOf(item.group) ?? "",
                    restored: (restoredIn.get(members) ?? []).map(({ vm }) => estate.names.of(vm)),
                    reProtections: (restoredIn.get(members) ?? []).map(({ reProtection }) => reProtection),
                    members: members.map((member) => memberOf(estate, member)),
                    locks: lockNames(new Set(members.flatMap((member) => lockedScopes(estate, member)))),
                    recoveryPlans: planNames(members.flatMap((member) => estate.recoveryPlans.holding(member))),
                },
                restsOn: members,
            };
        }
    },

    message: (facts, { dryRun }): Message => {
        const { group, restored, members } = facts;
        return {
            headline: headline(
                (vm, name) => `The restore of VM ${vm} breaks consistency group ${name} of ${members.length} VMs.`,
                listed(restored),
                group,
            ),
            why: "A replicated VM cannot join a consistency group. Unless you enable replication of all members together, they have no recovery points in common.",
            facts: members.map(({ vm, item }) => `VM "${vm}": replicated item "${item}"`),
            ...groupAdvice(facts, dryRun),
            sources: [INTEROPERABILITY["2025-12-08"].page],
        };
    },
});

const SAFELY = "To apply this change safely, for the whole group in this order:";

function groupAdvice({ group, reProtections, members, locks, recoveryPlans }: Parameters, dryRun: boolean): Advice {
    const [first] = members;
    const homes = homesOf(members).slice(0, MOST_NAMES);
    const listing: Step = {
        do: "In each item, list the disks that its VM has after the restore.",
        ...(first === undefined ? {} : { where: first.diskId }),
    };
    const test: Step = { do: "After the first recovery points, run a test failover of the whole group." };
    if (dryRun && members.every(({ isNew }) => isNew)) {
        const applying = { do: "Apply the plan, which enables replication of all members:", commands: ["pulumi up"] };
        return { fix: { kind: "in order", intro: SAFELY, steps: [listing, applying, test] }, notes: [] };
    }
    const disabling = disableAll(members);
    const enabling: Step = {
        do: "Enable replication of all members together (all VMs must be running):",
        commands: ["pulumi up"],
        ...(homes.length === 0 ? {} : { note: `Apply this stack first, then ${listed(homes)}.` }),
    };
    const isRestored = !reProtections.some((each) => isPlanned(each, dryRun));
    const { steps, notes } = withCheck({
        isRestored,
        first: locked(locks),
        check: (step) => ({
            do: `Check that Azure Backup has a usable recovery point of each VM. Step ${step} deletes those of Site Recovery.`,
        }),
        rest: [
            ...disabling,
            ...(members.some(({ isInTemplate, home }) => !isInTemplate && home === undefined)
                ? [dropFromState(undefined, "items")]
                : []),
            ...homes.map((home) => dropFromState(home, "items")),
            ...(members.some(({ isInTemplate }) => isInTemplate) ? [RUN_TEMPLATE_AGAIN] : []),
            {
                do: `Keep "${group}" as the name of the group in each item.`,
                ...(first === undefined ? {} : { where: first.groupName }),
            },
            listing,
            ...reProtections.slice(0, MOST_NAMES).flatMap((each) => diskSteps(each, dryRun)),
            ...(reProtections.length > MOST_NAMES
                ? [
                      {
                          do: `Do the same for the disks of the other restored VMs: ${more(reProtections.length - MOST_NAMES)}.`,
                      },
                  ]
                : []),
            enabling,
            ...inRecoveryPlans(recoveryPlans, "items"),
            test,
        ],
        disabling: disabling[0] ?? enabling,
        enabling,
    });
    return {
        fix: {
            kind: "in order",
            intro: isRestored
                ? "To re-protect the whole group, in this order (run pulumi up only where a step says so):"
                : SAFELY,
            steps,
        },
        notes,
    };
}

/** One step for the members whose command is known, and one for the others. */
function disableAll(members: readonly Member[]): readonly Step[] {
    const commands = members.flatMap(({ disableCommand }) => disableCommand ?? []);
    const others = members.filter(({ disableCommand }) => disableCommand === undefined);
    return [
        ...(commands.length === 0
            ? []
            : [
                  {
                      do: `Disable replication of ${others.length === 0 ? "all members" : "these members"}, and wait for the jobs to finish:`,
                      commands: commands.slice(0, MOST_NAMES),
                      ...(commands.length > MOST_NAMES
                          ? { note: `Do the same for the other members: ${more(commands.length - MOST_NAMES)}.` }
                          : {}),
                  },
              ]),
        ...(others.length === 0
            ? []
            : [
                  {
                      do: `Disable replication of ${quoted(namesOf(others, ({ vm }) => vm))}, and wait for the jobs to finish.`,
                      note: "In the Azure portal: Recovery Services vault > Replicated items > the VM > Disable replication.",
                  },
              ]),
    ];
}

function memberOf(estate: Estate, item: ReplicatedItem): Member {
    const link = estate.protectedVms.of(item);
    return {
        vm: link.state === "linked" ? estate.names.of(link.to) : displayName(item),
        item: named(item).name,
        diskId: writtenAt(item, `${WORDS[item.provider].diskList}[].diskId`),
        groupName: writtenAt(item, WORDS[item.provider].item.consistencyGroup),
        isNew: item.lifetime === "new",
        isInTemplate: item.embeddedIn?.deployment !== undefined,
        disableCommand: disableReplicationCommand(item),
        home: homeOf(item),
    };
}

function homesOf(members: readonly Member[]): readonly string[] {
    return [...new Set(members.flatMap(({ home }) => home ?? []))];
}

function lockedScopes(estate: Estate, item: ReplicatedItem): readonly LockedScope[] {
    const link = estate.protectedVms.of(item);
    return link.state === "linked" ? estate.locks.over(link.to) : [];
}

function planNames(plans: readonly RecoveryPlan[]): Names {
    return namesOf([...new Set(plans.map((plan) => named(plan).name))], (name) => name);
}
