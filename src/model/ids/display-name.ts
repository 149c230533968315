import type { ArmId } from "./arm-id";
import { valueOf } from "../values";
import { append } from "../lists";
import type { AzureResource, Machine } from "../resources";

/**
 * The program's own name, as Pulumi's display has it: it is never a secret, and Azure's may be. Azure's name is left for what
 * no program declares by itself.
 */
export function displayName({ azureName, pulumiName, carriedIn }: AzureResource): string {
    const name = valueOf(azureName);
    // The name of a deployment is that of all that its template holds.
    return (
        (carriedIn?.deployment === undefined ? pulumiName : name) ??
        name ??
        pulumiName ??
        "a resource outside of this stack"
    );
}

/**
 * The names of machines, so that no two are called the same: where there are several of one name, each is told with
 * its group or its subscription, whichever tells it from the others.
 */
export class MachineNames {
    private readonly names = new Map<Machine, string>();

    constructor(machines: readonly Machine[]) {
        const byName = new Map<string, Machine[]>();
        machines.forEach((machine) => append(byName, displayName(machine).toLowerCase(), machine));
        for (const namesakes of byName.values()) {
            if (namesakes.length > 1) {
                this.tellApart(namesakes);
            }
        }
    }

    of(machine: Machine): string {
        return this.names.get(machine) ?? displayName(machine);
    }

    private tellApart(namesakes: readonly Machine[]): void {
        for (const place of PLACES) {
            const inPlace = new Map<string, Machine[]>();
            namesakes.forEach((machine) => {
                const told = place(machine);
                if (told !== undefined) {
                    append(inPlace, told.toLowerCase(), machine);
                }
            });
            for (const [machine, ...others] of inPlace.values()) {
                if (machine !== undefined && others.length === 0 && !this.names.has(machine)) {
                    this.names.set(machine, `${displayName(machine)} (${place(machine) ?? ""})`);
                }
            }
        }
    }
}

/** What tells one machine from its namesakes, the shortest first. */
const PLACES: readonly ((machine: Machine) => string | undefined)[] = [
    (machine) => told("group", idOf(machine)?.resourceGroup),
    (machine) => told("subscription", idOf(machine)?.subscription),
    (machine) => {
        const { resourceGroup, subscription } = idOf(machine) ?? {};
        return resourceGroup && subscription && `group ${resourceGroup}, subscription ${subscription}`;
    },
    ({ azureName }) => told("in Azure", valueOf(azureName)),
];

function idOf({ id }: Machine): ArmId | undefined {
    return valueOf(id);
}

function told(what: string, name: string | undefined): string | undefined {
    return name && `${what} ${name}`;
}
