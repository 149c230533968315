import type { Estate } from "../../estate/estate";
import type { Machine, ReplicatedItem } from "../../estate/model";
import { valueOf } from "../../estate/known";
import type { Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { displayName, subjectOf } from "../../findings/subject";
import { INTEROPERABILITY } from "../../guidance/interoperability";
import { disableReplicationCommand } from "../../guidance/replication";
import type { StackSubject } from "../policy";
import { unreplicatedRestoresIn, type RestoreConfiguration } from "../restores";
import type { Rule } from "../rule";

interface Parameters {
    readonly group: string;
    readonly restored: readonly string[];
    readonly members: readonly Member[];
}

interface Member {
    readonly machine: string;
    readonly disableCommand: string | undefined;
}

/** BCDR123: a multi-VM consistency group with a restored member has to be formed anew as a whole (INT-35). */
export const restoredMachineInConsistencyGroup: Rule<StackSubject, RestoreConfiguration, Parameters> = {
    id: "BCDR123",
    finds: "a consistency group in which a machine was restored",

    *evaluate({ estate }, { countPossible }): Iterable<Verdict<Parameters>> {
        const groups = consistencyGroups(estate);
        const told = new Set<readonly ReplicatedItem[]>();
        const restored = [...unreplicatedRestoresIn(estate, countPossible)].filter(({ found }) =>
            found.some(({ attached }) => attached.role === "os"),
        );
        for (const { machine, item } of restored) {
            const members = item && groups.get(groupKey(item) ?? "");
            if (item?.group.state === "unknown") {
                yield { verdict: "undecided", openQuestion: { resource: item, property: item.group.property } };
            }
            if (members === undefined || members.length < 2 || told.has(members)) {
                continue;
            }
            told.add(members);
            yield {
                verdict: "violated",
                subject: subjectOf(machine, machine),
                parameters: {
                    group: (item && valueOf(item.group)) ?? "",
                    restored: restored
                        .filter((each) => each.item !== undefined && members.includes(each.item))
                        .map((each) => displayName(each.machine)),
                    members: members.map((member) => ({
                        machine: machineName(estate, member),
                        disableCommand: disableReplicationCommand(member),
                    })),
                },
            };
        }
    },

    tell: ({ group, restored, members }, { dryRun }): Message => ({
        headline: headline(
            (machine, name) =>
                `The restore of machine ${machine} breaks up the consistency group ${name} of ${members.length} machines.`,
            restored.join(", "),
            group,
        ),
        why:
            "A machine that is already replicated cannot join a multi-VM consistency group, so the group has to be formed anew: " +
            "its members are replicated again together, not one by one.",
        details: members.map(({ machine }) => machine),
        steps: {
            occasion: dryRun ? "Before you apply this plan, for the group as a whole:" : "For the group as a whole:",
            list: [
                ...members.map(({ machine, disableCommand }) =>
                    disableCommand === undefined
                        ? `Disable replication of "${machine}" in its vault (Replicated items > Disable replication).`
                        : `Disable replication of "${machine}": ${disableCommand}`,
                ),
                "Let Pulumi forget the items: pulumi refresh.",
                `Let new replicated items of all ${members.length} machines carry the same multiVmGroupName "${group}" and list the disks that the machines have now; then pulumi up.`,
                "Add the new items to the recovery plans again, wait for the first recovery points, and run a test failover of the whole group.",
            ],
        },
        source: INTEROPERABILITY["2025-12-08"].page,
    }),
};

/** The items of each group, in URN order. */
function consistencyGroups(estate: Estate): ReadonlyMap<string, readonly ReplicatedItem[]> {
    const groups = new Map<string, ReplicatedItem[]>();
    for (const item of estate.replicatedItems) {
        const key = groupKey(item);
        if (key !== undefined) {
            groups.set(key, [...(groups.get(key) ?? []), item]);
        }
    }
    return groups;
}

/** A group belongs to its vault; two vaults may each have one of the same name. */
function groupKey({ group, id, vaultFrom, skipped }: ReplicatedItem): string | undefined {
    const [vault = vaultFrom.join()] = valueOf(id)?.names ?? [];
    return group.state === "known" && !skipped ? `${vault}|${group.value}`.toLowerCase() : undefined;
}

function machineName(estate: Estate, item: ReplicatedItem): string {
    const link = estate.machineOf(item);
    return displayName(link.state === "linked" ? (link.to satisfies Machine) : item);
}
