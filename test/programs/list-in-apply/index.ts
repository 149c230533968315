// The list of the replicated item comes out of one apply over the ids of the disks: how most people write it.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newShop, plainVm, replicate } from "../shop";

const { group, backup, recovery } = newShop();
const disks = newDisks("web", group);
const web = plainVm("web", group, disks);
backUp("web", group.name, web, backup);
const ids = pulumi.all([disks.listed, ...disks.data].map(({ id }) => id));
replicate(
    "web",
    web,
    recovery,
    ids.apply((all) => all.map((id) => element(id))),
);
