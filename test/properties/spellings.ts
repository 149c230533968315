import * as fc from "fast-check";
import {
    backupInstanceDisk,
    classicDisk,
    classicVm,
    diskAttachment,
    implicitDataDisk,
    legacyVm,
    protectedVm,
    replicatedVm,
} from "../harness/classic";
import { Ref, text, Text, type Content, type Declaration, type Program, type Properties } from "../harness/program";
import { isAfterPortal, isSecondProgram } from "./history";
import { isImplicit, type VmPlan, type Plan } from "./plan";

/** In which of their shapes the resources of an estate are written down. The first of each is the plain one. */

const TOKENS = ["default token", "versioned token", "local package"] as const;
type TokenForm = (typeof TOKENS)[number];
const VMS = [...TOKENS, "linux", "windows", "legacy"] as const;
const RESOURCES = [...TOKENS, "classic"] as const;
type ResourceProvider = (typeof RESOURCES)[number];

interface VmProvider {
    readonly vm: (typeof VMS)[number];
    /** Whether a legacy VM holds its data disks itself; else they come by attachments. */
    readonly holdsDataDisks: boolean;
    /** By place; then the one that comes in on day 2, and the one that is listed and not attached. */
    readonly disks: readonly ResourceProvider[];
    readonly backup: ResourceProvider;
    readonly diskBackups: ResourceProvider;
    readonly item: ResourceProvider;
}

/** By VM. */
export type Provider = readonly VmProvider[];

const MAX_VMS = 5;
const MAX_PLACES = 4;
const NEW = MAX_PLACES;
const SPARE = MAX_PLACES + 1;

function spellings(vms: readonly VmProvider["vm"][], resources: readonly ResourceProvider[]): fc.Arbitrary<Provider> {
    const resource = fc.constantFrom(...resources);
    const vm = fc.record({
        vm: fc.constantFrom(...vms),
        holdsDataDisks: fc.boolean(),
        disks: fc.array(resource, { minLength: SPARE + 1, maxLength: SPARE + 1 }),
        backup: resource,
        diskBackups: resource,
        item: resource,
    });
    return fc.array(vm, { minLength: MAX_VMS, maxLength: MAX_VMS });
}

/** azure-native throughout, in any form of its tokens. */
export const anyTokens = spellings(TOKENS, TOKENS);
export const anyProvider = spellings(VMS, RESOURCES);

export function attachmentName(vm: string, lun: number): string {
    return `${vm}Attached${lun}`;
}

/** The name of a data disk that is made along with its place. */
export function madeName(vm: string, lun: number): string {
    return `${vm}Made${lun}`;
}

// ---- What can be spelt how ------------------------------------------------------------------------------------------

/**
 * The same spelling without what cannot be written down in that way, or what the provider or this compiler would not do.
 *
 * - A classic linux or windows VM has no empty data disk that Azure makes; a legacy one has, among those that it
 *   holds itself, and beside those it takes no attachments (azurerm).
 * - A classic backup item cannot name its VM by names alone, and is for VMs only.
 * - Where the portal swaps a data disk, azurerm does not find its attachment again and never looks at the other disk, so
 *   nothing of the swap is in the state. A legacy VM that holds its disks itself reads them all back.
 */
export function possible(plan: Plan, provider: Provider): Provider {
    return provider.map((each, index) => {
        const vm = plan.vms[index];
        if (vm === undefined) {
            return each;
        }
        const { backup, places } = vm;
        const data = places.slice(1);
        const swapsDataDisk = isAfterPortal(plan) && (vm.day2.swap?.place ?? 0) > 0;
        const hasEmpty = data.some(({ disk }) => disk === "implicit");
        const hasImplicitRestored = data.some(({ disk }) => disk === "implicit, restored");
        const holds = each.vm === "legacy" && (each.holdsDataDisks || hasEmpty || swapsDataDisk);
        const cannot = (holds && hasImplicitRestored) || ((hasEmpty || swapsDataDisk) && each.vm !== "legacy");
        return {
            ...each,
            vm: isClassicVm(each) && cannot ? "default token" : each.vm,
            holdsDataDisks: holds,
            backup:
                each.backup === "classic" && ["by name", "of files"].includes(backup) ? "default token" : each.backup,
        };
    });
}

