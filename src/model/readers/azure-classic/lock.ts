import { reference, targetOf } from "../../planned-resource";
import { reader } from "./resource";

/** `azure:management/lock:Lock` (CMP-09) */
export const readLock = reader(
    "lock",
    { armType: "Microsoft.Authorization/locks", isExtension: true, names: ["name"] },
    ({ resource, properties }) => ({
        scope: targetOf(reference(resource, properties.configured("scope"))),
    }),
);
