// The VM and its disks move into a component; aliases say what they were.
import * as pulumi from "@pulumi/pulumi";

import { backUp, config, element, newDisks, newShop, plainVm, replicate } from "../shop";

const { group, backup, recovery } = newShop();
const isMoved = config.getBoolean("moved") === true;
const options = isMoved
    ? {
          parent: new pulumi.ComponentResource("shop:index:Machine", "web-machine"),
          aliases: [{ parent: pulumi.rootStackResource }],
      }
    : undefined;
const disks = newDisks("web", group, options);
const web = plainVm("web", group, disks, options);
backUp("web", group.name, web, backup, options);
replicate(
    "web",
    web,
    recovery,
    [disks.listed, ...disks.data].map(({ id }) => element(id)),
    options,
);
