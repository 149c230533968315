import { asSteps } from "../../src/advice/fix";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import type { ReplicatedItem } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { more, MOST_NAMES } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder, itemToChange, reEnabled, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { isLimited } from "./replicated-item";

const { most } = SITE_RECOVERY.CONSISTENCY_GROUP.limit;

interface Parameters {
    readonly group: string;
    readonly members: readonly ItemToChange[];
    readonly property: string;
}

/** BCDR222: a multi-VM consistency group has more VMs than Site Recovery takes (A2A-61). */
export const consistencyGroupTooLarge = stackPolicy<Parameters>({
    id: "BCDR222",
    name: "consistency-group-too-large",
    level: "mandatory",
    severity: "high",
    summary: "A multi-VM consistency group is too large.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const open = estate.replication.items.filter(({ group, skipped }) => group.state === "unknown" && !skipped);
        const seen = new Set<readonly ReplicatedItem[]>();
        let largest = 0;
        for (const item of estate.replication.items) {
            const group = estate.consistencyGroups.of(item);
            if (group === undefined || seen.has(group)) {
                continue;
            }
            seen.add(group);
            const members = group.filter(isLimited);
            const [leader] = members;
            largest = Math.max(largest, members.length);
            if (leader !== undefined && members.length > most) {
                const vm = estate.protectedVms.of(leader);
                yield {
                    verdict: "violated",
                    subject: subjectOf(leader, linkedTo(vm)),
                    parameters: {
                        group: valueOf(leader.group) ?? "",
                        members: members.map((member) => itemToChange(member, named(member).name)),
                        property: writtenAt(leader, WORDS[leader.provider].item.consistencyGroup),
                    },
                    restsOn: members,
                };
            }
        }
        const [first] = open;
        if (first?.group.state === "unknown" && largest <= most && Math.max(largest, 1) + open.length > most) {
            yield undecided(first, first.group.property);
        }
    },

    message: ({ group, members, property }, { dryRun }) => {
        const tooMany = members.slice(most).filter(({ isNew }) => !isNew || !dryRun);
        return {
            headline: headline(
                (name) => `The consistency group ${name} has ${members.length} VMs; ${most} are supported.`,
                group,
            ),
            why: "The VMs of a multi-VM consistency group get their recovery points together and fail over together.",
            facts: members.map(({ name }) => `"${name}"`),
            fix: inOrder(
                asSteps([
                    {
                        do: `Split the group by what belongs together: at most ${most} VMs each, with a name of its own in ${property}.`,
                    },
                    ...tooMany
                        .slice(0, MOST_NAMES)
                        .map((item) => reEnabled(item, { do: `Change the group of "${item.name}".`, where: property })),
                    ...(tooMany.length > MOST_NAMES
                        ? [{ do: `Do the same for the other VMs, ${more(tooMany.length - MOST_NAMES)}.` }]
                        : []),
                ]),
                dryRun,
            ),
            sources: [SITE_RECOVERY.CONSISTENCY_GROUP.page],
        };
    },
});
