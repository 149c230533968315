import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, resourcePolicy } from "../policy";
import { VAULTS } from "../vaults";
import { publicNetworkAccess } from "./public-network-access";

export const vaultNetworkAccess = resourcePolicy({
    name: "vault-network-access",
    displayName: "Vaults behind private endpoints",
    description: "A vault can be reached from public networks.",
    level: "disabled",
    severity: "medium",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "site-recovery", "vault", "network"],
    remediationSteps: "Make private endpoints before the first item, then switch public network access off.",
    settings: NO_SETTINGS,
    looksAt: VAULTS,
    rules: [publicNetworkAccess],
});
