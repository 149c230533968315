import { reference } from "../../planned-resource";
import { reader } from "./resource";

/** `azure-native:compute:RestorePoint` (CMP-06) */
export const readRestorePoint = reader(
    "restore point",
    {
        armType: "Microsoft.Compute/restorePointCollections/restorePoints",
        names: ["restorePointCollectionName", "restorePointName"],
    },
    ({ identity }) => identity,
);

/** `azure-native:compute:RestorePointCollection` (CMP-06) */
export const readRestorePointCollection = reader(
    "restore point collection",
    { armType: "Microsoft.Compute/restorePointCollections", names: ["restorePointCollectionName"] },
    ({ resource, properties }) => ({
        source: reference(resource, properties.planned("source", "id")),
    }),
);
