import type { Provider } from "../model/ids/type-token";
import type { ProgramLanguage } from "./program-language";
import type { Step } from "./fix";
import { listOfOutputs } from "./snippets";

/**
 * How to write the ID of a disk so that a preview can tell which disk is meant, in the words of no language. What comes out of
 * an `apply` as a whole is unknown until all that it was made from exists.
 */
export function visibleId(property: string, of: string): Step {
    return {
        do: `In "${of}", use the ID of the disk itself, not an output that picks a disk or builds the ID from names.`,
        where: property,
    };
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
): Step {
    const code = provider === undefined ? "" : listOfOutputs(language, provider);
    return {
        do: `In "${of}", write a list of outputs with one element per disk, each with that disk's own ID. Don't wrap the list as a whole in a function.`,
        where: property,
        ...(code === "" ? {} : { note: code }),
    };
}
