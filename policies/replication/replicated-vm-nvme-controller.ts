import { compare, isTrue, withEvidence } from "../../src/model/answers";
import { type Value, known, unknown, valueOf } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { backUpInstead, MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { vmProperty, replicatedVmPolicy, whileStopped } from "./replicated-vm";

interface NvmeController {
    /** What the program sets; undefined where the size has no other. */
    readonly controller: string | undefined;
    readonly size: string;
    readonly property: string;
}

/** BCDR202: a replicated VM has its disks on an NVMe controller (A2A-12), which some sizes have alone. */
export const replicatedVmNvmeController = replicatedVmPolicy<NvmeController>({
    id: "BCDR202",
    name: "replicated-vm-nvme-controller",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM uses the NVMe disk controller.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use a SCSI disk controller, or protect the VM with Azure Backup.",

    check: ({ vm }) =>
        vm.diskController.state === "absent"
            ? withEvidence(isTrue(vm, hasNvmeAlone(vm)), () => ({
                  controller: undefined,
                  size: valueOf(vm.size) ?? "",
                  property: vmProperty(vm, "size"),
              }))
            : withEvidence(
                  compare(vm, vm.diskController, (controller) => controller.toLowerCase() === "nvme"),
                  () => ({
                      controller: valueOf(vm.diskController) ?? "NVMe",
                      size: valueOf(vm.size) ?? "",
                      property: vmProperty(vm, "diskController"),
                  }),
              ),

    message: ({ vm, vmToStop, item, found: [{ controller, size, property }] }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} uses an NVMe disk controller, which Site Recovery does not support.`,
            vm,
        ),
        why: `Site Recovery replicates only disks on a SCSI controller. ${MAY_NOT_REPLICATE}`,
        facts: [
            controller === undefined ? `Size ${size} has only an NVMe controller.` : `Disk controller: ${controller}`,
        ],
        fix: ways(
            [
                controller === undefined
                    ? {
                          do: `Change "${vm}" to a size that has a SCSI controller, for example a v5 size.`,
                          where: property,
                          note: "The VM restarts.",
                      }
                    : whileStopped(vmToStop, {
                          do: `Change the disk controller of "${vm}" to SCSI, if its size supports that.`,
                          where: property,
                      }),
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
    return isSo === undefined ? unknown(WORDS[provider].vm.size, "version") : known(isSo);
}
