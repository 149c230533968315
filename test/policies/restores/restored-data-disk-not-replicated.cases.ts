import { attached, disk, fromRestorePoint, vm, replicatedItem, NAMED_SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { ref, text, type Content, type Declaration, type Program } from "../../harness/program";
import type { PolicyCases } from "../../harness/rule-cases";
import { Stack } from "../../harness/stack";

const RESTORED = disk({ creationData: fromRestorePoint("web", "web_DataDisk_0") });

function withData(data: Declaration, listed: readonly Content[]): Program {
    return {
        ...NAMED_SURROUNDINGS,
        os: disk({ over: { osType: "Linux" } }),
        data,
        web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))] }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

const LEFT_OUT = withData(RESTORED, [ref("os.id")]);
const LISTED = withData(RESTORED, [ref("os.id"), ref("data.id")]);

/** The VM is replicated as it stood before the restored disk was attached. */
function before(): Stack {
    const stack = new Stack();
    stack.up({ ...LEFT_OUT, web: vm({ name: "web", osDisk: ref("os.id") }) });
    return stack;
}

export const cases: PolicyCases = {
    policyId: "BCDR111",
    example: LEFT_OUT,
    exampleLater: {
        says: "Where `web` has had no data disk until now, at the preview of this change",
        round: (example) => before().preview(example),
    },
    holds: [
        { name: "a disk left out on purpose that is not restored", round: withData(disk(), [ref("os.id")]) },
        { name: "listed, in the state", round: () => new Stack().up(LISTED) },
    ],
    violated: [
        { name: "attached on day 2, at preview", round: () => before().preview(LEFT_OUT), on: ["web"] },
        { name: "attached on day 2, in the state", round: () => before().up(LEFT_OUT), on: ["web"] },
        {
            name: "the classic provider, attached by a resource of its own",
            round: {
                ...NAMED_SURROUNDINGS,
                os: classicDisk(),
                data: classicDisk({
                    createOption: "Restore",
                    sourceResourceId: fromRestorePoint()["sourceResourceId"] ?? null,
                    diskSizeGb: 128,
                }),
                web: classicVm("linux", ref("os.id")),
                place: diskAttachment(ref("web.id"), 0, ref("data.id")),
                webReplication: replicatedVm(ref("web.id"), [ref("os.id")]),
            },
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "where the disk comes from is not known",
            round: withData(
                disk({ creationData: { createOption: "Restore", sourceResourceId: text`${ref("rg.id")}/x` } }),
                [ref("os.id")],
            ),
            waitsFor: '"data": creationData.sourceResourceId',
        },
        {
            name: "the list of the existing item is edited in place",
            round: () => {
                const stack = new Stack();
                stack.up(LEFT_OUT);
                return stack.preview(LISTED);
            },
            waitsFor: '"webReplication": properties.providerSpecificDetails.protectedManagedDisks',
        },
    ],
    limits: [
        {
            allowed: { name: "a new item that lists the disk", round: LISTED },
            refused: { name: "a new item that leaves it out", round: LEFT_OUT, on: ["web"] },
        },
    ],
};
