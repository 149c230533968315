import { roundOf } from "../../harness/phases";
import { ref, type Content, type Program } from "../../harness/program";
import { backupPolicy, classicBackupPolicy, withPolicy } from "../../harness/protection-policies";
import { policyCases } from "../../harness/policy-cases";
import { CRASH_CONSISTENT, SAYS_ENHANCED } from "./programs";

function native(policyType: Content, snapshotConsistencyType: Content = "OnlyCrashConsistent"): Program {
    return withPolicy(backupPolicy({ policyType, snapshotConsistencyType }));
}

function classic(policyType: Content): Program {
    return withPolicy(classicBackupPolicy({ policyType, consistencyType: "OnlyCrashConsistent" }));
}

export const cases = policyCases(__filename, {
    policyId: "BCDR333",
    example: native("V1"),
    fixed: { program: withPolicy(CRASH_CONSISTENT), says: SAYS_ENHANCED },
    shows: ["policy.properties.snapshotConsistencyType"],
    holds: [
        { name: "Standard, nothing said", round: withPolicy(backupPolicy()) },
        { name: "Enhanced, not known whether it is asked", round: native("V2", ref("rg.id")) },
        { name: "not known of what type, nothing said", round: withPolicy(backupPolicy({ policyType: ref("rg.id") })) },
        { name: "in an exported state", round: () => roundOf(native("V2"), "exported state") },
    ],
    violated: [
        {
            name: "no type said",
            round: withPolicy(backupPolicy({ snapshotConsistencyType: "OnlyCrashConsistent" })),
            on: ["policy"],
        },
        {
            name: "no type said, classic",
            round: withPolicy(classicBackupPolicy({ consistencyType: "OnlyCrashConsistent" })),
            on: ["policy"],
        },
    ],
    undecided: [
        {
            name: "a type that is not known",
            round: native(ref("rg.id")),
            waitsFor: '"policy": properties.policyType',
        },
        {
            name: "not known whether it is asked",
            round: native("V1", ref("rg.id")),
            waitsFor: '"policy": properties.snapshotConsistencyType',
        },
        { name: "a type that is not known, classic", round: classic(ref("rg.id")), waitsFor: '"policy": policyType' },
    ],
    inPlace: [{ name: "in an exported state", round: () => roundOf(native("V1"), "exported state"), on: ["policy"] }],
    limits: [
        {
            allowed: { name: "Enhanced", round: native("V2") },
            refused: { name: "Standard", round: native("V1"), on: ["policy"] },
        },
        {
            allowed: { name: "Enhanced, classic", round: classic("V2") },
            refused: { name: "Standard, classic", round: classic("V1"), on: ["policy"] },
        },
    ],
});
