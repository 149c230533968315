import {
    attached,
    disk,
    fromRestorePoint,
    vm,
    NAMED_SURROUNDINGS,
    osDiskOf,
    replicatedItem,
} from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { withHidden } from "../../harness/hidden-parts";
import { Hidden, ref, text, type Content, type Program } from "../../harness/program";
import type { PolicyCases } from "../../harness/rule-cases";
import { Stack } from "../../harness/stack";

const LIST = ["properties", "providerSpecificDetails", "vmManagedDisks"];
const EMPTY = { createOption: "Empty", diskSizeGb: 128 };
const RESTORE = { createOption: "Restore", sourceResourceId: fromRestorePoint()["sourceResourceId"] ?? null };

/** A VM with a data disk, its original OS disk and a restored one. */
function native(boots: Content, listed: readonly Content[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: disk({ name: "web-os", over: { osType: "Linux" } }),
        restored: disk({ name: "web-os-restored", creationData: fromRestorePoint(), over: { osType: "Linux" } }),
        data: disk({ name: "web-data" }),
        web: vm({ name: "web", osDisk: boots, dataDisks: [attached(0, ref("data.id"))] }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

const restored = (...listed: readonly Content[]): Program => native(ref("restored.id"), listed);

function hidden(program: Program, resource = "webReplication", path: readonly (string | number)[] = LIST): Program {
    return withHidden(program, { resource, path });
}

/** One output that is made from several ids, of which the program takes one. */
const oneOf = (first: string, ...others: readonly string[]): Content =>
    new Hidden(
        ref(`${first}.id`),
        others.map((name) => ref(`${name}.id`)),
    );

function classic(listed: readonly Content[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        original: classicDisk({ name: "web-os", osType: "Linux", ...EMPTY }),
        restored: classicDisk({ name: "web-os-restored", osType: "Linux", ...RESTORE, diskSizeGb: 128 }),
        data: classicDisk({ name: "web-data", ...EMPTY }),
        web: classicVm("linux", ref("restored.id")),
        place: diskAttachment(ref("web.id"), 0, ref("data.id")),
        webReplication: hidden({ webReplication: replicatedVm(ref("web.id"), listed) }, "webReplication", [
            "managedDisks",
        ])["webReplication"]!,
    };
}

const OTHER_MACHINE =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/other/providers/Microsoft.Compute/virtualMachines/other";

const EXAMPLE = restored(osDiskOf("web"));

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

export const cases: PolicyCases = {
    policyId: "BCDR122",
    example: EXAMPLE,
    holds: [
        { name: "the list names the restored disk", round: restored(ref("restored.id"), ref("data.id")) },
        { name: "the list leaves it out: that is BCDR121", round: restored(ref("original.id"), ref("data.id")) },
        {
            name: "nothing is restored",
            round: hidden(native(ref("original.id"), [ref("original.id"), ref("data.id")])),
        },
        {
            name: "a VM that is not replicated",
            round: { ...EXAMPLE, webReplication: replicatedItem(OTHER_MACHINE, [osDiskOf("web")]) },
        },
        { name: "in the state, where Azure has told the list", round: () => deployed(EXAMPLE).state() },
        {
            name: "a restored disk of which the plan does not tell where it stands, and which the list names",
            round: native(oneOf("original", "restored"), [ref("restored.id"), ref("original.id"), ref("data.id")]),
        },
        {
            name: "one list out of one function, made from the disks of the VM alone",
            round: hidden(restored(ref("restored.id"), ref("data.id"))),
        },
        {
            name: "one list out of one function, made from the original disk: that is BCDR121",
            round: hidden(restored(ref("original.id"), ref("data.id"))),
        },
        { name: "the same in the classic provider", round: classic([ref("original.id"), ref("data.id")]) },
        {
            name: "a golden snapshot is no restore",
            round: {
                ...EXAMPLE,
                restored: disk({
                    name: "web-os-restored",
                    creationData: {
                        createOption: "Copy",
                        sourceResourceId:
                            "/subscriptions/s/resourceGroups/golden/providers/Microsoft.Compute/snapshots/2026-01",
                    },
                    over: { osType: "Linux" },
                }),
            },
        },
    ],
    violated: [
        {
            name: "the list of the existing item is edited in place",
            round: () =>
                deployed(native(ref("original.id"), [ref("original.id"), ref("data.id")])).preview(
                    restored(ref("restored.id"), ref("data.id")),
                ),
            on: ["web"],
        },
        {
            name: "all of the item comes out of one function that was given the vault alone",
            round: hidden({ ...restored(text`${ref("recovery.id")}`) }, "webReplication", ["properties"]),
            on: ["web"],
        },
        {
            name: "one list, made from fewer disks than the VM has",
            round: hidden(restored(ref("data.id"))),
            on: ["web"],
        },
        {
            name: "one list, made from the original disk and the restored one",
            round: restored(oneOf("original", "restored"), ref("data.id")),
            on: ["web"],
        },
        {
            name: "one of two disks is picked to boot from, and the list does not name the restored one",
            round: native(oneOf("original", "restored"), [ref("original.id"), ref("data.id")]),
            on: ["web"],
        },
        {
            name: "the whole storage profile comes out of one function",
            round: hidden(native(oneOf("original", "restored"), [ref("original.id"), ref("data.id")]), "web", [
                "storageProfile",
            ]),
            on: ["web"],
        },
        {
            name: "the id of the disk is put together from names",
            round: native(text`${ref("rg.id")}/providers/Microsoft.Compute/disks/web-os-restored`, [
                ref("original.id"),
                ref("data.id"),
            ]),
            on: ["web"],
        },
        {
            name: "a restored data disk",
            round: hidden({
                ...native(ref("original.id"), [ref("original.id")]),
                data: disk({ name: "web-data", creationData: fromRestorePoint("web", "web_DataDisk_0") }),
            }),
            on: ["web"],
        },
        {
            name: "a restored data disk that Azure makes with the VM",
            round: hidden({
                ...native(ref("original.id"), [ref("original.id")]),
                web: vm({
                    name: "web",
                    osDisk: ref("original.id"),
                    dataDisks: [
                        {
                            lun: 0,
                            createOption: "Restore",
                            sourceResource: { id: fromRestorePoint()["sourceResourceId"] ?? null },
                        },
                    ],
                }),
            }),
            on: ["web"],
        },
        {
            name: "the item may be about either of two VMs",
            round: {
                ...restored(ref("original.id"), ref("data.id")),
                app: vm({ name: "app" }),
                webReplication: replicatedItem(text`${ref("web.id")}${ref("app.id")}`, [ref("data.id")]),
            },
            on: ["web"],
        },
        { name: "the classic provider", round: classic([ref("data.id")]), on: ["web"] },
    ],
    undecided: [
        {
            name: "where the disk comes from is not known either",
            round: {
                ...EXAMPLE,
                restored: disk({
                    name: "web-os-restored",
                    creationData: { createOption: "Restore", sourceResourceId: text`${ref("rg.id")}/x` },
                    over: { osType: "Linux" },
                }),
            },
            waitsFor: '"restored": creationData.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: {
                name: "a list of ids, one of them the restored disk's",
                round: restored(ref("restored.id"), ref("data.id")),
            },
            refused: {
                name: "a list with one element that is picked",
                round: restored(oneOf("restored", "original"), ref("data.id")),
                on: ["web"],
            },
        },
        {
            allowed: { name: "no restored disk", round: hidden(native(ref("original.id"), [osDiskOf("web")])) },
            refused: { name: "a restored disk, and a list out of the VM", round: EXAMPLE, on: ["web"] },
        },
    ],
};
