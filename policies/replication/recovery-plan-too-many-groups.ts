import type { Value } from "../../src/model/values";
import { displayName } from "../../src/model/ids/display-name";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { ways } from "../../src/advice/fix";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";

const GROUPS = SITE_RECOVERY.RECOVERY_PLAN;
const VMS = SITE_RECOVERY.RECOVERY_PLAN_SIZE;

interface Parameters {
    readonly plan: string;
    /** How many of them there are, where they are too many. */
    readonly groups: number | undefined;
    readonly vms: number | undefined;
    readonly property: string;
}

/** BCDR223: a recovery plan has more groups (A2A-62) or more VMs (A2A-73) than Site Recovery supports. */
export const recoveryPlanTooManyGroups = stackPolicy<Parameters>({
    kinds: ["recovery plan"],
    id: "BCDR223",
    name: "recovery-plan-too-many-groups",
    level: "mandatory",
    severity: "high",
    summary: "A recovery plan has too many groups or VMs.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Merge groups of the recovery plan, or split the plan in two.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const plan of estate.recoveryPlans.all) {
            const groups = beyond(plan.bootGroups, GROUPS.limit.most);
            const vms = beyond(plan.instances, VMS.limit.most);
            const open = [plan.bootGroups, plan.instances].find(({ state }) => state === "unknown");
            if (groups !== undefined || vms !== undefined) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(plan),
                    parameters: {
                        plan: displayName(plan),
                        groups,
                        vms,
                        property: writtenAt(plan, WORDS[plan.provider].bootGroups),
                    },
                    restsOn: [plan],
                };
            } else if (open?.state === "unknown" && !plan.skipped) {
                yield undecided(plan, open.property);
            }
        }
    },

    message: ({ plan, groups, vms, property }, { dryRun }) => {
        const tooMany = [
            ...(groups === undefined ? [] : [{ has: `${groups} groups`, ...GROUPS }]),
            ...(vms === undefined ? [] : [{ has: `${vms} VMs`, ...VMS }]),
        ];
        return {
            headline: headline(
                (name) =>
                    `Recovery plan ${name} has ${tooMany.map(({ has }) => has).join(" and ")}, but Site Recovery supports ${tooMany.map(({ limit }) => limit.most).join(" and ")}.`,
                plan,
            ),
            why: "Azure can refuse the plan, and then you fail over without it.",
            ...(groups === undefined
                ? {}
                : { facts: ["Only groups that start VMs count, not the groups for shutdown and failover."] }),
            fix: ways(
                [
                    ...(groups === undefined || vms !== undefined
                        ? []
                        : [
                              {
                                  do: `Merge groups of "${plan}" until it has at most ${GROUPS.limit.most}. VMs that need not wait for each other can start together.`,
                                  where: property,
                              },
                          ]),
                    {
                        do: "Split the plan in two. Start the second plan from a script in the last group of the first.",
                        ...(vms === undefined ? {} : { where: property }),
                    },
                ],
                dryRun,
            ),
            sources: tooMany.map(({ page }) => page),
        };
    },
});

function beyond(count: Value<number>, most: number): number | undefined {
    return count.state === "known" && count.value > most ? count.value : undefined;
}
