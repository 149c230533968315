import { known, mapKnown, valueOf, type Known } from "../values";

/** True where one surely is, false where both surely are not. */
export function either(one: Known<boolean>, other: Known<boolean>): Known<boolean> {
    if (valueOf(one) === true || valueOf(other) === true) {
        return known(true);
    }
    return one.state === "unknown" ? one : other;
}

export function isSpot(priority: Known<string>): Known<boolean> {
    return mapKnown(priority, (text) => text.toLowerCase() === "spot");
}

/** A size of zero is Terraform's way of saying that there is none. */
export function positive(size: Known<number>): Known<number> {
    return size.state === "known" && size.value <= 0 ? { state: "absent" } : size;
}
