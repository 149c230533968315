import { NO_SETTINGS, stackPolicy } from "../policy";
import { failedOverMachine } from "./failed-over-machine";
import { lockOnReplicatedMachine } from "./lock-on-replicated-machine";
import { replicaDiskInProgram } from "./replica-disk-in-program";
import { restoredCopyBesideOriginal } from "./restored-copy-beside-original";
import { undecided } from "./undecided";

export const recoveryReadiness = stackPolicy({
    name: "recovery-readiness",
    displayName: "Ready to recover",
    description: "Something may stand in the way of a recovery.",
    level: "advisory",
    severity: "low",
    framework: {
        name: "NIST SP 800-53",
        version: "5.1.1",
        reference: "CP-2",
        specification: "Contingency plan: what a plan cannot tell today should be known before it is needed.",
    },
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",
    settings: NO_SETTINGS,
    // BCDR490 comes last: it tells what all others left open.
    rules: [lockOnReplicatedMachine, replicaDiskInProgram, failedOverMachine, restoredCopyBesideOriginal, undecided],
});
