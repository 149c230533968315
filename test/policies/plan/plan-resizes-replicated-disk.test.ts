import { change, changedOutside, notKnown, planCases } from "../../harness/plan-cases";
import { ref, type Properties } from "../../harness/program";
import { changed, classic, implicit, itemShows, native, without } from "../plan-estates";

const V2 = { sku: { name: "PremiumV2_LRS" } };
const CLASSIC_V2 = { createOption: "Empty", storageAccountType: "PremiumV2_LRS" };
const SHOP = without(native(), "spare");

/** The VM with its data disk like this. */
function data(diskSizeGB: number, over: Properties = V2): typeof SHOP {
    return changed(SHOP, "data", { diskSizeGB, ...over });
}

function classicData(diskSizeGb: number, over: Properties = CLASSIC_V2): typeof SHOP {
    return changed(classic(), "data", { diskSizeGb, ...over });
}

const unlisted = (diskSizeGB: number): typeof SHOP =>
    changed(without(native({ listed: [ref("os.id")] }), "spare"), "data", { diskSizeGB, ...V2 });

const osDisk = (diskSizeGB: number): Properties => ({
    storageProfile: { osDisk: { createOption: "FromImage", diskSizeGB } },
});

export const cases = planCases(__filename, {
    policyId: "BCDR613",
    example: { before: data(256), after: data(512) },
    fixed: {
        after: data(256),
        says: "Without the change, the disk keeps its recovery points:",
    },
    shows: ["data.sku", ...itemShows(0, 1)],
    holds: [
        { name: "a disk of another kind grows", plan: change(data(256, {}), data(512, {})) },
        { name: "the size stays", plan: change(data(256), changed(data(256), "data", { tags: { team: "shop" } })) },
        { name: "a disk that replication leaves out", plan: change(unlisted(256), unlisted(512)) },
        {
            name: "a VM that is not replicated",
            plan: change(without(data(256), "webReplication"), without(data(512), "webReplication")),
        },
        { name: "an item that is replaced with it", plan: change(data(256), data(512), "webReplication") },
        { name: "a disk that is replaced, which BCDR601 reports", plan: change(data(256), data(512), "data") },
        { name: "a classic disk of another kind grows", plan: change(classicData(256, {}), classicData(512, {})) },
        {
            name: "a size that is not known, of a disk of another kind",
            plan: notKnown(change(data(256, {}), data(512, {})), "after", "data", "diskSizeGB"),
        },
    ],
    violated: [
        {
            name: "a disk of the classic provider grows",
            plan: change(classicData(256), classicData(512)),
            on: ["web"],
        },
        {
            name: "a disk grows outside of Pulumi",
            plan: changedOutside(data(256), (stack) => stack.portal("data", (disk) => ({ ...disk, diskSizeGB: 512 }))),
            on: ["web"],
            says: /was grown outside of Pulumi/,
        },
        {
            name: "a disk shrinks",
            plan: change(data(256, {}), data(128, {})),
            on: ["web"],
            says: /diskSizeGB = 256/,
        },
        {
            name: "the OS disk that Azure made with the VM shrinks",
            plan: change(implicit(osDisk(256)), implicit(osDisk(128))),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a size that is not known",
            plan: notKnown(change(data(256), data(512)), "after", "data", "diskSizeGB"),
            waitsFor: '"data": diskSizeGB',
        },
        {
            name: "a kind that is not known",
            plan: notKnown(change(data(256), data(512)), "after", "data", "sku", "name"),
            waitsFor: '"data": sku.name',
        },
    ],
    limits: [
        {
            allowed: { name: "as large as before", plan: change(data(256), data(256)) },
            refused: { name: "1 GiB more", plan: change(data(256), data(257)), on: ["web"] },
        },
    ],
});
