import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, stackPolicy } from "../policy";
import { newItemWithoutDisks } from "./new-item-without-disks";
import { itemNamesScaleSet } from "./item-names-scale-set";

export const replicationSupport = stackPolicy({
    name: "replication-support",
    displayName: "Supported by Site Recovery",
    description: "Site Recovery does not support this.",
    level: "mandatory",
    severity: "high",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",
    settings: NO_SETTINGS,
    rules: [newItemWithoutDisks, itemNamesScaleSet],
});
