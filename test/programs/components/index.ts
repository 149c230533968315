// A component with outputs, made in a loop from a table; what protects a machine is made from these outputs alone.
import type * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newShop, plainMachine, replicate } from "../shop";

class Machine extends pulumi.ComponentResource {
    readonly id: pulumi.Output<string>;
    readonly machineName: pulumi.Output<string>;
    readonly listedDisks: readonly pulumi.Output<string>[];

    constructor(name: string, group: resources.ResourceGroup, dataDisks: number) {
        super("shop:index:Machine", name);
        const own = { parent: this };
        const { listed, ...disks } = newDisks(name, group, own, dataDisks);
        const machine = plainMachine(name, group, disks, own);
        this.id = machine.id;
        this.machineName = machine.name;
        this.listedDisks = [listed, ...disks.data].map(({ id }) => id);
        this.registerOutputs({ id: this.id, machineName: this.machineName });
    }
}

const { group, backup, recovery } = newShop();
const fleet = [
    { name: "web", dataDisks: 2, isReplicated: true },
    { name: "batch", dataDisks: 0, isReplicated: false },
];
for (const { name, dataDisks, isReplicated } of fleet) {
    const machine = new Machine(name, group, dataDisks);
    backUp(name, group.name, { id: machine.id, name: machine.machineName }, backup, { dependsOn: machine });
    if (isReplicated) {
        const of = pulumi.output(machine).apply(({ id }) => id);
        replicate(
            name,
            { id: of },
            recovery,
            machine.listedDisks.map((id) => element(id)),
        );
    }
}
