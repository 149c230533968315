import { ways } from "../../src/advice/fix";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { Message } from "../../src/findings/message";
import { diskInWords, leaveOutSteps } from "../../src/advice/backup";
import { assignEnhanced } from "../../src/advice/backup-policy";
import type { Page } from "../../src/facts/page";
import { type Answer, given } from "../../src/model/answers";
import { identityOf, type PolicyIdentity, type StackPolicy } from "../policy";
import { anyBackedUpDisk, backedUpVmPolicy, isUnderStandardPolicy } from "./backed-up-vm";

/** A policy about disks that a Standard policy does not support while an Enhanced one does. */
export function disksUnderStandardPolicy(
    about: PolicyIdentity & {
        readonly isConcerned: (disk: VmDisk) => Answer;
        readonly headline: (vm: string, policy: string | undefined) => string;
        readonly why: string;
        /** What to know before the policy changes. */
        readonly beforehand?: string;
        readonly page: Page;
    },
): StackPolicy {
    return backedUpVmPolicy({
        ...identityOf(about),

        check: (backedUpVm) =>
            given(
                isUnderStandardPolicy(backedUpVm.estate, backedUpVm.item),
                anyBackedUpDisk(backedUpVm, about.isConcerned, ({ attached }) => ({
                    ...diskInWords(attached),
                    restsOn: backedUpVm.estate.disks.resourcesOf(attached),
                })),
            ),

        message: ({ vm, item, provider, policy, found: disks }, { dryRun }): Message => ({
            headline: about.headline(vm, policy),
            why: about.why,
            facts: disks.map(({ words }) => words),
            fix: ways(
                [assignEnhanced(item, provider, about.beforehand), ...leaveOutSteps(item, provider, disks)],
                dryRun,
            ),
            sources: [about.page],
        }),
    });
}
