import { isOfType } from "../model/ids/arm-id";
import { valueOf } from "../model/values";
import type { ReplicatedItem } from "../model/resources";
import { REPLICATED_ITEM } from "../model/protection/replicated-disks";
import { idsInCli } from "./azure-cli";

/**
 * The command that ends replication cleanly: it removes agent and links. The other command, `delete`, purges the item
 * and leaves both behind (INT-90), so it is never the one to quote. Undefined where the plan does not know the id.
 */
export function disableReplicationCommand(item: ReplicatedItem): string | undefined {
    const id = valueOf(item.id);
    const ids = id !== undefined && isOfType(id, REPLICATED_ITEM) ? idsInCli(id) : undefined;
    return ids && `az site-recovery protected-item remove ${ids}`;
}
