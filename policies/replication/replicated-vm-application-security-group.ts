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
    kinds: ["replicated item"],
    id: "BCDR215",
    name: "replicated-vm-application-security-group",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM is in an application security group.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps:
        "Use addresses or subnets in the network security rules, or add the group in a recovery plan script and exempt the VM.",

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
            (name) => `A failover removes replicated VM ${name} from its application security group.`,
            vm,
        ),
        why: "Site Recovery creates the VM in no application security group. Network security rules that name the group then do not apply to it.",
        facts: interfaces.map((name) => `Network interface "${name}"`),
        fix: {
            kind: "one of",
            intro: "To prepare for a failover, do one of these:",
            steps: [
                {
                    do: "In the network security rules, use addresses or subnets that are valid on both sides. Then take the network interface out of the group.",
                },
                {
                    do: "Add a runbook or script to the recovery plan. Have it put the new network interface into a group of the target region.",
                    note: "This policy does not see the script: exempt the VM from it.",
                },
            ],
        },
        notes: ["Then run a test failover. Check that allowed clients reach the VM and that nobody else does."],
        sources: [READINESS.SECURITY_GROUPS.page],
    }),
});

function isInGroup(estate: Estate, of: NetworkInterface): Answer {
    const { addresses } = of;
    return addresses.state === "unknown"
        ? unknownAnswer(of, addresses.property)
        : any((valueOf(addresses) ?? []).map((each) => isTrue(of, estate.network.inSecurityGroup(of, each))));
}
