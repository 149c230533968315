import { compare, NO, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { backUpInstead, MAY_NOT_REPLICATE, withNewDisks } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { diskProperty, replicatedDiskPolicy } from "./replicated-vm";
import { sizeInWords } from "./sizes-in-words";

const { most } = SITE_RECOVERY.OS_DISK_SIZE.limit;

/** BCDR207: the OS disk of a replicated VM is larger than Site Recovery supports (A2A-01). */
export const replicatedOsDiskTooLarge = replicatedDiskPolicy({
    id: "BCDR207",
    name: "replicated-os-disk-too-large",
    level: "mandatory",
    severity: "high",
    summary: "The OS disk of a replicated VM is too large.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use a smaller OS disk, or protect the VM with Azure Backup.",

    check: ({ disk: { attached, definedBy, size } }) =>
        attached.role === "os"
            ? withEvidence(
                  compare(definedBy, size, (gib) => gib > most),
                  () => ({ value: sizeInWords(valueOf(size) ?? 0), property: diskProperty(definedBy, "size") }),
              )
            : NO,

    message: ({ vm, item, found: [{ value, property }] }, { dryRun }) => ({
        headline: headline(
            (name) => `The OS disk of replicated VM ${name} is too large for Site Recovery: ${value}.`,
            vm,
        ),
        why: `Site Recovery replicates OS disks of up to ${sizeInWords(most)}. ${MAY_NOT_REPLICATE}`,
        fix: ways(
            [
                withNewDisks(item, {
                    do: `Move data from the OS disk to data disks, and start "${vm}" from a smaller OS disk.`,
                    where: property,
                    note: "An existing disk cannot shrink.",
                }),
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.OS_DISK_SIZE.page],
    }),
});
