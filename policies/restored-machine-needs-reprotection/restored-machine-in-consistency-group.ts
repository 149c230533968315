import { valueOf } from "../../estate/known";
import type { Estate } from "../../estate/estate";
import type { AzureResource, ReplicatedItem } from "../../estate/model";
import { undecided, type Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { displayName } from "../../estate/display-name";
import { subjectOf } from "../../findings/subject";
import { INTEROPERABILITY } from "../../guidance/interoperability";
import { homeOf } from "../../guidance/known-from";
import { FORGET, forgetIn, LEFT_OVERS, locked, named, RUN_AGAIN } from "../../guidance/re-protection";
import { disableReplicationCommand } from "../../guidance/replication";
import { diskListOf, WORDS, writtenAt } from "../../guidance/spelling";
import type { StackSubject } from "../policy";
import { unreplicatedRestoresIn, type RestoreConfiguration } from "../restores";
import type { Rule } from "../rule";

interface Parameters {
    readonly group: string;
    readonly restored: readonly string[];
    readonly members: readonly Member[];
    readonly locks: readonly string[];
    readonly recoveryPlans: readonly string[];
}

interface Member {
    readonly machine: string;
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
export const restoredMachineInConsistencyGroup: Rule<StackSubject, RestoreConfiguration, Parameters> = {
    id: "BCDR123",
    finds: "a consistency group in which a machine was restored",

    *evaluate({ estate }, { countPossible }): Iterable<Verdict<Parameters>> {
        const told = new Set<readonly ReplicatedItem[]>();
        const restored = [...unreplicatedRestoresIn(estate, countPossible)].filter(({ found }) =>
            found.some(({ attached }) => attached.role === "os"),
        );
        for (const { machine, item } of restored) {
            if (item?.group.state === "unknown") {
                yield undecided(item, item.group.property);
            }
            for (const other of item === undefined ? [] : estate.possibleGroupMembers(item)) {
                yield undecided(other, other.vault.property);
            }
            const members = item && estate.consistencyGroup(item);
            if (item === undefined || members === undefined || told.has(members)) {
                continue;
            }
            told.add(members);
            yield {
                verdict: "violated",
                subject: subjectOf(machine, machine),
                parameters: {
                    group: valueOf(item.group) ?? "",
                    restored: restored
                        .filter((each) => each.item !== undefined && members.includes(each.item))
                        .map((each) => estate.nameOf(each.machine)),
                    members: members.map((member) => memberOf(estate, member)),
                    locks: namesOf(members.flatMap((member) => locksOn(estate, member))),
                    recoveryPlans: namesOf(members.flatMap((member) => estate.recoveryPlansWith(member))),
                },
                restsOn: members,
            };
        }
    },

    tell: ({ group, restored, members, locks, recoveryPlans }, { dryRun }): Message => ({
        headline: headline(
            (machine, name) =>
                `The restore of machine ${machine} breaks up the consistency group ${name} of ${members.length} machines.`,
            restored.join(", "),
            group,
        ),
        why:
            "A machine that is already replicated cannot join a multi-VM consistency group, so the group has to be formed anew: " +
            "its members are replicated again together, not one by one.",
        details: members.map(({ machine, item }) => `${machine}, by the item "${item}"`),
        steps: {
            occasion: dryRun ? "Before you apply this plan, for the group as a whole:" : "For the group as a whole:",
            list: [
                ...locked(locks),
                "Check that Azure Backup has a good recovery point of each machine: disabling replication deletes those of Site Recovery.",
                ...members.map(({ machine, disableCommand }) =>
                    disableCommand === undefined
                        ? `Disable replication of "${machine}" in its vault (Replicated items > Disable replication).`
                        : `Disable replication of "${machine}": ${disableCommand}`,
                ),
                ...(members.some(({ isInTemplate, home }) => !isInTemplate && home === undefined) ? [FORGET] : []),
                ...homesOf(members).map(forgetIn),
                ...(members.some(({ isInTemplate }) => isInTemplate) ? [RUN_AGAIN] : []),
                `In the program, let the items of all ${members.length} machines carry "${group}" in ${members[0]?.groupName ?? "the property of the group's name"}, and ` +
                    `${members[0]?.diskList ?? "the list of disks"} of each list the disks that its machine has now.`,
                `For ${restored.map((name) => `"${name}"`).join(", ")}, do now what BCDR121 says about the disk itself, such as a swap while the machine is off.`,
                `Apply: pulumi up${homesOf(members)
                    .map((home) => `, and in ${home}`)
                    .join("")}. It enables replication anew; all machines must be running for that.`,
                LEFT_OVERS,
                ...recoveryPlans.map(
                    (plan) => `Check that the recovery plan "${plan}" holds the new items; if not, add them again.`,
                ),
                "Wait for the first recovery points, then run a test failover of the whole group.",
            ],
        },
        source: INTEROPERABILITY["2025-12-08"].page,
    }),
};

function memberOf(estate: Estate, item: ReplicatedItem): Member {
    const link = estate.machineOf(item);
    return {
        machine: link.state === "linked" ? estate.nameOf(link.to) : displayName(item),
        item: named(item).name,
        diskList: diskListOf(item),
        groupName: writtenAt(item, WORDS[item.spelling].item.consistencyGroup),
        isInTemplate: item.carriedIn?.deployment !== undefined,
        disableCommand: disableReplicationCommand(item),
        home: homeOf(item),
    };
}

function homesOf(members: readonly Member[]): readonly string[] {
    return [...new Set(members.flatMap(({ home }) => home ?? []))];
}

function locksOn(estate: Estate, item: ReplicatedItem): ReturnType<Estate["locksOn"]> {
    const link = estate.machineOf(item);
    return link.state === "linked" ? estate.locksOn(link.to) : [];
}

function namesOf(resources: readonly AzureResource[]): readonly string[] {
    return [...new Set(resources.map((resource) => named(resource).name))];
}
