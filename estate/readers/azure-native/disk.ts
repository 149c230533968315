import { reference } from "../../planned-resource";
import { tagsOf } from "../reader";
import { reader } from "./resource";

/** `azure-native:compute:Disk` (CMP-03) */
export const readDisk = reader(
    "disk",
    { armType: "Microsoft.Compute/disks", names: ["diskName"] },
    ({ resource, properties, identity }) => ({
        ...identity,
        tags: tagsOf(properties),
        osType: properties.configured("osType").text(),
        creation: {
            option: properties.planned("creationData", "createOption").text(),
            source: reference(resource, properties.planned("creationData", "sourceResourceId")),
        },
    }),
);
