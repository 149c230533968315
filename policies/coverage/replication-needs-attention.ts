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
    /** LUNs of unprotected disks that the plan does not know. */
    readonly unprotectedLuns: readonly number[];
}

/** Says that a disk is not protected (INT-12). */
const UNPROTECTED_DISK = "153039";

/** BCDR417: Azure reports that replication of an item needs someone to act (RD-17). */
export const replicationNeedsAttention = replicatedItemPolicy({
    id: "BCDR417",
    name: "replication-needs-attention",
    level: "advisory",
    severity: "medium",
    summary: "Azure reports a problem with the replication of a VM.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Follow the portal's recommendations for the replicated item, then refresh the state.",

    check: ({ item, vm, estate }) => {
        const { state, unprotectedLuns } = item.health;
        // One that has failed over is BCDR416's.
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
                isCritical
                    ? `Replication of VM ${of} (item ${item}) is in critical health.`
                    : `Replication of VM ${of} (item ${item}) needs action.`,
            name,
            vm,
        ),
        why: "Until you fix it, a failover may fail, or start the VM with old data or missing disks.",
        facts: [
            "Azure reported this at the last refresh.",
            ...errors.map(({ code, message }) => `Error ${code}${message === "" ? "" : `: ${message}`}`),
            ...disksToResync.map((disk) => `Disk "${disk}" must be resynchronized.`),
            ...unprotectedLuns.map((lun) => `The data disk at LUN ${lun} is not protected.`),
        ],
        fix: {
            kind: "in order",
            intro: "To fix it, in this order:",
            steps: [
                {
                    do: `Follow the recommendations for each error: Recovery Services vault > Replicated items > "${name}".`,
                },
                ...(disksToResync.length > 0
                    ? [{ do: `Resynchronize the item: Replicated items > "${name}" > Resynchronize.` }]
                    : []),
                ...(unprotectedLuns.length > 0
                    ? [{ do: `Enable replication for the disk, or dismiss it: Replicated items > "${name}" > Disks.` }]
                    : []),
                { do: "Read the new state from Azure, then check again:", commands: ["pulumi refresh"] },
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

/** The LUNs of a VM's data disks, as far as the plan knows them. */
interface DataPlaces {
    readonly luns: ReadonlySet<number | undefined>;
    /** The property that decides the LUN of another one. */
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
