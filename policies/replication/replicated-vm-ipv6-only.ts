import { all, type Answer, compare, firstQuestion, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { type Value, valueOf, withDefault } from "../../src/model/values";
import type { AzureResource } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { backUpInstead, MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { replicatedVmPolicy } from "./replicated-vm";

/** BCDR214: no network interface of a replicated VM has an IPv4 address (A2A-34). */
export const replicatedVmIpv6Only = replicatedVmPolicy({
    id: "BCDR214",
    name: "replicated-vm-ipv6-only",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has IPv6 addresses only.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Add an IPv4 address, or protect the VM with Azure Backup.",

    check: ({ vm, estate }) => {
        const { interfaces, isComplete, openQuestions } = estate.network.of(vm);
        let isSeen = false;
        const answers: Answer[] = [{ answer: "unknown", openQuestions }];
        for (const each of interfaces) {
            if (each.addresses.state === "unknown") {
                answers.push(unknownAnswer(each, each.addresses.property));
            }
            for (const { version } of valueOf(each.addresses) ?? []) {
                isSeen = true;
                answers.push(isIpv6(each, version));
            }
        }
        const areIpv6 = firstQuestion(all(answers));
        return areIpv6.answer !== "yes" || (isSeen && isComplete)
            ? withEvidence(areIpv6, () => ({ property: WORDS[vm.provider].addressVersion, restsOn: interfaces }))
            : NO;
    },

    message: ({ vm, item, found: [{ property }] }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} has only IPv6 addresses, but Site Recovery needs IPv4.`,
            vm,
        ),
        why: `Site Recovery replicates VMs that have an IPv4 address, with or without IPv6. ${MAY_NOT_REPLICATE}`,
        fix: ways(
            [
                {
                    do: `Add an IPv4 configuration to a network interface of "${vm}".`,
                    where: property,
                    note: "The target subnet needs a free IPv4 address, too.",
                },
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.ONLY_IPV6.page],
    }),
});

/** Left out, it means IPv4. */
function isIpv6(of: AzureResource, version: Value<string>): Answer {
    return compare(of, withDefault(version, "IPv4"), (text) => text.toLowerCase() === "ipv6");
}
