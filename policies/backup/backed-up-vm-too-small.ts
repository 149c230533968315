import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { hasSmallSize } from "../coverage/small-size";
import { protectedVmPolicy } from "../protected-vm";

const { limit, page } = READINESS.BACKUP_SIZE;

/** BCDR310: a VM under VM-level backup below the size that Azure Backup asks for. Advice only. */
export const backedUpVmTooSmall = protectedVmPolicy({
    kinds: ["backup item"],
    id: "BCDR310",
    name: "backed-up-vm-too-small",
    level: "advisory",
    severity: "low",
    summary: "A backed-up VM is smaller than the documented minimum.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Use a size with at least two cores, or test restores of the VM regularly.",

    protection: (vm, estate) => estate.backup.ofWholeVm(vm),
    check: ({ vm }) => hasSmallSize(vm, limit.cores),

    message: ({ vm, found: [{ size, sizeProperty }] }): Message => ({
        headline: headline(
            (name, of) => `Backed-up VM ${name} has size ${of}, which is below the minimum for Azure Backup.`,
            vm,
            size,
        ),
        why: `Microsoft documents a minimum of ${limit.cores} cores and 1 GB of memory. Smaller VMs have been seen to work, but are not supported.`,
        fix: {
            kind: "one of",
            intro: "To reduce the risk, do one of these:",
            steps: [
                {
                    do: `Change "${vm}" to a size with at least ${limit.cores} cores.`,
                    where: sizeProperty,
                    note: "The VM restarts.",
                },
                { do: "Keep the size, and test restores of the VM regularly." },
            ],
        },
        sources: [page],
    }),
});
