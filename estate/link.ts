import { armKey, isOfType, keyWithoutSubscription, type ArmId } from "./arm-id";
import { append } from "./lists";
import type { AzureResource } from "./model";
import { targetOf, type Reference, type Target, type Urn } from "./planned-resource";

/** Where a reference leads. */
export type Link<T> =
    | { readonly state: "linked"; readonly to: T }
    /** Out of this stack. That is an answer, not a gap: the id is known, and nobody here has it. */
    | { readonly state: "external"; readonly id: ArmId }
    /** The plan does not say yet. One of the candidates, or, where there are none, anything at all. */
    | { readonly state: "undecided"; readonly property: string; readonly candidates: readonly T[] }
    | { readonly state: "none" };

const NONE: readonly never[] = [];

export const NO_LINK = { state: "none" } as const;

/** Finds the resources of one kind by URN and by ARM id. */
export class Directory<T extends AzureResource> {
    /** A resource that carries others shares its URN with them. */
    private readonly byUrn = new Map<Urn, T[]>();
    private readonly byId = new Map<string, T>();
    private readonly bySuffix = new Map<string, T[]>();

    constructor(
        readonly all: readonly T[],
        private readonly armType: string,
    ) {
        for (const resource of all) {
            if (resource.urn !== undefined) {
                append(this.byUrn, resource.urn, resource);
            }
            if (resource.id.state === "known") {
                const id = resource.id.value;
                if (id.subscription !== undefined) {
                    this.byId.set(armKey(id), resource);
                }
                append(this.bySuffix, keyWithoutSubscription(id), resource);
            }
        }
    }

    /** The resources of this kind among these. */
    among(urns: readonly Urn[]): readonly T[] {
        const found: T[] = [];
        for (const urn of urns) {
            found.push(...(this.byUrn.get(urn) ?? NONE));
        }
        return found;
    }

    /** All of this kind that this id may be: the same but for a subscription that one of both does not tell. */
    matching(id: ArmId): readonly T[] {
        const exact = id.subscription === undefined ? undefined : this.byId.get(armKey(id));
        if (exact !== undefined) {
            return [exact];
        }
        const similar = this.bySuffix.get(keyWithoutSubscription(id)) ?? [];
        return id.subscription === undefined
            ? similar
            : similar.filter((resource) => subscriptionOf(resource) === undefined);
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
     * of that name and group is the one meant even where the plan does not know the subscription.
     */
    followName(target: Target): Link<T> {
        const { id, property, dependencies } = target;
        const matching = id.state === "known" ? this.matching(id.value) : [];
        if (matching.length === 0) {
            return this.followTarget(target);
        }
        const referredTo = matching.length > 1 ? this.among(dependencies) : [];
        const meant = matching.filter((resource) => referredTo.includes(resource));
        return oneOf(meant.length > 0 ? meant : matching, property);
    }

    followTarget({ id, property, dependencies }: Target): Link<T> {
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
        const referredTo = this.among(dependencies);
        if (match !== undefined) {
            const meant = matching.filter((resource) => referredTo.includes(resource));
            return oneOf(meant.length > 0 ? meant : matching, property, meant.length === 1);
        }
        const nameless = referredTo.filter((resource) => resource.id.state !== "known");
        return nameless.length > 0 ? oneOf(nameless, property) : { state: "external", id: target };
    }
}

/** The resource of this stack that a link surely leads to. */
export function linkedTo<T>(link: Link<T>): T | undefined {
    return link.state === "linked" ? link.to : undefined;
}

/** Linked where there is just one candidate, and that one is sure. */
export function oneOf<T>(candidates: readonly T[], property: string, sure = true): Link<T> {
    const [only, ...others] = candidates;
    return only !== undefined && others.length === 0 && sure
        ? { state: "linked", to: only }
        : { state: "undecided", property, candidates };
}

function subscriptionOf({ id }: AzureResource): string | undefined {
    return id.state === "known" ? id.value.subscription : undefined;
}
