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
import type { Provider } from "../../src/model/ids/type-token";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { VirtualMachine, VmReplication } from "../../src/model/resources";
import { unreplicatedDataDisks } from "../../src/model/disks/unreplicated-disks";
import { headline } from "../../src/findings/message";
import type { Step } from "../../src/advice/fix";
import { quoted } from "../../src/advice/names";
import { diskListOf } from "../../src/advice/property-names";
import { named } from "../../src/advice/re-protection";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { protectedVms } from "../protected-vm";

interface Parameters {
    readonly vm: string;
    readonly list: ListToChange;
    readonly found: Evidence<LeftOutDisk>;
}

/** What lists the disks of a VM, as steps speak of it. */
interface ListToChange {
    readonly kind: VmReplication["kind"];
    readonly name: string;
    readonly provider: Provider;
    /** `properties.providerSpecificDetails.vmManagedDisks` */
    readonly property: string;
    /** True where this plan enables replication, so that the list in the program is the one that counts. */
    readonly isNew: boolean;
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
    kinds: ["replicated item", "replication intent"],
    id: "BCDR404",
    name: "data-disk-not-replicated",
    level: "advisory",
    severity: "medium",
    summary: "A replicated item leaves out a data disk.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Replicate the disk, or exempt the VM with a reason.",

    evaluate: ({ estate }) =>
        protectedVms(
            estate,
            (vm) => estate.replication.ofAny(vm),
            ({ vm, items = [] }) => disksWithoutReplication(estate, vm, items),
            (vm, [item], found) => ({ vm: estate.names.of(vm), list: listToChange(item), found }),
        ),

    message: ({ vm, list, found }) => {
        const disks = found.map(({ name }) => name);
        const these = disks.length === 1 ? "the disk" : "the disks";
        const steps = enableSteps(vm, list, quoted(disks));
        return {
            headline: headline(
                (name, disk) =>
                    disks.length === 1
                        ? `VM ${name} is replicated without its data disk ${disk}.`
                        : `VM ${name} is replicated without ${disks.length} of its data disks.`,
                vm,
                disks[0] ?? "",
            ),
            why: `After a failover, the VM starts without the data on ${disks.length === 1 ? "this disk" : "these disks"}. Site Recovery does not add disks by itself.`,
            facts: [
                ...(disks.length === 1 ? [] : [`Data disks: ${quoted(disks)}`]),
                ...found.flatMap(({ special }) => special),
            ],
            fix: {
                kind: "in order",
                intro: steps.length === 1 ? `To replicate ${these}:` : `To replicate ${these}, in this order:`,
                steps,
            },
            notes: [`If you leave out ${these} on purpose, exempt the VM from this policy and give the reason.`],
            sources: [COVERAGE.ADDED_DISK.page, ...(list.kind === "replication intent" ? [COVERAGE.INTENT.page] : [])],
        };
    },
});

function listToChange(item: VmReplication): ListToChange {
    const { kind, provider, lifetime } = item;
    return { kind, name: named(item).name, provider, property: diskListOf(item), isNew: lifetime === "new" };
}

/**
 * A change of a classic item's list replaces the item, until its provider adds a disk in place (INT-97); that of an
 * azure-native one changes nothing. Of an intent, nobody says what it changes (INT-96).
 */
function enableSteps(
    vm: string,
    { kind, name, provider, property, isNew }: ListToChange,
    disks: string,
): readonly Step[] {
    const list: Step = { do: `Add ${disks} to the list of disks of "${name}".`, where: property };
    if (isNew) {
        return [{ ...list, note: "This plan enables replication with that list." }];
    }
    const isIntent = kind === "replication intent";
    return provider === "azure-classic"
        ? [
              {
                  ...list,
                  note: "If the preview replaces the item, Pulumi disables replication, which deletes the recovery points, and enables it again.",
              },
          ]
        : [
              {
                  do: `Enable replication for ${disks} in the portal: Recovery Services vault > Replicated items > "${isIntent ? vm : name}" > Disks.`,
                  note: "The portal takes one managed disk at a time.",
              },
              ...(isIntent
                  ? [
                        {
                            ...list,
                            note: "Don't rely on this edit alone. Replication may already be enabled for the VM without the disk.",
                        },
                    ]
                  : [
                        { do: "Update Pulumi's state:", commands: ["pulumi refresh"] },
                        {
                            ...list,
                            note: "This edit alone replicates nothing. Pulumi needs the entry if it ever creates the item again.",
                        },
                    ]),
          ];
}

/** Auto-protection of any item covers the disks that its list leaves out. */
function disksWithoutReplication(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly VmReplication[],
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
    items: readonly VmReplication[],
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
            ...(isShared
                ? [`"${name}" is a shared disk. Site Recovery replicates it only as part of a protection cluster.`]
                : []),
            ...(isWriteAccelerated ? [`"${name}" uses Write Accelerator, which Site Recovery does not support.`] : []),
        ],
    };
}
