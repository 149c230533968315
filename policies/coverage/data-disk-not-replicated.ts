import {
    any,
    type Answer,
    type Evidence,
    firstQuestion,
    isTrue,
    unknownAnswer,
    withEvidence,
    YES,
} from "../../src/model/answers";
import type { AttachedDisk } from "../../src/model/disks/attached-disks";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { unreplicatedDataDisks } from "../../src/model/disks/unreplicated-disks";
import { headline } from "../../src/findings/message";
import { quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { protectedVms } from "../protected-vm";

interface Parameters {
    readonly vm: string;
    readonly item: ItemToChange;
    readonly found: Evidence<LeftOutDisk>;
}

interface LeftOutDisk {
    readonly name: string;
    /** Where Site Recovery does not replicate it by itself, what it is. */
    readonly special: readonly string[];
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

    evaluate: ({ estate }) =>
        protectedVms(
            estate,
            (vm) => estate.replication.of(vm),
            ({ vm, items = [] }) => disksWithoutReplication(estate, vm, items),
            (vm, [item], found) => ({ vm: estate.names.of(vm), item: itemToChange(item, named(item).name), found }),
        ),

    message: ({ vm, item: { name: item, diskList, provider, isNew }, found }) => {
        const disks = found.map(({ name }) => name);
        // A change of a classic item's list makes the item anew; that of an azure-native one changes nothing.
        const isClassic = provider === "azure-classic";
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
            facts: [...(disks.length === 1 ? [] : disks), ...found.flatMap(({ special }) => special)],
            fix: {
                kind: "in order",
                intro: "To replicate it:",
                steps: [
                    {
                        do: isNew
                            ? `List ${which} in ${diskList} of "${item}", which enables replication with that list.`
                            : isClassic
                              ? `List ${which} in ${diskList} of "${item}". That makes the item anew: replication is disabled and enabled again, and its recovery points are lost.`
                              : `Enable replication for ${which}: Recovery Services vault > Replicated items > "${item}" > Disks. One disk at a time, managed disks only.`,
                    },
                    ...(isNew || isClassic
                        ? []
                        : [
                              {
                                  do: `Then run pulumi refresh, and list ${which} in ${diskList}, so that an item made anew replicates it too. An edit of the list alone replicates nothing.`,
                              },
                          ]),
                    { do: "If that is left out on purpose, exempt the VM from this policy and say why." },
                ],
            },
            sources: [COVERAGE.ADDED_DISK.page],
        };
    },
});

/** Auto-protection of any item covers the disks that its list leaves out. */
function disksWithoutReplication(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
): readonly Answer<LeftOutDisk>[] {
    const isCovered = firstQuestion(any<never>(items.map((item) => isTrue(item, item.autoProtection))));
    if (items.length === 0 || isCovered.answer === "yes") {
        return [];
    }
    return disksLeftOut(estate, vm, items).map((each) =>
        each.answer === "yes" && isCovered.answer === "unknown" ? isCovered : each,
    );
}

function disksLeftOut(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
): readonly Answer<LeftOutDisk>[] {
    const { leftOut, open } = unreplicatedDataDisks(estate.replication.replicatedVm(vm, items));
    if (leftOut.length + open.length === 0) {
        return [];
    }
    const restores = new Map(estate.restores.of(vm).map((each) => [each.attached, each] as const));
    const disks = new Map(estate.disks.of(vm).map((disk) => [disk.attached.place, disk] as const));
    const isCertain = (attached: AttachedDisk): boolean => restores.get(attached)?.restored.state === "certain";
    return [
        ...open
            .filter(({ attached }) => !isCertain(attached))
            .map(({ resource, property }) => unknownAnswer(resource, property)),
        ...leftOut
            .filter((attached) => !isCertain(attached))
            .map((attached) => {
                const restore = restores.get(attached);
                // A restored one would be BCDR111's.
                return restore?.restored.state === "unknown"
                    ? unknownAnswer(restore.disk ?? vm, restore.restored.property)
                    : withEvidence(YES, () =>
                          leftOutDisk(estate.names.ofDisk(vm, attached), disks.get(attached.place)),
                      );
            }),
    ];
}

function leftOutDisk(name: string, disk: VmDisk | undefined): LeftOutDisk {
    const isShared = disk !== undefined && valueOf(disk.isShared) === true;
    const isWriteAccelerated = disk !== undefined && valueOf(disk.settings.writeAccelerated) === true;
    return {
        name,
        special: [
            ...(isShared ? [`"${name}" is a shared disk, which is replicated with a protection cluster only.`] : []),
            ...(isWriteAccelerated ? [`"${name}" has a write accelerator, which Site Recovery does not support.`] : []),
        ],
    };
}
