import { reference } from "../../planned-resource";
import { tagsOf } from "../reader";
import { reader } from "./resource";

/** `azure:compute/managedDisk:ManagedDisk` (CMP-03) */
export const readManagedDisk = reader(
    "disk",
    { armType: "Microsoft.Compute/disks", names: ["name"] },
    ({ resource, properties, identity }) => ({
        ...identity,
        tags: tagsOf(properties),
        osType: properties.configured("osType").text(),
        creation: {
            option: properties.planned("createOption").text(),
            source: reference(resource, properties.planned("sourceResourceId")),
        },
    }),
);
