import { asSteps } from "../../src/advice/fix";
import { NO, unknownAnswer } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { REPLICATION_POLICIES } from "../../src/facts/replication-policies";
import { limitPolicy, numberOf } from "../limits";

interface Configuration {
    readonly maximumAppConsistentHours: number | undefined;
}

/** What is wrong with the interval; the last is this configuration's limit, the others are Azure's. */
type Fault =
    | { readonly is: "too short" }
    | { readonly is: "longer than the history"; readonly historyMinutes: number; readonly historyProperty: string }
    | { readonly is: "longer than demanded"; readonly demandedHours: number };

interface Interval {
    readonly property: string;
    /** 0 where there are none. */
    readonly minutes: number;
    readonly fault: Fault;
}

const { APP_CONSISTENT, APP_CONSISTENT_IN_HISTORY, HISTORY } = REPLICATION_POLICIES;
const { shortestMinutes, unsetMinutes } = APP_CONSISTENT.limit;

/** BCDR231: application-consistent recovery points more often than Azure can, or less often than they are of use (A2A-60). */
export const replicationPolicyAppConsistentInterval = limitPolicy<"replication policy", Interval, Configuration>({
    id: "BCDR231",
    name: "replication-policy-app-consistent-interval",
    level: "mandatory",
    severity: "high",
    summary: "A replication policy's app-consistent interval is outside the limits.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "recovery-points"],
    remediationSteps:
        "Set the interval or the history to a value that Azure, and the configuration of this policy, allow.",
    kind: "replication policy",
    appliesTo: ({ isAzureToAzure }) => isAzureToAzure,
    settings: {
        properties: {
            maximumAppConsistentHours: {
                type: "integer",
                minimum: 1,
                description:
                    "There must be an application-consistent recovery point at least once in this many hours; a policy that takes none (0, Azure's default) does not pass.",
            },
        },
        read: ({ maximumAppConsistentHours }) => ({ maximumAppConsistentHours: numberOf(maximumAppConsistentHours) }),
    },

    check: ({ policy, configuration: { maximumAppConsistentHours } }) => {
        const { value, property } = policy.appConsistentMinutes;
        if (value.state === "unknown") {
            return unknownAnswer(policy, value.property);
        }
        const history = policy.historyMinutes;
        const minutes = valueOf(value) ?? unsetMinutes;
        const historyMinutes = valueOf(withDefault(history.value, HISTORY.limit.unsetMinutes));
        const fault = faultOf(minutes, historyMinutes, history.property, maximumAppConsistentHours);
        if (fault !== undefined) {
            return { answer: "yes", items: [{ property, minutes, fault }] };
        }
        return minutes !== 0 && history.value.state === "unknown" ? unknownAnswer(policy, history.value.property) : NO;
    },

    message: ({ policy, found: [{ property, minutes, fault }] }): Message => ({
        headline: headline((name) => `Replication policy ${name} ${faultInWords(minutes, fault)}`, policy),
        why: why(fault),
        fix: {
            kind: "in order",
            intro: "To bring the policy within the limit:",
            steps: asSteps(steps(policy, property, minutes, fault)),
        },
        sources: [(fault.is === "longer than the history" ? APP_CONSISTENT_IN_HISTORY : APP_CONSISTENT).page],
    }),
});

function faultOf(
    minutes: number,
    historyMinutes: number | undefined,
    historyProperty: string,
    demandedHours: number | undefined,
): Fault | undefined {
    if (minutes !== 0 && minutes < shortestMinutes) {
        return { is: "too short" };
    }
    if (minutes !== 0 && historyMinutes !== undefined && minutes > historyMinutes) {
        return { is: "longer than the history", historyMinutes, historyProperty };
    }
    return demandedHours !== undefined && (minutes === 0 || minutes > demandedHours * 60)
        ? { is: "longer than demanded", demandedHours }
        : undefined;
}

function faultInWords(minutes: number, fault: Fault): string {
    switch (fault.is) {
        case "too short":
            return `asks for app-consistent recovery points every ${minutes} minutes; Azure allows 0 (none), or ${shortestMinutes} and more.`;
        case "longer than the history":
            return `takes app-consistent recovery points every ${minutes} minutes, but keeps them for ${fault.historyMinutes} only.`;
        case "longer than demanded":
            return minutes === 0
                ? `takes no app-consistent recovery points; this configuration asks for one every ${fault.demandedHours} hours.`
                : `takes app-consistent recovery points every ${minutes} minutes; this configuration asks for ${fault.demandedHours * 60} at most.`;
    }
}

function why(fault: Fault): string {
    switch (fault.is) {
        case "too short":
            return `Site Recovery takes an application-consistent recovery point at most once in ${shortestMinutes} minutes.`;
        case "longer than the history":
            return "The interval must not be longer than the history, or there are times at which no application-consistent recovery point is left.";
        case "longer than demanded":
            return `Azure takes it; the stricter limit is this configuration's, maximumAppConsistentHours: ${fault.demandedHours}.`;
    }
}

function steps(policy: string, property: string, minutes: number, fault: Fault): readonly string[] {
    switch (fault.is) {
        case "too short":
            return [`Set ${property} of "${policy}" to ${shortestMinutes} or more (minutes), or to 0 for none.`];
        case "longer than the history":
            return [
                fault.historyMinutes < shortestMinutes
                    ? `Set ${property} of "${policy}" to 0: it takes a history of ${shortestMinutes} minutes to have application-consistent recovery points.`
                    : `Set ${property} of "${policy}" to ${fault.historyMinutes} or less (minutes).`,
                ...(minutes > HISTORY.limit.maximumMinutes
                    ? []
                    : [
                          `Or keep recovery points for longer: set ${fault.historyProperty} to a value from ${minutes} to ${HISTORY.limit.maximumMinutes}.`,
                      ]),
            ];
        case "longer than demanded":
            return [
                `Set ${property} of "${policy}" to a value from ${shortestMinutes} to ${fault.demandedHours * 60} (minutes).`,
            ];
    }
}
