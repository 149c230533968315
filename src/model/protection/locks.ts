import {
    armKey,
    groupIn,
    isOfType,
    isOneSubscription,
    keyWithoutSubscription,
    RESOURCE_GROUP,
    type ArmId,
} from "../ids/arm-id";
import { valueOf } from "../values";
import type { Directory } from "../link";
import { remembered } from "../lists";
import type { Lock, Machine, ResourceGroup } from "../resources";
import type { Urn } from "../planned-resource";
import { isOfAzure } from "../ids/type-token";

const MACHINE = "Microsoft.Compute/virtualMachines";

/** The locks on one thing: on a machine, or on a resource group, whose machines they all hold. */
export interface LockedScope {
    readonly locks: readonly Lock[];
}

/** The locks that hold a machine: on itself, or on its resource group. */
export class Locks {
    /**
     * Locks whose scope the plan does not know, made from nothing in the plan that is a resource of Azure; and those of
     * which it does not know whether it is the subscription of the machines that they name.
     */
    readonly onAnything: readonly Lock[];
    private readonly ofMachine = new Map<Machine, { locks: Lock[] }>();
    private readonly ofGroupUrn = new Map<Urn, { locks: Lock[] }>();
    private readonly ofGroup = new Map<string, { locks: Lock[] }>();

    constructor(locks: readonly Lock[], machines: Directory<Machine>, groups: Directory<ResourceGroup>) {
        const groupsOfMachines = new Map<string, Map<string, ArmId>>();
        for (const group of machines.all.flatMap(({ id }) => (id.state === "known" ? [groupIn(id.value)] : []))) {
            remembered(groupsOfMachines, keyWithoutSubscription(group), () => new Map()).set(armKey(group), group);
        }
        const mayHold = (id: ArmId): boolean => {
            const groups = [...(groupsOfMachines.get(keyWithoutSubscription(id)) ?? new Map<string, ArmId>()).values()];
            return isOfType(id, RESOURCE_GROUP)
                ? groups.every((group) => isOneSubscription(group, id) !== "yes") &&
                      groups.some((group) => isOneSubscription(group, id) === "unknown")
                : isOfType(id, MACHINE) &&
                      machines.matching(id).length > 0 &&
                      machines.inSubscriptionOf(id).length === 0;
        };
        this.onAnything = locks.filter(
            ({ scope: { id, dependencies }, skipped }) =>
                !skipped &&
                (id.state === "unknown" ? !dependencies.some(isOfAzure) : id.state === "known" && mayHold(id.value)),
        );
        for (const lock of locks) {
            const { id, dependencies } = lock.scope;
            if (id.state === "known" && isOfType(id.value, RESOURCE_GROUP)) {
                put(this.ofGroup, armKey(id.value), lock);
            } else if (id.state === "known" && isOfType(id.value, MACHINE)) {
                machines.inSubscriptionOf(id.value).forEach((machine) => put(this.ofMachine, machine, lock));
            } else if (id.state === "unknown") {
                machines.among(dependencies).forEach((machine) => put(this.ofMachine, machine, lock));
            }
            if (id.state !== "known" && machines.among(dependencies).length === 0) {
                groups.among(dependencies).forEach(({ urn }) => urn !== undefined && put(this.ofGroupUrn, urn, lock));
            }
        }
    }

    /** The locked scopes that a machine is in: a group may have thousands of locks, and of machines under them. */
    over(machine: Machine): readonly LockedScope[] {
        const id = valueOf(machine.id);
        return [
            this.ofMachine.get(machine),
            ...machine.groupFrom.map((urn) => this.ofGroupUrn.get(urn)),
            id && this.ofGroup.get(armKey(groupIn(id))),
        ].filter((scope) => scope !== undefined);
    }
}

function put<K>(scopes: Map<K, { locks: Lock[] }>, key: K, lock: Lock): void {
    remembered(scopes, key, () => ({ locks: [] })).locks.push(lock);
}
