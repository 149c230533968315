// A component with outputs, made in a loop from a table; what protects a VM is made from these outputs alone.
import type * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, newDisks, newShop, plainVm, replicate } from "../shop";

class VirtualMachine extends pulumi.ComponentResource {
    readonly id: pulumi.Output<string>;
    readonly vmName: pulumi.Output<string>;
    readonly listedDisks: readonly pulumi.Output<string>[];

    constructor(name: string, group: resources.ResourceGroup, dataDisks: number) {
        super("shop:index:Machine", name);
        const own = { parent: this };
        const { listed, ...disks } = newDisks(name, group, own, dataDisks);
        const vm = plainVm(name, group, disks, own);
        this.id = vm.id;
        this.vmName = vm.name;
        this.listedDisks = [listed, ...disks.data].map(({ id }) => id);
        this.registerOutputs({ id: this.id, vmName: this.vmName });
    }
}

const { group, backup, recovery } = newShop();
const fleet = [
    { name: "web", dataDisks: 2, isReplicated: true },
    { name: "batch", dataDisks: 0, isReplicated: false },
];
for (const { name, dataDisks, isReplicated } of fleet) {
    const vm = new VirtualMachine(name, group, dataDisks);
    backUp(name, group.name, { id: vm.id, name: vm.vmName }, backup, { dependsOn: vm });
    if (isReplicated) {
        const of = pulumi.output(vm).apply(({ id }) => id);
        replicate(
            name,
            { id: of },
            recovery,
            vm.listedDisks.map((id) => element(id)),
        );
    }
}
