import { isOfType } from "../model/ids/arm-id";
import { valueOf } from "../model/values";
import type { ReplicatedItem } from "../model/resources";
import { REPLICATED_ITEM } from "../model/protection/replicated-disks";
import { placeInCli, quoteWord } from "./azure-cli";

/**
 * The command that ends replication cleanly: it removes agent and links. The other command, `delete`, purges the item
 * and leaves both behind (INT-90), so it is never the one to quote. Undefined where the plan does not know the names.
 */
export function disableReplicationCommand(item: ReplicatedItem): string | undefined {
    const id = valueOf(item.id);
    const place = id && placeInCli(id);
    if (id === undefined || place === undefined || !isOfType(id, REPLICATED_ITEM)) {
        return undefined;
    }
    const [vault = "", fabric = "", container = "", name = ""] = id.names;
    return [
        "az site-recovery protected-item remove",
        `${place} --vault-name ${quoteWord(vault)} --fabric-name ${quoteWord(fabric)}`,
        `--protection-container ${quoteWord(container)} -n ${quoteWord(name)}`,
    ].join(" ");
}
