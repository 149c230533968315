// Secrets where nobody needs them: in the list of disks, in the id of the VM, in what the disk is restored from.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newVm, newShop, replicate } from "../shop";

const { group, backup, recovery } = newShop();
const disks = newDisks("web", group, undefined, 1, pulumi.secret);
const web = newVm(
    "web",
    group,
    {
        osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: disks.boots.id } },
        dataDisks: disks.data.map(({ id }, lun) => ({ lun, createOption: "Attach", managedDisk: { id } })),
    },
    { userData: pulumi.secret("not-for-anybodys-eyes") },
);
backUp("web", group.name, { id: pulumi.secret(web.id), name: web.name }, backup);
replicate(
    "web",
    web,
    recovery,
    [disks.listed, ...disks.data].map(({ id }) => element(pulumi.secret(id))),
);
