import type { ArmId, Subscription } from "./ids/arm-id";
import type { ExternalIndex } from "./link";
import type { ExternalResources, Reach, ReferredKind, RelatedResources, RelatedTo } from "./external-resources";
import type { Urn } from "./planned-resource";
import type { OfKind, Origin, VirtualMachine } from "./resources";
import type { Value } from "./values";

/** What one stack knows of external resources: nothing at all where there is no inventory. */
export class ExternalView {
    /** What is old or missing in it, in a sentence each. */
    readonly notices: readonly string[];

    constructor(
        private readonly resources: ExternalResources | undefined,
        private readonly stack: Urn | undefined,
    ) {
        this.notices = resources?.noticesFor(stack) ?? [];
    }

    get isKnown(): boolean {
        return this.resources !== undefined;
    }

    of<K extends ReferredKind>(kind: K): ExternalIndex<OfKind<K>> | undefined {
        return this.resources?.of(kind, this.stack);
    }

    vm(id: ArmId): { readonly location: Value<string>; readonly origin: Origin } | undefined {
        return this.resources?.vm(id);
    }

    /** @param about called only where anything is known */
    relatedTo(about: () => Omit<RelatedTo, "stack">): RelatedResources | undefined {
        return this.resources?.relatedTo({ stack: this.stack, ...about() });
    }

    /** Whether others have anything of Azure Backup in one of these subscriptions. */
    hasBackups(subscriptions: readonly Subscription[]): boolean {
        return this.resources?.hasBackups(this.stack, subscriptions) === true;
    }

    /** Whether a lock or an assignment of others may reach a VM of the stack. */
    mayReach(by: Reach, { urn, id }: VirtualMachine): boolean {
        return urn !== undefined && this.resources?.mayReach(by, this.stack, id) === true;
    }
}
