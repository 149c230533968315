import { onlyPolicies } from "../../harness/catalogue";
import { Pack, type Configuration } from "../../harness/pack";
import { roundOf } from "../../harness/phases";
import type { Declaration } from "../../harness/program";
import { classicReplicationPolicy, replicationPolicy, withPolicy } from "../../harness/protection-policies";

const KEPT = (minimumHistoryHours: number): Configuration => ({
    "replication-policy-history": { minimumHistoryHours },
});
const EVERY = (maximumAppConsistentHours: number): Configuration => ({
    "replication-policy-app-consistent-interval": { maximumAppConsistentHours },
});

/** Beside what the pages of these policies show. */
const CASES: readonly (readonly [string, Declaration, Configuration])[] = [
    ["a history below what is asked, classic", classicReplicationPolicy(1440, 0), KEPT(72)],
    ["Azure's default below what is asked", replicationPolicy({}), KEPT(72)],
    ["more asked than Azure has", replicationPolicy({}), KEPT(500)],
    ["an interval that is too short", classicReplicationPolicy(1440, 15), {}],
    ["an interval longer than the history", classicReplicationPolicy(120, 240), {}],
    [
        "an interval longer than any history",
        replicationPolicy({ recoveryPointHistory: 0, appConsistentFrequencyInMinutes: 30000 }),
        {},
    ],
    ["none, where some are asked", replicationPolicy({}), EVERY(12)],
    ["too few", classicReplicationPolicy(1440, 1440), EVERY(12)],
];

test.each(CASES)("message: %s", async (_, policy, configuration) => {
    const pack = new Pack(onlyPolicies((id) => id === "BCDR230" || id === "BCDR231"));
    const violations = await pack.analyze(roundOf(withPolicy(policy), "first preview"), configuration);
    expect(violations.map(({ message }) => message).join("\n\n")).toMatchSnapshot();
});
