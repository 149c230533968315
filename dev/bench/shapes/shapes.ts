import type { ConfigurationFile } from "../../../src/config/configuration-file";
import type { PolicyId } from "../../../src/findings/policy-id";
import {
    assignment,
    backup,
    disk,
    lock,
    vm,
    recoveryPlan,
    replication,
    UNKNOWN,
    urnOf,
    vault,
    type Bag,
} from "./resources";

/** An estate that is unusual in one way, made as large as one likes. */
export interface Shape {
    readonly name: string;
    /** What there are so many of: the size is their number. */
    readonly made: (size: number) => readonly Bag[];
    /** A configuration of the same size, for shapes that grow by it. */
    readonly configured?: (size: number) => ConfigurationFile;
    /** Where the state itself grows with the square of the size, the sizes are smaller ones. */
    readonly isSquare?: true;
}

function many(count: number): readonly number[] {
    return Array.from({ length: Math.max(1, Math.floor(count)) }, (_, index) => index);
}

const RECOVERY = vault("recovery", "northeurope");
const names = (prefix: string, count: number): readonly string[] => many(count).map((index) => `${prefix}${index}`);

/** Half VMs, half of something for each of them or for all. */
function withVms(
    size: number,
    others: (index: number) => Bag,
    over: (index: number) => Bag = () => ({}),
): readonly Bag[] {
    return many(size / 2).flatMap((index) => [vm(`m${index}`, [], over(index)), others(index)]);
}

const replicated = (size: number): readonly Bag[] => [
    RECOVERY,
    ...withVms(size, (index) => replication(`r${index}`, `m${index}`, [`m${index}-os`])),
];

/** VMs that boot from a restored disk, and whose items list another one. */
const restored = (size: number, over: Bag = {}): readonly Bag[] => [
    RECOVERY,
    ...many(size / 3).flatMap((index) => [
        disk(`m${index}-os`, true),
        vm(`m${index}`),
        replication(`m${index}-r`, `m${index}`, [`m${index}-old`], over),
    ]),
];

const unknownVm = { fabricObjectId: UNKNOWN };

