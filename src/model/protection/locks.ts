import { armKey, groupIn, isOfType, isOneSubscription, keyWithoutSubscription, type ArmId } from "../ids/arm-id";
import { RESOURCE_GROUP, VM_TYPE } from "../ids/resource-types";
import { valueOf } from "../values";
import type { ExternalView } from "../external-view";
import type { ResourceIndex } from "../link";
import { getOrCreate } from "../lists";
import type { Lock, VirtualMachine, ResourceGroup } from "../resources";
import type { Urn } from "../planned-resource";
import { isOfAzure } from "../ids/type-token";

/** The locks on one thing: on a VM, or on a resource group, whose VMs they all hold. */
export interface LockedScope {
    readonly locks: readonly Lock[];
}

/** The locks that hold a VM: on itself, or on its resource group. */
export class Locks {
    /**
     * Locks whose scope the plan does not know, made from nothing in the plan that is a resource of Azure; and those of
     * which it does not know whether it is the subscription of the VMs that they name.
     */
    readonly onAnything: readonly Lock[];
    private readonly ofVm = new Map<VirtualMachine, { locks: Lock[] }>();
    private readonly ofGroupUrn = new Map<Urn, { locks: Lock[] }>();
    private readonly ofGroup = new Map<string, { locks: Lock[] }>();

    constructor(
        /** The locks of the stack. */
        readonly all: readonly Lock[],
        vms: ResourceIndex<VirtualMachine>,
        groups: ResourceIndex<ResourceGroup>,
        private readonly external: ExternalView,
    ) {
        const groupsOfVms = new Map<string, Map<string, ArmId>>();
        for (const group of vms.all.flatMap(({ id }) => (id.state === "known" ? [groupIn(id.value)] : []))) {
            getOrCreate(groupsOfVms, keyWithoutSubscription(group), () => new Map()).set(armKey(group), group);
        }
        const mayHold = (id: ArmId): boolean => {
            const groups = [...(groupsOfVms.get(keyWithoutSubscription(id)) ?? new Map<string, ArmId>()).values()];
            return isOfType(id, RESOURCE_GROUP)
                ? groups.every((group) => isOneSubscription(group, id) !== "yes") &&
                      groups.some((group) => isOneSubscription(group, id) === "unknown")
                : isOfType(id, VM_TYPE) && vms.matching(id).length > 0 && vms.inSubscriptionOf(id).length === 0;
        };
        this.onAnything = all.filter(
            ({ scope: { id, dependencies }, skipped }) =>
                !skipped &&
                (id.state === "unknown" ? !dependencies.some(isOfAzure) : id.state === "known" && mayHold(id.value)),
        );
        for (const lock of all) {
            const { id, dependencies } = lock.scope;
            if (id.state === "known" && isOfType(id.value, RESOURCE_GROUP)) {
                put(this.ofGroup, armKey(id.value), lock);
            } else if (id.state === "known" && isOfType(id.value, VM_TYPE)) {
                vms.inSubscriptionOf(id.value).forEach((vm) => put(this.ofVm, vm, lock));
            } else if (id.state === "unknown") {
                vms.among(dependencies).forEach((vm) => put(this.ofVm, vm, lock));
            }
            if (id.state !== "known" && vms.among(dependencies).length === 0) {
                groups.among(dependencies).forEach(({ urn }) => urn !== undefined && put(this.ofGroupUrn, urn, lock));
            }
        }
    }

    /** The locked scopes that a VM is in: a group may have thousands of locks, and of VMs under them. */
    over(vm: VirtualMachine): readonly LockedScope[] {
        const id = valueOf(vm.id);
        return [
            this.ofVm.get(vm),
            ...vm.groupFrom.map((urn) => this.ofGroupUrn.get(urn)),
            id && this.ofGroup.get(armKey(groupIn(id))),
        ].filter((scope) => scope !== undefined);
    }

    /** Whether a lock of another stack may hold a VM. */
    mayHoldFromElsewhere(vm: VirtualMachine): boolean {
        return this.external.mayReach("lock", vm);
    }
}

function put<K>(scopes: Map<K, { locks: Lock[] }>, key: K, lock: Lock): void {
    getOrCreate(scopes, key, () => ({ locks: [] })).locks.push(lock);
}
