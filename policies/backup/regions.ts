import { type Value, valueOf } from "../../src/model/values";
import type { AzureResource } from "../../src/model/resources";
import { all, type Answer, NO, YES, compare } from "../../src/model/answers";

/** Whether two resources are in two regions; one whose region nobody tells counts as in the same. */
export function inOtherRegion(
    one: AzureResource,
    oneRegion: Value<string>,
    other: AzureResource,
    otherRegion: Value<string>,
): Answer {
    const bothKnown = all([compare(one, oneRegion, () => true), compare(other, otherRegion, () => true)]);
    return bothKnown.answer !== "yes" ? bothKnown : valueOf(oneRegion) === valueOf(otherRegion) ? NO : YES;
}
