import { type Known, known, unknown, valueOf } from "../../src/model/values";
import type { Machine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { machineSize } from "../../src/facts/vm-sizes";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { machineProperty, replicatedVmPolicy, seen } from "./replicated-vm";

/** BCDR206: a replicated machine has an ARM64 processor, which the name of its size tells (A2A-30). */
export const replicatedVmArm64 = replicatedVmPolicy({
    id: "BCDR206",
    name: "replicated-vm-arm64",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has an Arm64 processor.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *look(machine) {
        const size = valueOf(machine.size) ?? "";
        yield* seen(machine, isArm64(machine), size, machineProperty(machine, "size"));
    },

    tell: ({ machine, item, found }, { dryRun }) => {
        const [{ value, property } = { value: "", property: "" }] = found;
        return {
            headline: headline(
                (name, size) => `The replicated machine ${name} has the size ${size}, with an ARM64 processor.`,
                machine,
                value,
            ),
            why: "Site Recovery does not replicate machines with ARM64 processors.",
            steps: ways(
                [
                    `Give "${machine}" a size with an x64 processor (${property}), and an image for it: an OS disk for ARM64 does not start there, so the machine is made anew.`,
                    backUpInstead(item, machine),
                ],
                dryRun,
            ),
            source: SITE_RECOVERY.ARM64.page,
        };
    },
});

function isArm64({ size, spelling }: Machine): Known<boolean> {
    if (size.state !== "known") {
        return size;
    }
    const isSo = machineSize(size.value)?.arm64;
    return isSo === undefined ? unknown(WORDS[spelling].machine.size) : known(isSo);
}
