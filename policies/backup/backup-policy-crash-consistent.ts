import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import type { BackupPolicy } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { toEnhanced } from "../../src/advice/backup-policy";
import { WORDS } from "../../src/advice/property-names";
import { BACKUP_POLICIES } from "../../src/facts/backup-policies";
import { NIST } from "../../src/facts/frameworks";
import { whereConcerned } from "../limits";
import { resourcePolicy } from "../policy";

interface Parameters {
    readonly policy: string;
    readonly provider: Provider;
}

/** BCDR333: crash-consistent snapshots only, under a Standard policy, which has no such thing (VMB-30). */
export const backupPolicyCrashConsistent = resourcePolicy<"backup policy" | "disk backup policy", Parameters>({
    id: "BCDR333",
    name: "backup-policy-crash-consistent",
    level: "mandatory",
    severity: "high",
    summary: "A Standard policy asks for crash-consistent snapshots only.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "retention"],
    remediationSteps: "Set schedule and retention to values that Azure, and the configuration of this policy, allow.",
    kinds: ["backup policy", "disk backup policy"],

    *evaluate({ entity }): Iterable<Verdict<Parameters>> {
        if (entity.kind === "backup policy") {
            yield* whereConcerned(entity, entity.isForVms, verdicts(entity));
        }
    },

    message: ({ policy, provider }): Message => ({
        headline: headline(
            (name) => `Backup policy ${name} asks for crash-consistent snapshots only, but is a Standard one (V1).`,
            policy,
        ),
        why: "Crash-consistent snapshots of all disks of a VM, taken without the agent, are a feature of Enhanced policies (V2).",
        steps: {
            occasion: "To bring the policy within the limit:",
            list: [
                `Leave ${WORDS[provider].snapshotConsistency} out of "${policy}": its snapshots are application-consistent then where the agent can make them so.`,
                toEnhanced(policy, provider),
            ],
        },
        source: BACKUP_POLICIES.CRASH_CONSISTENT.page,
    }),
});

function verdicts(policy: BackupPolicy): readonly Verdict<Parameters>[] {
    const { type, crashConsistentOnly: isAsked } = policy;
    const mayBeStandard = type.state === "unknown" || valueOf(type) === "V1";
    const mayBeAsked = isAsked.state === "unknown" || valueOf(isAsked) === true;
    if (!mayBeStandard || !mayBeAsked) {
        return [];
    }
    const open = [isAsked, type].flatMap((each) => (each.state === "unknown" ? [each.property] : []));
    const [property] = open;
    return property === undefined
        ? [
              {
                  verdict: "violated",
                  subject: subjectOf(policy),
                  parameters: { policy: displayName(policy), provider: policy.provider },
              },
          ]
        : [undecided(policy, property)];
}
