import { NIST } from "../../support/frameworks";
import { resourcePolicy } from "../policy";
import { appConsistentInterval } from "./app-consistent-interval";
import { replicationPolicySettings } from "./configuration";
import { recoveryPointHistory } from "./recovery-point-history";

export const replicationPolicyLimits = resourcePolicy({
    name: "replication-policy-limits",
    displayName: "Limits of replication policies",
    description: "A replication policy is outside of its limits.",
    level: "mandatory",
    severity: "high",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "recovery-points"],
    remediationSteps:
        "Set the interval or the history to a value that Azure, and the configuration of this policy, allow.",
    settings: replicationPolicySettings,
    looksAt: ["replication policy"],
    rules: [recoveryPointHistory, appConsistentInterval],
});
