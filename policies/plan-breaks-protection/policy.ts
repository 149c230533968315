import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, planPolicy } from "../policy";
import { deletesSourceOfFailedOverMachine } from "./deletes-source-of-failed-over-machine";
import { deletesVaultInUse } from "./deletes-vault-in-use";
import { editsDiskListInPlace } from "./edits-disk-list-in-place";
import { endsProtection } from "./ends-protection";
import { replacesItemCreateFirst } from "./replaces-item-create-first";
import { replacesOrDeletesProtectedMachine } from "./replaces-or-deletes-protected-machine";
import { swapsReplicatedDisk } from "./swaps-replicated-disk";

export const planBreaksProtection = planPolicy({
    name: "plan-breaks-protection",
    displayName: "Plans that break backup or replication",
    description: "A plan breaks the protection of what it leaves.",
    level: "mandatory",
    severity: "critical",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "End protection in order before the change, or let the plan leave it alone; after a change of machine or disks enable replication anew.",
    settings: NO_SETTINGS,
    rules: [
        swapsReplicatedDisk,
        replacesOrDeletesProtectedMachine,
        endsProtection,
        replacesItemCreateFirst,
        deletesSourceOfFailedOverMachine,
        deletesVaultInUse,
        editsDiskListInPlace,
    ],
});
