import { isTrue, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { vmProperty, replicatedVmPolicy } from "./replicated-vm";

/** BCDR204: a replicated VM is bound to a dedicated host (A2A-27). */
export const replicatedVmDedicatedHost = replicatedVmPolicy({
    id: "BCDR204",
    name: "replicated-vm-dedicated-host",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM runs on a dedicated host.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm }) => withEvidence(isTrue(vm, vm.onDedicatedHost), () => vmProperty(vm, "dedicatedHost")),

    message: ({ vm, item, found: [property] }, { dryRun }) => ({
        headline: headline((name) => `The replicated VM ${name} is on a dedicated host.`, vm),
        why: "Site Recovery does not support VMs on dedicated hosts.",
        fix: ways(
            [
                { do: `Take ${property} out of "${vm}"; it has to be deallocated to leave its host.` },
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.DEDICATED_HOST.page],
    }),
});
