import type { Provider } from "../model/ids/type-token";
import type { ProgramLanguage } from "./program-language";
import type { Step } from "./fix";
import { listOfOutputs } from "./snippets";

/**
 * How to write the ID of a disk so that a preview can tell which disk is meant, in words that fit every language. The
 * result of an `apply` is unknown as a whole until everything that it is made from exists.
 */
export function visibleId(property: string, of: string): Step {
    return {
        do: `In "${of}", use the ID of the disk itself. Don't use an output that picks a disk or builds the ID from names.`,
        where: property,
    };
}

/**
 * The same for the list of disks of a replicated item, with code where the language of the program is known.
 *
 * @param provider undefined for an item that is not declared as a resource, so that code for its list would not fit
 */
export function visibleIds(
    property: string,
    of: string,
    provider: Provider | undefined,
    language: ProgramLanguage | undefined,
): Step {
    const code = provider === undefined ? "" : listOfOutputs(language, provider);
    return {
        do: `In "${of}", write a list with one element per disk, each with that disk's own ID. Don't build the whole list in a function such as apply.`,
        where: property,
        ...(code === "" ? {} : { note: code }),
    };
}
