// Not under test: what other stacks refer to and look up.
import * as pulumi from "@pulumi/pulumi";

import { newGroup, newVaults } from "../shop";

const group = newGroup("hub");
const { backup, recovery } = newVaults(group, group);
export const vaults = group.name;
export const backupName = backup.name;
export const backupId = pulumi.secret(backup.id);
export const recoveryName = recovery.name;
export const recoveryId = recovery.id;
