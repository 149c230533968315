import { isTrue, withEvidence } from "../../src/model/answers";
import { type Value, known, unknown, valueOf } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { backUpInstead, MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { vmProperty, replicatedVmPolicy } from "./replicated-vm";

/** BCDR206: a replicated VM has an Arm64 processor, by the name of its size (A2A-30). */
export const replicatedVmArm64 = replicatedVmPolicy({
    id: "BCDR206",
    name: "replicated-vm-arm64",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has an Arm64 processor.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use an x64 size and image, or protect the VM with Azure Backup.",

    check: ({ vm }) =>
        withEvidence(isTrue(vm, isArm64(vm)), () => ({
            value: valueOf(vm.size) ?? "",
            property: vmProperty(vm, "size"),
        })),

    message: ({ vm, item, found: [{ value, property }] }, { dryRun }) => ({
        headline: headline(
            (name, size) => `Replicated VM ${name} has Arm64 size ${size}, which Site Recovery does not support.`,
            vm,
            value,
        ),
        why: MAY_NOT_REPLICATE,
        fix: ways(
            [
                {
                    do: `Use an x64 size and an x64 image for "${vm}".`,
                    where: property,
                    note: "An Arm64 OS disk does not start on an x64 size, so the VM is replaced. Copy what you need from its OS disk first.",
                },
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.ARM64.page],
    }),
});

function isArm64({ size, provider }: VirtualMachine): Value<boolean> {
    if (size.state !== "known") {
        return size;
    }
    const isSo = vmSize(size.value)?.arm64;
    return isSo === undefined ? unknown(WORDS[provider].vm.size, "version") : known(isSo);
}
