import { all, compare, firstQuestion, isTrue, withEvidence } from "../../src/model/answers";
import { headline, type Message } from "../../src/findings/message";
import { toEnhanced } from "../../src/advice/backup-policy";
import { withinLimit } from "../../src/advice/fix";
import { WORDS } from "../../src/advice/property-names";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { limitPolicy } from "../limits";

/** BCDR333: crash-consistent snapshots only, under a Standard policy, which does not support them (VMB-30). */
export const backupPolicyCrashConsistent = limitPolicy<"backup policy", string>({
    id: "BCDR333",
    name: "backup-policy-crash-consistent",
    level: "mandatory",
    severity: "high",
    summary: "A Standard backup policy sets crash-consistent snapshots.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Remove the setting, or use an Enhanced policy.",
    kind: "backup policy",
    appliesTo: ({ isForVms }) => isForVms,

    check: ({ policy }) => {
        const { crashConsistentOnly, type } = policy;
        return withEvidence(
            firstQuestion(all([isTrue(policy, crashConsistentOnly), compare(policy, type, (name) => name === "V1")])),
            () => WORDS[policy.provider].snapshotConsistency,
        );
    },

    message: ({ policy, provider, found: [property] }): Message => ({
        headline: headline(
            (name) => `Backup policy ${name} is a Standard policy (V1), which has no crash-consistent snapshots.`,
            policy,
        ),
        why: "Azure can refuse the policy. Only Enhanced policies (V2) take crash-consistent snapshots of all disks without the VM agent.",
        fix: withinLimit([
            {
                do: `Remove the setting for crash-consistent snapshots from "${policy}".`,
                where: property,
                note: "Its snapshots are then application-consistent if the VM agent can make them so.",
            },
            toEnhanced(policy, provider),
        ]),
        sources: [BACKUP_POLICIES.CRASH_CONSISTENT.page],
    }),
});
