import { resourcePolicy, type Settings } from "../policy";
import { certainlyRestoredDisk } from "./certainly-restored-disk";

export interface Configuration {
    /** Count disks, too, that only look like restored ones. */
    readonly countPossible: boolean;
}

/** The values of `restoreSource`. */
const RESTORE_SOURCES = ["certain", "any-snapshot"] as const;

const settings: Settings<Configuration> = {
    properties: {
        restoreSource: {
            type: "string",
            enum: RESTORE_SOURCES,
            default: RESTORE_SOURCES[0],
            description:
                "`certain`: only disks that surely come from a backup. `any-snapshot`: also those made from any snapshot or imported VHD.",
        },
    },
    read: ({ restoreSource }) => ({ countPossible: restoreSource === "any-snapshot" }),
};

export const restoredDisk = resourcePolicy({
    name: "restored-disk",
    displayName: "Disks restored from a backup",
    description: "A disk comes from a backup.",
    level: "advisory",
    severity: "medium",
    framework: {
        name: "NIST SP 800-53",
        version: "5.1.1",
        reference: "CP-10",
        specification:
            "System recovery and reconstitution: a restore is such an event. The mapping is this pack's own.",
    },
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "If the machine that gets the disk is replicated, disable its replication and enable it again with the restored disk in the list.",
    settings,
    rules: [certainlyRestoredDisk],
});
