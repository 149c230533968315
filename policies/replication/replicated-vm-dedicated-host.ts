import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { machineProperty, replicatedVmPolicy, seen } from "./replicated-vm";

/** BCDR204: a replicated machine is bound to a dedicated host (A2A-27). */
export const replicatedVmDedicatedHost = replicatedVmPolicy({
    id: "BCDR204",
    name: "replicated-vm-dedicated-host",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM runs on a dedicated host.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *look(machine) {
        yield* seen(machine, machine.onDedicatedHost, "dedicated host", machineProperty(machine, "dedicatedHost"));
    },

    tell: ({ machine, item, found }, { dryRun }) => ({
        headline: headline((name) => `The replicated machine ${name} is on a dedicated host.`, machine),
        why: "Site Recovery does not support machines on dedicated hosts.",
        steps: ways(
            [
                `Take ${found[0]?.property ?? ""} out of "${machine}"; it has to be deallocated to leave its host.`,
                backUpInstead(item, machine),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.DEDICATED_HOST.page,
    }),
});
