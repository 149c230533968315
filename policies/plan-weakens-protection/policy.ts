import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, planPolicy } from "../policy";
import { removesReplicatedDataDisk } from "./removes-replicated-data-disk";
import { weakensBackup } from "./weakens-backup";

export const planWeakensProtection = planPolicy({
    name: "plan-weakens-protection",
    displayName: "Plans that weaken backup or replication",
    description: "A plan leaves less protection than there was.",
    level: "advisory",
    severity: "medium",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "plan", "retention"],
    remediationSteps: "Take the change back, or decide that less protection is enough and exempt it.",
    settings: NO_SETTINGS,
    rules: [weakensBackup, removesReplicatedDataDisk],
});
