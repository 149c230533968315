import type { ArmId } from "../model/ids/arm-id";

/**
 * Where the Azure CLI finds a resource: `--subscription 5d3a… -g shop`. Whoever runs a command that a message quotes may
 * be signed in to another subscription, with a vault or VM of the same names. Where the plan does not know the
 * subscription, the gap to fill in keeps the command from running in the wrong one. Undefined without a known group.
 */
export function placeInCli({ subscription, resourceGroup }: ArmId): string | undefined {
    if (resourceGroup === undefined) {
        return undefined;
    }
    const where = subscription === undefined ? "<its subscription>" : quoteWord(subscription);
    return `--subscription ${where} -g ${quoteWord(resourceGroup)}`;
}

/** For a POSIX shell and PowerShell alike. */
export function quoteWord(word: string): string {
    return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", "")}'`;
}
