import type { Answer, OpenQuestion } from "./answer";
import type { Known } from "./known";
import { append } from "./lists";
import type { Link } from "./link";
import type { AzureResource, Machine } from "./model";

/** Which items of one kind count for which machine, and which may. */
export class Protections<T extends AzureResource> {
    private readonly certain = new Map<Machine, T[]>();
    private readonly possible = new Map<Machine, OpenQuestion[]>();
    /** Items that may belong to any machine. One list for all of them, so that nothing is repeated a machine. */
    private readonly unplaced: OpenQuestion[] = [];

    /** @param counts whether the item protects at all: a stopped one does not, an unknown one may */
    add(item: T, link: Link<Machine>, counts: Known<boolean>): void {
        if (link.state === "none" || link.state === "external" || (counts.state === "known" && !counts.value)) {
            return;
        }
        if (link.state === "undecided") {
            const question = { resource: item, property: link.property };
            if (link.candidates.length === 0) {
                this.unplaced.push(question);
            }
            link.candidates.forEach((machine) => append(this.possible, machine, question));
        } else if (counts.state === "known" && !item.skipped) {
            append(this.certain, link.to, item);
        } else {
            const property = counts.state === "unknown" ? counts.property : "";
            append(this.possible, link.to, { resource: item, property });
        }
    }

    answer(machine: Machine): Answer<T> {
        const items = this.certain.get(machine);
        if (items !== undefined) {
            return { answer: "yes", items };
        }
        const openQuestions = this.possible.get(machine) ?? this.unplaced;
        return openQuestions.length === 0 ? { answer: "no" } : { answer: "undecided", openQuestions };
    }
}
