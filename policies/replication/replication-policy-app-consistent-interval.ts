import { NO, unknownAnswer } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import type { Fix, Step } from "../../src/advice/fix";
import { NIST } from "../../src/facts/frameworks";
import { REPLICATION_POLICIES } from "../../src/facts/replication-policies";
import { limitPolicy, numberOf } from "../limits";
import { minutesInWords } from "./minutes-in-words";

interface Configuration {
    readonly maximumAppConsistentHours: number | undefined;
}

/** What is wrong with the interval; the last is a limit of the configuration, the others are Azure's. */
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
        "Set the app-consistent interval or the recovery point history to a value that Azure and your configuration allow.",
    kind: "replication policy",
    appliesTo: ({ isAzureToAzure }) => isAzureToAzure,
    settings: {
        properties: {
            maximumAppConsistentHours: {
                type: "integer",
                minimum: 1,
                description:
                    "There must be an application-consistent recovery point at least once in this many hours. A policy that takes none (0, Azure's default) does not pass.",
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
        // Only the classic provider is known to refuse an interval that is longer than the history.
        const isClassic = policy.provider === "azure-classic";
        const historyMinutes = isClassic ? valueOf(withDefault(history.value, HISTORY.limit.unsetMinutes)) : undefined;
        const fault = faultOf(minutes, historyMinutes, history.property, maximumAppConsistentHours);
        if (fault !== undefined) {
            return { answer: "yes", items: [{ property, minutes, fault }] };
        }
        return isClassic && minutes !== 0 && history.value.state === "unknown"
            ? unknownAnswer(policy, history.value.property)
            : NO;
    },

    isOwnDemand: ({ minutes }, { maximumAppConsistentHours }) => isLonger(minutes, maximumAppConsistentHours),

    message: ({ policy, found: [{ property, minutes, fault }] }): Message => ({
        headline: headline((name) => `Replication policy ${name} ${faultInWords(minutes, fault)}`, policy),
        why: why(fault),
        ...(fault.is === "longer than demanded"
            ? { facts: [`maximumAppConsistentHours in your configuration: ${fault.demandedHours}`] }
            : {}),
        fix: fix(policy, property, minutes, fault),
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
    return demandedHours !== undefined && isLonger(minutes, demandedHours)
        ? { is: "longer than demanded", demandedHours }
        : undefined;
}

/** No interval at all is the longest. */
function isLonger(minutes: number, demandedHours: number | undefined): boolean {
    return demandedHours !== undefined && (minutes === 0 || minutes > demandedHours * 60);
}

function faultInWords(minutes: number, fault: Fault): string {
    const every = minutesInWords(minutes).replace(/^1 /, "");
    switch (fault.is) {
        case "too short":
            return `takes app-consistent recovery points every ${every}, but Azure allows ${minutesInWords(shortestMinutes)} or more.`;
        case "longer than the history":
            return fault.historyMinutes === 0
                ? `takes app-consistent recovery points every ${every}, but keeps only the latest recovery point.`
                : `takes app-consistent recovery points every ${every}, but keeps them for ${minutesInWords(fault.historyMinutes)}.`;
        case "longer than demanded":
            return minutes === 0
                ? `takes no app-consistent recovery points, but your configuration requires one every ${minutesInWords(fault.demandedHours * 60)}.`
                : `takes app-consistent recovery points every ${every}, but your configuration requires ${minutesInWords(fault.demandedHours * 60)} or less.`;
    }
}

function why(fault: Fault): string {
    switch (fault.is) {
        case "too short":
            return `Azure can refuse the policy. Site Recovery takes an app-consistent recovery point at most once every ${shortestMinutes} minutes.`;
        case "longer than the history":
            return "The classic provider refuses the policy. Recovery points would be deleted before the next app-consistent one is taken.";
        case "longer than demanded":
            return "Azure accepts this value. Without an app-consistent recovery point, a failover starts applications as after a crash.";
    }
}

function fix(policy: string, property: string, minutes: number, fault: Fault): Fix {
    const steps = stepsFor(policy, property, minutes, fault);
    return {
        kind: steps.length === 1 ? "in order" : "one of",
        intro: `To bring the policy within the limit${steps.length === 1 ? ":" : ", do one of these:"}`,
        steps,
    };
}

function stepsFor(policy: string, property: string, minutes: number, fault: Fault): readonly Step[] {
    const set = (value: string): Step => ({
        do: `Set the app-consistent interval of "${policy}" to ${value}.`,
        where: property,
    });
    switch (fault.is) {
        case "too short":
            return [set(`${shortestMinutes} minutes or more, or to 0 for none`)];
        case "longer than the history":
            return [
                fault.historyMinutes < shortestMinutes
                    ? {
                          ...set("0 to turn these recovery points off"),
                          note: `They need a history of at least ${shortestMinutes} minutes.`,
                      }
                    : set(`${fault.historyMinutes} minutes or less`),
                ...(minutes > HISTORY.limit.maximumMinutes
                    ? []
                    : [
                          {
                              do: `Set the recovery point history of "${policy}" to a value from ${minutes} to ${HISTORY.limit.maximumMinutes} minutes.`,
                              where: fault.historyProperty,
                          },
                      ]),
            ];
        case "longer than demanded":
            return [set(`a value from ${shortestMinutes} to ${fault.demandedHours * 60} minutes`)];
    }
}
