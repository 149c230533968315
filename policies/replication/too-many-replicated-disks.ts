import { type ArmId, subscriptionKey } from "../../src/model/ids/arm-id";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { ListedDisks } from "../../src/model/disks/listed-disks";
import { getOrCreate } from "../../src/model/lists";
import type { ReplicatedItem, ReplicationCluster } from "../../src/model/resources";
import { targetOf } from "../../src/model/planned-resource";
import type { Verdict } from "../../src/findings/finding";
import { stackSubject } from "../../src/findings/subject";
import { ways } from "../../src/advice/fix";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { isLimited } from "./replicated-item";

const { most } = SITE_RECOVERY.PROTECTED_DISKS.limit;

interface Parameters {
    /** Undefined where the plan does not know it. */
    readonly subscription: string | undefined;
    readonly disks: number;
}

/** BCDR217: the stack replicates more disks in a subscription than Site Recovery supports (A2A-45). */
export const tooManyReplicatedDisks = stackPolicy<Parameters>({
    kinds: ["replicated item"],
    id: "BCDR217",
    name: "too-many-replicated-disks",
    level: "mandatory",
    severity: "high",
    summary: "A subscription has too many replicated disks.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Split the VMs over several subscriptions, or replicate fewer disks.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const { id, items } of bySubscription(estate)) {
            const lists = new Set<ListedDisks>();
            const open: { readonly resource: ReplicatedItem; readonly property: string }[] = [];
            for (const item of items) {
                const coverage = estate.replication.coverageOf(item);
                if (coverage.state === "known") {
                    coverage.lists.forEach((list) => lists.add(list));
                } else if (coverage.state === "unknown") {
                    open.push({ resource: item, property: coverage.property });
                }
            }
            const disks = [...lists].reduce((sum, list) => sum + list.all.length, 0);
            const [first] = items;
            const ofFirst =
                id !== undefined || first === undefined ? undefined : { resource: first, property: first.vm.property };
            const openQuestion = ofFirst ?? open[0];
            if (disks > most && ofFirst === undefined) {
                yield {
                    verdict: "violated",
                    subject: stackSubject(estate.stackUrn),
                    parameters: { subscription: id?.subscription?.toLowerCase(), disks },
                    restsOn: [...items, ...new Set(items.flatMap((item) => clustersOf(estate, item)))],
                };
            } else if (openQuestion !== undefined && disks + open.length * MOST_OF_A_VM > most) {
                yield { verdict: "undecided", openQuestion };
            }
        }
    },

    message: ({ subscription, disks }, { dryRun }) => ({
        headline: `This stack replicates ${disks.toLocaleString("en-US")} disks in ${subscription === undefined ? "one subscription" : `subscription ${subscription}`}, but Site Recovery supports ${most.toLocaleString("en-US")}.`,
        why: `The limit applies to the source subscription and to the target subscription. Beyond it, enabling replication fails.`,
        fix: ways(
            [
                {
                    do: "Move some VMs to another subscription. Replicate them through other vaults to another target subscription.",
                },
                {
                    do: "Leave disks out of replication that you don't need after a failover, for example disks for temporary files.",
                },
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.PROTECTED_DISKS.page],
    }),
});

/** The cluster whose list of shared disks counts with the item's own. */
function clustersOf(estate: Estate, item: ReplicatedItem): readonly ReplicationCluster[] {
    const link = estate.replication.clusterOf(item);
    return link.state === "linked" ? [link.to] : [];
}

/** The data disks and the OS disk. */
const MOST_OF_A_VM = SITE_RECOVERY.DATA_DISKS.limit.most + 1;

interface OfSubscription {
    /** Of one of the VMs; undefined for those of which the plan knows none. */
    readonly id: ArmId | undefined;
    readonly items: ReplicatedItem[];
}

/** By the subscription of the VM; of those that the plan does not know, the ones that surely are of one. */
function bySubscription(estate: Estate): Iterable<OfSubscription> {
    const found = new Map<string | undefined, OfSubscription>();
    for (const item of estate.replication.items) {
        if (item.skipped || !isLimited(item)) {
            continue;
        }
        const link = estate.protectedVms.of(item);
        const id = valueOf(link.state === "linked" ? link.to.id : targetOf(item.vm).id);
        getOrCreate(found, id && subscriptionKey(id), () => ({ id, items: [] })).items.push(item);
    }
    return found.values();
}
