import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import type { ReplicatedItem } from "../../src/model/resources";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder } from "../../src/advice/fix";
import { enableAgain, itemToChange, type ItemToChange } from "../../src/advice/replication-support";
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

/** BCDR222: a multi-VM consistency group has more VMs than Site Recovery supports (A2A-61). */
export const consistencyGroupTooLarge = stackPolicy<Parameters>({
    kinds: ["replicated item"],
    id: "BCDR222",
    name: "consistency-group-too-large",
    level: "mandatory",
    severity: "high",
    summary: "A multi-VM consistency group has too many VMs.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: `Split the group into groups of at most ${most} VMs.`,
    checkedByAzure: true,

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
        // Nothing moves a member to another group in place: the classic provider accepts the edit, and does nothing.
        const tooMany = members.slice(most).map((item) => ({ ...item, isReplacedByPulumi: false }));
        const inPlace = tooMany.every(({ isNew }) => isNew);
        return {
            headline: headline(
                (name) => `Consistency group ${name} has ${members.length} VMs, but Site Recovery supports ${most}.`,
                group,
            ),
            why: "VMs of a multi-VM consistency group share recovery points and fail over together. In a group that is too large, enabling replication can fail.",
            facts: [`Members: ${quoted(members.map(({ name }) => name))}`],
            fix: inOrder(
                [
                    {
                        do: `Move ${tooMany.length} ${tooMany.length === 1 ? "item" : "items"} from "${group}" to another group, for example ${quoted(tooMany.map(({ name }) => name))}.`,
                        where: property,
                        note: `Keep VMs together that must fail over together.${inPlace ? "" : " For an existing item, this takes effect only when replication is enabled again."}`,
                    },
                    ...enableAgain(tooMany),
                ],
                dryRun,
            ),
            sources: [SITE_RECOVERY.CONSISTENCY_GROUP.page],
        };
    },
});
