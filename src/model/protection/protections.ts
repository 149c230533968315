import type { Answer, OpenQuestion } from "../answers";
import type { Value } from "../values";
import { getOrCreate, isSameList, pushTo } from "../lists";
import type { Link } from "../link";
import type { AzureResource, VirtualMachine } from "../resources";

/** Which items of one kind count for which VM, or other owner, and which may. */
export class Protections<T extends AzureResource, Owner extends AzureResource = VirtualMachine> {
    private readonly certain = new Map<Owner, T[]>();
    private readonly possible = new Map<Owner, Questions[]>();
    /** Items that may belong to any owner. One list for all of them, so that nothing is told again for each. */
    private readonly unplaced: OpenQuestion[] = [];
    private readonly shared = new SharedQuestions<Owner>();
    /** What several lists amount to, by the numbers of the lists. */
    private readonly joined = new Map<string, readonly OpenQuestion[]>();
    private added = 0;

    /** @param counts whether the item protects at all: a stopped one does not, an unknown one may */
    add(item: T, link: Link<Owner>, counts: Value<boolean>): void {
        this.added++;
        if (link.state === "none" || link.state === "external" || (counts.state === "known" && !counts.value)) {
            return;
        }
        if (link.state === "undecided") {
            const question = { resource: item, property: link.property };
            if (link.candidates.length === 0) {
                this.unplaced.push(question);
                return;
            }
            // Of items that may belong to the same owners, each owner has the one list.
            const { questions, isNew } = this.shared.of(link.candidates);
            questions.list.push(question);
            questions.places.push(this.added);
            if (isNew) {
                new Set(link.candidates).forEach((owner) => pushTo(this.possible, owner, questions));
            }
        } else if (counts.state === "known" && !item.skipped && !mayNotBeMade(item)) {
            pushTo(this.certain, link.to, item);
        } else {
            const property = counts.state === "unknown" ? counts.property : (item.embeddedIn?.openBy ?? "");
            const question = { resource: item, property };
            pushTo(this.possible, link.to, { number: this.added, list: [question], places: [this.added] });
        }
    }

    /** What may count for this owner beside what surely does. */
    possibleFor(owner: Owner): readonly OpenQuestion[] {
        return this.questionsOf(owner) ?? [];
    }

    answer(owner: Owner): Answer<T> {
        const items = this.certain.get(owner);
        if (items !== undefined) {
            return { answer: "yes", items };
        }
        const openQuestions = this.questionsOf(owner) ?? this.unplaced;
        return openQuestions.length === 0 ? { answer: "no" } : { answer: "unknown", openQuestions };
    }

    private questionsOf(owner: Owner): readonly OpenQuestion[] | undefined {
        const lists = this.possible.get(owner);
        if (lists === undefined || lists.length <= 1) {
            return lists?.[0]?.list;
        }
        const key = lists.map(({ number, list }) => `${number} ${list.length}`).join();
        return getOrCreate(this.joined, key, () => inOrder(lists));
    }
}

/** Open questions with the order in which their items came, so that several lists make one in that order. */
interface Questions {
    readonly number: number;
    readonly list: OpenQuestion[];
    readonly places: number[];
}

function inOrder(lists: readonly Questions[]): readonly OpenQuestion[] {
    return lists
        .flatMap(({ list, places }) => list.map((question, index) => ({ question, place: places[index] ?? 0 })))
        .sort((a, b) => a.place - b.place)
        .map(({ question }) => question);
}

/**
 * One list of questions for each set of owners. A program may make every item from every VM; then each item comes
 * with the same candidates, and a separate list for each VM would be VMs times items.
 */
class SharedQuestions<Owner extends object> {
    private readonly numbers = new Map<Owner, number>();
    private readonly byHash = new Map<number, { readonly owners: readonly Owner[]; readonly questions: Questions }[]>();
    private made = 0;

    of(owners: readonly Owner[]): { readonly questions: Questions; readonly isNew: boolean } {
        const hash = owners.reduce((sum, owner) => (Math.imul(sum, 31) + this.numberOf(owner)) | 0, owners.length);
        const known = this.byHash.get(hash)?.find((each) => isSameList(each.owners, owners));
        if (known !== undefined) {
            return { questions: known.questions, isNew: false };
        }
        this.made++;
        const questions = { number: -this.made, list: [], places: [] };
        pushTo(this.byHash, hash, { owners, questions });
        return { questions, isNew: true };
    }

    private numberOf(owner: Owner): number {
        return getOrCreate(this.numbers, owner, () => this.numbers.size + 1);
    }
}

/** A template makes it under a condition that cannot be worked out. */
function mayNotBeMade({ embeddedIn }: AzureResource): boolean {
    return embeddedIn?.openBy !== undefined;
}
