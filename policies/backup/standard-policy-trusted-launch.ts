import type { BackupItem } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { intro } from "../../src/advice/backup";
import { enhancedPolicySteps } from "../../src/advice/backup-policy";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { all, type Answer, compare, withEvidence, YES } from "../../src/model/answers";
import { backedUpVmPolicy, isUnderStandardPolicy } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.TRUSTED_LAUNCH;

/**
 * BCDR306: a Trusted Launch VM under a Standard policy, through an API that does not take it (VMB-05). Later APIs
 * do, as long as the VM is not protected yet.
 */
export const standardPolicyTrustedLaunch = backedUpVmPolicy({
    id: "BCDR306",
    name: "standard-policy-trusted-launch",
    level: "mandatory",
    severity: "high",
    summary: "A Standard policy backs up a Trusted Launch VM.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm, item, estate }) =>
        withEvidence(
            all([
                compare(vm, vm.securityType, (type) => type.toLowerCase() === "trustedlaunch"),
                isUnderStandardPolicy(estate, item),
                takesNoStandardPolicy(item),
            ]),
            () => "Trusted Launch",
        ),

    message: ({ vm, item, provider }, { dryRun }): Message => ({
        headline: headline(
            (name) => `Trusted Launch VM ${name} is under a Standard backup policy, which this API version refuses.`,
            vm,
        ),
        why: `Trusted Launch takes an Enhanced policy. A Standard one works through the API of ${limit.standardPolicySince} or later only, and only for a VM that is not protected yet.`,
        fix: {
            kind: "in order",
            intro: intro(dryRun),
            steps: [
                ...enhancedPolicySteps(item, provider),
                {
                    do: `Or keep the Standard policy, for a VM that is not protected yet: make "${item}" with API version ${limit.standardPolicySince} or later (pulumi package add azure-native recoveryservices v${limit.standardPolicySince.replaceAll("-", "")}; in a template, its apiVersion).`,
                },
            ],
        },
        sources: [page],
    }),
});

/** Whether the item is asked for through an API that refuses it; one whose API nobody tells may be any. */
function takesNoStandardPolicy(item: BackupItem | undefined): Answer {
    return item === undefined ? YES : compare(item, item.apiVersion, (version) => version < limit.standardPolicySince);
}
