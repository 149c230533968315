import type { Answer, OpenQuestion } from "./answer";
import type { Known } from "./known";
import { append } from "./lists";
import type { Link } from "./link";
import type { AzureResource, Machine } from "./model";

/** Which items of one kind count for which machine, or other owner, and which may. */
export class Protections<T extends AzureResource, Owner extends AzureResource = Machine> {
    private readonly certain = new Map<Owner, T[]>();
    private readonly possible = new Map<Owner, OpenQuestion[]>();
    /** Items that may belong to any owner. One list for all of them, so that nothing is told again for each. */
    private readonly unplaced: OpenQuestion[] = [];

    /** @param counts whether the item protects at all: a stopped one does not, an unknown one may */
    add(item: T, link: Link<Owner>, counts: Known<boolean>): void {
        if (link.state === "none" || link.state === "external" || (counts.state === "known" && !counts.value)) {
            return;
        }
        if (link.state === "undecided") {
            const question = { resource: item, property: link.property };
            if (link.candidates.length === 0) {
                this.unplaced.push(question);
            }
            link.candidates.forEach((owner) => append(this.possible, owner, question));
        } else if (counts.state === "known" && !item.skipped) {
            append(this.certain, link.to, item);
        } else {
            const property = counts.state === "unknown" ? counts.property : "";
            append(this.possible, link.to, { resource: item, property });
        }
    }

    /** What may count for this owner beside what surely does. */
    possibleFor(owner: Owner): readonly OpenQuestion[] {
        return this.possible.get(owner) ?? [];
    }

    answer(owner: Owner): Answer<T> {
        const items = this.certain.get(owner);
        if (items !== undefined) {
            return { answer: "yes", items };
        }
        const openQuestions = this.possible.get(owner) ?? this.unplaced;
        return openQuestions.length === 0 ? { answer: "no" } : { answer: "undecided", openQuestions };
    }
}
