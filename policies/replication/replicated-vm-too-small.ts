import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { hasSmallSize } from "../coverage/small-size";
import { protectedVmPolicy } from "../protected-vm";

const { limit, page } = READINESS.REPLICATION_SIZE;

/** BCDR205: a replicated VM below the size that Site Recovery asks for. Such sizes are seen to work: advice only. */
export const replicatedVmTooSmall = protectedVmPolicy({
    id: "BCDR205",
    name: "replicated-vm-too-small",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM is smaller than the documented minimum.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    protection: (vm, estate) => estate.replication.of(vm),
    check: ({ vm }) => hasSmallSize(vm, limit.cores),

    message: ({ vm, found: [{ size, sizeProperty }] }): Message => ({
        headline: headline(
            (name, of) => `VM ${name} is replicated, and its size ${of} is smaller than Site Recovery asks for.`,
            vm,
            size,
        ),
        why: `The support matrix asks for ${limit.cores} cores and 1 GB of memory, of which the replication driver takes a share. Smaller VMs are seen to work, but nobody vouches for them.`,
        fix: {
            kind: "in order",
            intro: "To stay within what is supported:",
            steps: [
                {
                    do: `Give "${vm}" a size of ${limit.cores} cores or more in ${sizeProperty}; the VM restarts with it.`,
                },
                { do: "Or keep the size, watch the health of the replicated item, and run a test failover regularly." },
            ],
        },
        sources: [page],
    }),
});
