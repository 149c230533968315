import type { Estate } from "../src/model/estate";
import { kindName } from "../src/model/kind-names";
import type { StackPolicy } from "./policy";

/**
 * Why a policy has nothing to look at in a stack, as a sentence. Undefined where it has, and where a resource could not be
 * read that may be of any kind.
 */
export function notApplicable({ kinds }: StackPolicy, estate: Estate): string | undefined {
    const { unread, unknownTypes, gaps } = estate;
    const mayHaveOthers = unread.length + unknownTypes.length + gaps.all.length > 0;
    return kinds === undefined || mayHaveOthers || estate.hasAny(kinds)
        ? undefined
        : `This stack has no ${kinds.map((kind) => kindName(kind)).join(" and no ")}.`;
}
