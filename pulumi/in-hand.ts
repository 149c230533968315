import type { Kind } from "../estate/model";
import type { PropertyBag } from "../estate/property-bag";
import { readerOf } from "../estate/readers";
import type { ConfiguredResourcePolicy } from "../policies/policy";

interface Resource {
    readonly kind: Kind;
    readonly copiesDisks: boolean;
}

/**
 * What the SDK asks about at this moment.
 *
 * The engine asks about several resources at once, and the SDK goes from policy to policy of one while another waits for
 * its turn. So all that it has begun with counts until Node turns to its next event: by then it is answered, because no
 * policy waits for anything itself (SEE-32).
 */
export class InHand {
    private readonly resources: Resource[] = [];
    private resource = false;
    private stack = false;

    takeResource(type: string, inputs: PropertyBag): void {
        const reader = readerOf(type);
        if (reader !== undefined) {
            this.resources.push({ kind: reader.kind, copiesDisks: reader.copiesDisks(inputs) });
        }
        this.clearAfterwards();
        this.resource = true;
    }

    takeStack(): void {
        this.clearAfterwards();
        this.stack = true;
    }

    get isResource(): boolean {
        return this.resource;
    }

    get isStack(): boolean {
        return this.stack;
    }

    /** Whether a resource may be one that the policy looks at. Where none was told, it may be any. */
    mayConcern({ looksAt, onlyCopies }: Pick<ConfiguredResourcePolicy, "looksAt" | "onlyCopies">): boolean {
        return (
            !this.resource ||
            this.resources.some(({ kind, copiesDisks }) => looksAt.has(kind) && (copiesDisks || !onlyCopies))
        );
    }

    private clearAfterwards(): void {
        if (!this.resource && !this.stack) {
            setImmediate(() => {
                this.resources.length = 0;
                this.resource = false;
                this.stack = false;
            });
        }
    }
}
