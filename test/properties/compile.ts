import { OFFLINE_SUBSCRIPTION } from "../../dev/offline/providers/azure-native-responses";
import {
    attached,
    backupItem,
    disk,
    diskBackup,
    fromRestorePoint,
    vm as machineOf,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
    vault,
} from "../harness/azure";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../harness/program";
import { Stack, type SentRound } from "../harness/stack";
import { diskHere, HUB, isAfterPortal, isSecondProgram, vmName, type Day } from "./history";
import type { DiskKind, ItemPlan, VmPlan, Plan } from "./plan";
import { visitPortal } from "./portal";
import { spelt, type Provider } from "./spellings";

const GROUPS = [
    { resource: "rg", name: "shop" },
    { resource: "rg2", name: "stage" },
] as const;
const VAULTS = [
    { resource: "recovery", name: "dr-one" },
    { resource: "recovery2", name: "dr-two" },
] as const;

/** The plan's program on one of its days. */
export function programOf(plan: Plan, on: Day, provider: Provider = []): Program {
    return spelt(plainProgram(plan, on), provider);
}

/** Takes the plan's estate through its life and gives what the pack sees at the plan's moment. */
export function roundOf(plan: Plan, provider: Provider = []): SentRound {
    const config = plan.subscriptionIsConfigured ? { subscriptionId: OFFLINE_SUBSCRIPTION } : {};
    const stack = new Stack("shop", config);
    const first = programOf(plan, "first", provider);
    switch (plan.moment) {
        case "first preview":
            return stack.preview(first);
        case "first state":
            stack.up(first);
            return stack.state();
        case "second preview":
            stack.up(first);
            return stack.preview(programOf(plan, "second", provider));
        case "second state":
            stack.up(first);
            stack.up(programOf(plan, "second", provider));
            return stack.state();
        case "portal and refresh":
            stack.up(first);
            visitPortal(plan, stack);
            return stack.refresh();
        case "preview after the portal":
            stack.up(first);
            visitPortal(plan, stack);
            stack.refresh();
            return stack.preview(programOf(plan, "second", provider));
    }
}

// ---- The program ----------------------------------------------------------------------------------------------------

function plainProgram(plan: Plan, day: Day): Program {
    return Object.assign(
        {
            ...SURROUNDINGS,
            rg: resourceGroup(GROUPS[0].name),
            rg2: resourceGroup(GROUPS[1].name),
            recovery: vault(plan.vaultsAreNamed ? VAULTS[0].name : undefined, { location: "northeurope" }),
            recovery2: vault(plan.vaultsAreNamed ? VAULTS[1].name : undefined, { location: "northeurope" }),
            snapshot: {
                type: "azure-native:compute:Snapshot",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    creationData: { createOption: "Copy", sourceResourceId: `${HUB}/disks/golden` },
                },
            },
            collection: {
                type: "azure-native:compute:RestorePointCollection",
                properties: { resourceGroupName: ref("rg.name") },
            },
            point: {
                type: "azure-native:compute:RestorePoint",
                properties: {
                    resourceGroupName: ref("rg.name"),
                    restorePointCollectionName: ref("collection.name"),
                },
            },
        } satisfies Program,
        ...plan.vms.map((vm, index) => new Compiler(plan, vm, index, day).program()),
    ) as Program;
}

/** Writes the part of the program that is about one VM. */
class Compiler {
    private readonly name: string;
    private readonly group: (typeof GROUPS)[number];
    /** The program of day 2; after the portal has changed things it is that of day 1 still. */
    private readonly disksOf: Day;

    constructor(
        private readonly plan: Plan,
        private readonly vm: VmPlan,
        private readonly index: number,
        private readonly day: Day,
    ) {
        this.name = vmName(index);
        this.group = GROUPS[vm.group];
        this.disksOf = isSecondProgram(plan) ? day : "first";
    }

    program(): Program {
        const { vm, name } = this;
        return {
            ...(vm.isInStack ? { ...this.disks(), [name]: this.virtualMachine() } : {}),
            ...this.backup(),
            ...(vm.isInStack ? this.diskBackups() : {}),
            ...(vm.item === undefined ? {} : { [`${name}Item`]: this.replicatedItem(vm.item) }),
        };
    }

    private disks(): Program {
        const { vm, name, plan } = this;
        const entries = vm.places.flatMap((_, place): [string, Declaration][] => {
            const here = diskHere(vm, this.index, place, "first");
            return here.is === "resource" && !this.isDropped(place)
                ? [[here.name, this.disk(here.kind, place, place === 0 ? "os" : `data${place}`)]]
                : [];
        });
        const { swap, isDeclaredBefore } = vm.day2;
        const isNew = swap !== undefined && swap.to !== "of another stack";
        // What the portal takes has to be there, and so does what a refresh is to recognise.
        if (isNew && (isDeclaredBefore || isAfterPortal(plan) || this.disksOf === "second")) {
            entries.push([`${name}New`, this.disk(swap.to, swap.place, "new")]);
        }
        if (vm.item?.strays.includes("not attached") === true) {
            entries.push([`${name}Spare`, this.disk("empty", 1, "spare")]);
        }
        return Object.fromEntries(entries);
    }

