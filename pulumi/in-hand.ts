import type { Kind } from "../estate/model";
import { readerOf } from "../estate/readers";

/**
 * What the SDK asks about at this moment.
 *
 * The engine asks about several resources at once, and the SDK goes from policy to policy of one while another waits for
 * its turn. So all that it has begun with counts until Node turns to its next event: by then it is answered, because no
 * policy waits for anything itself (SEE-32).
 */
export class InHand {
    private readonly kinds = new Set<Kind | undefined>();
    private stack = false;
    private isClearing = false;

    takeResource(type: string): void {
        this.kinds.add(readerOf(type)?.kind);
        this.clearAfterwards();
    }

    takeStack(): void {
        this.stack = true;
        this.clearAfterwards();
    }

    get isResource(): boolean {
        return this.kinds.size > 0;
    }

    get isStack(): boolean {
        return this.stack;
    }

    /** Whether a resource may be of one of these kinds. Where none was told, it may be anything. */
    mayBe(kinds: ReadonlySet<Kind>): boolean {
        return !this.isResource || [...this.kinds].some((kind) => kind !== undefined && kinds.has(kind));
    }

    private clearAfterwards(): void {
        if (!this.isClearing) {
            this.isClearing = true;
            setImmediate(() => {
                this.kinds.clear();
                this.stack = false;
                this.isClearing = false;
            });
        }
    }
}
