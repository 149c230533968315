import type { AttachedDisk } from "../disks/attached-disks";
import { nameOf, type ArmId } from "./arm-id";
import { valueOf } from "../values";
import { pushTo } from "../lists";
import type { AzureResource, VirtualMachine } from "../resources";

/**
 * The program's own name, as Pulumi's display has it: it is never a secret, and Azure's may be. Azure's name is left for what
 * no program declares by itself.
 */
export function displayName({ azureName, pulumiName, embeddedIn }: AzureResource): string {
    const name = valueOf(azureName);
    // The name of a deployment is that of all that its template holds.
    return (
        (embeddedIn?.deployment === undefined ? pulumiName : name) ??
        name ??
        pulumiName ??
        "a resource outside of this stack"
    );
}

/**
 * The names of VMs, so that no two are called the same: where there are several of one name, each is told with
 * its group or its subscription, whichever tells it from the others.
 */
export class VmNames {
    private readonly names = new Map<VirtualMachine, string>();

    constructor(vms: readonly VirtualMachine[]) {
        const byName = new Map<string, VirtualMachine[]>();
        vms.forEach((vm) => pushTo(byName, displayName(vm).toLowerCase(), vm));
        for (const namesakes of byName.values()) {
            if (namesakes.length > 1) {
                this.tellApart(namesakes);
            }
        }
    }

    of(vm: VirtualMachine): string {
        return this.names.get(vm) ?? displayName(vm);
    }

    /** A disk of a VM by its name; one that Azure makes with the VM has none that the program knows. */
    ofDisk(vm: VirtualMachine, { place, disk }: AttachedDisk): string {
        switch (disk.state) {
            case "linked":
                return displayName(disk.to);
            case "external":
                return nameOf(disk.id);
            case "undecided":
            case "none":
                return `${this.of(vm)}, LUN ${place.lun ?? "?"}`;
        }
    }

    private tellApart(namesakes: readonly VirtualMachine[]): void {
        for (const place of PLACES) {
            const inPlace = new Map<string, VirtualMachine[]>();
            namesakes.forEach((vm) => {
                const told = place(vm);
                if (told !== undefined) {
                    pushTo(inPlace, told.toLowerCase(), vm);
                }
            });
            for (const [vm, ...others] of inPlace.values()) {
                if (vm !== undefined && others.length === 0 && !this.names.has(vm)) {
                    this.names.set(vm, `${displayName(vm)} (${place(vm) ?? ""})`);
                }
            }
        }
    }
}

/** What tells one VM from its namesakes, the shortest first. */
const PLACES: readonly ((vm: VirtualMachine) => string | undefined)[] = [
    (vm) => told("group", idOf(vm)?.resourceGroup),
    (vm) => told("subscription", idOf(vm)?.subscription),
    (vm) => {
        const { resourceGroup, subscription } = idOf(vm) ?? {};
        return resourceGroup && subscription && `group ${resourceGroup}, subscription ${subscription}`;
    },
    ({ azureName }) => told("in Azure", valueOf(azureName)),
];

function idOf({ id }: VirtualMachine): ArmId | undefined {
    return valueOf(id);
}

function told(what: string, name: string | undefined): string | undefined {
    return name && `${what} ${name}`;
}