    /** Dropping a disk needs ids to be written out where it is still listed, so it takes a name. */
    private isDropped(place: number): boolean {
        const { swap, dropsOldDisk } = this.vm.day2;
        return this.disksOf === "second" && swap?.place === place && dropsOldDisk && this.vm.azureName !== undefined;
    }

    private disk(kind: DiskKind, place: number, role: string): Declaration {
        const { azureName } = this.vm;
        return disk({
            ...(azureName === undefined ? {} : { name: `${azureName}-${role}` }),
            group: ref(`${this.group.resource}.name`),
            creationData: CREATION[kind],
            over: {
                // Told by people and by Azure for OS disks; without it a first preview takes each disk for a data disk.
                ...(place === 0 ? { osType: "Linux" } : {}),
                ...(kind === "import with backup tag" ? { tags: { RSVaultBackup: "6f1f" } } : {}),
            },
        });
    }

    private virtualMachine(): Declaration {
        const { vm } = this;
        const os = diskHere(vm, this.index, 0, this.disksOf);
        const declared = machineOf({
            ...(vm.azureName === undefined ? {} : { name: vm.azureName }),
            group: ref(`${this.group.resource}.name`),
            ...(os.is === "implicit" ? {} : { osDisk: this.idOf(0, this.disksOf, "by reference") }),
            dataDisks: vm.places.slice(1).map((_, at) => this.dataDisk(at + 1)),
            over: this.day === "second" && vm.day2.isTagged ? { tags: { changed: "yes" } } : {},
        });
        const storage = declared.properties["storageProfile"] as Properties;
        return os.is === "implicit" && os.kind === "implicit, named"
            ? {
                  ...declared,
                  properties: {
                      ...declared.properties,
                      storageProfile: { ...storage, osDisk: { createOption: "FromImage", name: this.implicitName() } },
                  },
              }
            : declared;
    }

    private dataDisk(place: number): Properties {
        const here = diskHere(this.vm, this.index, place, this.disksOf);
        if (here.is !== "implicit") {
            return attached(place, this.idOf(place, this.disksOf, "by reference"));
        }
        return here.kind === "implicit, restored"
            ? { lun: place, createOption: "Restore", sourceResource: { id: fromRestorePoint()["sourceResourceId"]! } }
            : { lun: place, createOption: "Empty", diskSizeGB: 64 };
    }

    private implicitName(): string {
        return `${this.name}-${this.vm.azureName ?? "auto"}-boot`;
    }

    private idOf(place: number, day: Day, as: "by reference" | "through the VM" | "by id"): Content {
        const { vm, name } = this;
        const here = diskHere(vm, this.index, place, day);
        if (here.is === "of another stack") {
            return `${HUB}/disks/${name}-elsewhere`;
        }
        const throughVm =
            place === 0
                ? ref(`${name}.storageProfile.osDisk.managedDisk.id`)
                : ref(`${name}.storageProfile.dataDisks.${place - 1}.managedDisk.id`);
        if (here.is === "implicit") {
            return as === "by id" && here.kind === "implicit, named"
                ? this.armId("disks", this.implicitName())
                : throughVm;
        }
        const isDropped = here.name !== `${name}New` && this.isDropped(place);
        if (vm.azureName !== undefined && (as === "by id" || isDropped)) {
            const role = here.name === `${name}New` ? "new" : place === 0 ? "os" : `data${place}`;
            return this.armId("disks", `${vm.azureName}-${role}`);
        }
        return as === "through the VM" ? throughVm : ref(`${here.name}.id`);
    }

    private armId(type: string, name: string): string {
        const id = `/subscriptions/${OFFLINE_SUBSCRIPTION}/resourceGroups/${this.group.name}/providers/Microsoft.Compute/${type}/${name}`;
        return this.plan.idsAreShouted ? id.toUpperCase() : id;
    }

    private vmId(as: "by reference" | "by id"): Content {
        const { vm, name } = this;
        return vm.azureName !== undefined && (as === "by id" || !vm.isInStack)
            ? this.armId("virtualMachines", vm.azureName)
            : ref(`${name}.id`);
    }

