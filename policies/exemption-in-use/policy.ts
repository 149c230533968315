import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, stackPolicy } from "../policy";
import { inUse } from "./in-use";

export const exemptionInUse = stackPolicy({
    name: "exemption-in-use",
    displayName: "Exemptions in use",
    description: "Exemptions leave findings out.",
    level: "advisory",
    severity: "low",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["exemptions"],
    remediationSteps: "Remove exemptions that are no longer needed.",
    settings: NO_SETTINGS,
    rules: [inUse],
});