/** A day that is neither over nor too far away. */
const soon = (): string => new Date(Date.now() + 90 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

/** Of each four exemptions one names a VM's disk, one has a wildcard behind it, one before it, and one names nothing. */
function exemptions(size: number, policies: readonly PolicyId[]): ConfigurationFile {
    const resources = many(size / 4).flatMap((index) => [
        `m${index * 3}-os`,
        `m${index * 3 + 1}-o*`,
        `*/m${index * 3 + 2}-os`,
        `other${index}`,
    ]);
    return {
        "shared-settings": {
            exemptions: resources.map((resource) => ({ policies, resource, reason: "agreed", expires: soon() })),
        },
    };
}

export const SHAPES: readonly Shape[] = [
    {
        name: "VMs, each with disk, backup and replication",
        made: (size) => [
            vault("backups"),
            RECOVERY,
            ...many(size / 4).flatMap((index) => [
                disk(`m${index}-os`),
                vm(`m${index}`),
                backup(`m${index}-b`, `m${index}`, "backups"),
                replication(`m${index}-r`, `m${index}`, [`m${index}-os`]),
            ]),
        ],
    },
    {
        name: "restored VMs",
        made: (size) => restored(size),
    },
    {
        name: "restored VMs and as many exemptions",
        made: (size) => restored(size),
        configured: (size) => exemptions(size / 3, ["BCDR110", "BCDR121"]),
    },
    {
        name: "restored VMs in one consistency group",
        made: (size) => restored(size, { multiVmGroupName: "all" }),
    },
    {
        name: "one VM with many data disks, none of them a resource",
        made: (size) => [RECOVERY, vm("m", names("d", size)), replication("r", "m", ["m-os", ...names("e", size)])],
    },
    {
        name: "one VM with many data disks, all replicated",
        made: (size) => [
            RECOVERY,
            vm("m", names("d", size)),
            ...names("d", size).map((name) => disk(name)),
            replication("r", "m", ["m-os", ...names("d", size)]),
        ],
    },
    {
        name: "one VM with many restored data disks",
        made: (size) => [
            RECOVERY,
            vm("m", names("d", size)),
            ...names("d", size).map((name) => disk(name, true)),
            replication("r", "m", ["m-os"]),
        ],
    },
    {
        name: "one VM with many disks and as many replicated items",
        made: (size) => [
            RECOVERY,
            vm("m", names("d", size / 2)),
            ...names("d", size / 2).map((name, index) => replication(`r${index}`, "m", [name])),
        ],
    },
    {
        name: "one VM with many backup items in one vault",
        made: (size) => [vault("backups"), vm("m"), ...names("b", size).map((name) => backup(name, "m", "backups"))],
    },
    {
        name: "one VM with a vault elsewhere for each backup item",
        made: (size) => [vm("m"), ...many(size).map((index) => backup(`b${index}`, "m", `v${index}`))],
    },
    {
        name: "VMs without backup beside as many vaults",
        made: (size) => withVms(size, (index) => vault(`v${index}`)),
    },
    {
        name: "VMs that must be backed up",
        made: (size) => [vault("backups"), ...names("m", size).map((name) => vm(name))],
    },
    {
        name: "restored VMs under as many locks on their group",
        made: (size) => [
            RECOVERY,
            ...many(size / 4).flatMap((index) => [
                disk(`m${index}-os`, true),
                vm(`m${index}`),
                replication(`m${index}-r`, `m${index}`, [`m${index}-old`]),
                lock(`l${index}`, "shop"),
            ]),
        ],
    },
    {
        name: "VMs and as many assignments of Azure Policy, none of which takes them",
        made: (size) =>
            withVms(
                size,
                (index) => assignment(`a${index}`, "gold"),
                () => ({ tags: { tier: "lead" } }),
            ),
    },
    {
        name: "VMs and as many assignments, one for the tag of each",
        made: (size) =>
            withVms(
                size,
                (index) => assignment(`a${index}`, `tier ${index + 1}`),
                (index) => ({ tags: { tier: `tier ${index}` } }),
            ),
    },
    {
        name: "VMs and as many assignments of a management group",
        made: (size) =>
            withVms(
                size,
                (index) => assignment(`a${index}`, "lead", "/providers/Microsoft.Management/managementGroups/all"),
                () => ({ tags: { tier: "lead" } }),
            ),
    },
    {
        name: "one recovery plan with many items",
        made: (size) => [...replicated(size), recoveryPlan("plan", names("r", size / 2))],
    },
    {
        name: "replicated VMs in none of as many recovery plans",
        made: (size) => [
            ...replicated(size / 2),
            ...names("plan", size / 2).map((name) => recoveryPlan(name, ["other"])),
        ],
    },
    {
        name: "one restored VM in many recovery plans",
        made: (size) => [
            RECOVERY,
            disk("m-os", true),
            vm("m"),
            replication("r", "m", ["m-old"]),
            ...names("plan", size).map((name) => recoveryPlan(name, ["r"])),
        ],
    },
    {
        name: "VMs, and as many items of VMs that are not known",
        made: (size) => [RECOVERY, ...withVms(size, (index) => replication(`r${index}`, "x", [], unknownVm))],
    },
    {
        name: "VMs, and as many items that are each made from every VM",
        isSquare: true,
        made: (size) => {
            const made = { properties: names("m", size / 2).map((name) => urnOf("compute:VirtualMachine", name)) };
            return [
                RECOVERY,
                ...withVms(size, (index) =>
                    replication(`r${index}`, "x", [], unknownVm, { propertyDependencies: made }),
                ),
            ];
        },
    },
    {
        name: "one VM whose disks are not known, made from many",
        made: (size) => {
            const disks = names("d", size / 2);
            const dataDisks = disks
                .slice(1)
                .map((_, lun) => ({ lun, createOption: "Attach", managedDisk: { id: UNKNOWN } }));
            const storageProfile = { osDisk: { createOption: "Attach", managedDisk: { id: UNKNOWN } }, dataDisks };
            const made = disks.map((name) => urnOf("compute:Disk", name));
            return [
                RECOVERY,
                ...disks.map((name) => disk(name, true)),
                { ...vm("m", [], { storageProfile }), propertyDependencies: { storageProfile: made } },
                replication("r", "m", ["m-os"]),
            ];
        },
    },
    {
        name: "VMs with many tags",
        made: (size) => [
            vault("backups"),
            ...many(100).map((index) =>
                vm(`m${index}`, [], {
                    tags: Object.fromEntries(many(size / 100).map((tag) => [`tag-${tag}`, "value"])),
                }),
            ),
        ],
    },
];
