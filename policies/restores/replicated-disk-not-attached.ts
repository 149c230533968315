import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { protectionOf } from "../../src/advice/known-from";
import { listed } from "../../src/advice/names";
import { isPlanned, type ReProtection, reProtectionOf, reProtectionSteps } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { mismatches } from "./mismatch";

interface Parameters {
    readonly vm: string;
    readonly gone: readonly string[];
    readonly osDiskIsUnlisted: boolean;
    readonly reProtection: ReProtection;
}

/** BCDR131: replication lists a disk that the VM certainly no longer has: it was swapped or removed. */
export const replicatedDiskNotAttached = stackPolicy<Parameters>({
    id: "BCDR131",
    name: "replicated-disk-not-attached",
    level: "mandatory",
    severity: "high",
    summary: "A replicated disk is no longer attached to its VM.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the VM, let a new replicated item list the disks that the VM has, and enable replication again.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const { vm, item, gone, unlistedOsDisk, openGone } of mismatches(estate)) {
            for (const openQuestion of openGone) {
                yield { verdict: "undecided", openQuestion };
            }
            if (item !== undefined && gone.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: {
                        vm: estate.names.of(vm),
                        gone,
                        osDiskIsUnlisted: unlistedOsDisk !== undefined,
                        reProtection: reProtectionOf(estate, vm, item, unlistedOsDisk ? [unlistedOsDisk] : [], gone),
                    },
                    restsOn: protectionOf(estate, vm, item),
                };
            }
        }
    },

    message: ({ vm, gone, osDiskIsUnlisted, reProtection }, { dryRun }): Message => ({
        headline: headline(
            (name, disk) =>
                `Replication of VM ${name} lists the disk ${disk}, which the VM ${isPlanned(reProtection, dryRun) ? "will not have" : "does not have"}.`,
            vm,
            listed(gone),
        ),
        why: osDiskIsUnlisted
            ? "The disk that the VM boots from is not listed, so it was swapped, as a restore in the portal does it. A failover would bring up the VM as it was before."
            : "A disk that was swapped or removed stays in the list, and replication of the VM as it is does not go on. Removing a disk from a replicated VM is not supported.",
        steps: reProtectionSteps(reProtection, dryRun),
        source: INTEROPERABILITY["2025-12-08"].page,
    }),
});
