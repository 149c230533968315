import { roundOf } from "../../harness/phases";
import { ref, type Content, type Program } from "../../harness/program";
import { classicReplicationPolicy, replicationPolicy, withPolicy } from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";

const TWICE_A_DAY = { "replication-policy-app-consistent-interval": { maximumAppConsistentHours: 12 } };

function every(appConsistentFrequencyInMinutes: Content, recoveryPointHistory: Content = 1440): Program {
    return withPolicy(replicationPolicy({ appConsistentFrequencyInMinutes, recoveryPointHistory }));
}

function classicEvery(minutes: Content, history: Content): Program {
    return withPolicy(classicReplicationPolicy(history, minutes));
}

export const cases = policyCases(__filename, {
    policyId: "BCDR231",
    example: every(15),
    fixed: { program: every(60) },
    shows: ["policy.properties.providerSpecificInput.recoveryPointHistory"],
    holds: [
        { name: "none", round: every(0) },
        { name: "none, and the latest recovery point alone", round: every(0, 0) },
        { name: "longer than the history, of which Azure says nothing", round: every(1500) },
        { name: "a history that is not known", round: every(240, ref("rg.id")) },
        { name: "nothing said: Azure's default is none", round: withPolicy(replicationPolicy({})) },
        { name: "none, whatever the history", round: every(0, ref("rg.id")) },
        {
            name: "another kind of replication",
            round: withPolicy(replicationPolicy({ instanceType: "InMage", appConsistentFrequencyInMinutes: 15 })),
        },
        { name: "in an exported state", round: () => roundOf(every(240), "exported state") },
    ],
    violated: [
        { name: "too often, whatever the history", round: every(15, ref("rg.id")), on: ["policy"] },
        {
            name: "of a classic policy that keeps the latest recovery point alone",
            round: classicEvery(60, 0),
            on: ["policy"],
        },
        { name: "more seldom than any history is long", round: classicEvery(30_000, 0), on: ["policy"] },
        { name: "none, where this configuration asks", round: every(0), configuration: TWICE_A_DAY, on: ["policy"] },
        {
            name: "nothing said, where this configuration asks",
            round: withPolicy(replicationPolicy({})),
            configuration: TWICE_A_DAY,
            on: ["policy"],
        },
    ],
    undecided: [
        {
            name: "an interval that is not known",
            round: every(ref("rg.id")),
            waitsFor: '"policy": properties.providerSpecificInput.appConsistentFrequencyInMinutes',
        },
        {
            name: "a history that is not known, classic",
            round: classicEvery(240, ref("rg.id")),
            waitsFor: '"policy": recoveryPointRetentionInMinutes',
        },
        {
            name: "an interval that is not known, classic",
            round: classicEvery(ref("rg.id"), 1440),
            waitsFor: '"policy": applicationConsistentSnapshotFrequencyInMinutes',
        },
    ],
    inPlace: [{ name: "in an exported state", round: () => roundOf(every(15), "exported state"), on: ["policy"] }],
    limits: [
        {
            allowed: { name: "every 60 minutes", round: every(60) },
            refused: { name: "every 59 minutes", round: every(59), on: ["policy"] },
        },
        {
            allowed: { name: "every 60 minutes, classic", round: classicEvery(60, 1440) },
            refused: {
                name: "every 59 minutes, classic",
                round: classicEvery(59, 1440),
                on: ["policy"],
            },
        },
        {
            allowed: { name: "as long as the history", round: classicEvery(120, 120) },
            refused: {
                name: "a minute longer than the history",
                round: classicEvery(121, 120),
                on: ["policy"],
            },
        },
        {
            allowed: { name: "what this configuration asks for", round: every(720), configuration: TWICE_A_DAY },
            refused: { name: "a minute more", round: every(721), configuration: TWICE_A_DAY, on: ["policy"] },
        },
    ],
});
