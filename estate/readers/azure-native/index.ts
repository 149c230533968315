import { readBackupInstance } from "./backup-instance";
import { readDisk } from "./disk";
import { readProtectedItem } from "./protected-item";
import { readReplicationProtectedItem } from "./replication-protected-item";
import type { Reader } from "./resource";
import { readVault } from "./vault";
import { readVirtualMachine } from "./virtual-machine";

/** Module and name of every azure-native type that is read, whatever the API version in the token (TOK-01 to TOK-03). */
export const AZURE_NATIVE_READERS: ReadonlyMap<string, Reader> = new Map([
    ["compute:VirtualMachine", readVirtualMachine],
    ["compute:Disk", readDisk],
    ["recoveryservices:Vault", readVault],
    ["recoveryservices:ProtectedItem", readProtectedItem],
    ["recoveryservices:ReplicationProtectedItem", readReplicationProtectedItem],
    ["dataprotection:BackupInstance", readBackupInstance],
]);
