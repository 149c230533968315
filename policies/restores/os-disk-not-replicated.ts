import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { protectionOf } from "../../src/advice/known-from";
import { type ReProtection, reProtectionOf, reProtectionSteps } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { mismatches } from "./mismatch";

interface Parameters {
    readonly vm: string;
    readonly reProtection: ReProtection;
}

/** BCDR132: replication certainly does not list the OS disk. BCDR131 tells it along where a listed disk is gone. */
export const osDiskNotReplicated = stackPolicy<Parameters>({
    id: "BCDR132",
    name: "os-disk-not-replicated",
    level: "mandatory",
    severity: "high",
    summary: "The OS disk of a replicated VM is not replicated.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, let a new replicated item list the disks that the VM has, and enable replication again.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const { vm, item, gone, unlistedOsDisk, openOsDisk } of mismatches(estate)) {
            for (const openQuestion of openOsDisk) {
                yield { verdict: "undecided", openQuestion };
            }
            if (item !== undefined && unlistedOsDisk !== undefined && gone.length === 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: {
                        vm: estate.names.of(vm),
                        reProtection: reProtectionOf(estate, vm, item, [unlistedOsDisk]),
                    },
                    restsOn: protectionOf(estate, vm, item),
                };
            }
        }
    },

    message: ({ vm, reProtection }, { dryRun }): Message => ({
        headline: headline((name) => `Replication of VM ${name} does not list the OS disk of the VM.`, vm),
        why: "A VM cannot fail over without the disk that it boots from. Site Recovery knows disks by their ids, and the one of the OS disk is not among them.",
        steps: reProtectionSteps(reProtection, dryRun),
        source: INTEROPERABILITY["2025-12-08"].page,
    }),
});
