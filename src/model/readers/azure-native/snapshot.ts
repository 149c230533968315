import { reader } from "./resource";

/** `azure-native:compute:Snapshot` (CMP-05) */
export const readSnapshot = reader(
    "snapshot",
    { armType: "Microsoft.Compute/snapshots", names: ["snapshotName"] },
    ({ identity }) => identity,
);
