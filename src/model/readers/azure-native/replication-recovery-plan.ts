import { ABSENT, known, valueOf, type Value } from "../../values";
import { reference, targetOf, type PlannedProperties } from "../../planned-resource";
import { elementsOf, instancesIn } from "../recovery-plan";
import { reader } from "./resource";

/** `azure-native:recoveryservices:ReplicationRecoveryPlan` (ARM-12) */
export const readReplicationRecoveryPlan = reader(
    "recovery plan",
    {
        armType: "Microsoft.RecoveryServices/vaults/replicationRecoveryPlans",
        names: ["resourceName", "recoveryPlanName"],
    },
    ({ resource, properties }) => ({
        sourceFabric: targetOf(reference(resource, properties.planned("properties", "primaryFabricId"))),
        targetFabric: targetOf(reference(resource, properties.planned("properties", "recoveryFabricId"))),
        primaryZone: zone(properties, "primaryZone"),
        recoveryZone: zone(properties, "recoveryZone"),
        bootGroups: bootGroups(properties),
        instances: instancesIn(
            properties.planned("properties", "groups"),
            properties.configured("properties", "groups"),
            "replicationProtectedItems",
            (item) => item.at("id").text(),
        ),
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

/** Asked for in one list and answered in another, with an element for each kind of replication. */
function zone(properties: PlannedProperties, name: string): Value<string> {
    const answer = properties.readBack("properties", "providerSpecificDetails").list();
    const list =
        answer.state === "known" ? answer : properties.configured("properties", "providerSpecificInput").list();
    return list.state === "known"
        ? (list.value
              .find((each) => valueOf(each.at("instanceType").text()) === "A2A")
              ?.at(name)
              .text() ?? ABSENT)
        : list;
}
