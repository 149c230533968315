import { known, valueOf, type Value } from "../../values";
import { reference, type PlannedProperties } from "../../planned-resource";
import { elementsOf } from "../recovery-plan";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ReplicationRecoveryPlan` (ARM-12) */
export const readReplicationRecoveryPlan = reader(
    "recovery plan",
    {
        armType: "Microsoft.RecoveryServices/vaults/replicationRecoveryPlans",
        names: ["resourceName", "recoveryPlanName"],
    },
    ({ resource, properties }) => ({
        bootGroups: bootGroups(properties),
        items: elementsOf(properties.planned("properties", "groups"))
            .flatMap((group) => elementsOf(group.at("replicationProtectedItems")))
            .map((item) => reference(resource, item.at("id"))),
    }),
);

/** Only these start VMs; a plan also has a group that shuts them down and one that fails them over. */
function bootGroups(properties: PlannedProperties): Value<number> {
    const groups = properties.planned("properties", "groups").list();
    if (groups.state !== "known") {
        return groups;
    }
    const types = groups.value.map((group) => group.at("groupType").text());
    const open = types.find(({ state }) => state === "unknown");
    return open?.state === "unknown" ? open : known(types.filter((type) => valueOf(type) === "Boot").length);
}
