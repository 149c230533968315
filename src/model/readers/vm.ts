import { known, mapValue, valueOf, type Value } from "../values";

/** True where one surely is, false where both surely are not. */
export function either(one: Value<boolean>, other: Value<boolean>): Value<boolean> {
    if (valueOf(one) === true || valueOf(other) === true) {
        return known(true);
    }
    return one.state === "unknown" ? one : other;
}

export function isSpot(priority: Value<string>): Value<boolean> {
    return mapValue(priority, (text) => text.toLowerCase() === "spot");
}

/** A size of zero is Terraform's way of saying that there is none. */
export function positive(size: Value<number>): Value<number> {
    return size.state === "known" && size.value <= 0 ? { state: "absent" } : size;
}
