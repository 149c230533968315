import { armKey, isOfType, isOneSubscription, keyWithoutSubscription, nameOf, type ArmId } from "./ids/arm-id";
import { pushTo, getOrCreate } from "./lists";
import type { AzureResource } from "./resources";
import { targetOf, type Reference, type Target, type Urn } from "./planned-resource";

/** Where a reference leads. */
export type Link<T> =
    | { readonly state: "linked"; readonly to: T }
    /**
     * Out of this stack. That is an answer, not a gap: the id is known, and nobody here has it. `isOpen` where other
     * stacks are known, but not what they have of this kind.
     */
    | { readonly state: "external"; readonly id: ArmId; readonly isOpen?: true }
    /** The plan does not say yet. One of the candidates, or, where there are none, anything at all. */
    | { readonly state: "undecided"; readonly property: string; readonly candidates: readonly T[] }
    | { readonly state: "none" };

const NONE: readonly never[] = [];

/** Up to here it is as quick to look once more as to remember. */
const FEW = 8;

export const NO_LINK = { state: "none" } as const;

/** What is known of the resources of one kind outside of the stack. */
export interface ExternalIndex<T> {
    find(id: ArmId): T | undefined;
    /** True where it has every resource of the kind that other stacks have. */
    readonly tellsAll: boolean;
}

/** Finds the resources of one kind by URN and by ARM id. */
export class ResourceIndex<T extends AzureResource> {
    /** A resource that carries others shares its URN with them. */
    private readonly byUrn = new Map<Urn, T[]>();
    private readonly byId = new Map<string, T>();
    private readonly bySuffix = new Map<string, T[]>();
    /** Those of which the plan does not know the subscription. */
    private readonly withoutSubscription = new Map<string, T[]>();
    /** Those whose id the plan does not know, although it knows their name: the group's name is open. */
    private readonly withoutId = new Map<string, T[]>();
    /** All references of one property share its dependencies, and a list of disks may have thousands of either. */
    private readonly found = new WeakMap<readonly Urn[], readonly T[]>();
    private readonly sets = new WeakMap<readonly T[], ReadonlySet<T>>();

    constructor(
        readonly all: readonly T[],
        private readonly armType: string,
        private readonly beyond?: ExternalIndex<T>,
    ) {
        for (const resource of all) {
            if (resource.urn !== undefined) {
                pushTo(this.byUrn, resource.urn, resource);
            }
            if (resource.id.state === "known") {
                const id = resource.id.value;
                const suffix = keyWithoutSubscription(id);
                if (id.subscription !== undefined) {
                    this.byId.set(armKey(id), resource);
                } else {
                    pushTo(this.withoutSubscription, suffix, resource);
                }
                pushTo(this.bySuffix, suffix, resource);
            } else if (resource.id.state === "unknown" && resource.azureName.state === "known" && !resource.skipped) {
                pushTo(this.withoutId, resource.azureName.value.toLowerCase(), resource);
            }
        }
    }

    /** The resources of this kind among these. */
    among(urns: readonly Urn[]): readonly T[] {
        const find = (): readonly T[] => urns.flatMap((urn): readonly T[] => this.byUrn.get(urn) ?? NONE);
        return urns.length > FEW ? getOrCreate(this.found, urns, find) : find();
    }

    /**
     * All of this kind that this id may be: the same but for a subscription that one of both does not tell. What is
     * surely of the id's own subscription goes before what may be of another one.
     */
    matching(id: ArmId): readonly T[] {
        const exact = id.subscription === undefined ? undefined : this.byId.get(armKey(id));
        if (exact !== undefined) {
            return [exact];
        }
        const similar = id.subscription === undefined ? this.bySuffix : this.withoutSubscription;
        const found = similar.get(keyWithoutSubscription(id)) ?? NONE;
        if (id.subscription !== undefined) {
            return found;
        }
        const near = found.filter((resource) => isSurelyBeside(resource, id));
        return near.length > 0 ? near : found;
    }

    /** Those that have the name in this id, and of which the plan does not know the group: the id may be theirs. */
    inOpenGroups(id: ArmId): readonly T[] {
        // Of what is below something else, such as a fabric in a vault, that one's name may be open, too.
        return id.names.length === 1 ? (this.withoutId.get(nameOf(id).toLowerCase()) ?? NONE) : NONE;
    }

