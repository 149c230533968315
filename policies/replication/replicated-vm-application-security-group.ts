import { any, type Answer, firstQuestion, isTrue, unknownAnswer, withEvidence } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import type { NetworkInterface } from "../../src/model/resources";
import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { protectedVmPolicy } from "../protected-vm";

/** BCDR215: a replicated VM in an application security group, which a failover does not keep (A2A-39). */
export const replicatedVmApplicationSecurityGroup = protectedVmPolicy({
    id: "BCDR215",
    name: "replicated-vm-application-security-group",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM is in an application security group.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    protection: (vm, estate) => estate.replication.of(vm),

    check: ({ vm, estate }) => {
        const { interfaces, openQuestions } = estate.network.of(vm);
        return any([
            { answer: "unknown", openQuestions },
            ...interfaces.map((each) => withEvidence(firstQuestion(isInGroup(estate, each)), () => displayName(each))),
        ]);
    },

    message: ({ vm, found: interfaces }): Message => ({
        headline: headline(
            (name) => `VM ${name} is replicated and in an application security group, which a failover loses.`,
            vm,
        ),
        why: "The VM that a failover makes is in no application security group, so network security rules that name the group do not reach it.",
        facts: interfaces.map((name) => `Network interface "${name}"`),
        fix: {
            kind: "in order",
            intro: "To be ready for a failover:",
            steps: [
                {
                    do: "Let a runbook or script of the recovery plan put the new network interface into a group of the other region.",
                },
                { do: "Or let the network security rules name addresses or subnets, which hold on both sides." },
                { do: "Run a test failover and see whether the VM is reached, and by nobody else." },
            ],
        },
        sources: [READINESS.SECURITY_GROUPS.page],
    }),
});

function isInGroup(estate: Estate, of: NetworkInterface): Answer {
    const { addresses } = of;
    return addresses.state === "unknown"
        ? unknownAnswer(of, addresses.property)
        : any((valueOf(addresses) ?? []).map((each) => isTrue(of, estate.network.inSecurityGroup(of, each))));
}
