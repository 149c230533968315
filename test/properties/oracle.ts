import { diskHere, isAfterPortal, isSecondProgram, vmName, type Day } from "./history";
import type { ItemPlan, VmPlan, PlacePlan, Plan } from "./plan";

/** The policies that the oracle knows. */
export const RULES = [
    "BCDR101",
    "BCDR102",
    "BCDR111",
    "BCDR121",
    "BCDR123",
    "BCDR131",
    "BCDR132",
    "BCDR225",
    "BCDR416",
] as const;

/** Findings as `BCDR121 m0`: the policy, and the resource that it is reported on. */
export interface Truth {
    /** What has to be found. */
    readonly findings: ReadonlySet<string>;
    /**
     * What is true, though another finding takes its place (rules.md: 101 leads 102, 121 takes the place of 111, 131
     * names what 132 would, neither is for a VM that 111 or 121 reports, and 416 alone speaks of a failed-over one). While that other one is undecided,
     * this may be found instead.
     */
    readonly facts: ReadonlySet<string>;
}

/** A VM as it stands at the moment, or will once the plan that is looked at has been applied. */
interface Standing {
    readonly vm: string;
    readonly isInStack: boolean;
    /** Each disk by a name of its own, the OS disk first. */
    readonly disks: readonly { readonly name: string; readonly isRestored: boolean }[];
    readonly isBackedUp: boolean;
    readonly disksBackedUp: ReadonlySet<string>;
    readonly item: StandingItem | undefined;
}

interface StandingItem {
    readonly name: string;
    /** The disks with which replication was enabled; undefined where it is going to be enabled with none. */
    readonly list: readonly string[] | undefined;
    readonly hasFailedOver: boolean;
    readonly consistencyGroup: string | undefined;
}

export function truthOf(plan: Plan): Truth {
    const standing = plan.vms.map((vm, index) => standingOf(plan, vm, index));
    const findings = new Set<string>();
    const facts = new Set<string>();
    const say = (policyId: (typeof RULES)[number], on: string, isFact: boolean, isReported = true): boolean => {
        if (isFact) {
            facts.add(`${policyId} ${on}`);
        }
        if (isFact && isReported) {
            findings.add(`${policyId} ${on}`);
        }
        return isFact;
    };
    const restored: Standing[] = [];
    for (const each of standing) {
        const { vm, item, disks, isInStack } = each;
        if (item === undefined) {
            continue;
        }
        const about = isInStack ? vm : item.name;
        const runs = !item.hasFailedOver;
        say("BCDR416", item.name, !runs);
        const whole = say("BCDR101", about, each.isBackedUp, runs);
        const inPart = disks.some(({ name }) => each.disksBackedUp.has(name));
        say("BCDR102", about, inPart, runs && !whole);
        if (!runs) {
            continue;
        }
        const { list } = item;
        if (list === undefined) {
            say("BCDR225", item.name, true);
            continue;
        }
        if (!isInStack) {
            continue;
        }
        const [os, ...data] = disks;
        const isUnlisted = ({ name }: { readonly name: string }): boolean => !list.includes(name);
        const isLost = (disk: Standing["disks"][number]): boolean => disk.isRestored && isUnlisted(disk);
        const boots = say("BCDR121", vm, os !== undefined && isLost(os));
        const reported = say("BCDR111", vm, data.some(isLost), !boots) || boots;
        const isGone = list.some((name) => disks.every((disk) => disk.name !== name));
        const gone = say("BCDR131", vm, isGone, !reported);
        say("BCDR132", vm, os !== undefined && isUnlisted(os), !reported && !gone);
        if (boots) {
            restored.push(each);
        }
    }
    const told = new Set<string>();
    for (const { vm, item } of restored) {
        const group = item?.consistencyGroup;
        const members = standing.filter((each) => each.item?.consistencyGroup === group);
        if (group !== undefined && members.length > 1) {
            // The first in URN order, which is that of the names here. If the plan does not know that one, the next.
            say("BCDR123", vm, true, !told.has(group));
            told.add(group);
        }
    }
    return { findings, facts };
}

