import { type Answer, compareTwo, given, NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { AzureResource, RecoveryPlan } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import type { Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { inOrder } from "../../src/advice/fix";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { verdictsFrom } from "../verdicts";

interface Parameters {
    readonly plan: string;
    readonly region: string | undefined;
    /** The zone of both sides; undefined where one is missing. */
    readonly zone: string | undefined;
    readonly properties: string;
    readonly provider: Provider;
    readonly isNew: boolean;
}

/** BCDR234: a recovery plan fails over within a region, and does not say from which zone to which (A2A-67). */
export const recoveryPlanWithoutZones = stackPolicy<Parameters>({
    kinds: ["recovery plan"],
    id: "BCDR234",
    name: "recovery-plan-without-zones",
    level: "advisory",
    severity: "high",
    summary: "A recovery plan within one region does not name both zones.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Name the zone of the VMs and the zone to recover to in the recovery plan.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const plan of estate.recoveryPlans.all) {
            if (!plan.skipped) {
                yield* verdictsFrom(given(isWithinRegion(estate, plan), isWithoutZones(plan)), () => ({
                    subject: subjectOf(plan),
                    parameters: parametersOf(estate, plan),
                    restsOn: [plan, ...fabricsOf(estate, plan)],
                }));
            }
        }
    },

    message: ({ plan, region = "its region", zone, properties, provider, isNew }, { dryRun }) => ({
        headline: headline(
            (name) =>
                zone === undefined
                    ? `Recovery plan ${name} fails over within ${region}, but it does not name both zones.`
                    : `Recovery plan ${name} fails over within ${region}, and names zone ${zone} for both sides.`,
            plan,
        ),
        why: "Between zones, a recovery plan is for one pair of zones. Azure can refuse a plan without them, and then you fail over without it.",
        fix: inOrder(
            [
                {
                    do: `Name the zone of the VMs and the zone to recover to in "${plan}".`,
                    where: properties,
                    ...(isNew
                        ? {}
                        : {
                              note:
                                  provider === "azure-classic"
                                      ? "Changing them makes Pulumi replace the plan."
                                      : "If the update leaves the zones as they were, delete the plan and create it again.",
                          }),
                },
            ],
            dryRun,
        ),
        notes: [
            "No page of Microsoft's says this. It rests on the parameters of its PowerShell command for recovery plans.",
        ],
        sources: [SITE_RECOVERY.PLAN_ZONES.page],
    }),
});

function isWithinRegion({ regions }: Estate, plan: RecoveryPlan): Answer {
    const { sourceFabric, targetFabric } = plan;
    const isOne = regions.isOneFabric(sourceFabric, targetFabric);
    if (isOne === "yes") {
        return YES;
    }
    if (regions.areBothMeant(sourceFabric, targetFabric)) {
        return NO;
    }
    const [source, target] = [regions.ofFabric(sourceFabric), regions.ofFabric(targetFabric)];
    const isUntold = source.state !== "known" || target.state !== "known";
    return isUntold && isOne === "unknown" && sourceFabric.id.state !== "absent" && targetFabric.id.state !== "absent"
        ? unknownAnswer(plan, targetFabric.property)
        : compareTwo(plan, source, plan, target, (one, other) => one === other);
}

function isWithoutZones(plan: RecoveryPlan): Answer<true> {
    const { primaryZone, recoveryZone } = plan;
    return withEvidence(
        primaryZone.state === "absent" || recoveryZone.state === "absent"
            ? YES
            : compareTwo(plan, primaryZone, plan, recoveryZone, (one, other) => one === other),
        () => true,
    );
}

function fabricsOf({ regions }: Estate, plan: RecoveryPlan): readonly AzureResource[] {
    return regions.fabricsOf(plan);
}

function parametersOf(estate: Estate, plan: RecoveryPlan): Parameters {
    const { primaryZone, recoveryZone } = plan;
    const isBoth = primaryZone.state !== "absent" && recoveryZone.state !== "absent";
    return {
        plan: displayName(plan),
        region: valueOf(estate.regions.ofFabric(plan.sourceFabric)),
        zone: isBoth ? valueOf(primaryZone) : undefined,
        properties: WORDS[plan.provider].planZones.map((each) => writtenAt(plan, each)).join(", "),
        provider: plan.provider,
        isNew: plan.lifetime === "new",
    };
}
