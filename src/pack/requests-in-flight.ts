import { embeddedResources, isTemplate } from "../model/templates";
import { Identities } from "../model/ids/identify";
import type { Kind } from "../model/resources";
import type { PlannedResource } from "../model/planned-resource";
import type { PropertyBag } from "../model/property-bag";
import { readerOf } from "../model/readers";
import type { ConfiguredResourcePolicy } from "../../policies/policy";

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
export class RequestsInFlight {
    private readonly resources: Resource[] = [];
    /** One that could not be read may be of any kind; who looks at it meets the same bug, and tells it. */
    private any = false;
    private resource = false;
    private stack = false;

    /** @param whole all of it, for the few types that hold others */
    takeResource(type: string, inputs: PropertyBag, whole: () => PlannedResource): void {
        try {
            this.take(type, inputs);
            if (isTemplate(type)) {
                const template = whole();
                embeddedResources(template, new Identities([template])).resources.forEach((each) =>
                    this.take(each.type, each.inputs ?? {}),
                );
            }
        } catch {
            this.any = true;
        }
        this.clearAfterwards();
        this.resource = true;
    }

    private take(type: string, inputs: PropertyBag): void {
        const reader = readerOf(type);
        if (reader !== undefined) {
            this.resources.push({ kind: reader.kind, copiesDisks: reader.copiesDisks(inputs) });
        }
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
    mayConcern({ kinds, onlyCopies }: Pick<ConfiguredResourcePolicy, "kinds" | "onlyCopies">): boolean {
        return (
            !this.resource ||
            this.any ||
            this.resources.some(({ kind, copiesDisks }) => kinds.has(kind) && (copiesDisks || !onlyCopies))
        );
    }

    private clearAfterwards(): void {
        if (!this.resource && !this.stack) {
            setImmediate(() => {
                this.resources.length = 0;
                this.any = false;
                this.resource = false;
                this.stack = false;
            });
        }
    }
}