/**
 * What is left of a spelling where it is to find what the plain one does.
 *
 * - Data disks of a classic VM may be attached in another stack. A disk that is listed, and is neither attached
 *   nor a resource of the stack, is left open there, and gone for an azure-native VM.
 * - The disk of an `ImplicitDataDiskFromSource` has no id at first preview, and nothing leads from it to its VM.
 * - A classic item reads no active location back, so nothing tells that it has failed over.
 */
export function comparable(plan: Plan, provider: Provider): Provider {
    return possible(plan, provider).map((each, index) => {
        const vm = plan.vms[index];
        return vm === undefined
            ? each
            : {
                  ...each,
                  vm:
                      isClassicVm(each) &&
                      (listsWhatIsOutside(plan, vm) || (plan.moment === "first preview" && makesNameless(vm)))
                          ? "default token"
                          : each.vm,
                  item:
                      each.item === "classic" && isAfterPortal(plan) && vm.day2.failsOver ? "default token" : each.item,
              };
    });
}

/** azurerm answers no id for a disk that comes with its place; made up of group and name, it is not known at first preview. */
function makesNameless({ places }: VmPlan): boolean {
    return places.some(
        ({ disk, listed, underDiskBackup }) => disk === "implicit, restored" && (listed !== "no" || underDiskBackup),
    );
}

function listsWhatIsOutside(plan: Plan, { item, places, day2, azureName }: VmPlan): boolean {
    if (item === undefined) {
        return false;
    }
    const { swap } = day2;
    const onDay2 = isSecondProgram(plan) || isAfterPortal(plan);
    const goesOut = onDay2 && swap !== undefined ? places[swap.place] : undefined;
    const isDropped = isSecondProgram(plan) && day2.dropsOldDisk && azureName !== undefined;
    return (
        item.strays.includes("of another stack") ||
        (goesOut !== undefined && goesOut.listed !== "no" && (isImplicit(goesOut.disk) || isDropped))
    );
}

/**
 * The plan whose plain spelling has the same list: a change of the list makes a classic item anew, be it an edit of the
 * program or a reference that leads to another disk.
 */
export function twinOf(plan: Plan, provider: Provider): Plan {
    return {
        ...plan,
        vms: plan.vms.map((vm, index) =>
            isSecondProgram(plan) && provider[index]?.item === "classic" && listChanges(vm)
                ? { ...vm, day2: { ...vm.day2, item: "made anew" } }
                : vm,
        ),
    };
}

function listChanges({ places, day2, item }: VmPlan): boolean {
    const { swap } = day2;
    if (day2.item === "edited") {
        return true;
    }
    const out = swap && places[swap.place];
    if (out === undefined || item === undefined || day2.item === "made anew") {
        return false;
    }
    // Where nothing is listed, the compiler lists the OS disk.
    const isFallback = swap?.place === 0 && places.every(({ listed }) => listed === "no") && item.strays.length === 0;
    const listed = isFallback ? "by reference" : out.listed;
    return (
        listed === "through the VM" ||
        (isImplicit(out.disk) && listed !== "no" && !(listed === "by id" && out.disk === "implicit, named"))
    );
}

function isClassicVm({ vm }: VmProvider): boolean {
    return !TOKENS.includes(vm as TokenForm);
}

// ---- The program ----------------------------------------------------------------------------------------------------

/** The same program in another spelling. */
export function spelt(program: Program, provider: Provider): Program {
    const by = new Speller(program, provider);
    return Object.assign({}, ...Object.keys(program).map((name) => by.spelt(name))) as Program;
}

/** `m0`, `m0Disk1`, `m0Instance1`, `m0New`… */
const RESOURCE = /^m(\d)(?:(Disk|Instance)(\d)|(New|Spare|Item|Backup))?$/;

class Speller {
    constructor(
        private readonly program: Program,
        private readonly provider: Provider,
    ) {}

