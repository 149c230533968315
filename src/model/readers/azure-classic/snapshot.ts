import { reader } from "./resource";

/** `azure:compute/snapshot:Snapshot` (CMP-05) */
export const readSnapshot = reader(
    "snapshot",
    { armType: "Microsoft.Compute/snapshots", names: ["name"] },
    ({ identity }) => identity,
);
