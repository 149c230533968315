import { headline } from "../../src/findings/message";
import { ways, withoutItem } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { machineProperty, replicatedVmPolicy, seen } from "./replicated-vm";

/** BCDR201: a replicated machine has its OS disk on the host's own storage (A2A-10). */
export const replicatedVmEphemeralOsDisk = replicatedVmPolicy({
    id: "BCDR201",
    name: "replicated-vm-ephemeral-os-disk",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has an ephemeral OS disk.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *look(machine, estate) {
        for (const disk of estate.disksOf(machine).filter(({ attached }) => attached.role === "os")) {
            yield* seen(machine, disk.settings.ephemeral, "ephemeral", machineProperty(machine, "ephemeral"), disk);
        }
    },

    tell: ({ machine, item, found }, { dryRun }) => ({
        headline: headline((name) => `The replicated machine ${name} has an ephemeral OS disk.`, machine),
        why: "An ephemeral OS disk lives on the host and is gone with it. Site Recovery cannot replicate it, and Azure Backup cannot back it up.",
        steps: ways(
            [
                `Take ${found[0]?.property ?? ""} out of "${machine}", so that its OS disk is a managed one. That makes the machine anew: what is on its OS disk is lost.`,
                `If nothing on "${machine}" has to survive, ${withoutItem(item)}, and keep what it takes to make the machine from its image on the other side.`,
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.EPHEMERAL.page,
    }),
});
