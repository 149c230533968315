import type { Provider } from "../model/ids/type-token";
import type { ProgramLanguage } from "./program-language";
import { listOfOutputs } from "./snippets";

/**
 * How to write the id of a disk so that a preview can tell which disk is meant, in the words of no language. What comes out of
 * an `apply` as a whole is unknown until all that it was made from is there.
 */
export function visibleId(property: string, of: string): string {
    return `In ${property} of "${of}", use the ID of the disk itself, not an output that picks a disk or builds the ID from names.`;
}

/**
 * The same for the list of disks of a replicated item, with code where the language of the program is known.
 *
 * @param provider undefined for an item that is not written as a resource of its own, so that its list is not, either
 */
export function visibleIds(
    property: string,
    of: string,
    provider: Provider | undefined,
    language: ProgramLanguage | undefined,
): string {
    const words = `In ${property} of "${of}", write a list of outputs, not an output of a list: one element per disk, with that disk's own ID, and no function around the list as a whole.`;
    return provider === undefined ? words : `${words} ${listOfOutputs(language, provider)}`.trimEnd();
}
