// The whole storage profile of the VM comes out of one apply, which knows both the old and the restored disk.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, isRestored, newDisks, newVm, newShop, profile, replicate } from "../shop";

const { group, backup, recovery } = newShop();
const disks = newDisks("web", group);
const ids = pulumi.all([disks.os.id, disks.boots.id, pulumi.all(disks.data.map(({ id }) => id))]);
const web = newVm(
    "web",
    group,
    ids.apply(([os, restored, data]) => profile(isRestored ? restored : os, data)),
);
backUp("web", group.name, web, backup);
replicate(
    "web",
    web,
    recovery,
    [disks.listed, ...disks.data].map(({ id }) => element(id)),
);
