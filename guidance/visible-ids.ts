/**
 * How to write the id of a disk, or a list of them, so that a preview can tell which disk is meant: in the words of no
 * language. What comes out of an `apply` as a whole is unknown until all that it was made from is there.
 */
export function visibleIds(property: string, of: string, what: "list" | "id"): string {
    return what === "list"
        ? `In ${property} of "${of}", write a list of outputs, not an output of a list: one element per disk, with that disk's own ID, and no function around the list as a whole.`
        : `In ${property} of "${of}", use the ID of the disk itself, not an output that picks a disk or builds the ID from names.`;
}
