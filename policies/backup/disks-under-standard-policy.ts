import { asSteps } from "../../src/advice/fix";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { Message } from "../../src/findings/message";
import { diskInWords, leaveOutSteps, intro } from "../../src/advice/backup";
import { enhancedPolicySteps } from "../../src/advice/backup-policy";
import type { Page } from "../../src/facts/page";
import { type Answer, given } from "../../src/model/answers";
import { identityOf, type PolicyIdentity, type StackPolicy } from "../policy";
import { anyBackedUpDisk, backedUpVmPolicy, isUnderStandardPolicy } from "./backed-up-vm";

/** A policy about disks that a Standard policy does not take while an Enhanced one does. */
export function disksUnderStandardPolicy(
    about: PolicyIdentity & {
        readonly isConcerned: (disk: VmDisk) => Answer;
        readonly headline: (vm: string, policy: string | undefined) => string;
        readonly why: string;
        /** What has to be done before the policy changes. */
        readonly firstSteps: readonly string[];
        readonly page: Page;
    },
): StackPolicy {
    return backedUpVmPolicy({
        ...identityOf(about),

        check: (backedUpVm) =>
            given(
                isUnderStandardPolicy(backedUpVm.estate, backedUpVm.item),
                anyBackedUpDisk(backedUpVm, about.isConcerned, ({ attached }) => diskInWords(attached)),
            ),

        message: ({ vm, item, provider, policy, found: disks }, { dryRun }): Message => ({
            headline: about.headline(vm, policy),
            why: about.why,
            facts: disks.map(({ words }) => words),
            fix: {
                kind: "in order",
                intro: intro(dryRun),
                steps: [
                    ...asSteps(about.firstSteps),
                    ...enhancedPolicySteps(item, provider),
                    ...leaveOutSteps(item, provider, disks),
                ],
            },
            sources: [about.page],
        }),
    });
}
