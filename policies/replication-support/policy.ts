import { NO_SETTINGS, stackPolicy } from "../policy";
import { newItemWithoutDisks } from "./new-item-without-disks";

export const replicationSupport = stackPolicy({
    name: "replication-support",
    displayName: "Supported by Site Recovery",
    description: "Site Recovery does not support this.",
    level: "mandatory",
    severity: "high",
    framework: {
        name: "NIST SP 800-53",
        version: "5.1.1",
        reference: "CP-7",
        specification: "Alternate processing site: what cannot be replicated cannot be processed there.",
    },
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",
    settings: NO_SETTINGS,
    rules: [newItemWithoutDisks],
});
