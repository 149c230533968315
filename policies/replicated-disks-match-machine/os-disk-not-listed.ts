import type { Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { subjectOf } from "../../findings/subject";
import { protectionOf } from "../../guidance/known-from";
import { INTEROPERABILITY } from "../../guidance/interoperability";
import { reProtectionOf, reProtectionSteps, type ReProtection } from "../../guidance/re-protection";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";
import { mismatches } from "./mismatch";

interface Parameters {
    readonly machine: string;
    readonly reProtection: ReProtection;
}

/** BCDR132: replication certainly does not list the OS disk. BCDR131 tells it along where a listed disk is gone. */
export const osDiskNotListed: Rule<StackSubject, unknown, Parameters> = {
    id: "BCDR132",
    finds: "a replicated machine whose OS disk replication does not list",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const { machine, item, gone, unlistedOsDisk, openOsDisk } of mismatches(estate)) {
            for (const openQuestion of openOsDisk) {
                yield { verdict: "undecided", openQuestion };
            }
            if (item !== undefined && unlistedOsDisk !== undefined && gone.length === 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(machine, machine),
                    parameters: {
                        machine: estate.nameOf(machine),
                        reProtection: reProtectionOf(estate, machine, item, [unlistedOsDisk]),
                    },
                    restsOn: protectionOf(estate, machine, item),
                };
            }
        }
    },

    tell: ({ machine, reProtection }, { dryRun }): Message => ({
        headline: headline(
            (name) => `Replication of machine ${name} does not list the OS disk of the machine.`,
            machine,
        ),
        why: "A machine cannot fail over without the disk that it boots from. Site Recovery knows disks by their ids, and the one of the OS disk is not among them.",
        steps: reProtectionSteps(reProtection, dryRun),
        source: INTEROPERABILITY["2025-12-08"].page,
    }),
};
