import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
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
    remediationSteps: "Each finding says what to change.",

    *look(vm, estate) {
        const { interfaces, isComplete, openQuestions } = estate.networkOf(vm);
        const addresses = interfaces.flatMap((each) =>
            each.addresses.state === "known" ? each.addresses.value.map(({ version }) => ({ each, version })) : [],
        );
        // Left out, it means IPv4.
        const isIpv6 = (text: string): boolean => text.toLowerCase() === "ipv6";
        if (
            addresses.some(
                ({ version }) => version.state === "absent" || (version.state === "known" && !isIpv6(version.value)),
            )
        ) {
            return;
        }
        const open = [
            ...openQuestions,
            ...interfaces.flatMap((each) =>
                each.addresses.state === "unknown" ? [{ resource: each, property: each.addresses.property }] : [],
            ),
            ...addresses.flatMap(({ each, version }) =>
                version.state === "unknown" ? [{ resource: each, property: version.property }] : [],
            ),
        ];
        const [question] = open;
        if (question !== undefined) {
            yield { sees: "question", disk: undefined, question };
        } else if (isComplete && addresses.length > 0) {
            yield {
                sees: "violation",
                disk: undefined,
                value: "IPv6",
                property: WORDS[vm.provider].addressVersion,
            };
        }
    },

    message: ({ vm, item, found }, { dryRun }) => ({
        headline: headline((name) => `The replicated VM ${name} only has IPv6 addresses.`, vm),
        why: "Site Recovery replicates VMs with IPv4 addresses, alone or beside IPv6 ones.",
        steps: ways(
            [
                `Give a network interface of "${vm}" an IP configuration with ${found[0]?.property ?? ""} IPv4. The target subnet needs a free IPv4 address, too.`,
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.ONLY_IPV6.page,
    }),
});
