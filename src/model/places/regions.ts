import type { Answer } from "../answers";
import { armKey, groupIn, isOneResource } from "../ids/arm-id";
import { ABSENT, known, mapValue, unknown, type Value } from "../values";
import type { Entities } from "../entities";
import type { ExternalView } from "../external-view";
import { linkedTo, ResourceIndex, type Link } from "../link";
import { getOrCreate, isSameList } from "../lists";
import { normaliseLocation } from "./location";
import type {
    AzureResource,
    VirtualMachine,
    ProtectionContainer,
    ReplicatedItem,
    ReplicationFabric,
    ResourceGroup,
} from "../resources";
import type { Target } from "../planned-resource";
import { FABRIC, PROTECTION_CONTAINER } from "../ids/resource-types";

/** What tells where a resource is. */
export type Located = Pick<AzureResource, "id" | "urn" | "groupFrom"> & { readonly location: Value<string> };

export type ReplicationKind = "between regions" | "between zones";

/** Where things are, in Azure's own spelling: `westeurope`. Absent where it lies outside of this stack. */
export class Regions {
    private readonly fabrics: ResourceIndex<ReplicationFabric>;
    private readonly containers: ResourceIndex<ProtectionContainer>;
    private readonly fabricsFound = new Map<Target, Link<ReplicationFabric>>();

    constructor(
        stack: Entities,
        external: ExternalView,
        private readonly groups: ResourceIndex<ResourceGroup>,
    ) {
        this.fabrics = new ResourceIndex(stack.of("replication fabric"), FABRIC, external.of("replication fabric"));
        this.containers = new ResourceIndex(stack.of("protection container"), PROTECTION_CONTAINER);
    }

    /** A resource without a location in the program is made where its resource group is. */
    of(resource: Located): Value<string> {
        if (resource.location.state !== "absent" || resource.urn === undefined) {
            return mapValue(resource.location, normaliseLocation);
        }
        const group = this.groupOf(resource);
        switch (group.state) {
            case "linked":
                return normalised(group.to.location, "location");
            case "undecided":
                return unknown("location");
            case "external":
                return group.isOpen ? unknown("location") : ABSENT;
            case "none":
                return ABSENT;
        }
    }

    groupOf({ id, groupFrom }: Pick<AzureResource, "id" | "groupFrom">): Link<ResourceGroup> {
        return this.groups.followName({
            id: mapValue(id, groupIn),
            property: "resourceGroupName",
            dependencies: groupFrom,
        });
    }

    /** Where the VM runs that an item replicates. */
    source(item: ReplicatedItem, vm: Link<VirtualMachine>): Value<string> {
        return firstKnown(item.sourceFabric.property, [
            normalised(item.primaryLocation, item.sourceFabric.property),
            vm.state === "linked" ? this.of(vm.to) : ABSENT,
            this.ofFabric(item.sourceFabric),
        ]);
    }

    /** Where a failover makes it. */
    target(item: ReplicatedItem): Value<string> {
        return firstKnown(item.targetFabric.property, [
            normalised(item.recoveryLocation, item.targetFabric.property),
            this.ofFabric(item.targetFabric),
        ]);
    }

    kind(item: ReplicatedItem, vm: Link<VirtualMachine>): Value<ReplicationKind> {
        if (this.isSameFabric(item)) {
            return known("between zones");
        }
        const target = this.target(item);
        const source = this.source(item, vm);
        if (target.state === "known" && source.state === "known") {
            return known(target.value === source.value ? "between zones" : "between regions");
        }
        if (target.state === "absent" || source.state === "absent") {
            return ABSENT;
        }
        return target.state === "unknown" ? target : source.state === "unknown" ? source : ABSENT;
    }

    /** The fabrics of both sides, as far as they are known. */
    fabricsOf({
        sourceFabric,
        targetFabric,
    }: Pick<ReplicatedItem, "sourceFabric" | "targetFabric">): readonly ReplicationFabric[] {
        return [sourceFabric, targetFabric].flatMap((fabric) => linkedTo(this.fabricOf(fabric)) ?? []);
    }

    /** Whether two names of fabrics are of one. */
    isOneFabric(one: Target, other: Target): Answer["answer"] {
        const [first, second] = [this.fabricOf(one), this.fabricOf(other)];
        if (first.state === "linked" && second.state === "linked") {
            return first.to === second.to ? "yes" : "no";
        }
        return one.id.state === "known" && other.id.state === "known"
            ? isOneResource(one.id.value, other.id.value)
            : "unknown";
    }

    /** Two fabrics that one property with both sides is made from are one for each side. */
    areBothMeant(one: Target, other: Target): boolean {
        const [first, second] = [this.fabricOf(one), this.fabricOf(other)];
        return (
            first.state === "undecided" &&
            second.state === "undecided" &&
            first.candidates.length === 2 &&
            isSameList(first.candidates, second.candidates)
        );
    }

    /** Replication within a region needs one fabric, with a container for either side. */
    private isSameFabric({ sourceFabric, targetFabric }: ReplicatedItem): boolean {
        const source = this.fabricOf(sourceFabric);
        const target = this.fabricOf(targetFabric);
        if (source.state === "linked" && target.state === "linked") {
            return source.to === target.to;
        }
        const [from, to] = [sourceFabric.id, targetFabric.id];
        return (
            from.state === "known" &&
            to.state === "known" &&
            from.value.subscription !== undefined &&
            armKey(from.value) === armKey(to.value)
        );
    }

    /** A container that is a resource of its own tells its fabric where its id does not yet. */
    private fabricOf(fabric: Target): Link<ReplicationFabric> {
        return getOrCreate(this.fabricsFound, fabric, () => this.findFabric(fabric));
    }

    private findFabric(fabric: Target): Link<ReplicationFabric> {
        const link = this.fabrics.followName(fabric);
        const [container, ...others] = this.containers.among(fabric.dependencies);
        const isMeant = container !== undefined && others.length === 0 && fabric.id.state === "unknown";
        return isMeant && link.state === "undecided" && link.candidates.length === 0
            ? this.fabrics.followName(container.fabric)
            : link;
    }

    /** The region that a fabric stands for. */
    ofFabric(fabric: Target): Value<string> {
        const link = this.fabricOf(fabric);
        switch (link.state) {
            case "linked":
                return normalised(link.to.location, fabric.property);
            case "undecided":
                // Whatever it is called: what is not in this stack is in another one.
                return this.fabrics.all.length === 0 ? ABSENT : unknown(fabric.property);
            case "external":
                return link.isOpen ? unknown(fabric.property) : ABSENT;
            case "none":
                return ABSENT;
        }
    }
}

/** The caller says which property decides it: the location may belong to another resource. */
function normalised(location: Value<string>, property: string): Value<string> {
    return location.state === "unknown" ? unknown(property) : mapValue(location, normaliseLocation);
}

function firstKnown(property: string, places: readonly Value<string>[]): Value<string> {
    const isOpen = places.some(({ state }) => state === "unknown");
    return places.find(({ state }) => state === "known") ?? (isOpen ? unknown(property) : ABSENT);
}
