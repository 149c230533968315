import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { Message } from "../../src/findings/message";
import { type DiskInWords, diskInWords, leaveOutSteps, occasion } from "../../src/advice/backup";
import { enhancedPolicySteps } from "../../src/advice/backup-policy";
import type { Page } from "../../src/facts/page";
import type { Answer } from "../../src/model/answers";
import { identityOf, type PolicyIdentity, type StackPolicy } from "../policy";
import { backedUpVmPolicy, diskCandidates, isUnderStandardPolicy } from "./backed-up-vm";

interface Parameters {
    /** Undefined where its name is not known. */
    readonly policy: string | undefined;
    readonly disks: readonly DiskInWords[];
}

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
    return backedUpVmPolicy<VmDisk, Parameters>({
        ...identityOf(about),

        look: (estate, vm, item) =>
            diskCandidates(estate, vm, item, about.isConcerned, () => isUnderStandardPolicy(estate, item)),

        parameters: ({ item, facts }, estate) => ({
            policy: estate.policyFollowedBy(item).name,
            disks: facts.map(({ attached }) => diskInWords(attached)),
        }),

        message: ({ vm, item, provider, policy, disks }, { dryRun }): Message => ({
            headline: about.headline(vm, policy),
            why: about.why,
            details: disks.map(({ words }) => words),
            steps: {
                occasion: occasion(dryRun),
                list: [
                    ...about.firstSteps,
                    ...enhancedPolicySteps(item, provider),
                    ...leaveOutSteps(item, provider, disks),
                ],
            },
            source: about.page,
        }),
    });
}
