import { OFFLINE_SUBSCRIPTION } from "../../dev/offline/providers/azure-native-responses";
import {
    attached,
    backupItem,
    disk,
    diskBackup,
    vm,
    NAMED_SURROUNDINGS,
    osDiskOf,
    replicatedItem,
} from "../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../harness/classic";
import { Ref, ref, Text, type Content, type Declaration, type Program, type Properties } from "../harness/program";

/** VMs under both services, for plans that change them. */

const BOTH = [ref("os.id"), ref("data.id")];

export interface EstateOptions {
    /** Name of the disk that it boots from. */
    readonly os?: string;
    /** Names of the data disks, by LUN. */
    readonly data?: readonly string[];
    readonly listed?: readonly Content[] | undefined;
    readonly vm?: Properties;
    readonly item?: Properties;
}

/** azure-native; the disks are resources of their own. */
export function native({
    os = "os",
    data = ["data"],
    listed = BOTH,
    vm: over = {},
    item = {},
}: EstateOptions = {}): Program {
    return {
        ...NAMED_SURROUNDINGS,
        os: disk({ name: "web-os", over: { osType: "Linux" } }),
        data: disk({ name: "web-data" }),
        spare: disk({ name: "spare", over: { osType: "Linux" } }),
        web: vm({
            name: "web",
            osDisk: ref(`${os}.id`),
            dataDisks: data.map((name, lun) => attached(lun, ref(`${name}.id`))),
            over,
        }),
        webBackup: backupItem(ref("web.id"), "shop;web"),
        webReplication: replicatedItem(ref("web.id"), listed, item),
    };
}

/** What a page shows of a replicated item: its VM, and by place the disks that it lists. */
export function itemShows(...places: readonly number[]): readonly string[] {
    const details = "webReplication.properties.providerSpecificDetails";
    return [`${details}.fabricObjectId`, ...places.map((place) => `${details}.vmManagedDisks.${place}.diskId`)];
}

/** azure-native; Azure makes the OS disk with the VM. */
export function implicit(over: Properties = {}, dataDisks: readonly Properties[] = []): Program {
    return {
        ...NAMED_SURROUNDINGS,
        web: vm({ name: "web", dataDisks, over }),
        webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
    };
}

/** The classic provider, with the data disk in an attachment of its own. */
export function classic({ os = "os", data = ["data"], listed = BOTH, vm: over = {} }: EstateOptions = {}): Program {
    const web = classicVm("linux", ref(`${os}.id`));
    return {
        ...NAMED_SURROUNDINGS,
        os: classicDisk(),
        data: classicDisk(),
        spare: classicDisk(),
        web: { ...web, properties: { ...web.properties, name: "web", ...over } },
        ...Object.fromEntries(
            data.map((name, lun) => [`place${lun}`, diskAttachment(ref("web.id"), lun, ref(`${name}.id`))]),
        ),
        webReplication: replicatedVm(ref("web.id"), listed),
    };
}

/** The same with a name of the classic item, so that Pulumi disables replication before it enables it again. */
export function namedItem(program: Program, over: Properties = {}): Program {
    return changed(program, "webReplication", { name: "web", ...over });
}

/** A VM and disks of azure-native under a classic item. */
export function mixed(options: EstateOptions = {}): Program {
    return namedItem({ ...native(options), webReplication: replicatedVm(ref("web.id"), options.listed ?? BOTH) });
}

/** Two VMs in one consistency group of the classic provider; the options are of the first one. */
export function classicGroupOfTwo(options: EstateOptions = {}): Program {
    const app = classicVm("linux", ref("appOs.id"));
    const group = { multiVmGroupName: "shop" };
    return {
        ...namedItem(classic(options), group),
        appOs: classicDisk(),
        app: { ...app, properties: { ...app.properties, name: "app" } },
        appReplication: {
            type: "azure:siterecovery/replicatedVM:ReplicatedVM",
            properties: { ...replicatedVm(ref("app.id"), [ref("appOs.id")]).properties, name: "app", ...group },
        },
    };
}

/** A VM outside of the stack, whose items are here. */
export const ELSEWHERE =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/other/providers/Microsoft.Compute/virtualMachines/away";

export function onlyItems(): Program {
    return {
        ...NAMED_SURROUNDINGS,
        awayBackup: backupItem(ELSEWHERE, "other;away"),
        awayReplication: replicatedItem(ELSEWHERE, [ELSEWHERE.replace("virtualMachines/away", "disks/away-os")]),
    };
}

export function withDiskBackup(program: Program): Program {
    return { ...program, dataBackup: diskBackup(ref("data.id")) };
}

export function without(program: Program, ...names: readonly string[]): Program {
    return Object.fromEntries(Object.entries(program).filter(([name]) => !names.includes(name)));
}

/** The same with more properties, or options, of one resource. */
export function changed(
    program: Program,
    name: string,
    properties: Properties,
    options: Declaration["options"] = {},
): Program {
    const old = program[name];
    if (old === undefined) {
        throw new Error(`the program has no "${name}"`);
    }
    return {
        ...program,
        [name]: {
            ...old,
            properties: { ...old.properties, ...properties },
            options: { ...old.options, ...options },
        },
    };
}

/** The same with another name of a resource in the program, which an alias tells. */
export function renamed(program: Program, from: string, to: string): Program {
    const follow = (content: Content): Content => {
        if (content instanceof Ref) {
            return content.resource === from ? new Ref(to, content.path) : content;
        }
        if (content instanceof Text) {
            return new Text(content.parts.map((part) => (part instanceof Ref ? (follow(part) as Ref) : part)));
        }
        if (Array.isArray(content)) {
            return (content as readonly Content[]).map(follow);
        }
        return typeof content === "object" && content !== null ? followAll(content as Properties) : content;
    };
    const followAll = (properties: Properties): Properties =>
        Object.fromEntries(Object.entries(properties).map(([name, content]) => [name, follow(content)]));
    return Object.fromEntries(
        Object.entries(program).map(([name, { properties, options, ...declaration }]) => [
            name === from ? to : name,
            {
                ...declaration,
                properties: followAll(properties),
                options: name === from ? { ...options, aliases: [{ name: from }] } : (options ?? {}),
            },
        ]),
    );
}

export const WEB = `/subscriptions/${OFFLINE_SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web`;

/** Items that name the VM by an id that somebody wrote out. */
export function byId(program: Program): Program {
    return {
        ...program,
        webBackup: backupItem(WEB, "shop;web"),
        webReplication: replicatedItem(WEB, [WEB.replace("virtualMachines/web", "disks/web-os")]),
    };
}

/** The same in the classic provider. */
export function classicById(): Program {
    return changed(classic(), "webReplication", { sourceVmId: WEB });
}