    spelt(name: string): Program {
        const plain = this.program[name]!;
        const [, index, numbered, number, single] = RESOURCE.exec(name) ?? [];
        const how = index === undefined ? undefined : this.provider[Number(index)];
        if (how === undefined || index === undefined) {
            return { [name]: this.resolved(plain) };
        }
        switch (numbered ?? single) {
            case undefined:
                return isClassicVm(how)
                    ? this.vm(name, how, plain)
                    : { [name]: withToken(this.resolved(plain), how.vm as TokenForm) };
            case "Disk":
                return this.either(name, how.disks[Number(number)]!, plain, (properties) => disk(properties));
            case "New":
                return this.either(name, how.disks[NEW]!, plain, (properties) => disk(properties));
            case "Spare":
                return this.either(name, how.disks[SPARE]!, plain, (properties) => disk(properties));
            case "Backup":
                return this.either(name, how.backup, plain, backup);
            case "Instance":
                return this.either(name, how.diskBackups, plain, (properties) =>
                    backupInstanceDisk(at(properties, "properties", "dataSourceInfo", "resourceID")!),
                );
            default:
                return this.either(name, how.item, plain, item);
        }
    }

    private either(
        name: string,
        how: ResourceProvider,
        plain: Declaration,
        classic: (properties: Properties) => Declaration,
    ): Program {
        const resolved = this.resolved(plain);
        return { [name]: how === "classic" ? classic(resolved.properties) : withToken(resolved, how) };
    }

    private vm(name: string, how: VmProvider, plain: Declaration): Program {
        const { properties } = this.resolved(plain);
        const osId = at(properties, "storageProfile", "osDisk", "managedDisk", "id");
        const osName = at(properties, "storageProfile", "osDisk", "name");
        const data = (at(properties, "storageProfile", "dataDisks") ?? []) as readonly Properties[];
        const common = {
            // Without a name of its own, a VM that is made anew would be another one to Azure.
            name: properties["vmName"] ?? `${name}-0a1b2c3`,
            ...optional("tags", properties["tags"]),
            resourceGroupName: properties["resourceGroupName"]!,
        };
        const id = new Ref(name, ["id"]);
        const attachments = how.holdsDataDisks
            ? {}
            : Object.fromEntries(
                  data.map((place) => {
                      const lun = place["lun"] as number;
                      return place["createOption"] === "Attach"
                          ? [attachmentName(name, lun), diskAttachment(id, lun, at(place, "managedDisk", "id")!)]
                          : [madeName(name, lun), implicitDataDisk(id, lun, at(place, "sourceResource", "id")!)];
                  }),
              );
        if (how.vm === "legacy") {
            const declared = legacyVm(osId ?? null);
            const osDisk = declared.properties["storageOsDisk"] as Properties;
            const held = data.map((place): Properties => ({
                name: `${name}-data${place["lun"] as number}`,
                lun: place["lun"]!,
                createOption: place["createOption"]!,
                ...optional("managedDiskId", at(place, "managedDisk", "id")),
                ...optional("diskSizeGb", place["diskSizeGB"]),
            }));
            const boot =
                osId === undefined
                    ? { name: osName ?? `${name}-boot`, createOption: "FromImage", osType: "Linux" }
                    : { ...osDisk, name: `${name}-os` };
            return {
                [name]: {
                    ...declared,
                    properties: {
                        ...declared.properties,
                        ...common,
                        storageOsDisk: boot,
                        ...(osId === undefined ? { storageImageReference: IMAGE } : {}),
                        ...(how.holdsDataDisks && held.length > 0 ? { storageDataDisks: held } : {}),
                    },
                },
                ...attachments,
            };
        }
        const { osManagedDiskId: _, ...declared } = classicVm(how.vm as "linux", osId ?? null).properties;
        return {
            [name]: {
                type: classicVm(how.vm as "linux", null).type,
                properties: {
                    ...declared,
                    ...common,
                    osDisk: { caching: "ReadWrite", ...optional("name", osName) },
                    ...(osId === undefined ? { sourceImageReference: IMAGE } : { osManagedDiskId: osId }),
                },
            },
            ...attachments,
        };
    }

    // ---- References -------------------------------------------------------------------------------------------------

    private resolved(plain: Declaration): Declaration {
        return { ...plain, properties: this.content(plain.properties) as Properties };
    }

