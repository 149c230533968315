import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, stackPolicy } from "../policy";
import { noResourceGuard } from "./no-resource-guard";

export const vaultMultiUserAuthorization = stackPolicy({
    name: "vault-multi-user-authorization",
    displayName: "Vaults under multi-user authorization",
    description: "One account alone can take a vault's protection away.",
    level: "disabled",
    severity: "medium",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "multi-user-authorization"],
    remediationSteps: "Attach a resource guard that lies where backup administrators have no rights.",
    settings: NO_SETTINGS,
    rules: [noResourceGuard],
});
