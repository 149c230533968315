import type { OpenQuestion } from "../../src/model/answers";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { unreplicatedDataDisks } from "../../src/model/disks/unreplicated-disks";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly vm: string;
    readonly disks: readonly string[];
    /** Disks among them that Site Recovery does not replicate by itself, each with what it is. */
    readonly special: readonly string[];
    readonly item: string;
    readonly diskList: string;
    /** A change of a classic item's list makes the item anew; that of an azure-native one changes nothing. */
    readonly isClassic: boolean;
    readonly isNew: boolean;
}

/**
 * BCDR404: data disks of a replicated VM that its item's list leaves out. Those that are certainly restored are
 * BCDR111's, and the OS disk is BCDR132's. Auto-protection covers disks that are added (INT-16).
 */
export const dataDiskNotReplicated = stackPolicy<Parameters>({
    id: "BCDR404",
    name: "data-disk-not-replicated",
    level: "advisory",
    severity: "medium",
    summary: "A replicated item leaves out a data disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the VM or the disk, or say by the VM's tier that it needs no protection.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const vm of estate.vms) {
            const replication = estate.replication.of(vm);
            if (vm.urn === undefined || vm.skipped || replication.answer !== "yes") {
                continue;
            }
            const [item] = replication.items;
            const covers = replication.items.map(({ autoProtection }) => autoProtection);
            if (item === undefined || covers.some((each) => valueOf(each) === true)) {
                continue;
            }
            const { leftOut, open } = disksLeftOut(estate, vm, replication.items);
            for (const openQuestion of open) {
                yield { verdict: "undecided", openQuestion };
            }
            const unknown = covers.find(({ state }) => state === "unknown");
            if (leftOut.length > 0 && unknown?.state === "unknown") {
                yield undecided(item, unknown.property);
            } else if (leftOut.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: {
                        vm: estate.names.of(vm),
                        disks: leftOut.map((attached) => estate.names.ofDisk(vm, attached)),
                        special: specialDisks(estate, vm, leftOut),
                        item: named(item).name,
                        diskList: WORDS[item.provider].diskList,
                        isClassic: item.provider === "azure-classic",
                        isNew: item.lifetime === "new",
                    },
                    restsOn: replication.items,
                };
            }
        }
    },

    message: ({ vm, disks, special, item, diskList, isClassic, isNew }): Message => {
        const which = quoted(disks);
        return {
            headline: headline(
                (name, disk) =>
                    disks.length === 1
                        ? `VM ${name} is replicated without its data disk ${disk}.`
                        : `VM ${name} is replicated without ${disks.length} of its data disks.`,
                vm,
                disks[0] ?? "",
            ),
            why: "After a failover the VM comes up without what replication leaves out. A disk that is added later is not replicated until replication is enabled for it.",
            details: [...(disks.length === 1 ? [] : disks), ...special],
            steps: {
                occasion: "To replicate it:",
                list: [
                    isNew
                        ? `List ${which} in ${diskList} of "${item}", which enables replication with that list.`
                        : isClassic
                          ? `List ${which} in ${diskList} of "${item}". That makes the item anew: replication is disabled and enabled again, and its recovery points are lost.`
                          : `Enable replication for ${which}: Recovery Services vault > Replicated items > "${item}" > Disks. One disk at a time, managed disks only.`,
                    ...(isNew || isClassic
                        ? []
                        : [
                              `Then run pulumi refresh, and list ${which} in ${diskList}, so that an item made anew replicates it too. An edit of the list alone replicates nothing.`,
                          ]),
                    "If that is left out on purpose, exempt the VM from this policy and say why.",
                ],
            },
            source: COVERAGE.ADDED_DISK.page,
        };
    },
});

function disksLeftOut(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
): { readonly leftOut: readonly AttachedDisk[]; readonly open: readonly OpenQuestion[] } {
    const { leftOut, open } = unreplicatedDataDisks(estate.replication.replicatedVm(vm, items));
    if (leftOut.length + open.length === 0) {
        return { leftOut, open };
    }
    const restores = new Map(estate.restores.of(vm).map((each) => [each.attached, each] as const));
    const isCertain = (attached: AttachedDisk): boolean => restores.get(attached)?.restored.state === "certain";
    const questions: OpenQuestion[] = open.filter(({ attached }) => !isCertain(attached));
    const found: AttachedDisk[] = [];
    for (const attached of leftOut.filter((each) => !isCertain(each))) {
        const restore = restores.get(attached);
        if (restore?.restored.state === "unknown") {
            // A restored one would be BCDR111's.
            questions.push({ resource: restore.disk ?? vm, property: restore.restored.property });
        } else {
            found.push(attached);
        }
    }
    return { leftOut: found, open: questions };
}

function specialDisks(estate: Estate, vm: VirtualMachine, disks: readonly AttachedDisk[]): readonly string[] {
    const places = new Set(disks.map(({ place }) => place));
    return estate.disks
        .of(vm)
        .filter(({ attached }) => places.has(attached.place))
        .flatMap(({ attached, isShared, settings }) => {
            const name = estate.names.ofDisk(vm, attached);
            return [
                ...(valueOf(isShared) === true
                    ? [`"${name}" is a shared disk, which is replicated with a protection cluster only.`]
                    : []),
                ...(valueOf(settings.writeAccelerated) === true
                    ? [`"${name}" has a write accelerator, which Site Recovery does not support.`]
                    : []),
            ];
        });
}
