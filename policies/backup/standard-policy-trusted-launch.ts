import type { BackupItem } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { assignEnhanced } from "../../src/advice/backup-policy";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { all, type Answer, compare, withEvidence, YES } from "../../src/model/answers";
import { backedUpVmPolicy, isUnderStandardPolicy } from "./backed-up-vm";

const { limit, page } = VM_BACKUP.TRUSTED_LAUNCH;

/**
 * BCDR306: a Trusted Launch VM under a Standard policy, through an API version that refuses it (VMB-05). Later ones
 * accept it, as long as the VM is not protected yet.
 */
export const standardPolicyTrustedLaunch = backedUpVmPolicy({
    id: "BCDR306",
    name: "standard-policy-trusted-launch",
    level: "mandatory",
    severity: "high",
    summary: "A Standard policy backs up a Trusted Launch VM.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use an Enhanced policy, or a newer API version for a VM that is not protected yet.",

    check: ({ vm, item, estate }) =>
        withEvidence(
            all([
                compare(vm, vm.securityType, (type) => type.toLowerCase() === "trustedlaunch"),
                isUnderStandardPolicy(estate, item),
                refusesStandardPolicy(item),
            ]),
            () => "Trusted Launch",
        ),

    message: ({ vm, item, provider }, { dryRun }): Message => ({
        headline: headline(
            (name) => `Trusted Launch VM ${name} has a Standard backup policy, which this API version refuses.`,
            vm,
        ),
        why: `Azure refuses the backup of the VM. A Standard policy needs API version ${limit.standardPolicySince} or later, and a VM that is not protected yet.`,
        fix: ways(
            [
                assignEnhanced(item, provider),
                {
                    do: `If the VM is not protected yet, keep the Standard policy, and create "${item}" with API version ${limit.standardPolicySince} or later:`,
                    commands: [
                        `pulumi package add azure-native recoveryservices v${limit.standardPolicySince.replaceAll("-", "")}`,
                    ],
                    note: "In a template, set apiVersion instead.",
                },
            ],
            dryRun,
        ),
        sources: [page],
    }),
});

/** Whether the item is created through an API version that refuses it; an item whose API version is not known may use any. */
function refusesStandardPolicy(item: BackupItem | undefined): Answer {
    return item === undefined ? YES : compare(item, item.apiVersion, (version) => version < limit.standardPolicySince);
}
