// The vaults are those of another stack; one of the outputs there is a secret.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newGroup, plainVm, replicate } from "../shop";

const hub = new pulumi.StackReference("organization/hub/dev");
const output = (name: string): pulumi.Output<string> => hub.requireOutput(name).apply(String);
const vault = (name: string) => ({ name: output(`${name}Name`), id: output(`${name}Id`), group: output("vaults") });

const group = newGroup("shop");
const disks = newDisks("web", group);
const web = plainVm("web", group, disks);
backUp("web", group.name, web, vault("backup"));
replicate(
    "web",
    web,
    vault("recovery"),
    [disks.listed, ...disks.data].map(({ id }) => element(id)),
);
