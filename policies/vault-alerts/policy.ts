import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, resourcePolicy } from "../policy";
import { VAULTS } from "../vaults";
import { alertsOff } from "./alerts-off";

export const vaultAlerts = resourcePolicy({
    name: "vault-alerts",
    displayName: "Vaults that raise alerts",
    description: "A vault does not tell when something fails.",
    level: "advisory",
    severity: "low",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "vault", "alerts"],
    remediationSteps: "Switch the built-in alerts of Azure Monitor on, or set the policy's level to remediate.",
    settings: NO_SETTINGS,
    looksAt: VAULTS,
    rules: [alertsOff],
});
