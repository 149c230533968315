import { displayName } from "../../src/model/ids/display-name";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { ways } from "../../src/advice/fix";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";

const { most } = SITE_RECOVERY.RECOVERY_PLAN.limit;

interface Parameters {
    readonly plan: string;
    readonly groups: number;
    readonly property: string;
}

/** BCDR223: a recovery plan starts VMs in more groups than Site Recovery supports (A2A-62). */
export const recoveryPlanTooManyGroups = stackPolicy<Parameters>({
    id: "BCDR223",
    name: "recovery-plan-too-many-groups",
    level: "mandatory",
    severity: "high",
    summary: "A recovery plan has too many groups.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Merge groups of the recovery plan, or split the plan in two.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const plan of estate.recoveryPlans.all) {
            const { bootGroups } = plan;
            if (bootGroups.state === "unknown" && !plan.skipped) {
                yield undecided(plan, bootGroups.property);
            } else if (bootGroups.state === "known" && bootGroups.value > most) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(plan),
                    parameters: {
                        plan: displayName(plan),
                        groups: bootGroups.value,
                        property: writtenAt(plan, WORDS[plan.provider].bootGroups),
                    },
                    restsOn: [plan],
                };
            }
        }
    },

    message: ({ plan, groups, property }, { dryRun }) => ({
        headline: headline(
            (name) => `Recovery plan ${name} has ${groups} groups, but Site Recovery supports ${most}.`,
            plan,
        ),
        why: "Azure can refuse the plan, and then you fail over without it.",
        facts: ["Only groups that start VMs count, not the groups for shutdown and failover."],
        fix: ways(
            [
                {
                    do: `Merge groups of "${plan}" until it has at most ${most}. VMs that need not wait for each other can start together.`,
                    where: property,
                },
                { do: "Split the plan in two. Start the second plan from a script in the last group of the first." },
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.RECOVERY_PLAN.page],
    }),
});
