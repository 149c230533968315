import { NIST } from "../../support/frameworks";
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
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",
    settings: NO_SETTINGS,
    // BCDR490 comes last: it tells what all others left open.
    rules: [lockOnReplicatedMachine, replicaDiskInProgram, failedOverMachine, restoredCopyBesideOriginal, undecided],
});
