// The data disks of the VM come out of one apply.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newVm, newShop, replicate } from "../shop";

const { group, backup, recovery } = newShop();
const disks = newDisks("web", group, undefined, 2);
const web = newVm("web", group, {
    osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: disks.boots.id } },
    dataDisks: pulumi
        .all(disks.data.map(({ id }) => id))
        .apply((ids) => ids.map((id, lun) => ({ lun, createOption: "Attach", managedDisk: { id } }))),
});
backUp("web", group.name, web, backup);
replicate(
    "web",
    web,
    recovery,
    [disks.listed, ...disks.data].map(({ id }) => element(id)),
);
