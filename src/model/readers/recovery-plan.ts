import type { Property } from "../property-bag";

/** The elements of a list in a recovery plan; a list that is not known stands for itself, so that it is not lost. */
export function elementsOf(property: Property): readonly Property[] {
    const list = property.list();
    return list.state === "known" ? list.value : list.state === "unknown" ? [property] : [];
}
