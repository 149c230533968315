import { isTrue, NO, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { removal } from "../../src/advice/replication-support";
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
    remediationSteps: "Use a managed OS disk, or stop replicating the VM.",

    check: ({ vm, disk: { attached, settings } }) =>
        attached.role === "os"
            ? withEvidence(isTrue(vm, settings.ephemeral), () => ({
                  value: "ephemeral",
                  property: vmProperty(vm, "ephemeral"),
              }))
            : NO,

    message: ({ vm, item, found: [{ property }] }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} has an ephemeral OS disk, which Site Recovery does not replicate.`,
            vm,
        ),
        why: "An ephemeral OS disk exists only on its host, and its data is lost with the host. Neither Site Recovery nor Azure Backup can protect it.",
        fix: ways(
            [
                {
                    do: `Use a managed OS disk for "${vm}": remove the ephemeral setting.`,
                    where: property,
                    note: "This replaces the VM. Everything on its OS disk is lost.",
                },
                removal(item, `If nothing on "${vm}" has to survive, leave it unprotected.`),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.EPHEMERAL.page],
    }),
});
