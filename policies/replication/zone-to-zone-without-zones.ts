import {
    all,
    any,
    type Answer,
    compareTwo,
    given,
    isTrue,
    NO,
    not,
    unknownAnswer,
    withEvidence,
    YES,
} from "../../src/model/answers";
import { isOneSubscription } from "../../src/model/ids/arm-id";
import { targetOf } from "../../src/model/planned-resource";
import { valueOf } from "../../src/model/values";
import type { AzureResource, ReplicatedItem, VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { inOrder, ways } from "../../src/advice/fix";
import { named } from "../../src/advice/re-protection";
import { enableAgain, MAY_NOT_REPLICATE, toAnotherRegion } from "../../src/advice/replication-support";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { isLimited, type ItemOfEstate, replicatedItemPolicy } from "./replicated-item";
import { betweenZones, vmProperty } from "./replicated-vm";

/** A VM in no zone, or one that is replicated into its own. */
interface WrongZone {
    /** The zone of both sides; undefined for a VM in none. */
    readonly zone: string | undefined;
    /** The region of both sides, where that is known. */
    readonly region: string | undefined;
    /** What has the wrong zone, and where. */
    readonly property: string;
    readonly isVmNew: boolean;
    readonly restsOn: readonly AzureResource[];
}

/** BCDR227: within a region, Site Recovery replicates from one availability zone to another (A2A-24). */
export const zoneToZoneWithoutZones = replicatedItemPolicy({
    id: "BCDR227",
    name: "zone-to-zone-without-zones",
    level: "mandatory",
    severity: "high",
    summary: "A VM replicated within its region is in no zone, or goes to its own.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Within a region, replicate a VM in an availability zone, to another zone. Or replicate to another region.",
    checkedByAzure: true,

    check: (of) => {
        const { item, vm, estate } = of;
        // The zone of a VM outside of the stack is not known.
        if (!isLimited(item) || vm?.urn === undefined) {
            return NO;
        }
        const isWithinRegion = all([
            betweenZones({ item, estate }),
            not(isTrue(item, item.toEdgeZone)),
            not(isTrue(vm, vm.inEdgeZone)),
        ]);
        return given(isWithinRegion, any([inNoZone(of, vm), intoOwnZone(of, vm)]));
    },

    message: ({ item, vm, found: [{ zone, region = "its region", property, isVmNew }] }, { dryRun }) => ({
        headline:
            zone === undefined
                ? headline(
                      (name, by) =>
                          `VM ${name} is in no availability zone, but replicated item ${by} replicates it within ${region}.`,
                      vm,
                      item.name,
                  )
                : headline(
                      (name, of) =>
                          `Replicated item ${name} replicates VM ${of} into zone ${zone}, where the VM already is.`,
                      item.name,
                      vm,
                  ),
        why:
            zone === undefined
                ? `Within a region, Site Recovery replicates only from one availability zone to another. ${MAY_NOT_REPLICATE}`
                : "A failover within one zone does not survive the loss of that zone, and Site Recovery does not support it.",
        fix:
            zone === undefined
                ? ways(
                      [
                          toAnotherRegion(item, vm),
                          isVmNew
                              ? { do: `Create "${vm}" in an availability zone.`, where: property }
                              : {
                                    do: "Move the VM into a zone: create a VM in a zone from copies of its disks, then replicate that VM.",
                                    where: property,
                                    note: "A VM cannot change its zone in place: changing the property makes Pulumi replace the VM.",
                                },
                      ],
                      dryRun,
                  )
                : inOrder(
                      [{ do: `Choose another zone in "${item.name}".`, where: property }, ...enableAgain([item])],
                      dryRun,
                  ),
        ...(zone === undefined
            ? {}
            : {
                  notes: [
                      "Zone numbers are per subscription: the same number may be another zone in another subscription.",
                  ],
              }),
        sources: [SITE_RECOVERY.ZONES.page],
    }),
});

function inNoZone(of: ItemOfEstate, vm: VirtualMachine): Answer<WrongZone> {
    const { zone } = vm;
    switch (zone.state) {
        case "absent":
            return withEvidence(YES, () => ({
                ...wrongZone(of, vm),
                zone: undefined,
                property: `${vmProperty(vm, "zone")} of "${named(vm).name}"`,
            }));
        case "unknown":
            return unknownAnswer(vm, zone.property, zone.decidedBy);
        case "known":
            return NO;
    }
}

/** A target in no zone is supported. */
function intoOwnZone(of: ItemOfEstate, vm: VirtualMachine): Answer<WrongZone> {
    const { item } = of;
    const isSameZone = compareTwo(vm, vm.zone, item, item.targetZone, (one, other) => one === other);
    return withEvidence(all([inSubscriptionOf(of, vm), isSameZone]), () => ({
        ...wrongZone(of, vm),
        zone: valueOf(item.targetZone),
        property: writtenAt(item, WORDS[item.provider].item.targetZone),
    }));
}

/** One number stands for one zone within a subscription only. */
function inSubscriptionOf({ item, estate }: ItemOfEstate, vm: VirtualMachine): Answer {
    const group = estate.resourceGroups.afterFailover(item);
    switch (group.state) {
        case "undecided":
            return unknownAnswer(item, group.property);
        case "linked":
            return isOneSubscription(group.to.subscription, vm.subscription) === "yes" ? YES : NO;
        case "external":
        case "none":
            return isOneOf(item, vm);
    }
}

function isOneOf({ targetGroup }: ReplicatedItem, { subscription }: VirtualMachine): Answer {
    const target = valueOf(targetOf(targetGroup).id);
    return target !== undefined && isOneSubscription(target, subscription) === "yes" ? YES : NO;
}

function wrongZone({ item, estate }: ItemOfEstate, vm: VirtualMachine): Omit<WrongZone, "zone" | "property"> {
    return {
        region: valueOf(estate.replication.targetRegionOf(item)),
        isVmNew: vm.lifetime === "new",
        restsOn: [vm, ...estate.replication.fabricsOf(item)],
    };
}
