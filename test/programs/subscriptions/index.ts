// Twins in two subscriptions, of the same names in the same groups, each with a provider of its own. One of them is restored.
import * as azure from "@pulumi/azure-native";
import * as resources from "@pulumi/azure-native/resources";

import { backUp, element, newDisks, newVm, newVaults, replicate } from "../shop";

const spokes = {
    one: "11111111-1111-4111-8111-111111111111",
    two: "22222222-2222-4222-8222-222222222222",
};
for (const [spoke, subscriptionId] of Object.entries(spokes)) {
    const provider = new azure.Provider(spoke, { subscriptionId, location: "westeurope" });
    const options = { provider };
    const group = new resources.ResourceGroup(`${spoke}-shop`, { resourceGroupName: "shop" }, options);
    const { backup, recovery } = newVaults(group, group, options, `${spoke}-`);
    const disks = newDisks(`${spoke}-web`, group, options);
    const [boots, listed] = spoke === "two" ? [disks.boots, disks.listed] : [disks.os, disks.os];
    const web = newVm(
        `${spoke}-web`,
        group,
        {
            osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: boots.id } },
            dataDisks: disks.data.map(({ id }, lun) => ({ lun, createOption: "Attach", managedDisk: { id } })),
        },
        { vmName: "web" },
        options,
    );
    backUp(`${spoke}-web`, group.name, web, backup, options);
    replicate(
        `${spoke}-web`,
        web,
        recovery,
        [listed, ...disks.data].map(({ id }) => element(id)),
        options,
    );
}
