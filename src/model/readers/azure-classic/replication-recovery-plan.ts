import { mapValue } from "../../values";
import { reference, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { elementsOf } from "../recovery-plan";
import { reader } from "./resource";

/** `azure:siterecovery/replicationRecoveryPlan:ReplicationRecoveryPlan` (ARM-12): its VMs are in the boot groups. */
export const readReplicationRecoveryPlan = reader(
    "recovery plan",
    {
        armType: "Microsoft.RecoveryServices/vaults/replicationRecoveryPlans",
        parent: "recoveryVaultId",
        names: ["name"],
    },
    ({ resource, properties }) => ({
        bootGroups: mapValue(properties.planned("bootRecoveryGroups").list(), (groups) => groups.length),
        items: bootItems(properties).map((item) => reference(resource, item)),
    }),
);

function bootItems(properties: PlannedProperties): readonly Property[] {
    return elementsOf(properties.planned("bootRecoveryGroups")).flatMap((group) =>
        elementsOf(group.at("replicatedProtectedItems")),
    );
}
