import type { Property } from "../property-bag";
import { known, valueOf, type Value } from "../values";
import { plannedPart } from "../planned-resource";

/** The elements of a list in a recovery plan; a list that is not known stands for itself, so that it is not lost. */
export function elementsOf(property: Property): readonly Property[] {
    const list = property.list();
    return list.state === "known" ? list.value : list.state === "unknown" ? [property] : [];
}

/**
 * How many items the groups of a plan name, each once. One that is not known counts as another one, because a plan
 * names an item once.
 *
 * @param asked the groups as the program has them: at a preview, only these show a group without items
 */
export function instancesIn(
    groups: Property,
    asked: Property,
    items: string,
    idOf: (item: Property) => Value<string>,
): Value<number> {
    const all = groups.list();
    if (all.state !== "known") {
        return all;
    }
    const askedGroups = valueOf(asked.list()) ?? [];
    const lists = all.value.map((group, index) => plannedPart(group, askedGroups[index]).at(items).list());
    const open = lists.find(({ state }) => state === "unknown");
    if (open?.state === "unknown") {
        return open;
    }
    const ids = lists
        .flatMap((list) => (list.state === "known" ? list.value.map(idOf) : []))
        .map((id, index) => (id.state === "known" ? id.value.toLowerCase() : index));
    return known(new Set(ids).size);
}
