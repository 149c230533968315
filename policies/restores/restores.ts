import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { counts, type UnreplicatedRestore, unreplicatedRestores } from "../../src/model/disks/restored-attachments";
import type { RestoreSource } from "../../src/model/disks/restored-disk";
import { type Undecided, undecided, Undecideds, type Verdict, type Violated } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { protectionOf } from "../../src/advice/known-from";
import { type Names, namesOf, quoted } from "../../src/advice/names";
import { sourceInWords } from "../../src/advice/restore-source";
import { type ReProtection, reProtectionOf } from "../../src/advice/re-protection";
import type { Circumstances } from "../check";
import { identityOf, type PolicyIdentity, type Settings, stackPolicy, type StackPolicy } from "../policy";

/** What the policies about restores have in common: which VMs they are about, and the facts that they report. */

export interface RestoreConfiguration {
    /** Count disks, too, that only look like restored ones. */
    readonly countPossible: boolean;
}

const RESTORE_SOURCES = ["certain", "any-snapshot"] as const;

export const restoreSettings: Settings<RestoreConfiguration> = {
    areShared: true,
    properties: {
        restoreSource: {
            type: "string",
            enum: RESTORE_SOURCES,
            default: RESTORE_SOURCES[0],
            description:
                "`certain`: only disks that surely come from a backup. `any-snapshot`: also those made from any snapshot or imported VHD.",
        },
    },
    read: ({ restoreSource }) => ({ countPossible: restoreSource === "any-snapshot" }),
};

/** One VM with restored disks that are not replicated, or may not be. */
export interface VmWithRestores {
    readonly vm: VirtualMachine;
    /** Undefined while it is open which item replicates the VM. */
    readonly item: ReplicatedItem | undefined;
    readonly found: readonly UnreplicatedRestore[];
    /** What is not known about disks in this role. */
    readonly undecided: (role: AttachedDisk["role"]) => Iterable<Undecided>;
}

export function* unreplicatedRestoresIn(estate: Estate, countPossible: boolean): Iterable<VmWithRestores> {
    const undecideds = new Undecideds();
    for (const vm of estate.vms) {
        const restores = estate.restores.of(vm).filter(({ restored }) => counts(restored, countPossible));
        const replication = estate.replication.of(vm);
        if (restores.length === 0 || replication.answer === "no") {
            continue;
        }
        if (replication.answer === "unknown") {
            const roles = new Set(restores.map(({ attached }) => attached.role));
            yield {
                vm,
                item: undefined,
                found: [],
                undecided: (role) => (roles.has(role) ? undecideds.of(replication) : []),
            };
            continue;
        }
        const replicated = estate.replication.replicatedVm(vm, replication.items);
        const { found, open } = unreplicatedRestores(replicated, restores);
        yield {
            vm,
            item: replication.items[0],
            found,
            undecided: (role) =>
                open
                    .filter((each) => each.role === role)
                    .map(({ resource, property }) => undecided(resource, property)),
        };
    }
}

/** The facts about one VM on restored disks. */
export interface RestoreFacts {
    readonly vm: string;
    readonly disks: readonly string[];
    readonly from: RestoreSource;
    /** True where the disks only look like restored ones. */
    readonly isPossible: boolean;
    readonly reProtection: ReProtection;
    /** The disks that the list is made from, where the plan shows no more of the list. */
    readonly listMadeFrom: Names;
}

/** @param showsSource whether to say where the first disk comes from */
export function restoreFactsInWords(
    { disks: [first = "", ...others], from, isPossible, listMadeFrom }: RestoreFacts,
    showsSource: boolean,
): readonly string[] {
    const source = sourceInWords(from, `"${from.backup?.vm ?? ""}"`);
    return [
        ...(isPossible
            ? [`"${first}" may be a restored disk: it comes from ${source}.`]
            : showsSource
              ? [`"${first}" comes from ${source}.`]
              : []),
        ...(others.length === 0 ? [] : [`Also restored and not replicated: ${quoted(others)}.`]),
        // This is how it is known that a list leaves a disk out although the plan does not show the list.
        ...(listMadeFrom.count === 0
            ? []
            : [`The preview does not show the list of disks. It is made from ${quoted(listMadeFrom)}.`]),
    ];
}

function restoreFacts(
    estate: Estate,
    vm: VirtualMachine,
    item: ReplicatedItem,
    found: readonly UnreplicatedRestore[],
): Violated<RestoreFacts> {
    const [first] = found;
    if (first === undefined) {
        throw new Error("a finding about restores needs a restored disk");
    }
    const replication = estate.replication.of(vm);
    const items = replication.answer === "yes" ? replication.items : [item];
    return {
        verdict: "violated",
        subject: subjectOf(vm, vm),
        parameters: {
            vm: estate.names.of(vm),
            disks: found.map(({ attached }) => estate.names.ofDisk(vm, attached)),
            from: first.from,
            isPossible: !first.isCertain,
            reProtection: reProtectionOf(estate, vm, item, found),
            listMadeFrom: namesOf(estate.replication.replicatedVm(vm, items).listMadeFrom, displayName),
        },
        restsOn: protectionOf(estate, vm, item),
    };
}

interface UnreplicatedRestorePolicy extends PolicyIdentity {
    /** The role of the disk that it reports. A VM that boots from a restored disk is reported for that one alone. */
    readonly role: AttachedDisk["role"];
    readonly message: (parameters: RestoreFacts, circumstances: Circumstances) => Message;
}

/** A policy about replicated VMs with restored disks that are not replicated. */
export function unreplicatedRestorePolicy(policy: UnreplicatedRestorePolicy): StackPolicy {
    const { role, message } = policy;
    return stackPolicy<RestoreFacts, RestoreConfiguration>({
        kinds: ["replicated item"],
        ...identityOf(policy),
        settings: restoreSettings,
        message,

        *evaluate({ estate }, { countPossible }): Iterable<Verdict<RestoreFacts>> {
            for (const { vm, item, found, undecided } of unreplicatedRestoresIn(estate, countPossible)) {
                yield* undecided(role);
                const reported = found.find(({ attached }) => attached.role === "os") ?? found[0];
                if (item !== undefined && reported?.attached.role === role) {
                    yield restoreFacts(estate, vm, item, found);
                }
            }
        },
    });
}
