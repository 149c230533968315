import { type Known, known, unknown } from "../../src/model/values";
import type { Machine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { machineSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { machineProperty, replicatedVmPolicy, seen } from "./replicated-vm";

/** BCDR202: a replicated machine has its disks on an NVMe controller (A2A-12), which some sizes have alone. */
export const replicatedVmNvmeController = replicatedVmPolicy({
    id: "BCDR202",
    name: "replicated-vm-nvme-controller",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM uses the NVMe disk controller.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *look(machine) {
        const { diskController } = machine;
        if (diskController.state === "absent") {
            yield* seen(machine, hasNvmeAlone(machine), "the size has no other", machineProperty(machine, "size"));
        } else {
            const isNvme: Known<boolean> =
                diskController.state === "known"
                    ? known(diskController.value.toLowerCase() === "nvme")
                    : diskController;
            yield* seen(machine, isNvme, "NVMe", machineProperty(machine, "diskController"));
        }
    },

    tell: ({ machine, item, found }, { dryRun }) => {
        const [{ value, property } = { value: "", property: "" }] = found;
        return {
            headline: headline(
                (name) => `The replicated machine ${name} has its disks on an NVMe controller.`,
                machine,
            ),
            why: `Site Recovery only replicates disks on a SCSI controller. What decides it is ${property} of the machine: ${value}.`,
            steps: ways(
                [
                    value === "NVMe"
                        ? `Set ${property} of "${machine}" to SCSI, if the size takes it; the machine has to be deallocated for that.`
                        : `Give "${machine}" a size that has a SCSI controller, such as one of version 5: ${property}; the machine restarts for that.`,
                    backUpInstead(item, machine),
                ],
                dryRun,
            ),
            source: SITE_RECOVERY.NVME.page,
        };
    },
});

function hasNvmeAlone({ size, spelling }: Machine): Known<boolean> {
    if (size.state !== "known") {
        return size;
    }
    const isSo = machineSize(size.value)?.nvmeOnly;
    return isSo === undefined ? unknown(WORDS[spelling].machine.size) : known(isSo);
}
