import { type Value, valueOf } from "../../src/model/values";
import type { AzureResource } from "../../src/model/resources";
import { all, type Condition, NOT_SO, SO, when } from "../condition";

/** Whether two resources are in two regions; one whose region nobody tells counts as in the same. */
export function inOtherRegion(
    one: AzureResource,
    oneRegion: Value<string>,
    other: AzureResource,
    otherRegion: Value<string>,
): Condition {
    const bothKnown = all([when(one, oneRegion, () => true), when(other, otherRegion, () => true)]);
    return bothKnown.is !== "so" ? bothKnown : valueOf(oneRegion) === valueOf(otherRegion) ? NOT_SO : SO;
}
