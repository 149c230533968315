import type { Value } from "../src/model/values";
import type { AzureResource } from "../src/model/resources";
import { type Answer, compareTwo } from "../src/model/answers";

/** Whether two resources are in two regions; one whose region nobody tells counts as in the same. */
export function inOtherRegion(
    one: AzureResource,
    oneRegion: Value<string>,
    other: AzureResource,
    otherRegion: Value<string>,
): Answer {
    return compareTwo(one, oneRegion, other, otherRegion, (region, otherOne) => region !== otherOne);
}
