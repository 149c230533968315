import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { type Undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly vm: string;
    readonly interfaces: readonly string[];
}

/** BCDR215: a replicated VM in an application security group, which a failover does not keep (A2A-39). */
export const replicatedVmApplicationSecurityGroup = stackPolicy<Parameters>({
    id: "BCDR215",
    name: "replicated-vm-application-security-group",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM is in an application security group.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        for (const vm of estate.vms) {
            const replication = estate.replication(vm);
            if (vm.urn === undefined || vm.skipped || replication.answer === "no") {
                continue;
            }
            const network = estate.networkOf(vm);
            const open = network.openQuestions.map((openQuestion): Undecided => ({
                verdict: "undecided",
                openQuestion,
            }));
            const grouped: string[] = [];
            for (const networkInterface of network.interfaces) {
                const { addresses } = networkInterface;
                const inGroup = (valueOf(addresses) ?? []).map((each) =>
                    estate.network.inSecurityGroup(networkInterface, each),
                );
                const unknown = [addresses, ...inGroup].find(({ state }) => state === "unknown");
                if (inGroup.some((each) => valueOf(each) === true)) {
                    grouped.push(displayName(networkInterface));
                } else if (unknown?.state === "unknown") {
                    const openQuestion = { resource: networkInterface, property: unknown.property };
                    open.push({ verdict: "undecided", openQuestion });
                }
            }
            if (replication.answer === "unknown") {
                yield* grouped.length + open.length > 0 ? undecideds.of(replication) : [];
            } else if (grouped.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: { vm: estate.nameOf(vm), interfaces: grouped },
                    restsOn: replication.items,
                };
            } else {
                yield* open;
            }
        }
    },

    message: ({ vm, interfaces }): Message => ({
        headline: headline(
            (name) => `VM ${name} is replicated and in an application security group, which a failover loses.`,
            vm,
        ),
        why: "The VM that a failover makes is in no application security group, so network security rules that name the group do not reach it.",
        details: interfaces.map((name) => `Network interface "${name}"`),
        steps: {
            occasion: "To be ready for a failover:",
            list: [
                "Let a runbook or script of the recovery plan put the new network interface into a group of the other region.",
                "Or let the network security rules name addresses or subnets, which hold on both sides.",
                "Run a test failover and see whether the VM is reached, and by nobody else.",
            ],
        },
        source: READINESS.SECURITY_GROUPS.page,
    }),
});
