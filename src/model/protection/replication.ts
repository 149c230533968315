import { any, type Answer, type OpenQuestion } from "../answers";
import type { Disks } from "../disks/disks";
import type { ListedDisks } from "../disks/listed-disks";
import type { Entities } from "../entities";
import { NO_LINK, ResourceIndex, type Link } from "../link";
import { getOrCreate, isSameList, pushTo } from "../lists";
import type { Reference } from "../planned-resource";
import type { Regions, ReplicationKind } from "../places/regions";
import type {
    Disk,
    ReplicatedItem,
    ReplicationCluster,
    ReplicationFabric,
    ReplicationIntent,
    ReplicationPolicy,
    VirtualMachine,
    VmReplication,
} from "../resources";
import { known, valueOf, type Value } from "../values";
import type { LinkedItems } from "./linked-items";
import { Protections } from "./protections";
import type { Coverage, ReplicatedDisks } from "./replicated-disks";
import { ReplicatedVm } from "./replicated-vm";

/** The items of a protection cluster. */
export interface ClusterMembers {
    /** Those that surely are in it. */
    readonly certain: readonly ReplicatedItem[];
    /** What decides whether others are. */
    readonly open: readonly OpenQuestion[];
}

/** What Site Recovery replicates of each VM, and where to. */
export class Replication {
    /** The items of the stack. */
    readonly items: readonly ReplicatedItem[];
    private readonly ofVms = new Protections<ReplicatedItem>();
    private readonly intentsOfVms = new Protections<ReplicationIntent>();
    private readonly replicatedVms = new Map<VirtualMachine, ReplicatedVm>();
    private readonly policies: ResourceIndex<ReplicationPolicy>;
    private members: ReadonlyMap<ReplicationCluster, readonly ReplicatedItem[]> | undefined;
    private readonly kinds = new Map<ReplicatedItem, Value<ReplicationKind>>();

    constructor(
        stack: Entities,
        private readonly linked: LinkedItems,
        private readonly lists: ReplicatedDisks,
        private readonly disks: Disks,
        private readonly regions: Regions,
    ) {
        this.items = stack.of("replicated item");
        this.policies = new ResourceIndex(
            stack.of("replication policy"),
            "Microsoft.RecoveryServices/vaults/replicationPolicies",
        );
        for (const [item, link] of linked.replicatedItems) {
            // After a failover it is the other side that runs; this VM is not replicated then.
            // A preview that changes the item does not tell the side: it counts meanwhile, and BCDR416 asks.
            const counts = known(valueOf(item.failedOver) !== true);
            this.ofVms.add(item, link, counts);
        }
        const failedOver = new Set(
            [...linked.replicatedItems].flatMap(([item, link]) =>
                link.state === "linked" && valueOf(item.failedOver) === true ? [link.to] : [],
            ),
        );
        for (const [intent, link] of linked.intents) {
            this.intentsOfVms.add(intent, link, known(link.state !== "linked" || !failedOver.has(link.to)));
        }
    }

    /** The items that replicate this VM. */
    of(vm: VirtualMachine): Answer<ReplicatedItem> {
        return this.ofVms.answer(vm);
    }

    /**
     * What replicates this VM: its items, which tell how, or else an intent, which tells little more than that (INT-95). Where
     * neither is sure, both are asked.
     */
    ofAny(vm: VirtualMachine): Answer<VmReplication> {
        const items = this.of(vm);
        return items.answer === "yes" ? items : any<VmReplication>([items, this.intentsOfVms.answer(vm)]);
    }

    /** The VM together with what replication knows of its disks. */
    replicatedVm(vm: VirtualMachine, items: readonly VmReplication[]): ReplicatedVm {
        const former = this.replicatedVms.get(vm);
        // Each policy passes the items that concern it: nearly always all of them, in its own list.
        if (former !== undefined && isSameList(former.items, items)) {
            return former;
        }
        const coverage = items.map((item) => this.lists.of(item));
        const replicated = new ReplicatedVm(vm, items, this.disks.attachedTo(vm), coverage);
        this.replicatedVms.set(vm, replicated);
        return replicated;
    }

    /** What replication of one item covers, its cluster's disks included. */
    coverageOf(item: ReplicatedItem): Coverage {
        return this.lists.of(item);
    }

    /** The protection cluster that an item is in. */
    clusterOf(item: ReplicatedItem): Link<ReplicationCluster> {
        return this.lists.clusterOf(item);
    }

    /** The items that a cluster holds: either names the other. */
    membersOf(cluster: ReplicationCluster): ClusterMembers {
        this.members ??= this.findMembers();
        const open = this.items.flatMap((item) => {
            const link = item.cluster.id.state === "unknown" ? this.clusterOf(item) : NO_LINK;
            const isOpen =
                link.state === "undecided" && (link.candidates.length === 0 || link.candidates.includes(cluster));
            return isOpen ? [{ resource: item, property: link.property }] : [];
        });
        return { certain: this.members.get(cluster) ?? [], open };
    }

    /** The disks that a cluster replicates for all its nodes. */
    sharedDisksOf(cluster: ReplicationCluster): ListedDisks | undefined {
        return this.lists.sharedDisksOf(cluster);
    }

    /** The replication policy that an item or a cluster follows, if it is in the stack. */
    policyOf(policy: Reference): Link<ReplicationPolicy> {
        return this.policies.follow(policy);
    }

    /** The region from which an item replicates. */
    sourceRegionOf(item: ReplicatedItem): Value<string> {
        return this.regions.source(item, this.vmOf(item));
    }

    /** The fabrics of both sides, as far as they are known: they tell the regions. */
    fabricsOf(item: ReplicatedItem): readonly ReplicationFabric[] {
        return this.regions.fabricsOf(item);
    }

    /** The region to which an item replicates. */
    targetRegionOf(item: ReplicatedItem): Value<string> {
        return this.regions.target(item);
    }

    /** Absent where that lies outside of this stack. */
    kindOf(item: ReplicatedItem): Value<ReplicationKind> {
        return getOrCreate(this.kinds, item, () => this.regions.kind(item, this.vmOf(item)));
    }

    private findMembers(): ReadonlyMap<ReplicationCluster, readonly ReplicatedItem[]> {
        const members = new Map<ReplicationCluster, ReplicatedItem[]>();
        for (const item of this.items) {
            const link = this.clusterOf(item);
            if (link.state === "linked" && !item.skipped) {
                pushTo(members, link.to, item);
            }
        }
        return members;
    }

    private vmOf(item: ReplicatedItem): Link<VirtualMachine> {
        return this.linked.replicatedItems.get(item) ?? NO_LINK;
    }
}

/** The VM whose item lists a disk, and no other VM's does. */
export function disksByOwner(linked: LinkedItems, lists: ReplicatedDisks): ReadonlyMap<Disk, VirtualMachine> {
    const owners = new Map<Disk, VirtualMachine | undefined>();
    for (const [item, vm] of linked.replicatedItems) {
        const coverage = vm.state === "linked" ? lists.of(item) : undefined;
        const own = coverage?.state === "known" ? coverage.lists.filter(({ isShared }) => !isShared) : [];
        for (const { disk } of own.flatMap(({ named }) => named)) {
            if (vm.state === "linked" && disk.state === "linked") {
                const isOnly = !owners.has(disk.to) || owners.get(disk.to) === vm.to;
                owners.set(disk.to, isOnly ? vm.to : undefined);
            }
        }
    }
    return new Map([...owners].flatMap(([disk, owner]) => (owner === undefined ? [] : [[disk, owner] as const])));
}
