import { isImplicit, type DiskKind, type ImplicitKind, type VmPlan, type Plan } from "./plan";

/**
 * What stands in each place at a time: the one thing that compiler and oracle have to agree on, and no more than that.
 *
 * `first`: the program of day 1. `second`: that of day 2, or what the portal has made of day 1.
 */
export type Day = "first" | "second";

export type DiskHere =
    | { readonly is: "implicit"; readonly kind: ImplicitKind }
    | { readonly is: "resource"; readonly name: string; readonly kind: DiskKind }
    | { readonly is: "of another stack" };

/** Where what is of another stack lies. */
export const HUB = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Compute";

/** The name that the program gives a VM. */
export function vmName(index: number): string {
    return `m${index}`;
}

export function diskHere(vm: VmPlan, index: number, place: number, day: Day): DiskHere {
    const { swap } = vm.day2;
    if (day === "second" && swap?.place === place) {
        return swap.to === "of another stack"
            ? { is: "of another stack" }
            : { is: "resource", name: `${vmName(index)}New`, kind: swap.to };
    }
    const kind = vm.places[place]?.disk ?? "empty";
    return isImplicit(kind) ? { is: "implicit", kind } : { is: "resource", name: `${vmName(index)}Disk${place}`, kind };
}

/** True where the moment lies on day 2 and it is the program that changes things. */
export function isSecondProgram({ moment }: Plan): boolean {
    return moment === "second preview" || moment === "second state";
}

export function isAfterPortal({ moment }: Plan): boolean {
    return moment === "portal and refresh" || moment === "preview after the portal";
}
