import {
    attached,
    disk,
    fromRestorePoint,
    vm,
    NAMED_SURROUNDINGS,
    osDiskOf,
    replicatedItem,
    SURROUNDINGS,
} from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { withHidden } from "../../harness/hidden-parts";
import { embedded } from "../../harness/embedded";
import { Hidden, ref, text, type Content, type Program } from "../../harness/program";
import { whenRun } from "../../harness/case-files";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";
import { policies } from "../../../policies";
import { onlyPolicies } from "../../harness/catalogue";
import { Pack, type Configuration, type Violation } from "../../harness/pack";

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

const OTHER_VM =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/other/providers/Microsoft.Compute/virtualMachines/other";

const EXAMPLE = restored(osDiskOf("web"), ref("data.id"));
const LISTED = restored(ref("restored.id"), ref("data.id"));

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

export const cases = policyCases(__filename, {
    policyId: "BCDR122",
    example: EXAMPLE,
    fixed: { program: LISTED },
    shows: [
        "restored.creationData",
        "web.storageProfile.osDisk.managedDisk",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
    ],
    holds: [
        { name: "the list leaves it out: that is BCDR121", round: restored(ref("original.id"), ref("data.id")) },
        {
            name: "nothing is restored",
            round: hidden(native(ref("original.id"), [ref("original.id"), ref("data.id")])),
        },
        {
            name: "a VM that is not replicated",
            round: { ...EXAMPLE, webReplication: replicatedItem(OTHER_VM, [osDiskOf("web")]) },
        },
        { name: "in the state, where Azure has returned the list", round: () => deployed(EXAMPLE).state() },
        {
            name: "a restored disk whose place the plan does not show, and which the list names",
            round: native(oneOf("original", "restored"), [ref("restored.id"), ref("original.id"), ref("data.id")]),
        },
        {
            name: "one list out of one function, made from the disks of the VM alone",
            round: hidden(LISTED),
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
            round: () => deployed(native(ref("original.id"), [ref("original.id"), ref("data.id")])).preview(LISTED),
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
        {
            name: "the item in a template, in the state",
            round: () =>
                deployed(
                    embedded(
                        hidden(restored(ref("data.id"))),
                        new Set(["replicated item"] as const),
                        "template as a text",
                    ),
                ).state(),
            on: ["web"],
        },
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
            allowed: { name: "a list of ids, one of them the restored disk's", round: LISTED },
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
});

whenRun(__filename, () => {
    const LIST = ["properties", "providerSpecificDetails", "vmManagedDisks"];

    function booting(boots: Content, listed: readonly Content[]): Program {
        return {
            ...SURROUNDINGS,
            original: disk({ over: { osType: "Linux" } }),
            restored: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
            data: disk(),
            web: vm({ osDisk: boots, dataDisks: [attached(0, ref("data.id"))] }),
            webReplication: replicatedItem(ref("web.id"), listed),
        };
    }

    const ofVm = booting(ref("restored.id"), [osDiskOf("web"), ref("data.id")]);
    const either = new Hidden(ref("original.id"), [ref("restored.id")]);
    const picked = booting(either, [ref("original.id"), ref("data.id")]);

    const ABOUT_RESTORED_DISKS = onlyPolicies((id) => /^BCDR(111|121|122|490)$/.test(id));

    const preview = (program: Program): SentRound => new Stack().preview(program);

    const said = (
        round: SentRound,
        configuration: Configuration = {},
        catalogue = ABOUT_RESTORED_DISKS,
    ): Promise<readonly Violation[]> => new Pack(catalogue).analyze(round, configuration);

    async function messageOf(round: SentRound): Promise<string> {
        const message = (await said(round)).find(({ policyId }) => policyId === "BCDR122")?.message ?? "";
        return message.split("\n").slice(1).join("\n");
    }

    describe("what is not known, and how to find out", () => {
        test("of a VM", async () => {
            expect(await messageOf(preview(picked))).toMatchSnapshot();
        });

        test("of both", async () => {
            expect(await messageOf(preview(booting(either, [osDiskOf("web"), ref("data.id")])))).toMatch(
                /^\[BCDR122\] Cannot tell whether VM "web" gets restored disk "restored", or whether replicated item "webReplication" lists it\.$/m,
            );
        });

        test("of an item that may replicate either of two VMs", async () => {
            const program = {
                ...booting(ref("restored.id"), [ref("data.id")]),
                app: vm(),
                webReplication: replicatedItem(new Hidden(ref("web.id"), [ref("app.id")]), [ref("data.id")]),
            };
            expect(await messageOf(preview(program))).toMatch(
                /^\[BCDR122\] Cannot tell whether "webReplication" replicates VM "web", which gets restored disk "restored"\.$/m,
            );
        });

        test("what the list is made from, where that does not decide it", async () => {
            const program = withHidden(booting(ref("restored.id"), [ref("data.id")]), {
                resource: "webReplication",
                path: LIST,
            });
            expect(await messageOf(preview(program))).toContain('  The list is made from "data".');
        });

        test("of an item that the plan changes", async () => {
            const stack = new Stack();
            stack.up(booting(ref("original.id"), [ref("original.id"), ref("data.id")]));
            const message = await messageOf(
                stack.preview(booting(ref("restored.id"), [ref("restored.id"), ref("data.id")])),
            );
            expect(message).toContain("While the item exists, an edit of its list replicates no other disk.");
        });
    });

    test("BCDR490 does not ask it once more, but does where the policy is disabled", async () => {
        const policies = (violations: readonly Violation[]): readonly string[] =>
            violations.map(({ policyId }) => policyId);
        expect(policies(await said(preview(ofVm)))).toEqual(["BCDR122"]);
        // The engine does not call a policy that is disabled.
        const others = onlyPolicies((id) => /^BCDR(111|121|490)$/.test(id));
        const disabled = await said(preview(ofVm), {}, others);
        expect(policies(disabled)).toEqual(["BCDR490"]);
        expect(disabled[0]?.message).toContain('BCDR121 on "webReplication"');
    });

    test("a team that accepts no open restore makes it mandatory", async () => {
        const level = async (configuration: Configuration): Promise<string | undefined> =>
            (await said(preview(ofVm), configuration, policies)).find(({ policyId }) => policyId === "BCDR122")?.level;
        expect(await level({})).toBe("advisory");
        expect(await level({ "restored-disk-undecided": { enforcementLevel: "mandatory" } })).toBe("mandatory");
    });
});
