// Transformations of the stack: tags and protection on all that can have them, an option that a team sets everywhere.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newShop, plainVm, replicate } from "../shop";

pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
    type.startsWith("azure-native:compute:")
        ? {
              props: { ...(props as object), tags: { "cost-centre": "4711" } },
              opts: pulumi.mergeOptions(opts, { ignoreChanges: ["tags"] }),
          }
        : undefined,
);
pulumi.runtime.registerResourceTransform(({ type, props, opts }) => ({
    props: { ...(props as Record<string, unknown>) },
    opts: type === "azure-native:recoveryservices:Vault" ? { ...opts, protect: true } : opts,
}));

const { group, backup, recovery } = newShop();
const disks = newDisks("web", group);
const web = plainVm("web", group, disks);
backUp("web", group.name, web, backup);
replicate(
    "web",
    web,
    recovery,
    [disks.listed, ...disks.data].map(({ id }) => element(id)),
);
