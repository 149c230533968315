import { roundOf } from "../../harness/phases";
import { ref } from "../../harness/program";
import { classicReplicationPolicy, replicationPolicy, withPolicy } from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";

const HISTORY = "properties.providerSpecificInput.recoveryPointHistory";
const THREE_DAYS = { "replication-policy-history": { minimumHistoryHours: 72 } };

const FIFTEEN_DAYS = withPolicy(replicationPolicy({ recoveryPointHistory: 21600 }));

export const cases = policyCases(__filename, {
    policyId: "BCDR230",
    example: withPolicy(replicationPolicy({ recoveryPointHistory: 43200 })),
    fixed: { program: FIFTEEN_DAYS },
    holds: [
        { name: "the latest recovery point alone", round: withPolicy(replicationPolicy({ recoveryPointHistory: 0 })) },
        { name: "no history said: Azure's default of a day", round: withPolicy(replicationPolicy({})) },
        {
            name: "another kind of replication",
            round: withPolicy(replicationPolicy({ instanceType: "InMageAzureV2", recoveryPointHistory: 43200 })),
        },
        {
            name: "a history that fits, whatever the kind of replication",
            round: withPolicy(replicationPolicy({ instanceType: ref("rg.id"), recoveryPointHistory: 1440 })),
        },
        {
            name: "in an exported state",
            round: () => roundOf(withPolicy(replicationPolicy({ recoveryPointHistory: 1440 })), "exported state"),
        },
    ],
    violated: [
        {
            name: "less than nothing",
            round: withPolicy(replicationPolicy({ recoveryPointHistory: -1 })),
            on: ["policy"],
        },
        {
            name: "Azure's default, where this configuration asks for more",
            round: withPolicy(replicationPolicy({})),
            configuration: THREE_DAYS,
            on: ["policy"],
        },
        {
            name: "the latest alone, where this configuration asks for a history",
            round: withPolicy(replicationPolicy({ recoveryPointHistory: 0 })),
            configuration: THREE_DAYS,
            on: ["policy"],
        },
        {
            name: "where this configuration asks for more than Azure has",
            round: withPolicy(replicationPolicy({})),
            configuration: { "replication-policy-history": { minimumHistoryHours: 500 } },
            on: ["policy"],
        },
    ],
    undecided: [
        {
            name: "a history that is not known",
            round: withPolicy(replicationPolicy({ recoveryPointHistory: ref("rg.id") })),
            waitsFor: `"policy": ${HISTORY}`,
        },
        {
            name: "a history that is not known, classic",
            round: withPolicy(classicReplicationPolicy(ref("rg.id"), 0)),
            waitsFor: '"policy": recoveryPointRetentionInMinutes',
        },
        {
            name: "a kind of replication that is not known",
            round: withPolicy(replicationPolicy({ instanceType: ref("rg.id"), recoveryPointHistory: 43200 })),
            waitsFor: '"policy": properties.providerSpecificInput.instanceType',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(withPolicy(replicationPolicy({ recoveryPointHistory: 43200 })), "exported state"),
            on: ["policy"],
        },
    ],
    limits: [
        {
            allowed: { name: "15 days", round: FIFTEEN_DAYS },
            refused: {
                name: "a minute more",
                round: withPolicy(replicationPolicy({ recoveryPointHistory: 21601 })),
                on: ["policy"],
            },
        },
        {
            allowed: { name: "15 days, classic", round: withPolicy(classicReplicationPolicy(21600, 0)) },
            refused: {
                name: "a minute more, classic",
                round: withPolicy(classicReplicationPolicy(21601, 0)),
                on: ["policy"],
            },
        },
        {
            allowed: {
                name: "what this configuration asks for",
                round: withPolicy(classicReplicationPolicy(4320, 0)),
                configuration: THREE_DAYS,
            },
            refused: {
                name: "a minute less",
                round: withPolicy(classicReplicationPolicy(4319, 0)),
                configuration: THREE_DAYS,
                on: ["policy"],
            },
        },
    ],
});
