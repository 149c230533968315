import { NIST } from "../../support/frameworks";
import { resourcePolicy } from "../policy";
import { VAULTS } from "../vaults";
import { crossRegionRestoreOff } from "./cross-region-restore-off";
import { settings } from "./redundancies";
import { redundancyNotAccepted } from "./redundancy-not-accepted";

export const vaultRedundancy = resourcePolicy({
    name: "vault-redundancy",
    displayName: "Redundant vaults",
    description: "A vault's backups may be lost with a region.",
    level: "advisory",
    severity: "medium",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Choose the redundancy before the first item is protected: it cannot be changed afterwards.",
    settings,
    looksAt: VAULTS,
    rules: [redundancyNotAccepted, crossRegionRestoreOff],
});
