import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, stackPolicy } from "../policy";
import { listedDiskIsGone } from "./listed-disk-is-gone";
import { osDiskNotListed } from "./os-disk-not-listed";

export const replicatedDisksMatchMachine = stackPolicy({
    name: "replicated-disks-match-machine",
    displayName: "Replicated disks are the machine's disks",
    description: "Replication and the machine disagree about its disks.",
    level: "mandatory",
    severity: "high",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "restore"],
    remediationSteps:
        "Disable replication of the machine, let a new replicated item list the disks that the machine has, and enable replication again.",
    settings: NO_SETTINGS,
    rules: [listedDiskIsGone, osDiskNotListed],
});
