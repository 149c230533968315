import { NIST } from "../../support/frameworks";
import { resourcePolicy } from "../policy";
import { restoreSettings } from "../restores";
import { certainlyRestoredDisk } from "./certainly-restored-disk";

export const restoredDisk = resourcePolicy({
    name: "restored-disk",
    displayName: "Disks restored from a backup",
    description: "A disk comes from a backup.",
    level: "advisory",
    severity: "medium",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "If the machine that gets the disk is replicated, disable its replication and enable it again with the restored disk in the list.",
    settings: restoreSettings,
    looksAt: ["disk", "machine", "disk attachment"],
    onlyCopies: true,
    rules: [certainlyRestoredDisk],
});
