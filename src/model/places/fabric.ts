import type { ArmId } from "../ids/arm-id";
import { FABRIC } from "../ids/resource-types";
import type { Target } from "../planned-resource";
import { mapValue } from "../values";

/** The fabric that something with an id below it lies in. */
export function fabricAbove(target: Target): Target {
    const above = (id: ArmId): ArmId =>
        id.type.toLowerCase().startsWith(FABRIC.toLowerCase())
            ? { ...id, type: FABRIC, names: id.names.slice(0, 2) }
            : id;
    return { ...target, id: mapValue(target.id, above) };
}
