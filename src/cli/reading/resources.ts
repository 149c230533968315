import { isRead } from "../../model/entities";
import { ABSENT } from "../../model/values";
import type { PlannedProvider, Urn } from "../../model/planned-resource";
import { isUnknownType } from "../../model/unknown-types";
import { isUnreadable, Property, type PropertyBag } from "../../model/property-bag";

export const STACK = "pulumi:pulumi:Stack";

/**
 * True for what readers know, for what tells where that is (providers and the stack itself), and for what is told because no
 * reader knows it.
 */
export function isKept(type: string): boolean {
    return isProvider(type) || type === STACK || isRead(type) || isUnknownType(type);
}

/** True for what is no resource of anybody's cloud: the stack itself and providers. */
export function isOfEngine(type: string): boolean {
    return type.startsWith("pulumi:");
}

export function isProvider(type: string): boolean {
    return type.startsWith("pulumi:providers:");
}

/** A reference to a provider has its id behind its URN. */
export function providerUrn(reference: string | undefined): Urn | undefined {
    const end = reference?.lastIndexOf("::") ?? -1;
    return end < 0 ? undefined : reference?.slice(0, end);
}

/** A provider that is not among the known ones does not tell its subscription. */
export function plannedProvider(
    urn: Urn | undefined,
    providers: ReadonlyMap<Urn, PropertyBag>,
): PlannedProvider | undefined {
    const inputs = urn === undefined ? undefined : providers.get(urn);
    const subscription = inputs === undefined ? ABSENT : Property.of(inputs).at("subscriptionId").text();
    return urn === undefined ? undefined : { urn, subscription };
}

/** The engine keeps the id beside the outputs, and most providers in them, too. */
export function withId(outputs: PropertyBag, id: string | undefined): PropertyBag {
    return id === undefined || Object.hasOwn(outputs, "id") || isUnreadable(outputs) ? outputs : { ...outputs, id };
}
