import * as fc from "fast-check";

/**
 * An estate as plain data: what stands in it and what happens to it, without a word of Pulumi. `compile.ts` makes
 * programs and stacks of it, `oracle.ts` decides from it alone what has to be found.
 */
export interface Plan {
    readonly moment: Moment;
    readonly vms: readonly VmPlan[];
    /** Whether the provider's configuration tells the subscription; else the plan learns it from an id, if at all. */
    readonly subscriptionIsConfigured: boolean;
    /** Whether the program gives the Site Recovery vaults names of its own. */
    readonly vaultsAreNamed: boolean;
    /** Whether ids that the program writes out are in capitals. */
    readonly idsAreShouted: boolean;
}

export const MOMENTS = [
    "first preview",
    "first state",
    "second preview",
    "second state",
    "portal and refresh",
    "preview after the portal",
] as const;
export type Moment = (typeof MOMENTS)[number];

export interface VmPlan {
    /** False for a VM of another stack, which items of this one name by its id. */
    readonly isInStack: boolean;
    readonly group: 0 | 1;
    /** Azure's name; undefined where Pulumi names the VM and its disks. */
    readonly azureName: string | undefined;
    /** The OS disk first. */
    readonly places: readonly PlacePlan[];
    readonly backup: BackupPlan;
    readonly item: ItemPlan | undefined;
    readonly day2: Day2Plan;
}

export interface PlacePlan {
    readonly disk: DiskKind | ImplicitKind;
    readonly underDiskBackup: boolean;
    /** How the list of the replicated item names the disk here, if it does. */
    readonly listed: Listing;
}

/** A disk that is a resource of the program, and what it is made from. */
export const DISK_KINDS = [
    "empty",
    "restored",
    "from a backup snapshot",
    "import with backup tag",
    "from a restore point of the program",
    "golden",
    "import",
    "copy of a disk",
    "from a snapshot of the program",
] as const;
export type DiskKind = (typeof DISK_KINDS)[number];

/** A disk that Azure makes with the VM. `implicit, restored` is for data disks (RD-06). */
export type ImplicitKind = "implicit" | "implicit, named" | "implicit, restored";

type Listing = "no" | "by reference" | "through the VM" | "by id";

type BackupPlan = "none" | "by reference" | "by id" | "by name" | "stopped" | "of files";

export interface ItemPlan {
    /** False for an item without a list, or with an empty one. */
    readonly hasList: boolean;
    readonly isListEmpty: boolean;
    /** Disks in the list that the VM does not have. */
    readonly strays: readonly Stray[];
    readonly consistencyGroup: string | undefined;
    readonly vault: 0 | 1;
    readonly namesVm: "by reference" | "by id";
}

type Stray = "of another stack" | "not attached";

/** What happens to a VM after its first deployment: by the program, or, in the moments of the portal, there. */
export interface Day2Plan {
    readonly swap: { readonly place: number; readonly to: DiskKind | "of another stack" } | undefined;
    /** Whether the disk that comes in stands in the program from the beginning. */
    readonly isDeclaredBefore: boolean;
    /** Whether the program drops the disk that goes out. */
    readonly dropsOldDisk: boolean;
    /** `edited`: the inputs list the disks of day 2. `made anew`: a new item does (portal: disabled and enabled). */
    readonly item: "left" | "edited" | "made anew";
    readonly isTagged: boolean;
    readonly failsOver: boolean;
    readonly backupStops: boolean;
}

/** Names that collide: the same in two groups, or the same but for case. */
const NAMES = ["web", "WEB", "db"];

const listing = fc.oneof(
    { weight: 5, arbitrary: fc.constant("by reference" as const) },
    { weight: 2, arbitrary: fc.constant("no" as const) },
    { weight: 2, arbitrary: fc.constant("by id" as const) },
    { weight: 1, arbitrary: fc.constant("through the VM" as const) },
);

function place(implicit: readonly ImplicitKind[]): fc.Arbitrary<PlacePlan> {
    return fc.record({
        disk: fc.oneof(
            { weight: 3, arbitrary: fc.constantFrom(...DISK_KINDS) },
            { weight: 1, arbitrary: fc.constant("empty" as const) },
            { weight: 1, arbitrary: fc.constant("restored" as const) },
            { weight: 2, arbitrary: fc.constantFrom(...implicit) },
        ),
        underDiskBackup: often(1, 4),
        listed: listing,
    });
}

const item: fc.Arbitrary<ItemPlan> = fc.record({
    hasList: often(7, 1),
    isListEmpty: fc.boolean(),
    strays: fc.oneof(
        { weight: 5, arbitrary: fc.constant([] as const) },
        { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom("of another stack", "not attached"), { maxLength: 2 }) },
    ),
    consistencyGroup: fc.oneof(
        { weight: 1, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom("shop", "SHOP", "books") },
    ),
    vault: bit(1, 3),
    namesVm: fc.constantFrom("by reference", "by id"),
});

