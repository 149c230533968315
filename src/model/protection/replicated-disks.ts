import type { ArmId } from "../ids/arm-id";
import { indexOf } from "../disks/disk-index";
import type { Answer } from "../answers";
import { ListedDisks } from "../disks/listed-disks";
import { ResourceIndex, NO_LINK, type Link } from "../link";
import { implicitDiskId, type AttachedDisk } from "../disks/attached-disks";
import { known, valueOf, type Value } from "../values";
import { disksInListOf } from "../disks/list-sources";
import type { ResourcesByKind } from "../external-resources";
import type {
    Disk,
    VirtualMachine,
    ReplicatedDisk,
    ReplicatedItem,
    ReplicationCluster,
    ReplicationIntent,
    VmReplication,
} from "../resources";
import { isSet } from "../planned-resource";

const CLUSTER =
    "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectionClusters";
export const REPLICATED_ITEM =
    "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems";

/**
 * What replication of an item covers.
 *
 * `none` and `unmanaged`: there is nothing to compare, and other policies speak of it. `unknown`: the plan cannot tell.
 */
export type Coverage =
    | { readonly state: "known"; readonly lists: readonly ListedDisks[] }
    | { readonly state: "none" | "unmanaged" }
    | {
          readonly state: "unknown";
          readonly property: string;
          /** Enabled before this plan, which leaves it so: whatever the list, it names no disk that the plan makes. */
          readonly isOlder: boolean;
          /** All disks that it can name, where that is known. */
          readonly madeFrom: ReadonlySet<Disk> | undefined;
      };

/** Finds the one list that counts for each replicated item: its own, and its cluster's for shared disks. */
export class ReplicatedDisks {
    private readonly clusters: ResourceIndex<ReplicationCluster>;
    private readonly clusterThatNames = new Map<ReplicatedItem, Link<ReplicationCluster>>();
    private readonly shared = new Map<ReplicationCluster, ListedDisks | undefined>();
    private readonly coverage = new Map<VmReplication, Coverage>();

    constructor(
        all: ResourcesByKind,
        items: ResourceIndex<ReplicatedItem>,
        private readonly disks: ResourceIndex<Disk>,
    ) {
        const clusters = all.of("protection cluster");
        this.clusters = new ResourceIndex(clusters, CLUSTER);
        for (const cluster of clusters) {
            this.shared.set(cluster, ListedDisks.of(cluster, disks));
            // A cluster is made from the very items that it holds, so all candidates are in it.
            const members = new Set(
                cluster.items.map((reference) => {
                    const link = items.follow(reference);
                    return link.state === "linked" ? link.to : link.state === "undecided" ? link.candidates : [];
                }),
            );
            for (const member of [...members].flat()) {
                this.clusterThatNames.set(member, { state: "linked", to: cluster });
            }
        }
    }

    /** The cluster that an item is in: either of them names the other. */
    clusterOf(item: ReplicatedItem): Link<ReplicationCluster> {
        return item.cluster.id.state === "absent"
            ? (this.clusterThatNames.get(item) ?? NO_LINK)
            : this.clusters.follow(item.cluster);
    }

    /** The disks that a cluster lists for all its nodes. */
    sharedDisksOf(cluster: ReplicationCluster): ListedDisks | undefined {
        return this.shared.get(cluster);
    }

    of(item: VmReplication): Coverage {
        const found = this.coverage.get(item) ?? (item.kind === "replicated item" ? this.find(item) : this.asked(item));
        this.coverage.set(item, found);
        return found;
    }

    /** An intent is in no cluster. */
    private asked(intent: ReplicationIntent): Coverage {
        const list = ListedDisks.of(intent, this.disks);
        if (list !== undefined) {
            return { state: "known", lists: [list] };
        }
        const { disks, lifetime } = intent;
        return disks.state === "unknown"
            ? {
                  state: "unknown",
                  property: disks.property,
                  isOlder: lifetime === "existing",
                  madeFrom: undefined,
              }
            : { state: "none" };
    }

    /** Where all of an item comes out of one `apply`, a cluster among it would be one of the resources that it is made from. */
    private isInCluster(item: ReplicatedItem): boolean {
        return valueOf(isSet(item.cluster)) === true || this.clusterThatNames.has(item);
    }

    private find(item: ReplicatedItem): Coverage {
        const own = ListedDisks.of(item, this.disks);
        if (own === undefined) {
            return item.disks.state === "unknown"
                ? {
                      state: "unknown",
                      property: item.disks.property,
                      isOlder: isOlder(item),
                      madeFrom: this.isInCluster(item) ? undefined : disksInListOf(item, this.disks),
                  }
                : { state: item.disks.state === "unmanaged" ? "unmanaged" : "none" };
        }
        const cluster = this.clusterOf(item);
        if (item.cluster.id.state === "absent" && cluster.state === "none") {
            return { state: "known", lists: [own] };
        }
        if (cluster.state !== "linked" || cluster.to.disks.state === "unknown") {
            // A shared disk may stand in the list of a cluster that cannot be seen from here.
            return { state: "unknown", property: item.cluster.property, isOlder: false, madeFrom: undefined };
        }
        const shared = this.shared.get(cluster.to);
        return { state: "known", lists: shared === undefined ? [own] : [own, shared] };
    }
}

/** An item that changes may be on either side of a failover, and one of a cluster may be covered by that. */
function isOlder({ lifetime, cluster }: ReplicatedItem): boolean {
    return lifetime === "existing" && cluster.id.state === "absent";
}

/** Whether any of these lists names the disk in a place of this VM. */
export function isListed(
    lists: readonly ListedDisks[],
    vm: VirtualMachine,
    { place, disk }: AttachedDisk,
): Answer["answer"] {
    const { state } = disk;
    switch (state) {
        case "linked":
            return indexOf(lists).has(disk.to);
        case "external":
            return indexOf(lists).hasId(known(disk.id));
        case "undecided":
        case "none":
            return place.origin === "explicit" ? "unknown" : indexOf(lists).hasId(implicitDiskId(vm, { place }));
    }
}

/** What is set up for the disk in a place of this VM; where the plan does not tell, all that it may be. */
export function elementsOf(
    lists: readonly ListedDisks[],
    vm: VirtualMachine,
    { place, disk }: AttachedDisk,
): readonly ReplicatedDisk[] {
    const id: Value<ArmId> = disk.state === "external" ? known(disk.id) : implicitDiskId(vm, { place });
    return indexOf(lists).elementsOf(disk, id);
}
