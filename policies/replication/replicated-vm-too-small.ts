import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { hasSmallSize } from "../coverage/small-size";
import { protectedVmPolicy } from "../protected-vm";

const { limit, page } = READINESS.REPLICATION_SIZE;

/** BCDR205: a replicated VM below the documented minimum of Site Recovery. Such sizes have been seen to work: advice only. */
export const replicatedVmTooSmall = protectedVmPolicy({
    kinds: ["replicated item"],
    id: "BCDR205",
    name: "replicated-vm-too-small",
    level: "advisory",
    severity: "low",
    summary: "A replicated VM is smaller than the documented minimum.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Use a size with at least two cores, or watch replication and run test failovers.",

    protection: (vm, estate) => estate.replication.of(vm),
    check: ({ vm }) => hasSmallSize(vm, limit.cores),

    message: ({ vm, found: [{ size, sizeProperty }] }): Message => ({
        headline: headline(
            (name, of) => `Replicated VM ${name} has size ${of}, which is below the minimum for Site Recovery.`,
            vm,
            size,
        ),
        why: `Microsoft documents a minimum of ${limit.cores} cores and 1 GB of memory, part of which the replication driver uses. Smaller VMs have been seen to work, but are not supported.`,
        fix: {
            kind: "one of",
            intro: "To reduce the risk, do one of these:",
            steps: [
                {
                    do: `Change "${vm}" to a size with at least ${limit.cores} cores.`,
                    where: sizeProperty,
                    note: "The VM restarts.",
                },
                { do: "Keep the size. Watch the health of the replicated item, and run test failovers regularly." },
            ],
        },
        sources: [page],
    }),
});
