import { groupOf } from "../../dev/offline/providers/cloud";
import { listAt, mapAt, textAt, type KnownValue, type ValueMap } from "../../dev/offline/providers/values";
import type { Stack } from "../harness/stack";
import { HUB, vmName } from "./history";
import type { Plan } from "./plan";
import { attachmentName, madeName } from "./spellings";

/** What the plan has people do in the portal on day 2, whatever words the provider has for what is there. */
export function visitPortal(plan: Plan, stack: Stack): void {
    plan.vms.forEach((vm, index) => {
        const name = vmName(index);
        const { swap, item, failsOver, backupStops } = vm.day2;
        if (swap !== undefined) {
            const id = swap.to === "of another stack" ? `${HUB}/disks/${name}-elsewhere` : stack.idOf(`${name}New`);
            stack.portal(name, (response) => swapped(response, swap.place, id));
        }
        if (backupStops && vm.backup !== "none") {
            stack.portal(`${name}Backup`, (response) =>
                "sourceVmId" in response
                    ? { ...response, protectionState: "ProtectionStopped" }
                    : withProperty(response, "protectionState", "ProtectionStopped"),
            );
        }
        if (vm.item !== undefined && item === "made anew") {
            const disks = vm.isInStack ? attachedTo(stack, name, vm.places.length - 1) : [`${HUB}/disks/${name}-0`];
            stack.portal(`${name}Item`, (response) => relisted(response, disks));
        }
        if (vm.item !== undefined && failsOver) {
            stack.portal(`${name}Item`, (response) =>
                withProperty(relisted(response, [`${HUB}/disks/other-side`]), "activeLocation", "Recovery"),
            );
        }
    });
}

/** What a VM has now, as the portal shows it. */
function attachedTo(stack: Stack, name: string, dataDisks: number): readonly string[] {
    const vm = responseOf(stack, name)!;
    const attached = Array.from({ length: dataDisks }, (_, at) => at + 1).flatMap((lun) => {
        const made = responseOf(stack, madeName(name, lun));
        const id = textAt(responseOf(stack, attachmentName(name, lun)), "managedDiskId");
        return made === undefined
            ? (id ?? [])
            : `${groupOf(stack.idOf(name))}/providers/Microsoft.Compute/disks/${textAt(made, "name")!}`;
    });
    return [
        textAt(vm, "storageProfile", "osDisk", "managedDisk", "id") ??
            textAt(vm, "storageOsDisk", "managedDiskId") ??
            textAt(vm, "osManagedDiskId")!,
        ...listAt(vm, "storageProfile", "dataDisks").map((place) => textAt(place, "managedDisk", "id")!),
        ...listAt(vm, "storageDataDisks").map((place) => textAt(place, "managedDiskId")!),
        ...attached,
    ];
}

/** Undefined where the stack has no such resource. */
function responseOf(stack: Stack, name: string): ValueMap | undefined {
    if (!stack.state().resources.some((resource) => resource.name === name)) {
        return undefined;
    }
    let found: ValueMap | undefined;
    stack.portal(name, (response) => (found = response));
    return found;
}

function swapped(response: ValueMap, place: number, id: string): ValueMap {
    const name = id.split("/").at(-1) ?? "";
    if ("storageOsDisk" in response) {
        const held = listAt(response, "storageDataDisks").map((each, at) =>
            at === place - 1 ? { ...mapAt(each), name, createOption: "Attach", managedDiskId: id } : each,
        );
        const osDisk = mapAt(response, "storageOsDisk");
        return place === 0
            ? { ...response, storageOsDisk: { ...osDisk, name, managedDiskId: id } }
            : { ...response, storageDataDisks: held };
    }
    if ("osManagedDiskId" in response) {
        return { ...response, osManagedDiskId: id, osDisk: { ...mapAt(response, "osDisk"), id, name } };
    }
    const storage = mapAt(response, "storageProfile");
    if (place === 0) {
        const osDisk = mapAt(storage, "osDisk");
        const managedDisk = { ...mapAt(osDisk, "managedDisk"), id };
        return { ...response, storageProfile: { ...storage, osDisk: { ...osDisk, name, managedDisk } } };
    }
    const dataDisks = listAt(storage, "dataDisks").map((each, at): KnownValue => {
        const { sourceResource: _, ...rest } = mapAt(each);
        return at === place - 1
            ? { ...rest, name, createOption: "Attach", managedDisk: { ...mapAt(rest, "managedDisk"), id } }
            : each;
    });
    return { ...response, storageProfile: { ...storage, dataDisks } };
}

function withProperty(response: ValueMap, name: string, value: KnownValue): ValueMap {
    return { ...response, properties: { ...mapAt(response, "properties"), [name]: value } };
}

function relisted(response: ValueMap, diskIds: readonly string[]): ValueMap {
    if ("sourceVmId" in response) {
        return { ...response, managedDisks: diskIds.map((diskId) => ({ diskId })) };
    }
    const details = mapAt(response, "properties", "providerSpecificDetails");
    const protectedManagedDisks = diskIds.map((diskId) => ({ diskId }));
    return withProperty(response, "providerSpecificDetails", { ...details, protectedManagedDisks });
}
