import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, stackPolicy } from "../policy";
import { failedOverMachine } from "./failed-over-machine";
import { inNoRecoveryPlan } from "./in-no-recovery-plan";
import { inSecurityGroup } from "./in-security-group";
import { lockOnReplicatedMachine } from "./lock-on-replicated-machine";
import { notBackedUpAnyLonger } from "./not-backed-up-any-longer";
import { replicaDiskInProgram } from "./replica-disk-in-program";
import { replicationAsksForAction } from "./replication-asks-for-action";
import { restoredCopyBesideOriginal } from "./restored-copy-beside-original";
import { restoredCopyWithoutBackup } from "./restored-copy-without-backup";
import { smallBackedUpMachine } from "./small-backed-up-machine";
import { smallReplicatedMachine } from "./small-replicated-machine";
import { undecided } from "./undecided";
import { worksWithACatch } from "./works-with-a-catch";

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
    rules: [
        smallReplicatedMachine,
        inSecurityGroup,
        smallBackedUpMachine,
        lockOnReplicatedMachine,
        inNoRecoveryPlan,
        replicaDiskInProgram,
        notBackedUpAnyLonger,
        failedOverMachine,
        replicationAsksForAction,
        worksWithACatch,
        restoredCopyWithoutBackup,
        restoredCopyBesideOriginal,
        undecided,
    ],
});
