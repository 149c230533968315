import type { OpenQuestion } from "../../src/model/answers";
import { armKey, groupIn, nameOf } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { targetOf } from "../../src/model/planned-resource";
import type { Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { anew, inOrder, itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { isAzureToAzure } from "./replicated-vm";

interface Parameters {
    readonly item: ItemToChange;
    readonly group: string;
    /** Where the group is, if that is what is wrong; else it is the VM's own. */
    readonly region: string | undefined;
    readonly property: string;
}

/** BCDR221: a failover would make the VM in a resource group that Site Recovery does not take (A2A-56). */
export const targetGroupInSourceRegion = stackPolicy<Parameters>({
    id: "BCDR221",
    name: "target-group-in-source-region",
    level: "mandatory",
    severity: "high",
    summary: "A target resource group is where the VM is.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of estate.replication.items) {
            if (item.skipped || !isAzureToAzure(item) || valueOf(item.failedOver) === true) {
                continue;
            }
            const answer = judge(estate, item);
            if (answer === undefined) {
                continue;
            }
            if ("property" in answer) {
                yield { verdict: "undecided", openQuestion: answer };
                continue;
            }
            const vm = estate.protectedVms.of(item);
            yield {
                verdict: "violated",
                subject: subjectOf(item, linkedTo(vm)),
                parameters: {
                    item: itemToChange(item, named(item).name),
                    ...answer,
                    property: writtenAt(item, WORDS[item.provider].item.targetGroup),
                },
                restsOn: [item],
            };
        }
    },

    message: ({ item, group, region, property }, { dryRun }) => ({
        headline: headline(
            (name, of) =>
                region === undefined
                    ? `The target resource group of the replicated item ${name} is ${of}, the VM's own.`
                    : `The target resource group ${of} of the replicated item ${name} is in the source region ${region}.`,
            item.name,
            group,
        ),
        why:
            region === undefined
                ? "Between zones, Site Recovery makes the VM in another resource group than its own: both have the same name."
                : "Between regions, Site Recovery takes any region for the target resource group but the one that it is to survive.",
        steps: inOrder(
            [
                region === undefined
                    ? "Make a resource group for the other zone."
                    : "Make a resource group in the target region. A group cannot move to another one.",
                `Let ${property} of "${item.name}" name it, and the resource group of each element in ${item.diskList}${item.isNew && dryRun ? "." : `; ${anew(item)}`}`,
            ],
            dryRun,
        ),
        source: (region === undefined ? SITE_RECOVERY.TARGET_GROUP_OF_ZONE : SITE_RECOVERY.TARGET_GROUP).page,
    }),
});

type Wrong = Pick<Parameters, "group" | "region">;

function judge(estate: Estate, item: ReplicatedItem): Wrong | OpenQuestion | undefined {
    const kind = estate.replication.kindOf(item);
    switch (kind.state) {
        case "absent":
            return undefined;
        case "unknown":
            return (groupInSourceRegion(estate, item) ?? ownGroup(estate, item))
                ? { resource: item, property: kind.property }
                : undefined;
        case "known":
            return kind.value === "between regions" ? groupInSourceRegion(estate, item) : ownGroup(estate, item);
    }
}

function groupInSourceRegion(estate: Estate, item: ReplicatedItem): Wrong | OpenQuestion | undefined {
    const link = estate.resourceGroups.afterFailover(item);
    const source = estate.replication.sourceRegionOf(item);
    if (link.state === "undecided") {
        const suspects = link.candidates.filter(({ location }) => location.state !== "absent");
        return suspects.length > 0 ? { resource: item, property: link.property } : undefined;
    }
    if (link.state === "external" && link.isOpen === true && source.state !== "absent") {
        return { resource: item, property: item.targetGroup.property };
    }
    if (link.state !== "linked" || source.state === "absent") {
        return undefined;
    }
    const at = estate.regions.of(link.to);
    if (at.state === "unknown") {
        return { resource: link.to, property: at.property };
    }
    if (source.state === "unknown") {
        return { resource: item, property: source.property };
    }
    return valueOf(at) === source.value ? { group: displayName(link.to), region: source.value } : undefined;
}

function ownGroup(estate: Estate, item: ReplicatedItem): Wrong | OpenQuestion | undefined {
    const vm = estate.protectedVms.of(item);
    if (vm.state !== "linked") {
        return undefined;
    }
    const own = estate.resourceGroups.of(vm.to);
    const target = estate.resourceGroups.afterFailover(item);
    if (own.state === "linked" && target.state === "linked") {
        return own.to === target.to ? { group: displayName(own.to), region: undefined } : undefined;
    }
    if (own.state === "linked" && target.state === "undecided" && target.candidates.includes(own.to)) {
        return { resource: item, property: target.property };
    }
    return hasSameId(vm.to, item);
}

/** For a group outside of the stack. */
function hasSameId({ id }: VirtualMachine, item: ReplicatedItem): Wrong | undefined {
    const own = valueOf(id);
    const target = valueOf(targetOf(item.targetGroup).id);
    if (own?.subscription === undefined || own.resourceGroup === undefined || target === undefined) {
        return undefined;
    }
    return armKey(groupIn(own)) === armKey(target) ? { group: nameOf(target), region: undefined } : undefined;
}
