import { NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import { getOrCreate } from "../../src/model/lists";
import type { HealthError, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { memoize } from "../memoize";
import { replicatedItemPolicy } from "../replication/replicated-item";

interface Needs {
    readonly isCritical: boolean;
    readonly errors: readonly HealthError[];
    readonly disksToResync: readonly string[];
    /** LUNs of unprotected disks that the plan knows nothing of. */
    readonly unprotectedLuns: readonly number[];
}

/** Says that a disk is not protected (INT-12). */
const UNPROTECTED_DISK = "153039";

/** BCDR417: Azure's own answer says that replication of an item needs somebody's hand (RD-17). */
export const replicationNeedsAttention = replicatedItemPolicy({
    id: "BCDR417",
    name: "replication-needs-attention",
    level: "advisory",
    severity: "medium",
    summary: "Replication needs attention.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    check: ({ item, vm, estate }) => {
        const { state, unprotectedLuns } = item.health;
        // BCDR416 alone speaks of a failed-over one.
        if (valueOf(item.failedOver) === true) {
            return NO;
        }
        if (state.state === "unknown") {
            return unknownAnswer(item, state.property);
        }
        const places = placesOf(estate, vm);
        const needs = needsOf(item, places);
        const isOpen = unprotectedLuns.length > 0 && places.open !== undefined && vm !== undefined;
        return [isOpen ? unknownAnswer(vm, places.open) : NO, needsAny(needs) ? withEvidence(YES, () => needs) : NO];
    },

    message: ({ item: { name }, vm, found: [{ isCritical, errors, disksToResync, unprotectedLuns }] }) => ({
        headline: headline(
            (item, of) =>
                `Replication of VM ${of} (${item}) ${isCritical ? "is in critical health" : "asks for action"}.`,
            name,
            vm,
        ),
        why: "This is Azure's own answer, as of the last refresh. Until it is settled, a failover may fail, or bring up old data or too few disks.",
        facts: [
            ...errors.map(({ code, message }) => `Error ${code}${message === "" ? "" : `: ${message}`}`),
            ...disksToResync.map((disk) => `Disk "${disk}" has to be resynchronized.`),
            ...unprotectedLuns.map((lun) => `The data disk at LUN ${lun} is not protected.`),
        ],
        fix: {
            kind: "in order",
            intro: "To settle it:",
            steps: [
                {
                    do: `Read the errors and what they recommend: Recovery Services vault > Replicated items > "${name}".`,
                },
                ...(disksToResync.length > 0
                    ? [{ do: `Resynchronize: Replicated items > "${name}" > Resynchronize.` }]
                    : []),
                ...(unprotectedLuns.length > 0
                    ? [{ do: `Enable replication for the disk, or dismiss it: Replicated items > "${name}" > Disks.` }]
                    : []),
                { do: "Run pulumi refresh, and look again." },
            ],
        },
        sources: [READINESS.HEALTH.page],
    }),
});

/**
 * A disk that the plan knows to be left out is BCDR404's or BCDR111's, and so is the error about it. Where the plan does not
 * know the VM's LUNs yet, it may be that disk.
 */
function needsOf({ health }: ReplicatedItem, { luns, open }: DataPlaces): Needs {
    const unprotectedLuns = health.unprotectedLuns.filter((lun) => open === undefined && !luns.has(lun));
    const isReportedElsewhere = health.unprotectedLuns.length > unprotectedLuns.length;
    return {
        isCritical: valueOf(health.state)?.toLowerCase() === "critical",
        errors: health.errors.filter(({ code }) => !(isReportedElsewhere && code === UNPROTECTED_DISK)),
        disksToResync: health.disksToResync,
        unprotectedLuns,
    };
}

function needsAny({ isCritical, errors, disksToResync, unprotectedLuns }: Needs): boolean {
    return isCritical || errors.length + disksToResync.length + unprotectedLuns.length > 0;
}

/** Where the data disks of a VM stand, as far as the plan tells. */
interface DataPlaces {
    readonly luns: ReadonlySet<number | undefined>;
    /** The property that would tell it of others. */
    readonly open: string | undefined;
}

const NO_PLACES: DataPlaces = { luns: new Set(), open: undefined };

/** Each item of a VM asks. */
function placesOf(estate: Estate, vm: VirtualMachine | undefined): DataPlaces {
    return vm === undefined
        ? NO_PLACES
        : getOrCreate(places(estate), vm, () => {
              const all = estate.disks.attachedTo(vm).map(({ place }) => place);
              const open = all.find(({ role, lun }) => role === "data" && lun === undefined);
              return { luns: new Set(all.map(({ lun }) => lun)), open: open?.disk.property };
          });
}

const places = memoize(() => new Map<VirtualMachine, DataPlaces>());
