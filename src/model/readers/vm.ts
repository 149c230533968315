import { isSet, type PlannedProperties } from "../planned-resource";
import type { Property } from "../property-bag";
import type { VmImage } from "../resources";
import { ABSENT, known, mapValue, unknown, valueOf, type Value } from "../values";

/** True where one surely is, false where both surely are not. */
export function either(one: Value<boolean>, other: Value<boolean>): Value<boolean> {
    if (valueOf(one) === true || valueOf(other) === true) {
        return known(true);
    }
    return one.state === "unknown" ? one : other;
}

/**
 * @param image the part that names an image of the Marketplace
 * @param ids where an image of another kind has its ID
 */
export function imageOf(
    image: PlannedProperties,
    property: string,
    ids: readonly Property[],
    bootsFromDisk: Value<boolean>,
): VmImage {
    return {
        publisher: image.planned("publisher").text(),
        offer: image.planned("offer").text(),
        sku: image.planned("sku").text(),
        isOwn: ids.map((id) => isSet({ id: id.text(), property: id.path })).reduce(either, known(false)),
        bootsFromDisk,
        property,
    };
}

/** Whether a place takes a disk that is there already (CMP-02). */
export function isAttached(createOption: Value<string>): Value<boolean> {
    return mapValue(createOption, (option) => option.toLowerCase() === "attach");
}

export function isSpot(priority: Value<string>): Value<boolean> {
    return mapValue(priority, (text) => text.toLowerCase() === "spot");
}

/** A size of zero is Terraform's way of saying that there is none. */
export function positive(size: Value<number>): Value<number> {
    return size.state === "known" && size.value <= 0 ? { state: "absent" } : size;
}

/**
 * The zone that a VM is in. Where nobody names one, Azure may choose it by a policy of placement or for a scale set; what
 * it has chosen is in its answer.
 */
export function zoneOf(
    named: Value<string>,
    isChosen: Value<boolean>,
    isAnswered: boolean,
    property: string,
): Value<string> {
    if (named.state !== "absent" || isAnswered) {
        return named;
    }
    return isChosen.state === "unknown"
        ? isChosen
        : isChosen.state === "known" && isChosen.value
          ? unknown(property, "azure")
          : ABSENT;
}