    private content(content: Content): Content {
        if (content instanceof Ref) {
            return this.reference(content);
        }
        if (content instanceof Text) {
            return new Text(
                content.parts.map((part) => (part instanceof Ref ? (this.reference(part) as string | Ref) : part)),
            );
        }
        if (Array.isArray(content)) {
            return (content as readonly Content[]).map((each) => this.content(each));
        }
        return typeof content === "object" && content !== null
            ? Object.fromEntries(
                  Object.entries(content as Properties).map(([name, each]) => [name, this.content(each)]),
              )
            : content;
    }

    /** The same thing where the classic VM has it. */
    private reference({ resource, path }: Ref): Content {
        const [storage, kind, place] = path;
        const index = Number(/^m(\d)$/.exec(resource)?.[1] ?? -1);
        const how = this.provider[index];
        if (how === undefined || storage !== "storageProfile" || !isClassicVm(how)) {
            return new Ref(resource, path);
        }
        if (kind === "osDisk") {
            return new Ref(resource, how.vm === "legacy" ? ["storageOsDisk", "managedDiskId"] : ["osManagedDiskId"]);
        }
        if (how.holdsDataDisks) {
            return new Ref(resource, ["storageDataDisks", place!, "managedDiskId"]);
        }
        const lun = Number(place) + 1;
        const option = this.placeOf(resource, lun);
        const group = this.program[resource]?.properties["resourceGroupName"] as Ref;
        return option === "Attach"
            ? new Ref(attachmentName(resource, lun), ["managedDiskId"])
            : text`${new Ref(group.resource, ["id"])}/providers/Microsoft.Compute/disks/${new Ref(madeName(resource, lun), ["name"])}`;
    }

    private placeOf(resource: string, lun: number): Content | undefined {
        const data = at(this.program[resource]!.properties, "storageProfile", "dataDisks") as readonly Properties[];
        return data[lun - 1]?.["createOption"];
    }
}

const IMAGE: Properties = { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" };

function disk(properties: Properties): Declaration {
    const creation = properties["creationData"] as Properties;
    const { osType: _, ...declared } = classicDisk({ ...creation, diskSizeGb: 128 }).properties;
    return {
        type: classicDisk().type,
        properties: {
            ...declared,
            resourceGroupName: properties["resourceGroupName"]!,
            ...optional("name", properties["diskName"]),
            ...optional("osType", properties["osType"]),
            ...optional("tags", properties["tags"]),
        },
    };
}

function backup(properties: Properties): Declaration {
    return protectedVm(
        at(properties, "properties", "sourceResourceId")!,
        optional("protectionState", at(properties, "properties", "protectionState")),
    );
}

function item(properties: Properties): Declaration {
    const details = at(properties, "properties", "providerSpecificDetails") as Properties;
    const list = details["vmManagedDisks"] as readonly Properties[] | undefined;
    const declared = replicatedVm(
        details["fabricObjectId"]!,
        (list ?? []).map((each) => each["diskId"]!),
    );
    const { managedDisks, ...rest } = declared.properties;
    return {
        ...declared,
        properties: {
            ...rest,
            ...(list === undefined ? {} : { managedDisks: managedDisks! }),
            recoveryVaultName: properties["resourceName"]!,
            ...optional("name", properties["replicatedProtectedItemName"]),
            ...optional("multiVmGroupName", details["multiVmGroupName"]),
        },
    };
}

const VERSIONS: Readonly<Record<string, string>> = {
    compute: "v20241101",
    recoveryservices: "v20241001",
    dataprotection: "v20240401",
};

function withToken(declaration: Declaration, form: TokenForm): Declaration {
    const [, module = "", name = ""] = declaration.type.split(":");
    const version = VERSIONS[module] ?? "";
    switch (form) {
        case "default token":
            return declaration;
        case "versioned token":
            return { ...declaration, type: `azure-native:${module}/${version}:${name}` };
        case "local package":
            return { ...declaration, type: `azure-native_${module}_${version}:${module}:${name}` };
    }
}

function at(content: Content | undefined, ...path: readonly string[]): Content | undefined {
    return path.reduce<Content | undefined>(
        (each, step) => (typeof each === "object" && each !== null ? (each as Properties)[step] : undefined),
        content,
    );
}

function optional(name: string, value: Content | undefined): Properties {
    return value === undefined ? {} : { [name]: value };
}
