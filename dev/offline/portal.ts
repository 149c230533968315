// What somebody does in the Azure portal while Pulumi looks away, written down in a file and done to the stand-in Azure.
import { readFileSync } from "node:fs";

import { changeCloud, changeResource, type Cloud, withoutResource, withResource } from "./providers/cloud";
import { isMap, type KnownValue, type ValueMap } from "./providers/values";

/** One thing that is done, by the id of the resource. */
export type PortalAction =
    | { readonly make: string; readonly type: string; readonly response: ValueMap }
    /** Maps are merged with the existing ones; everything else replaces the existing value, lists as a whole. */
    | { readonly change: string; readonly to: ValueMap }
    | { readonly remove: string };

/** Does what a file lists to the stand-in Azure that another file holds. */
export const playPortal = (cloudFile: string, actionsFile: string): void => {
    const actions = JSON.parse(readFileSync(actionsFile, "utf8")) as readonly PortalAction[];
    changeCloud(cloudFile, (cloud) => actions.reduce(done, cloud));
};

const done = (cloud: Cloud, action: PortalAction): Cloud => {
    if ("make" in action) {
        const { make: id, type, response } = action;
        return withResource(cloud, { type, id, response: { id, ...response } });
    }
    if ("change" in action) {
        return changeResource(cloud, action.change, (response) => merged(response, action.to));
    }
    // Says so where there is nothing to remove.
    changeResource(cloud, action.remove, (response) => response);
    return withoutResource(cloud, action.remove);
};

const merged = (before: ValueMap, changes: ValueMap): ValueMap => ({
    ...before,
    ...Object.fromEntries(
        Object.entries(changes).map(([name, value]): [string, KnownValue] => {
            const old = before[name];
            return [name, isMap(old) && isMap(value) ? merged(old, value) : value];
        }),
    ),
});
