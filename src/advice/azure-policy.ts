import type { Estate } from "../model/estate";
import type { VirtualMachine } from "../model/resources";
import { valueOf } from "../model/values";
import { namesOf, quoted, type Names } from "./names";
import { named } from "./re-protection";

/** Assignments of Azure Policy that back up other VMs where this one is, and skip it because of its image (VMB-32). */
export interface SkippingAssignments {
    readonly names: Names;
    /** What the VM is made from instead of a listed image. */
    readonly madeFrom: "unlisted image" | "own image" | "attached disk";
}

/** Undefined where there are none. */
export function skippingAssignments(estate: Estate, vm: VirtualMachine): SkippingAssignments | undefined {
    const assignments = estate.assignedProtection.skipping(vm, "backup");
    if (assignments.length === 0) {
        return undefined;
    }
    const { publisher, isOwn } = vm.image;
    return {
        names: namesOf(assignments, (each) => named(each).name),
        madeFrom:
            publisher.state !== "absent" ? "unlisted image" : valueOf(isOwn) === true ? "own image" : "attached disk",
    };
}

/** Why they do not count. */
export function skippedInWords({ names, madeFrom }: SkippingAssignments): string {
    const [assignment, skips] = names.count === 1 ? ["assignment", "skips"] : ["assignments", "skip"];
    return `Azure Policy ${assignment} ${quoted(names)} ${skips} this VM. Azure's built-in policy backs up VMs of listed Marketplace images only, and ${WHY[madeFrom]}.`;
}

const WHY: Readonly<Record<SkippingAssignments["madeFrom"], string>> = {
    "unlisted image": "the image of this VM is not on its list",
    "own image": "this VM is made from an image that is not on the Marketplace",
    "attached disk": "this VM boots from an attached disk",
};
