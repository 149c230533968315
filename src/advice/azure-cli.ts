import { type ArmId, formatArmId } from "../model/ids/arm-id";

/**
 * How the Azure CLI finds a resource: `--ids /subscriptions/5d3a…/virtualMachines/web`. Whoever runs a command may be
 * signed in to another subscription, with a vault or VM of the same names. Where the plan does not know the
 * subscription, the gap to fill in keeps the command from running in the wrong one. Undefined without a known group.
 */
export function idsInCli(id: ArmId): string | undefined {
    return argumentInCli("--ids", id);
}

/** The same as the scope of a role assignment: `--scope /subscriptions/5d3a…/storageAccounts/cache`. */
export function scopeInCli(id: ArmId): string | undefined {
    return argumentInCli("--scope", id);
}

function argumentInCli(name: string, id: ArmId): string | undefined {
    return id.resourceGroup === undefined
        ? undefined
        : `${name} ${quoteWord(formatArmId({ ...id, subscription: id.subscription ?? "<subscription>" }))}`;
}

/** The same for commands that take no id: `--subscription 5d3a… -g shop`. */
export function placeInCli({ subscription, resourceGroup }: ArmId): string | undefined {
    return resourceGroup === undefined
        ? undefined
        : `--subscription ${quoteWord(subscription ?? "<subscription>")} -g ${quoteWord(resourceGroup)}`;
}

/** A word of a command for a POSIX shell. */
export function quoteWord(word: string): string {
    return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
