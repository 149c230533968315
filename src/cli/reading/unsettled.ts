import type { PlannedResource, Urn } from "../../model/planned-resource";
import { isUnreadable } from "../../model/property-bag";
import type { Deployment, InterruptedOperation } from "./deployment";

/** More than these are counted. */
const NAMED = 20;

/** What a state cannot tell, one sentence each: what Azure has may differ from all that is said of it. */
export function unsettledIn({
    resources,
    readOnly,
    interrupted,
    replacedByNothing,
    leftOut,
}: Pick<Deployment, "resources" | "readOnly" | "interrupted" | "replacedByNothing" | "leftOut">): readonly string[] {
    return [
        ...interruptedInWords(interrupted),
        ...folded(
            replacedByNothing,
            (urn) =>
                `${urn}: it was deleted to be replaced, and nothing has taken its place yet, so it counts as deleted. Run pulumi up, then look again.`,
        ),
        ...unreadableInWords([...resources, ...readOnly]),
        ...leftOutInWords(leftOut),
    ];
}

/** What an interrupted run was about to do. */
export function interruptedInWords(operations: readonly InterruptedOperation[]): readonly string[] {
    return folded(
        operations,
        ({ urn, operation }) =>
            `${urn}: an earlier run was interrupted while ${operation} it, and the state does not say what became of that. Run pulumi refresh, then look again.`,
    );
}

/** Resources of which nothing could be read. */
export function unreadableInWords(resources: readonly PlannedResource[]): readonly string[] {
    return folded(
        resources.filter(({ inputs, outputs }) => isUnreadable(inputs) || isUnreadable(outputs)),
        ({ urn, inputs }) =>
            `${urn}: its ${isUnreadable(inputs) ? "inputs are" : "outputs are"} a secret as a whole, so nothing of them was read.`,
    );
}

function leftOutInWords(urns: readonly Urn[]): readonly string[] {
    const [first, ...others] = urns;
    return first === undefined
        ? []
        : [
              `${first}${others.length > 0 ? ` and ${others.length} more` : ""}: resources of this state depend on it, and it is not in it. What is left out of a state is not checked. Export the stack again, and give the whole file.`,
          ];
}

function folded<T>(all: readonly T[], sentence: (each: T) => string): readonly string[] {
    const more = all.length - NAMED;
    return [...all.slice(0, NAMED).map(sentence), ...(more > 0 ? [`And so are ${more} more.`] : [])];
}
