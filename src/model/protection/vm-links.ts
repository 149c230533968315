import { armKey, type ArmId, type Subscription } from "../ids/arm-id";
import { VM_TYPE } from "../ids/resource-types";
import { ABSENT, valueOf } from "../values";
import { NO_LINK, oneOf, type ResourceIndex, type Link } from "../link";
import { externalResource } from "../external-resources";
import type { ExternalView } from "../external-view";
import { parsedId } from "../planned-resource";
import type { BackupItem, VirtualMachine, VmReplication } from "../resources";

/** Finds the VM that an item is about. */
export class VmLinks {
    private readonly external = new Map<string, VirtualMachine>();
    private externals = 0;

    constructor(
        private readonly vms: ResourceIndex<VirtualMachine>,
        private readonly known: ExternalView,
    ) {}

    /** VMs that are not in this stack but that items of this stack protect. */
    get externalVms(): readonly VirtualMachine[] {
        return [...this.external.values()];
    }

    /** How many references lead out of this stack. */
    get externalReferences(): number {
        return this.externals;
    }

    of(item: VmReplication | BackupItem): Link<VirtualMachine> {
        if (item.origin !== undefined) {
            return this.ofExternalItem(item);
        }
        return item.kind === "backup item" ? this.ofBackupItem(item) : this.ofReplication(item);
    }

    private ofReplication({ vm }: VmReplication): Link<VirtualMachine> {
        return this.orExternal(this.vms.follow(vm));
    }

    /**
     * The VM of an item outside of the stack. Only a VM of the stack, or one that its items name: an inventory
     * gives no other one a place here.
     */
    private ofExternalItem(item: VmReplication | BackupItem): Link<VirtualMachine> {
        const link = this.vms.follow(item.vm);
        if (link.state !== "external") {
            return link;
        }
        const named = this.external.get(armKey(link.id));
        // Of two subscriptions that are not known, nobody knows that they are one.
        return named === undefined ? NO_LINK : oneOf([named], item.vm.property, link.id.subscription !== undefined);
    }

    /** By the VM's id; where that is missing or open, by the names that the item's own path holds (ARM-04). */
    private ofBackupItem(item: BackupItem): Link<VirtualMachine> {
        const link = this.vms.follow(item.vm);
        if (link.state === "linked" || link.state === "external") {
            return this.orExternal(link);
        }
        const { named, namedFrom } = item.vm;
        const candidates = new Set(link.state === "undecided" ? link.candidates : []);
        const fits = (vm: VirtualMachine): boolean => candidates.size === 0 || candidates.has(vm);
        if (named.state === "known") {
            const { resourceGroup, name } = named.value;
            const id: ArmId = { ...subscriptionOfItem(item), resourceGroup, type: VM_TYPE, names: [name] };
            const matching = this.vms.matching(id).filter(fits);
            if (matching.length > 0) {
                // The names do not tell the subscription: what only may be of the item's own is not taken for it.
                const meant = [...candidates, ...this.vms.among(namedFrom), ...this.vms.inSubscriptionOf(id)];
                const sure = matching.filter((vm) => meant.includes(vm));
                return oneOf(sure.length > 0 ? sure : matching, item.vm.property, sure.length > 0);
            }
            const inOpenGroups = this.vms.inOpenGroups(id).filter(fits);
            if (inOpenGroups.length > 0) {
                return oneOf(inOpenGroups, item.vm.property, false);
            }
            return link.state === "undecided" ? link : this.orExternal({ state: "external", id });
        }
        const referredTo = this.vms.among(namedFrom).filter(fits);
        if (referredTo.length > 0) {
            return oneOf([...new Set(referredTo)], item.vm.property);
        }
        return named.state === "unknown" && link.state === "none"
            ? { state: "undecided", property: named.property, candidates: [] }
            : link;
    }

    /** Gives a VM that lies outside of this stack a place in the estate, one for all items that name it. */
    private orExternal(link: Link<VirtualMachine>): Link<VirtualMachine> {
        if (link.state !== "external") {
            return link;
        }
        this.externals++;
        const key = armKey(link.id);
        const vm = this.external.get(key) ?? externalVm(link.id, this.known);
        this.external.set(key, vm);
        return { state: "linked", to: vm };
    }
}

function externalVm(id: ArmId, external: ExternalView): VirtualMachine {
    return {
        location: ABSENT,
        tags: ABSENT,
        diskPlaces: [],
        placesAreAll: true,
        size: ABSENT,
        isSpot: ABSENT,
        diskController: ABSENT,
        onDedicatedHost: ABSENT,
        securityType: ABSENT,
        encryptedAtHost: ABSENT,
        image: {
            publisher: ABSENT,
            offer: ABSENT,
            sku: ABSENT,
            isOwn: ABSENT,
            bootsFromDisk: ABSENT,
            property: "imageReference",
        },
        networkInterfaces: ABSENT,
        zone: ABSENT,
        inEdgeZone: ABSENT,
        osType: ABSENT,
        ...externalResource("VM", id),
        ...external.vm(id),
    };
}

/** An item and its policy are in one vault, so that the id of any of the three tells the subscription. */
export function subscriptionOfItem({ id, vault, policy, subscription: ofProvider }: BackupItem): Subscription {
    const told = [valueOf(id), valueOf(vault.id), valueOf(parsedId(policy.id)), ofProvider].flatMap(
        (each) => each ?? [],
    );
    const { subscription, subscriptionOf } =
        told.find((each) => each.subscription !== undefined) ?? told[0] ?? ofProvider;
    return subscriptionOf === undefined ? { subscription } : { subscription, subscriptionOf };
}
