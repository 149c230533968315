import { valueOf } from "../../known";
import { reference } from "../../planned-resource";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ReplicationRecoveryPlan` (ARM-12) */
export const readReplicationRecoveryPlan = reader(
    "recovery plan",
    {
        armType: "Microsoft.RecoveryServices/vaults/replicationRecoveryPlans",
        names: ["resourceName", "recoveryPlanName"],
    },
    ({ resource, properties, identity }) => ({
        ...identity,
        items: (valueOf(properties.planned("properties", "groups").list()) ?? [])
            .flatMap((group) => valueOf(group.at("replicationProtectedItems").list()) ?? [])
            .map((item) => reference(resource, item.at("id"))),
    }),
);
