import { reference } from "../../planned-resource";
import { reader } from "./resource";

/** `azure:compute/restorePoint:RestorePoint` (CMP-06) */
export const readRestorePoint = reader(
    "restore point",
    {
        armType: "Microsoft.Compute/restorePointCollections/restorePoints",
        parent: "virtualMachineRestorePointCollectionId",
        names: ["name"],
    },
    ({ identity }) => identity,
);

/** `azure:compute/restorePointCollection:RestorePointCollection` (CMP-06) */
export const readRestorePointCollection = reader(
    "restore point collection",
    { armType: "Microsoft.Compute/restorePointCollections", names: ["name"] },
    ({ resource, properties }) => ({
        source: reference(resource, properties.planned("sourceVirtualMachineId")),
    }),
);