    /** Those of them that are surely in the subscription of this id. */
    inSubscriptionOf(id: ArmId): readonly T[] {
        return this.matching(id).filter((resource) => isSurelyBeside(resource, id));
    }

    /**
     * Follows a reference: a known id first, then the resources that the property was made from. A resource whose
     * subscription the plan does not know is only taken for the one meant where the program refers to that very
     * resource; a mere likeness of names stays undecided.
     */
    follow(reference: Reference): Link<T> {
        return this.followTarget(targetOf(reference));
    }

    /**
     * Follows a resource's property that only has a name. It speaks of the resource's own subscription, so one resource
     * of that name and group is the one meant also where the plan does not know that subscription, if it surely is of
     * the same one.
     */
    followName(target: Target): Link<T> {
        const { id, property, dependencies } = target;
        if (id.state !== "known") {
            return this.followTarget(target);
        }
        const matching = this.matching(id.value);
        const [match, ...others] = matching;
        if (match === undefined) {
            return this.followTarget(target);
        }
        if (others.length === 0 && isSurelyBeside(match, id.value)) {
            return { state: "linked", to: match };
        }
        const meant = this.meantAmong(matching, dependencies);
        return oneOf(meant.length > 0 ? meant : matching, property, meant.length > 0);
    }

    followTarget({ id, property, dependencies, isShared = false }: Target): Link<T> {
        if (id.state === "absent") {
            return NO_LINK;
        }
        if (id.state === "unknown") {
            return oneOf(this.among(dependencies), property);
        }
        const target = id.value;
        if (!isOfType(target, this.armType)) {
            return NO_LINK;
        }
        const matching = this.matching(target);
        const [match] = matching;
        if (match !== undefined && subscriptionOf(match) !== undefined && target.subscription !== undefined) {
            return { state: "linked", to: match };
        }
        if (match !== undefined) {
            const meant = this.meantAmong(matching, dependencies);
            return oneOf(meant.length > 0 ? meant : matching, property, meant.length === 1);
        }
        // What the plan makes gets its id with it: an id that is known already is none of those.
        const nameless = this.among(dependencies).filter(
            ({ id: own, lifetime }) => own.state !== "known" && lifetime !== "new",
        );
        return nameless.length > 0 ? oneOf(nameless, property, !isShared) : this.followOut(target, property);
    }

    private followOut(id: ArmId, property: string): Link<T> {
        const found = this.beyond?.find(id);
        if (found !== undefined) {
            return { state: "linked", to: found };
        }
        const alike = this.inOpenGroups(id);
        if (alike.length > 0) {
            return oneOf(alike, property, false);
        }
        return this.beyond?.tellsAll === false ? { state: "external", id, isOpen: true } : { state: "external", id };
    }

    /** Those of several that match to which the program refers. There may be many of either, for each of many references. */
    private meantAmong(matching: readonly T[], dependencies: readonly Urn[]): readonly T[] {
        const referredTo = this.among(dependencies);
        if (referredTo.length < matching.length) {
            const matches = getOrCreate(this.sets, matching, () => new Set(matching));
            return [...new Set(referredTo)].filter((resource) => matches.has(resource));
        }
        const isReferredTo = getOrCreate(this.sets, referredTo, () => new Set(referredTo));
        return matching.filter((resource) => isReferredTo.has(resource));
    }
}

/** The resource of this stack that a link surely leads to. */
export function linkedTo<T>(link: Link<T>): T | undefined {
    return link.state === "linked" ? link.to : undefined;
}

/** Linked where there is just one candidate, and that one is sure. */
export function oneOf<T>(candidates: readonly T[], property: string, sure = true): Link<T> {
    const [only] = candidates;
    return only !== undefined && candidates.length === 1 && sure
        ? { state: "linked", to: only }
        : { state: "undecided", property, candidates };
}

function isSurelyBeside({ id: own }: AzureResource, id: ArmId): boolean {
    return own.state === "known" && isOneSubscription(own.value, id) === "yes";
}

function subscriptionOf({ id }: AzureResource): string | undefined {
    return id.state === "known" ? id.value.subscription : undefined;
}
