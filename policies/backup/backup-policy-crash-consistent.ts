import { all, compare, firstQuestion, isTrue, withEvidence } from "../../src/model/answers";
import { headline, type Message } from "../../src/findings/message";
import { toEnhanced } from "../../src/advice/backup-policy";
import { WORDS } from "../../src/advice/property-names";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { limitPolicy } from "../limits";

/** BCDR333: crash-consistent snapshots only, under a Standard policy, which has no such thing (VMB-30). */
export const backupPolicyCrashConsistent = limitPolicy<"backup policy", string>({
    id: "BCDR333",
    name: "backup-policy-crash-consistent",
    level: "mandatory",
    severity: "high",
    summary: "A Standard policy asks for crash-consistent snapshots only.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
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
            (name) => `Backup policy ${name} asks for crash-consistent snapshots only, but is a Standard one (V1).`,
            policy,
        ),
        why: "Crash-consistent snapshots of all disks of a VM, taken without the agent, are a feature of Enhanced policies (V2).",
        fix: {
            kind: "in order",
            intro: "To bring the policy within the limit:",
            steps: [
                {
                    do: `Leave ${property} out of "${policy}": its snapshots are application-consistent then where the agent can make them so.`,
                },
                toEnhanced(policy, provider),
            ],
        },
        sources: [BACKUP_POLICIES.CRASH_CONSISTENT.page],
    }),
});
