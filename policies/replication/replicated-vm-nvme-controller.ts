import { compare, isTrue, withEvidence } from "../../src/model/answers";
import { type Value, known, unknown } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { vmProperty, replicatedVmPolicy } from "./replicated-vm";

/** BCDR202: a replicated VM has its disks on an NVMe controller (A2A-12), which some sizes have alone. */
export const replicatedVmNvmeController = replicatedVmPolicy({
    id: "BCDR202",
    name: "replicated-vm-nvme-controller",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM uses the NVMe disk controller.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm }) =>
        vm.diskController.state === "absent"
            ? withEvidence(isTrue(vm, hasNvmeAlone(vm)), () => ({
                  value: "the size has no other",
                  property: vmProperty(vm, "size"),
              }))
            : withEvidence(
                  compare(vm, vm.diskController, (controller) => controller.toLowerCase() === "nvme"),
                  () => ({ value: "NVMe", property: vmProperty(vm, "diskController") }),
              ),

    message: ({ vm, item, found: [{ value, property }] }, { dryRun }) => ({
        headline: headline((name) => `The replicated VM ${name} has its disks on an NVMe controller.`, vm),
        why: `Site Recovery only replicates disks on a SCSI controller. What decides it is ${property} of the VM: ${value}.`,
        fix: ways(
            [
                {
                    do:
                        value === "NVMe"
                            ? `Set ${property} of "${vm}" to SCSI, if the size takes it; the VM has to be deallocated for that.`
                            : `Give "${vm}" a size that has a SCSI controller, such as one of version 5: ${property}; the VM restarts for that.`,
                },
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.NVME.page],
    }),
});

function hasNvmeAlone({ size, provider }: VirtualMachine): Value<boolean> {
    if (size.state !== "known") {
        return size;
    }
    const isSo = vmSize(size.value)?.nvmeOnly;
    return isSo === undefined ? unknown(WORDS[provider].vm.size) : known(isSo);
}
