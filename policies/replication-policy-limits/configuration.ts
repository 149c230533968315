import { REPLICATION_POLICIES } from "../../support/replication-policies";
import { numberOf } from "../limits";
import type { Settings } from "../policy";

export interface ReplicationPolicyLimits {
    readonly minimumHistoryHours: number | undefined;
    readonly maximumAppConsistentHours: number | undefined;
}

export const replicationPolicySettings: Settings<ReplicationPolicyLimits> = {
    properties: {
        minimumHistoryHours: {
            type: "integer",
            minimum: 1,
            description:
                "Recovery points must be kept for at least this many hours; a policy that keeps the latest alone (0) does not pass. " +
                `Azure keeps them for at most ${REPLICATION_POLICIES.HISTORY.limit.maximumMinutes / 60}.`,
        },
        maximumAppConsistentHours: {
            type: "integer",
            minimum: 1,
            description:
                "There must be an application-consistent recovery point at least once in this many hours; a policy that takes none (0, Azure's default) does not pass.",
        },
    },
    read: ({ minimumHistoryHours, maximumAppConsistentHours }) => ({
        minimumHistoryHours: numberOf(minimumHistoryHours),
        maximumAppConsistentHours: numberOf(maximumAppConsistentHours),
    }),
};
