import type { ValueMap } from "../../../dev/offline/providers/values";
import { attached, disk, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { answered } from "../answers";

const REPLICATED: Program = {
    ...SURROUNDINGS,
    data: disk(),
    web: vm({ name: "web", dataDisks: [attached(1, ref("data.id"))] }),
    item: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
};
const ERROR = { errorCode: "150160", errorMessage: "The recovery points are late.", errorLevel: "Error" };

function health(properties: ValueMap, details: ValueMap = {}) {
    return answered(REPLICATED, "item", properties, details);
}

/** Azure's answer about the data disk. */
function dataDisk(over: ValueMap) {
    const listed = (name: string, more: ValueMap): ValueMap => ({
        diskId: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/${name}`,
        diskName: name,
        resyncRequired: false,
        ...more,
    });
    return health({}, { protectedManagedDisks: [listed("os", {}), listed("data", over)] });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR417",
    example: REPLICATED,
    exampleLater: {
        says: "Once Azure reports critical health, and after `pulumi refresh`",
        round: (example) => answered(example, "item", { replicationHealth: "Critical", healthErrors: [ERROR] }),
    },
    fixed: {
        round: (example) => answered(example, "item", { replicationHealth: "Normal" }),
        says: "The fix is in Azure, not in the program. When no error is left and `pulumi refresh` reads normal health, the pack reports nothing.",
    },
    shows: ["item.properties.providerSpecificDetails.fabricObjectId"],
    holds: [
        { name: "a new item", round: REPLICATED },
        { name: "a healthy one", round: () => new Stack().up(REPLICATED) },
        { name: "a warning without any error", round: () => health({ replicationHealth: "Warning" }) },
        {
            name: "failed over, which BCDR416 reports",
            round: () => health({ activeLocation: "Recovery", replicationHealth: "Critical" }),
        },
        {
            name: "a disk of the program that is not protected, which BCDR404 reports",
            round: () =>
                health(
                    { healthErrors: [{ ...ERROR, errorCode: "153039" }] },
                    { unprotectedDisks: [{ diskLunId: 1, diskAutoProtectionStatus: "Disabled" }] },
                ),
        },
        {
            name: "a disk that auto-protection will pick up",
            round: () => health({}, { unprotectedDisks: [{ diskLunId: 7, diskAutoProtectionStatus: "Enabled" }] }),
        },
        {
            name: "a classic item, whose health the provider does not read",
            round: () =>
                new Stack().up({
                    ...SURROUNDINGS,
                    os: classicDisk(),
                    web: classicVm("linux", ref("os.id")),
                    item: replicatedVm(ref("web.id"), [ref("os.id")]),
                }),
        },
    ],
    violated: [
        { name: "an error", round: () => health({ healthErrors: [ERROR] }), on: ["item"] },
        { name: "a disk that has to be resynchronized", round: () => dataDisk({ resyncRequired: true }), on: ["item"] },
        {
            name: "a disk that the program does not know",
            round: () => health({}, { unprotectedDisks: [{ diskLunId: 7, diskAutoProtectionStatus: "Disabled" }] }),
            on: ["item"],
        },
    ],
    undecided: [
        {
            name: "the preview of an update, which does not tell",
            round: () => {
                const stack = new Stack();
                stack.up(REPLICATED);
                return stack.preview({
                    ...REPLICATED,
                    item: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")], {
                        recoverySubnetName: "front",
                    }),
                });
            },
            waitsFor: '"item": properties.replicationHealth',
        },
    ],
    limits: [
        {
            allowed: { name: "a warning", round: () => health({ replicationHealth: "Warning" }) },
            refused: {
                name: "critical health",
                round: () => health({ replicationHealth: "Critical" }),
                on: ["item"],
            },
        },
    ],
});
