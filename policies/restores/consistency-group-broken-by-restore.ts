import { asSteps } from "../../src/advice/fix";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import type { LockedScope } from "../../src/model/protection/locks";
import type { RecoveryPlan, ReplicatedItem } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { homeOf } from "../../src/advice/known-from";
import { listed, more, MOST_NAMES, type Names, namesOf, quoted } from "../../src/advice/names";
import {
    dropFromState,
    IF_ENABLING_FAILS,
    inRecoveryPlans,
    locked,
    lockNames,
    named,
    RUN_TEMPLATE_AGAIN,
} from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { diskListOf, WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { type RestoreConfiguration, restoreSettings, unreplicatedRestoresIn } from "./restores";

interface Parameters {
    readonly group: string;
    readonly restored: readonly string[];
    readonly members: readonly Member[];
    readonly locks: Names;
    readonly recoveryPlans: Names;
}

interface Member {
    readonly vm: string;
    readonly item: string;
    readonly diskList: string;
    /** The property of the item that names the group. */
    readonly groupName: string;
    readonly isInTemplate: boolean;
    readonly disableCommand: string | undefined;
    /** The stack that has the item, where it is not this one. */
    readonly home: string | undefined;
}

/** BCDR123: a multi-VM consistency group with a restored member has to be formed anew as a whole (INT-35). */
export const consistencyGroupBrokenByRestore = stackPolicy<Parameters, RestoreConfiguration>({
    id: "BCDR123",
    name: "consistency-group-broken-by-restore",
    level: "mandatory",
    severity: "critical",
    summary: "A VM of a multi-VM consistency group was restored.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, let a new replicated item list the disks that it runs on now, enable replication again, and run a test failover.",
    settings: restoreSettings,

    *evaluate({ estate }, { countPossible }): Iterable<Verdict<Parameters>> {
        const told = new Set<readonly ReplicatedItem[]>();
        const restored = [...unreplicatedRestoresIn(estate, countPossible)].filter(({ found }) =>
            found.some(({ attached }) => attached.role === "os"),
        );
        const restoredIn = new Map<readonly ReplicatedItem[], string[]>();
        for (const { vm, item } of restored) {
            const members = item && estate.consistencyGroups.of(item);
            if (members !== undefined) {
                pushTo(restoredIn, members, estate.names.of(vm));
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
            if (item === undefined || members === undefined || told.has(members)) {
                continue;
            }
            told.add(members);
            yield {
                verdict: "violated",
                subject: subjectOf(vm, vm),
                parameters: {
                    group: valueOf(item.group) ?? "",
                    restored: restoredIn.get(members) ?? [],
                    members: members.map((member) => memberOf(estate, member)),
                    locks: lockNames(new Set(members.flatMap((member) => lockedScopes(estate, member)))),
                    recoveryPlans: planNames(members.flatMap((member) => estate.recoveryPlans.holding(member))),
                },
                restsOn: members,
            };
        }
    },

    message: ({ group, restored, members, locks, recoveryPlans }, { dryRun }): Message => ({
        headline: headline(
            (vm, name) => `The restore of VM ${vm} breaks up the consistency group ${name} of ${members.length} VMs.`,
            listed(restored),
            group,
        ),
        why:
            "A VM that is already replicated cannot join a multi-VM consistency group, so the group has to be formed anew: " +
            "its members are replicated again together, not one by one.",
        facts: members.map(({ vm, item }) => `${vm}, by the item "${item}"`),
        fix: {
            kind: "in order",
            intro: dryRun ? "Before you apply this plan, for the group as a whole:" : "For the group as a whole:",
            steps: asSteps([
                ...locked(locks),
                {
                    do: "Check that Azure Backup has a good recovery point of each VM: disabling replication deletes those of Site Recovery.",
                },
                ...members
                    .slice(0, MOST_NAMES)
                    .map(({ vm, disableCommand }) =>
                        disableCommand === undefined
                            ? `Disable replication of "${vm}" in its vault (Replicated items > Disable replication).`
                            : `Disable replication of "${vm}": ${disableCommand}`,
                    ),
                ...(members.length > MOST_NAMES
                    ? [
                          {
                              do: `Disable replication of the others in the same way, ${more(members.length - MOST_NAMES)}.`,
                          },
                      ]
                    : []),
                ...(members.some(({ isInTemplate, home }) => !isInTemplate && home === undefined)
                    ? [dropFromState()]
                    : []),
                ...homesOf(members).slice(0, MOST_NAMES).map(dropFromState),
                ...(members.some(({ isInTemplate }) => isInTemplate) ? [RUN_TEMPLATE_AGAIN] : []),
                {
                    do:
                        `In the program, let the items of all ${members.length} VMs carry "${group}" in ${members[0]?.groupName ?? "the property of the group's name"}, and ` +
                        `${members[0]?.diskList ?? "the list of disks"} of each list the disks that its VM has now.`,
                },
                {
                    do: `For ${quoted(restored)}, do now what BCDR121 says about the disk itself, such as a swap while the VM is off.`,
                },
                {
                    do: `Apply: pulumi up${homesOf(members)
                        .slice(0, MOST_NAMES)
                        .map((home) => `, and in ${home}`)
                        .join("")}. It enables replication anew; all VMs must be running for that.`,
                },
                ...inRecoveryPlans(recoveryPlans, "items"),
                { do: "Wait for the first recovery points, then run a test failover of the whole group." },
            ]),
        },
        notes: [IF_ENABLING_FAILS],
        sources: [INTEROPERABILITY["2025-12-08"].page],
    }),
});

function memberOf(estate: Estate, item: ReplicatedItem): Member {
    const link = estate.protectedVms.of(item);
    return {
        vm: link.state === "linked" ? estate.names.of(link.to) : displayName(item),
        item: named(item).name,
        diskList: diskListOf(item),
        groupName: writtenAt(item, WORDS[item.provider].item.consistencyGroup),
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
