import type { Urn } from "./planned-resource";
import type { PropertyBag } from "./property-bag";

/**
 * Keeps the inputs of the resources that a reader knows until the stack is analysed, because the stack's analysis
 * sees outputs only (SEE-01) and azure-native's outputs lack every name that is part of a path (SEE-03).
 */
export class Collector {
    private inputs = new Map<Urn, PropertyBag>();

    constructor(private readonly isRead: (type: string) => boolean) {}

    add(urn: Urn, type: string, inputs: PropertyBag): void {
        if (this.isRead(type)) {
            this.inputs.set(urn, inputs);
        }
    }

    /** Hands over what was collected and forgets it: the next round starts with nothing. */
    take(): ReadonlyMap<Urn, PropertyBag> {
        const taken = this.inputs;
        this.inputs = new Map();
        return taken;
    }
}
