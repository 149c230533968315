import { mapValue, type Value } from "../../values";
import { reference, targetOf, type PlannedProperties } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { elementsOf, instancesIn } from "../recovery-plan";
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
        sourceFabric: targetOf(reference(resource, properties.planned("sourceRecoveryFabricId"))),
        targetFabric: targetOf(reference(resource, properties.planned("targetRecoveryFabricId"))),
        primaryZone: zone(properties, "primary"),
        recoveryZone: zone(properties, "recovery"),
        bootGroups: mapValue(properties.planned("bootRecoveryGroups").list(), (groups) => groups.length),
        instances: instancesIn(
            properties.planned("bootRecoveryGroups"),
            properties.configured("bootRecoveryGroups"),
            "replicatedProtectedItems",
            (item) => item.text(),
        ),
        items: bootItems(properties).map((item) => reference(resource, item)),
    }),
);

function bootItems(properties: PlannedProperties): readonly Property[] {
    return elementsOf(properties.planned("bootRecoveryGroups")).flatMap((group) =>
        elementsOf(group.at("replicatedProtectedItems")),
    );
}

/** Edge zones are separate properties, and zones like the others here. */
function zone(properties: PlannedProperties, side: "primary" | "recovery"): Value<string> {
    const settings = properties.below("azureToAzureSettings");
    const own = settings.planned(`${side}Zone`).text();
    return own.state === "absent" ? settings.planned(`${side}EdgeZone`).text() : own;
}
