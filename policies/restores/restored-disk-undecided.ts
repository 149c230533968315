import type { Answer, OpenQuestion } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Fix, Step } from "../../src/advice/fix";
import type { Estate } from "../../src/model/estate";
import { isReplicatedItem, type VirtualMachine, type ReplicatedItem } from "../../src/model/resources";
import type { PossibleRestore } from "../../src/model/disks/possible-restores";
import { counts } from "../../src/model/disks/restored-attachments";
import type { Provider } from "../../src/model/ids/type-token";
import { told, undecided, type Undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { INTEROPERABILITY } from "../../src/advice/interoperability";
import { protectionOf } from "../../src/advice/known-from";
import { linesOf, type Names, namesOf, quoted } from "../../src/advice/names";
import { diskListOf, writtenAt } from "../../src/advice/property-names";
import { disableReplicationCommand } from "../../src/advice/replication";
import { visibleId, visibleIds } from "../../src/advice/visible-ids";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { type RestoreConfiguration, restoreSettings } from "./restores";

interface Parameters {
    readonly vm: string;
    readonly item: string;
    /** The restored disks, the first in the headline. */
    readonly disks: Names;
    /** What is not known about the first: whether the VM gets it, whether the list has it, whether the item is the VM's. */
    readonly open: { readonly attachment: boolean; readonly list: boolean; readonly item: boolean };
    /** `storageProfile of "web"` */
    readonly waitsFor: Names;
    readonly madeFrom: Names;
    /** Where the program has the places of the disks that are open, and the list. */
    readonly places: readonly string[];
    readonly diskList: string;
    readonly disableCommand: string | undefined;
    /** Undefined for an item in a template. */
    readonly provider: Provider | undefined;
    readonly isChanging: boolean;
    readonly isInTemplate: boolean;
}

interface OpenRestore {
    readonly restore: PossibleRestore;
    readonly questions: readonly OpenQuestion[];
    readonly open: Parameters["open"];
}

/** BCDR122: a replicated VM gets, or may get, a restored disk, and the plan does not show whether it is replicated. */
export const restoredDiskUndecided = stackPolicy<Parameters, RestoreConfiguration>({
    kinds: ["replicated item"],
    id: "BCDR122",
    name: "restored-disk-undecided",
    level: "advisory",
    severity: "high",
    summary: "The plan does not show whether a restored disk is replicated.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "restore"],
    remediationSteps:
        "Write the list of disks with one element per disk, each with that disk's own ID. The preview then shows whether the restored disk is in it.",
    settings: restoreSettings,

    *evaluate({ estate }, { countPossible }): Iterable<Verdict<Parameters>> {
        for (const vm of estate.vms) {
            const replication = estate.replication.of(vm);
            if (vm.skipped || replication.answer === "no") {
                continue;
            }
            yield* openSources(estate, vm, replication);
            const restores = estate.restores.possiblyOf(vm).filter(({ restored }) => counts(restored, countPossible));
            if (restores.length === 0) {
                continue;
            }
            const items = replication.answer === "yes" ? replication.items : itemsAmong(replication.openQuestions, vm);
            const [item] = items;
            const openRestores =
                replication.answer === "yes"
                    ? openInLists(estate, vm, items, restores)
                    : restores.map((restore) => ofPossibleItem(vm, restore, replication.openQuestions));
            const [first] = openRestores;
            if (item === undefined || first === undefined) {
                continue;
            }
            for (const { resource, property } of openRestores.flatMap(({ questions }) => questions)) {
                yield told(resource, property);
            }
            yield {
                verdict: "violated",
                subject: subjectOf(vm, vm),
                parameters: parametersOf(estate, vm, items, openRestores, first),
                restsOn: protectionOf(estate, vm, item),
            };
        }
    },

    message: (
        {
            vm,
            item,
            disks,
            open,
            waitsFor,
            madeFrom,
            places,
            diskList,
            disableCommand,
            provider,
            isChanging,
            isInTemplate,
        },
        { dryRun, language },
    ): Message => {
        const [disk = ""] = disks.first;
        return {
            headline: headline(
                (vmName, diskName, itemName) => `Cannot tell whether ${inWords(open, vmName, diskName, itemName)}.`,
                vm,
                disk,
                item,
            ),
            why: "Site Recovery tracks disks by ID. Without the restored disk in its list, a failover brings up the VM as it was before the restore, or without that disk.",
            facts: [
                ...linesOf(waitsFor).map((line) => `Not known: ${line}`),
                ...(madeFrom.count > 0 ? [`The list is made from ${quoted(madeFrom)}.`] : []),
                ...(disks.count > 1
                    ? [`Also not known for ${quoted({ first: disks.first.slice(1), count: disks.count - 1 })}.`]
                    : []),
            ],
            fix: dryRun
                ? waysToDecide([
                      ...(isChanging ? [reEnable(disableCommand)] : []),
                      ...(open.list && !isChanging ? [visibleIds(diskList, item, provider, language)] : []),
                      ...(open.attachment ? places.map((place) => visibleId(place, vm)) : []),
                  ])
                : { kind: "in order", intro: "To find out:", steps: [isInTemplate ? IN_VAULT : REFRESH] },
            sources: [INTEROPERABILITY["2025-12-08"].page],
        };
    },
});

function waysToDecide(ways: readonly Step[]): Fix {
    return ways.length === 0
        ? { kind: "in order", intro: "To find out:", steps: [CHECK_LATER] }
        : { kind: "one of", intro: "To be sure, do one of these:", steps: [...ways, CHECK_LATER] };
}

function reEnable(disableCommand: string | undefined): Step {
    return {
        do: "If the VM was restored: disable replication, then apply this plan. It creates the item again, with the new list:",
        commands: [...(disableCommand === undefined ? [] : [disableCommand]), "pulumi refresh", "pulumi up"],
        note: "While the item exists, an edit of its list replicates no other disk. Disabling deletes Site Recovery's recovery points: check first that Azure Backup has a usable one.",
    };
}

const CHECK_LATER: Step = {
    do: "Check the stack after you apply the plan:",
    commands: ["pulumi policy analyze --stack '<stack>' --policy-pack '<folder of this policy pack>'"],
    note: "If the list lacks the disk, BCDR121 or BCDR111 then says how to replicate it.",
};

const IN_VAULT: Step = {
    do: "Look in the Azure portal: Recovery Services vault > Replicated items > the VM > Disks.",
    note: "Pulumi does not read back the resources that a template creates.",
};

const REFRESH: Step = { do: "Refresh the state, and check it again:", commands: ["pulumi refresh"] };

function inWords({ attachment, list, item }: Parameters["open"], vm: string, disk: string, itemName: string): string {
    if (item) {
        return attachment
            ? `VM ${vm} gets restored disk ${disk}, or whether ${itemName} replicates it`
            : `${itemName} replicates VM ${vm}, which gets restored disk ${disk}`;
    }
    if (!list) {
        return `VM ${vm} gets restored disk ${disk}, which replicated item ${itemName} does not list`;
    }
    return attachment
        ? `VM ${vm} gets restored disk ${disk}, or whether replicated item ${itemName} lists it`
        : `replicated item ${itemName} lists restored disk ${disk} of VM ${vm}`;
}

/** Disks that may turn out to be restored ones, and that may not be in the list. */
function* openSources(estate: Estate, vm: VirtualMachine, replication: Answer<ReplicatedItem>): Iterable<Undecided> {
    const replicated =
        replication.answer === "yes" ? estate.replication.replicatedVm(vm, replication.items) : undefined;
    for (const { attached, disk, restored } of estate.restores.of(vm)) {
        const isOpen = disk !== undefined && restored.state === "unknown" && replicated?.hasLists === true;
        if (isOpen && replicated.isListed(attached) === "unknown") {
            yield undecided(disk, restored.property);
        }
    }
}

/** Pulumi does not create what `--target` leaves out, so that it replicates nothing. */
function itemsAmong(questions: readonly OpenQuestion[], vm: VirtualMachine): readonly ReplicatedItem[] {
    return questions.flatMap(({ resource }) =>
        isReplicatedItem(resource) && !resource.skipped && !vm.skipped ? [resource] : [],
    );
}

function openInLists(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
    restores: readonly PossibleRestore[],
): readonly OpenRestore[] {
    const replicated = estate.replication.replicatedVm(vm, items);
    return restores.flatMap((restore): OpenRestore[] => {
        const { attached, waitsFor } = restore;
        const listed = replicated.hasLists ? replicated.isListed(attached) : "yes";
        // What surely is attached and surely not listed is BCDR121, or BCDR111.
        if (listed === "yes" || (listed === "no" && waitsFor === undefined)) {
            return [];
        }
        const { listQuestion } = replicated;
        if (listed === "unknown" && listQuestion.resource.skipped) {
            return [];
        }
        return [
            {
                restore,
                questions: [
                    ...(waitsFor === undefined ? [] : [{ resource: vm, property: waitsFor }]),
                    ...(listed === "unknown" ? [listQuestion] : []),
                ],
                open: { attachment: waitsFor !== undefined, list: listed === "unknown", item: false },
            },
        ];
    });
}

function ofPossibleItem(
    vm: VirtualMachine,
    restore: PossibleRestore,
    openQuestions: readonly OpenQuestion[],
): OpenRestore {
    const { waitsFor } = restore;
    return {
        restore,
        questions: [...(waitsFor === undefined ? [] : [{ resource: vm, property: waitsFor }]), ...openQuestions],
        open: { attachment: waitsFor !== undefined, list: false, item: true },
    };
}

function parametersOf(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
    openRestores: readonly OpenRestore[],
    first: OpenRestore,
): Parameters {
    const [item] = items;
    const questions = new Map(
        openRestores
            .flatMap((each) => each.questions)
            .map(({ resource, property }) => [
                property === ""
                    ? `"${displayName(resource)}"`
                    : `${writtenAt(resource, property)} of "${displayName(resource)}"`,
                resource,
            ]),
    );
    const asked = [...questions.values()];
    const madeFrom = first.open.list ? estate.replication.replicatedVm(vm, items).listMadeFrom : [];
    const places = openRestores.flatMap(({ restore: { waitsFor } }) => waitsFor ?? []);
    return {
        vm: estate.names.of(vm),
        item: item === undefined ? "" : displayName(item),
        disks: namesOf(openRestores, ({ restore }) => estate.names.ofDisk(vm, restore.attached)),
        open: first.open,
        waitsFor: namesOf([...questions.keys()], (line) => line),
        madeFrom: namesOf(madeFrom, displayName),
        places: [...new Set(places)].slice(0, MOST_PLACES).map((place) => writtenAt(vm, place)),
        diskList: item === undefined ? "" : diskListOf(item),
        disableCommand: item && disableReplicationCommand(item),
        provider: item?.embeddedIn === undefined ? item?.provider : undefined,
        isChanging: asked.some((resource) => isReplicatedItem(resource) && resource.lifetime === "changing"),
        isInTemplate: asked.some(({ embeddedIn }) => embeddedIn?.deployment !== undefined),
    };
}

/** One property holds all places of a VM's data disks, as a policy. */
const MOST_PLACES = 3;
