import { armKey, isOfType, keyWithoutSubscription, RESOURCE_GROUP, type ArmId } from "./arm-id";
import { valueOf } from "./known";
import type { Directory } from "./link";
import { remembered } from "./lists";
import type { Lock, Machine, ResourceGroup } from "./model";
import type { Urn } from "./planned-resource";
import { isOfAzure } from "./type-token";

const MACHINE = "Microsoft.Compute/virtualMachines";

/** The locks on one thing: on a machine, or on a resource group, whose machines they all hold. */
export interface LockedScope {
    readonly locks: readonly Lock[];
}

/** The locks that hold a machine: on itself, or on its resource group. */
export class Locks {
    /** Locks whose scope the plan does not know, made from nothing in the plan that is a resource of Azure. */
    readonly onAnything: readonly Lock[];
    private readonly ofMachine = new Map<Machine, { locks: Lock[] }>();
    private readonly ofGroupUrn = new Map<Urn, { locks: Lock[] }>();
    /** By the group's key, with the subscription and without. */
    private readonly ofGroup = new Map<string, { locks: Lock[] }>();

    constructor(locks: readonly Lock[], machines: Directory<Machine>, groups: Directory<ResourceGroup>) {
        this.onAnything = locks.filter(
            ({ scope: { id, dependencies }, skipped }) =>
                id.state === "unknown" && !skipped && !dependencies.some(isOfAzure),
        );
        for (const lock of locks) {
            const { id, dependencies } = lock.scope;
            if (id.state === "known" && isOfType(id.value, RESOURCE_GROUP)) {
                put(this.ofGroup, groupKey(id.value), lock);
            } else if (id.state === "known" && isOfType(id.value, MACHINE)) {
                machines.matching(id.value).forEach((machine) => put(this.ofMachine, machine, lock));
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
        const group = id && {
            subscription: id.subscription,
            resourceGroup: undefined,
            type: RESOURCE_GROUP,
            names: [id.resourceGroup ?? ""],
        };
        return [
            this.ofMachine.get(machine),
            ...machine.groupFrom.map((urn) => this.ofGroupUrn.get(urn)),
            group && this.ofGroup.get(armKey(group)),
            // A lock that names its group alone lies in the subscription of its own provider, which need not be known.
            group?.subscription === undefined ? undefined : this.ofGroup.get(keyWithoutSubscription(group)),
        ].filter((scope) => scope !== undefined);
    }
}

function put<K>(scopes: Map<K, { locks: Lock[] }>, key: K, lock: Lock): void {
    remembered(scopes, key, () => ({ locks: [] })).locks.push(lock);
}

function groupKey(id: ArmId): string {
    return id.subscription === undefined ? keyWithoutSubscription(id) : armKey(id);
}
