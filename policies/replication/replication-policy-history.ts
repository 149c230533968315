import { compare, withEvidence } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import type { Step } from "../../src/advice/fix";
import { NIST } from "../../src/facts/frameworks";
import { REPLICATION_POLICIES } from "../../src/facts/replication-policies";
import { limitPolicy, numberOf } from "../limits";
import { minutesInWords } from "./minutes-in-words";

interface Configuration {
    readonly minimumHistoryHours: number | undefined;
}

interface History {
    readonly property: string;
    readonly minutes: number;
    /** False where the program leaves it to Azure. */
    readonly isSet: boolean;
    /** The hours that the configuration requires; undefined where the value is outside Azure's limit. */
    readonly demandedHours: number | undefined;
}

const { limit, page } = REPLICATION_POLICIES.HISTORY;

/** BCDR230: recovery points are kept for longer than Azure can, or for less than the configuration requires (A2A-60). */
export const replicationPolicyHistory = limitPolicy<"replication policy", History, Configuration>({
    id: "BCDR230",
    name: "replication-policy-history",
    level: "mandatory",
    severity: "high",
    summary: "A replication policy keeps recovery points outside the limits.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "recovery-points"],
    remediationSteps: "Set the recovery point history to a value that Azure and your configuration allow.",
    kind: "replication policy",
    appliesTo: ({ isAzureToAzure }) => isAzureToAzure,
    settings: {
        properties: {
            minimumHistoryHours: {
                type: "integer",
                minimum: 1,
                description:
                    "Recovery points must be kept for at least this many hours. A policy that keeps only the latest one (0) does not pass. " +
                    `Azure keeps them for at most ${limit.maximumMinutes / 60} hours.`,
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

    isOwnDemand: ({ minutes }, { minimumHistoryHours = 0 }) => minutes < minimumHistoryHours * 60,

    message: ({ policy, found: [{ property, minutes, isSet, demandedHours }] }): Message => ({
        headline: headline(
            (name) =>
                `Replication policy ${name} keeps ` +
                (minutes === 0 ? "only the latest recovery point" : `recovery points for ${minutesInWords(minutes)}`) +
                (demandedHours === undefined
                    ? `, but Azure allows ${minutes < limit.minimumMinutes ? "no negative value" : `at most ${minutesInWords(limit.maximumMinutes)}`}.`
                    : `, but your configuration requires ${minutesInWords(demandedHours * 60)} of history.`),
            policy,
        ),
        why:
            demandedHours === undefined
                ? `Azure can refuse the policy. Site Recovery keeps recovery points of managed disks for at most ${minutesInWords(limit.maximumMinutes)}; with 0, it keeps only the latest.`
                : `Azure accepts this value, but you cannot go back ${minutesInWords(demandedHours * 60)} in a failover.`,
        ...(demandedHours === undefined
            ? {}
            : {
                  facts: [
                      `minimumHistoryHours in your configuration: ${demandedHours}`,
                      ...(isSet
                          ? []
                          : [`The policy sets no value. Azure's default is ${minutesInWords(limit.unsetMinutes)}.`]),
                  ],
              }),
        fix: {
            kind: "in order",
            intro: "To bring the policy within the limit:",
            steps: [step(policy, property, demandedHours)],
        },
        sources: [page],
    }),
});

function step(policy: string, property: string, demandedHours: number | undefined): Step {
    const least = demandedHours === undefined ? limit.minimumMinutes : demandedHours * 60;
    return least > limit.maximumMinutes
        ? {
              do: `Lower minimumHistoryHours in your configuration to at most ${limit.maximumMinutes / 60}. Azure keeps recovery points no longer.`,
          }
        : {
              do: `Set the recovery point history of "${policy}" to a value from ${least} to ${limit.maximumMinutes} minutes.`,
              where: property,
          };
}
