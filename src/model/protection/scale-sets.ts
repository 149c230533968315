import { displayName } from "../ids/display-name";
import { ResourceIndex } from "../link";
import { targetOf } from "../planned-resource";
import type { ReplicatedItem, ScaleSet } from "../resources";
import { known, unknown, type Value } from "../values";
import type { ProtectedVms } from "./protected-vms";

const SCALE_SET = "Microsoft.Compute/virtualMachineScaleSets";

/** What a replicated item names instead of a VM. */
export type NamedScaleSet =
    | { readonly state: "named"; readonly name: string; readonly isUniform: Value<boolean> }
    | { readonly state: "undecided"; readonly property: string }
    | { readonly state: "none" };

/** The scale sets of the stack. */
export class ScaleSets {
    private readonly index: ResourceIndex<ScaleSet>;

    constructor(
        scaleSets: readonly ScaleSet[],
        private readonly protectedVms: ProtectedVms,
    ) {
        this.index = new ResourceIndex(scaleSets, SCALE_SET);
    }

    /** The scale set, or the one of the scale set's VMs, that an item names instead of a VM. */
    of(item: ReplicatedItem): NamedScaleSet {
        const { id, dependencies } = targetOf(item.vm);
        const inStack = this.index.among(dependencies);
        if (id.state === "unknown") {
            const [only, ...others] = inStack;
            const link = this.protectedVms.of(item);
            if (only === undefined || link.state === "linked") {
                return { state: "none" };
            }
            const isMeant = others.length === 0 && (link.state !== "undecided" || link.candidates.length === 0);
            return isMeant
                ? { state: "named", name: displayName(only), isUniform: only.isUniform }
                : { state: "undecided", property: id.property };
        }
        if (id.state === "absent" || !id.value.type.toLowerCase().startsWith(SCALE_SET.toLowerCase())) {
            return { state: "none" };
        }
        const [name = ""] = id.value.names;
        const [match] = this.index.matching({ ...id.value, type: SCALE_SET, names: [name] });
        // Only the VMs of a Uniform set have ids below the set.
        const isInstance = id.value.names.length > 1;
        const isUniform = isInstance ? known(true) : (match?.isUniform ?? unknown(item.vm.property));
        return { state: "named", name, isUniform };
    }
}
