// The vaults are there: one is read with `get`, the other one by a function. Neither is a resource of this program.
import * as recoveryservices from "@pulumi/azure-native/recoveryservices";
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newGroup, plainVm, replicate } from "../shop";

const hub = new pulumi.StackReference("organization/hub/dev");
const vaults = hub.requireOutput("vaults").apply(String);
const backup = recoveryservices.Vault.get("backup", hub.requireOutput("backupId").apply(String));
const recovery = recoveryservices.getVaultOutput({
    resourceGroupName: vaults,
    vaultName: hub.requireOutput("recoveryName").apply(String),
});

const group = newGroup("shop");
const disks = newDisks("web", group);
const web = plainVm("web", group, disks);
backUp("web", group.name, web, { id: backup.id, name: backup.name, group: vaults });
replicate(
    "web",
    web,
    { id: recovery.id, name: recovery.name, group: vaults },
    [disks.listed, ...disks.data].map(({ id }) => element(id)),
);