    private backup(): Program {
        const { vm, name, group } = this;
        const { backup, azureName } = vm;
        if (backup === "none") {
            return {};
        }
        const id = this.vmId(backup === "by id" ? "by id" : "by reference");
        const declared = backupItem(
            id,
            `${group.name};${azureName ?? `${name}-unnamed`}`,
            backup === "stopped" ? { protectionState: "ProtectionStopped" } : {},
        );
        const properties = declared.properties["properties"] as Properties;
        const change = (over: Properties): Program => ({
            [`${name}Backup`]: { ...declared, properties: { ...declared.properties, ...over } },
        });
        switch (backup) {
            case "by name": {
                const { sourceResourceId: _, ...rest } = properties;
                return change({ properties: rest });
            }
            case "of files":
                return change({
                    containerName: `Windows;${name}`,
                    protectedItemName: `C:\\${name}`.replace("\\", ""),
                    properties: { ...properties, protectedItemType: "MabFileFolderProtectedItem" },
                });
            default:
                return change(
                    azureName === undefined
                        ? // The names are made from the VM's, as programs do it.
                          {
                              containerName: text`iaasvmcontainer;iaasvmcontainerv2;${ref(`${group.resource}.name`)};${ref(`${name}.name`)}`,
                              protectedItemName: text`vm;iaasvmcontainerv2;${ref(`${group.resource}.name`)};${ref(`${name}.name`)}`,
                          }
                        : {},
                );
        }
    }

    private diskBackups(): Program {
        return Object.fromEntries(
            this.vm.places.flatMap(({ underDiskBackup }, place) => {
                const here = diskHere(this.vm, this.index, place, "first");
                if (!underDiskBackup) {
                    return [];
                }
                const as = here.is === "implicit" ? "through the VM" : "by reference";
                return [[`${this.name}Instance${place}`, diskBackup(this.idOf(place, "first", as))]];
            }),
        );
    }

    private replicatedItem(item: ItemPlan): Declaration {
        const { vm, name, day, plan } = this;
        const isByProgram = day === "second" && isSecondProgram(plan);
        const change = isByProgram ? vm.day2.item : "left";
        const listDay: Day = change === "left" ? "first" : "second";
        const strays: Readonly<Record<ItemPlan["strays"][number], Content>> = {
            "of another stack": `${HUB}/disks/${name}-stray`,
            "not attached": vm.isInStack ? ref(`${name}Spare.id`) : `${HUB}/disks/${name}-spare`,
        };
        const listed = [
            ...vm.places.flatMap(({ listed }, place) => (listed === "no" ? [] : [this.listed(place, listDay, listed)])),
            ...item.strays.map((stray) => strays[stray]),
        ];
        const list =
            listed.length > 0
                ? listed
                : plan.moment === "first preview"
                  ? []
                  : [this.listed(0, listDay, "by reference")];
        const declared = replicatedItem(
            this.vmId(item.namesVm),
            item.hasList ? list : item.isListEmpty ? [] : undefined,
            item.consistencyGroup === undefined ? {} : { multiVmGroupName: item.consistencyGroup },
        );
        const { resource, name: vaultName } = VAULTS[item.vault];
        const isTouched = day === "second" && isAfterPortal(plan) && vm.day2.item === "edited";
        const properties = declared.properties["properties"] as Properties;
        return {
            ...declared,
            properties: {
                ...declared.properties,
                resourceName: plan.vaultsAreNamed ? vaultName : ref(`${resource}.name`),
                ...(change === "made anew" ? { replicatedProtectedItemName: `${name}-anew` } : {}),
                properties: isTouched
                    ? { ...properties, policyId: text`${ref("recovery.id")}/replicationPolicies/72-hours` }
                    : properties,
            },
        };
    }

    private listed(place: number, day: Day, as: "by reference" | "through the VM" | "by id"): Content {
        return this.vm.isInStack ? this.idOf(place, day, as) : `${HUB}/disks/${this.name}-${place}`;
    }
}

const CREATION: Readonly<Record<DiskKind, Properties>> = {
    empty: { createOption: "Empty" },
    restored: fromRestorePoint(),
    "from a backup snapshot": {
        createOption: "Copy",
        sourceResourceId: `${HUB.replace("/hub/", "/AzureBackupRG_westeurope_1/")}/snapshots/instant`,
    },
    "import with backup tag": { createOption: "Import", sourceUri: "https://shop.blob.core.windows.net/vhds/a.vhd" },
    "from a restore point of the program": {
        createOption: "Restore",
        sourceResourceId: text`${ref("point.id")}/diskRestorePoints/web`,
    },
    golden: { createOption: "Copy", sourceResourceId: `${HUB}/snapshots/golden` },
    import: { createOption: "Import", sourceUri: "https://shop.blob.core.windows.net/vhds/b.vhd" },
    "copy of a disk": { createOption: "Copy", sourceResourceId: `${HUB}/disks/golden` },
    "from a snapshot of the program": { createOption: "Copy", sourceResourceId: ref("snapshot.id") },
};
