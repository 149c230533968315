import { compare, withEvidence } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { REPLICATION_POLICIES } from "../../src/facts/replication-policies";
import { limitPolicy, numberOf } from "../limits";

interface Configuration {
    readonly minimumHistoryHours: number | undefined;
}

interface History {
    readonly property: string;
    readonly minutes: number;
    /** False where the program leaves it to Azure. */
    readonly isSet: boolean;
    /** The hours that this configuration asks for; undefined where it is Azure's limit that is broken. */
    readonly demandedHours: number | undefined;
}

const { limit, page } = REPLICATION_POLICIES.HISTORY;

/** BCDR230: recovery points are kept for longer than Azure can, or for less than this configuration asks (A2A-60). */
export const replicationPolicyHistory = limitPolicy<"replication policy", History, Configuration>({
    id: "BCDR230",
    name: "replication-policy-history",
    level: "mandatory",
    severity: "high",
    summary: "A replication policy keeps recovery points outside the limits.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "recovery-points"],
    remediationSteps:
        "Set the interval or the history to a value that Azure, and the configuration of this policy, allow.",
    kind: "replication policy",
    appliesTo: ({ isAzureToAzure }) => isAzureToAzure,
    settings: {
        properties: {
            minimumHistoryHours: {
                type: "integer",
                minimum: 1,
                description:
                    "Recovery points must be kept for at least this many hours; a policy that keeps the latest alone (0) does not pass. " +
                    `Azure keeps them for at most ${limit.maximumMinutes / 60}.`,
            },
        },
        read: ({ minimumHistoryHours }) => ({ minimumHistoryHours: numberOf(minimumHistoryHours) }),
    },

    check: ({ policy, configuration: { minimumHistoryHours } }) => {
        const { value, property } = policy.historyMinutes;
        const minutes = valueOf(value) ?? limit.unsetMinutes;
        const isOutsideAzures = minutes < limit.minimumMinutes || minutes > limit.maximumMinutes;
        return withEvidence(
            compare(
                policy,
                withDefault(value, limit.unsetMinutes),
                () => isOutsideAzures || minutes < (minimumHistoryHours ?? 0) * 60,
            ),
            () => ({
                property,
                minutes,
                isSet: value.state === "known",
                demandedHours: isOutsideAzures ? undefined : minimumHistoryHours,
            }),
        );
    },

    message: ({ policy, found: [{ property, minutes, isSet, demandedHours }] }): Message => ({
        headline: headline(
            (name) =>
                `Replication policy ${name} keeps recovery points for ${minutes} minutes; ` +
                (demandedHours === undefined
                    ? `Azure allows ${limit.minimumMinutes} to ${limit.maximumMinutes}.`
                    : `this configuration asks for at least ${demandedHours * 60}.`),
            policy,
        ),
        why:
            demandedHours === undefined
                ? `Site Recovery keeps recovery points of managed disks for at most ${limit.maximumMinutes / 1440} days; with 0 it keeps the latest alone.`
                : `Azure takes it; the stricter limit is this configuration's, minimumHistoryHours: ${demandedHours}.` +
                  (isSet
                      ? ""
                      : ` The policy does not say how long, and Azure's default is ${limit.unsetMinutes} minutes.`),
        fix: {
            kind: "in order",
            intro: "To bring the policy within the limit:",
            steps: [{ do: step(policy, property, demandedHours) }],
        },
        sources: [page],
    }),
});

function step(policy: string, property: string, demandedHours: number | undefined): string {
    const least = demandedHours === undefined ? limit.minimumMinutes : demandedHours * 60;
    return least > limit.maximumMinutes
        ? `Lower minimumHistoryHours in this configuration: Azure keeps recovery points for at most ${limit.maximumMinutes / 60} hours.`
        : `Set ${property} of "${policy}" to a value from ${least} to ${limit.maximumMinutes} (minutes).`;
}
