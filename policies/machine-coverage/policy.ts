import { NIST } from "../../support/frameworks";
import { stackPolicy } from "../policy";
import { dataDiskLeftOutOfBackup } from "./data-disk-left-out-of-backup";
import { dataDiskNotReplicated } from "./data-disk-not-replicated";
import { machineWithoutBackup } from "./machine-without-backup";
import { machineWithoutReplication } from "./machine-without-replication";
import { tierSettings } from "./tiers";

export const machineCoverage = stackPolicy({
    name: "machine-coverage",
    displayName: "Machines that lack protection",
    description: "A machine lacks protection that it should have.",
    level: "advisory",
    severity: "medium",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the machine or the disk, or say by the machine's tier that it needs no protection.",
    settings: tierSettings,
    rules: [machineWithoutBackup, machineWithoutReplication, dataDiskLeftOutOfBackup, dataDiskNotReplicated],
});
