import { isTrue, withEvidence } from "../../src/model/answers";
import { type Value, known, unknown, valueOf } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { vmProperty, replicatedVmPolicy } from "./replicated-vm";

/** BCDR206: a replicated VM has an ARM64 processor, which the name of its size tells (A2A-30). */
export const replicatedVmArm64 = replicatedVmPolicy({
    id: "BCDR206",
    name: "replicated-vm-arm64",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has an Arm64 processor.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm }) =>
        withEvidence(isTrue(vm, isArm64(vm)), () => ({
            value: valueOf(vm.size) ?? "",
            property: vmProperty(vm, "size"),
        })),

    message: ({ vm, item, found: [{ value, property }] }, { dryRun }) => ({
        headline: headline(
            (name, size) => `The replicated VM ${name} has the size ${size}, with an ARM64 processor.`,
            vm,
            value,
        ),
        why: "Site Recovery does not replicate VMs with ARM64 processors.",
        fix: ways(
            [
                {
                    do: `Give "${vm}" a size with an x64 processor (${property}), and an image for it: an OS disk for ARM64 does not start there, so the VM is made anew.`,
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
    return isSo === undefined ? unknown(WORDS[provider].vm.size) : known(isSo);
}