const day2: fc.Arbitrary<Day2Plan> = fc.record({
    swap: fc.oneof(
        { weight: 2, arbitrary: fc.constant(undefined) },
        {
            weight: 3,
            arbitrary: fc.record({
                place: fc.nat({ max: 3 }),
                to: fc.oneof(
                    { weight: 3, arbitrary: fc.constant("restored" as const) },
                    { weight: 2, arbitrary: fc.constantFrom(...DISK_KINDS, "of another stack" as const) },
                ),
            }),
        },
    ),
    isDeclaredBefore: fc.boolean(),
    dropsOldDisk: fc.boolean(),
    item: fc.constantFrom("left", "edited", "made anew"),
    isTagged: often(1, 3),
    failsOver: often(1, 5),
    backupStops: often(1, 5),
});

const vmPlan: fc.Arbitrary<VmPlan> = fc
    .record({
        isInStack: often(9, 1),
        group: bit(1, 1),
        azureName: fc.oneof(
            { weight: 2, arbitrary: fc.constantFrom(...NAMES) },
            { weight: 1, arbitrary: fc.constant(undefined) },
        ),
        os: place(["implicit", "implicit, named"]),
        data: fc.array(place(["implicit", "implicit, restored"]), { maxLength: 3 }),
        backup: fc.constantFrom("none", "by reference", "by id", "by name", "stopped", "of files"),
        item: fc.oneof({ weight: 4, arbitrary: item }, { weight: 1, arbitrary: fc.constant(undefined) }),
        day2,
    })
    .map(({ os, data, ...rest }) => ({ ...rest, places: [os, ...data] }));

export function planAt(...moments: readonly Moment[]): fc.Arbitrary<Plan> {
    return fc
        .record({
            moment: fc.constantFrom(...moments),
            vms: fc.array(vmPlan, { minLength: 1, maxLength: 5 }),
            subscriptionIsConfigured: fc.boolean(),
            vaultsAreNamed: fc.boolean(),
            idsAreShouted: fc.boolean(),
        })
        .map((plan) => ({ ...plan, vms: sensible(plan.vms, plan.moment) }));
}

/** Takes out what nobody can write or Azure does not accept, so that what is left is worth a look. */
function sensible(vms: readonly VmPlan[], moment: Moment): readonly VmPlan[] {
    const taken = new Set<string>();
    return vms.map((vm, index) => {
        const { item, day2, places, isInStack } = vm;
        // One group cannot hold two VMs of one name, whatever the case.
        const key = `${vm.group}|${vm.azureName?.toLowerCase() ?? ""}`;
        const collides = vm.azureName !== undefined && taken.has(key);
        taken.add(key);
        const named = collides ? `${vm.azureName ?? ""}-${index}` : vm.azureName;
        const swap = day2.swap && { ...day2.swap, place: day2.swap.place % places.length };
        const swapped = swap === undefined ? undefined : places[swap.place];
        // After the portal the program of day 1 asks for its disks again. Azure refuses that where it would change how a
        // data disk was made, or the name of the OS disk, so such a preview is of a plan that cannot be.
        const isFixed = isImplicit(swapped?.disk) && swapped.disk !== "implicit";
        const isUnswappable =
            !isInStack ||
            (moment === "preview after the portal" && (isFixed || (swap?.place !== 0 && isImplicit(swapped?.disk))));
        const azureName = isInStack ? named : `outside-${index}`;
        // Azure refuses a new item without a list (VMDisksMissing), so only a preview can show one.
        const needsList = item !== undefined && moment !== "first preview";
        return {
            ...vm,
            azureName,
            // Only a VM with a name of its own can be called by it. And one of another stack has to be called by
            // its id: by names alone, without a subscription, nothing ties the item to what others say of the VM.
            backup: vm.backup === "by name" && (azureName === undefined || !isInStack) ? "by id" : vm.backup,
            item: item && { ...item, hasList: item.hasList || needsList },
            day2: { ...day2, swap: isUnswappable ? undefined : swap },
        };
    });
}

export function isImplicit(disk: PlacePlan["disk"] | undefined): disk is ImplicitKind {
    return disk === "implicit" || disk === "implicit, named" || disk === "implicit, restored";
}

function often(yes: number, no: number): fc.Arbitrary<boolean> {
    return fc.oneof({ weight: yes, arbitrary: fc.constant(true) }, { weight: no, arbitrary: fc.constant(false) });
}

function bit(zero: number, one: number): fc.Arbitrary<0 | 1> {
    return often(one, zero).map((isOne) => (isOne ? 1 : 0));
}