const RESTORED: ReadonlySet<PlacePlan["disk"]> = new Set([
    "restored",
    "from a backup snapshot",
    "import with backup tag",
    "from a restore point of the program",
    "implicit, restored",
]);

function standingOf(plan: Plan, vm: VmPlan, index: number): Standing {
    const name = vmName(index);
    const onDay2 = plan.moment !== "first preview" && plan.moment !== "first state";
    const places = vm.places.map((place, at) => ({ place, at }));
    const dayOf = (at: number): Day => {
        if (plan.moment !== "preview after the portal") {
            return onDay2 ? "second" : "first";
        }
        // The program takes the disks back that it names itself. One that Azure has made is not named: what was put
        // into its place stays.
        return diskHere(vm, index, at, "first").is === "implicit" ? "second" : "first";
    };
    return {
        vm: name,
        isInStack: vm.isInStack,
        disks: places
            .filter(() => vm.isInStack)
            .map(({ at }) => ({
                name: diskAt(vm, index, at, dayOf(at)),
                isRestored: restoredAt(vm, index, at, dayOf(at)),
            })),
        isBackedUp:
            ["by reference", "by id", "by name"].includes(vm.backup) &&
            !(isAfterPortal(plan) && vm.day2.backupStops && plan.moment === "portal and refresh"),
        disksBackedUp: new Set(
            places
                .filter(({ place }) => vm.isInStack && place.underDiskBackup)
                // An instance names its disk by id; one that takes it from the VM's outputs follows those.
                .map(({ at }) => {
                    const follows = isSecondProgram(plan) && diskHere(vm, index, at, "first").is === "implicit";
                    const again =
                        plan.moment === "preview after the portal" &&
                        diskHere(vm, index, at, "first").is === "implicit";
                    return diskAt(vm, index, at, follows || again ? "second" : "first");
                }),
        ),
        item: vm.item && standingItem(plan, vm, vm.item, index),
    };
}

function standingItem(plan: Plan, vm: VmPlan, item: ItemPlan, index: number): StandingItem {
    const onDay2 = plan.moment !== "first preview" && plan.moment !== "first state";
    const isAnew = onDay2 && vm.day2.item === "made anew";
    const day: Day = isAnew ? "second" : "first";
    const own = vm.places.flatMap(({ listed }, at) =>
        listed !== "no" || (isAfterPortal(plan) && isAnew) ? [diskAt(vm, index, at, day)] : [],
    );
    const strays = isAfterPortal(plan) && isAnew ? [] : item.strays.map((stray) => `${vmName(index)}: ${stray}`);
    // Azure does not take an empty list, so the generator's estates list the OS disk where they would list nothing.
    const list =
        [...own, ...strays].length > 0 || plan.moment === "first preview"
            ? [...own, ...strays]
            : [diskAt(vm, index, 0, day)];
    return {
        name: `${vmName(index)}Item`,
        list: item.hasList && list.length > 0 ? list : undefined,
        hasFailedOver: isAfterPortal(plan) && vm.day2.failsOver,
        consistencyGroup: item.consistencyGroup && `${item.vault}|${item.consistencyGroup.toLowerCase()}`,
    };
}

function diskAt(vm: VmPlan, index: number, place: number, day: Day): string {
    const disk = diskHere(vm, index, place, day);
    switch (disk.is) {
        case "implicit":
            return `${vmName(index)}: place ${place}`;
        case "resource":
            return disk.name;
        case "of another stack":
            return `${vmName(index)}: swapped in from another stack`;
    }
}

/** What lies in another stack cannot be told to be restored (External: neither violated nor undecided). */
function restoredAt(vm: VmPlan, index: number, place: number, day: Day): boolean {
    const disk = diskHere(vm, index, place, day);
    return disk.is !== "of another stack" && RESTORED.has(disk.kind);
}
