import { asSteps } from "../../src/advice/fix";
import { isTrue, NO, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { ways, removal } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { vmProperty, replicatedDiskPolicy } from "./replicated-vm";

/** BCDR201: a replicated VM has its OS disk on the host's own storage (A2A-10). */
export const replicatedVmEphemeralOsDisk = replicatedDiskPolicy({
    id: "BCDR201",
    name: "replicated-vm-ephemeral-os-disk",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has an ephemeral OS disk.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm, disk: { attached, settings } }) =>
        attached.role === "os"
            ? withEvidence(isTrue(vm, settings.ephemeral), () => ({
                  value: "ephemeral",
                  property: vmProperty(vm, "ephemeral"),
              }))
            : NO,

    message: ({ vm, item, found: [{ property }] }, { dryRun }) => ({
        headline: headline((name) => `The replicated VM ${name} has an ephemeral OS disk.`, vm),
        why: "An ephemeral OS disk lives on the host and is gone with it. Site Recovery cannot replicate it, and Azure Backup cannot back it up.",
        fix: ways(
            asSteps([
                {
                    do: `Take ${property} out of "${vm}", so that its OS disk is a managed one. That makes the VM anew: what is on its OS disk is lost.`,
                },
                removal(item, `If nothing on "${vm}" has to survive,`),
            ]),
            dryRun,
        ),
        sources: [SITE_RECOVERY.EPHEMERAL.page],
    }),
});
