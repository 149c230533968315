import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { hasSmallSize } from "../coverage/small-size";
import { protectedVmPolicy } from "../protected-vm";

const { limit, page } = READINESS.BACKUP_SIZE;

/** BCDR310: a VM under VM-level backup below the size that Azure Backup asks for. Advice only. */
export const backedUpVmTooSmall = protectedVmPolicy({
    id: "BCDR310",
    name: "backed-up-vm-too-small",
    level: "advisory",
    severity: "low",
    summary: "A backed-up VM is smaller than the documented minimum.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    protection: (vm, estate) => estate.backup.ofWholeVm(vm),
    check: ({ vm }) => hasSmallSize(vm, limit.cores),

    message: ({ vm, found: [{ size, sizeProperty }] }): Message => ({
        headline: headline(
            (name, of) => `VM ${name} is backed up, and its size ${of} is smaller than Azure Backup asks for.`,
            vm,
            size,
        ),
        why: `The support matrix asks for ${limit.cores} cores and 1 GB of memory. Smaller VMs are seen to be backed up, but nobody vouches for it.`,
        fix: {
            kind: "in order",
            intro: "To stay within what is supported:",
            steps: [
                {
                    do: `Give "${vm}" a size of ${limit.cores} cores or more in ${sizeProperty}; the VM restarts with it.`,
                },
                { do: "Or keep the size, and try a restore of the VM regularly." },
            ],
        },
        sources: [page],
    }),
});
