import { type Answer, compareTwo, firstQuestion, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { armKey, groupIn, nameOf } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { targetOf } from "../../src/model/planned-resource";
import { headline } from "../../src/findings/message";
import { inOrder } from "../../src/advice/fix";
import { enableAgain } from "../../src/advice/replication-support";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { isLimited, type ItemOfEstate, replicatedItemPolicy } from "./replicated-item";

/** The group that is wrong, and the property that names it. */
interface WrongGroup {
    readonly group: string;
    /** Where the group is, if that is what is wrong; else it is the VM's own. */
    readonly region: string | undefined;
    readonly property: string;
}

/** BCDR221: a failover would create the VM in a resource group that Site Recovery does not accept (A2A-56). */
export const targetGroupInSourceRegion = replicatedItemPolicy({
    id: "BCDR221",
    name: "target-group-in-source-region",
    level: "mandatory",
    severity: "high",
    summary: "A target resource group is not one that Site Recovery accepts.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Between regions, use a target resource group outside the source region. Between zones, use another group than the VM's.",
    checkedByAzure: true,

    check: (of) => {
        const { item, estate } = of;
        const kind = estate.replication.kindOf(item);
        if (!isLimited(item) || kind.state === "absent") {
            return NO;
        }
        if (kind.state === "unknown") {
            const isWrongInNone = [groupInSourceRegion(of), ownGroup(of)].every(({ answer }) => answer === "no");
            return isWrongInNone ? NO : unknownAnswer(item, kind.property);
        }
        return kind.value === "between regions" ? groupInSourceRegion(of) : ownGroup(of);
    },

    message: ({ item, found: [{ group, region, property }] }, { dryRun }) => ({
        headline: headline(
            (name, of) =>
                region === undefined
                    ? `Replicated item ${name} has the VM's own resource group ${of} as its target.`
                    : `Target resource group ${of} of replicated item ${name} is in the source region ${region}.`,
            item.name,
            group,
        ),
        why:
            region === undefined
                ? "A failover between zones creates a VM of the same name. It therefore needs another resource group."
                : `A failover has to survive the loss of ${region}. Site Recovery accepts a target resource group in any region except the source region.`,
        fix: inOrder(
            [
                region === undefined
                    ? { do: "Create a resource group for the VM in the other zone." }
                    : {
                          do: "Create a resource group in the target region.",
                          note: "A resource group cannot move to another region.",
                      },
                {
                    do: `In "${item.name}", set this group as the target of the VM and of each disk.`,
                    where: `${property}, ${item.diskList}[].${WORDS[item.provider].item.targetGroupOfDisk}`,
                },
                ...enableAgain([item]),
            ],
            dryRun,
        ),
        sources: [(region === undefined ? SITE_RECOVERY.TARGET_GROUP_OF_ZONE : SITE_RECOVERY.TARGET_GROUP).page],
    }),
});

function groupInSourceRegion({ item, vm, estate }: ItemOfEstate): Answer<WrongGroup> {
    const link = estate.resourceGroups.afterFailover(item);
    const source = estate.replication.sourceRegionOf(item);
    switch (link.state) {
        case "undecided":
            return link.candidates.some(({ location }) => location.state !== "absent")
                ? unknownAnswer(item, link.property)
                : NO;
        case "external":
            return link.isOpen === true && source.state !== "absent"
                ? unknownAnswer(item, item.targetGroup.property)
                : NO;
        case "linked": {
            const at = estate.regions.of(link.to);
            return withEvidence(
                firstQuestion(compareTwo(link.to, at, item, source, (one, other) => one === other)),
                () => ({
                    ...wrongGroup(item, displayName(link.to), valueOf(source)),
                    restsOn: [link.to, ...(vm === undefined ? [] : [vm]), ...estate.replication.fabricsOf(item)],
                }),
            );
        }
        case "none":
            return NO;
    }
}

function ownGroup({ item, vm, estate }: ItemOfEstate): Answer<WrongGroup> {
    if (vm === undefined) {
        return NO;
    }
    const own = estate.resourceGroups.of(vm);
    const target = estate.resourceGroups.afterFailover(item);
    if (own.state === "linked" && target.state === "linked") {
        return own.to === target.to ? withEvidence(YES, () => wrongGroup(item, displayName(own.to))) : NO;
    }
    if (own.state === "linked" && target.state === "undecided" && target.candidates.includes(own.to)) {
        return unknownAnswer(item, target.property);
    }
    return hasSameId(vm, item);
}

/** For a group outside of the stack. */
function hasSameId({ id }: VirtualMachine, item: ReplicatedItem): Answer<WrongGroup> {
    const own = valueOf(id);
    const target = valueOf(targetOf(item.targetGroup).id);
    if (own?.subscription === undefined || own.resourceGroup === undefined || target === undefined) {
        return NO;
    }
    return armKey(groupIn(own)) === armKey(target) ? withEvidence(YES, () => wrongGroup(item, nameOf(target))) : NO;
}

function wrongGroup(item: ReplicatedItem, group: string, region?: string): WrongGroup {
    return { group, region, property: writtenAt(item, WORDS[item.provider].item.targetGroup) };
}
