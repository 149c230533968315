import type { ResourceIndex } from "./link";
import { pushTo } from "./lists";
import type { VirtualMachine, VmExtension } from "./resources";

/** The agents and scripts that the program puts into VMs. */
export class VmExtensions {
    private readonly ofVms = new Map<VirtualMachine, VmExtension[]>();

    constructor(extensions: readonly VmExtension[], vms: ResourceIndex<VirtualMachine>) {
        for (const extension of extensions) {
            const { id, dependencies } = extension.vm;
            const of = id.state === "known" ? vms.matching(id.value) : vms.among(dependencies);
            of.forEach((vm) => pushTo(this.ofVms, vm, extension));
        }
    }

    of(vm: VirtualMachine): readonly VmExtension[] {
        return this.ofVms.get(vm) ?? [];
    }
}
