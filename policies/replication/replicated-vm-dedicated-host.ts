import { isTrue, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { backUpInstead, MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { vmProperty, replicatedVmPolicy, whileStopped } from "./replicated-vm";

/** BCDR204: a replicated VM is bound to a dedicated host (A2A-27). */
export const replicatedVmDedicatedHost = replicatedVmPolicy({
    id: "BCDR204",
    name: "replicated-vm-dedicated-host",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM runs on a dedicated host.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Take the VM off the dedicated host, or protect it with Azure Backup.",

    check: ({ vm }) => withEvidence(isTrue(vm, vm.onDedicatedHost), () => vmProperty(vm, "dedicatedHost")),

    message: ({ vm, vmToStop, item, found: [property] }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} is on a dedicated host, which Site Recovery does not support.`,
            vm,
        ),
        why: MAY_NOT_REPLICATE,
        fix: ways(
            [
                whileStopped(vmToStop, {
                    do: `Take "${vm}" off the dedicated host: remove the host and the host group.`,
                    where: property,
                }),
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.DEDICATED_HOST.page],
    }),
});
