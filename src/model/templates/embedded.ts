import type { PlannedResource } from "../planned-resource";

/** What a resource holds that makes others. */
export interface EmbeddedResources {
    readonly resources: readonly PlannedResource[];
    readonly gaps: readonly Gap[];
}

/** What of it could not be looked at. */
export interface Gap {
    /** Where, as the program has it: `properties.template.variables.name`. */
    readonly property: string;
    /**
     * `not known`: the plan does not know it yet, or only Azure does. `elsewhere`: it is no part of the program.
     * `too much`: it takes more to work out than any template should.
     */
    readonly why: "not known" | "elsewhere" | "too much";
}
