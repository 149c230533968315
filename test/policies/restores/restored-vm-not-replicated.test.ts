import {
    disk,
    fromRestorePoint,
    vm,
    osDiskOf,
    replicatedItem,
    resourceGroup,
    NAMED_SURROUNDINGS,
} from "../../harness/azure";
import { OFFLINE_SUBSCRIPTION } from "../../../dev/offline/providers/azure-native-responses";
import { ref, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

/** A VM restored from a recovery point of `web`, beside it. */
function copyOf(original: string, over: Program = {}): Program {
    return {
        ...NAMED_SURROUNDINGS,
        web: vm({ name: "web" }),
        webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        restored: disk({
            creationData: fromRestorePoint(original, "web_OsDisk_1", OFFLINE_SUBSCRIPTION),
            over: { osType: "Linux" },
        }),
        copy: vm({ name: "web-copy", osDisk: ref("restored.id") }),
        ...over,
    };
}

const elsewhere = (location: string): Program => copyOf("web", { web: vm({ name: "web", over: { location } }) });

export const cases = policyCases(__filename, {
    policyId: "BCDR420",
    example: copyOf("web"),
    fixed: {
        program: copyOf("web", { copyReplication: replicatedItem(ref("copy.id"), [ref("restored.id")]) }),
        says: "If you keep both VMs, replicate the copy, too:",
    },
    shows: [
        "restored.creationData",
        "copy.storageProfile.osDisk.managedDisk",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
    ],
    holds: [
        { name: "restored from another VM", round: copyOf("db") },
        {
            name: "a VM of that name in another subscription",
            round: () =>
                new Stack("shop", { subscriptionId: "11111111-2222-3333-4444-555555555555" }).preview(copyOf("web")),
        },
    ],
    violated: [
        {
            name: "in the state, the name in another case",
            round: () => new Stack().up(copyOf("WEB")),
            on: ["copy"],
        },
    ],
    undecided: [
        {
            name: "two VMs may be the original",
            round: copyOf("web", { rg2: resourceGroup(), web2: vm({ name: "WEB", group: ref("rg2.name") }) }),
            waitsFor: '"copy": which VM it was restored from',
        },
    ],
    limits: [
        {
            allowed: { name: "a VM of that name in another region", round: elsewhere("northeurope") },
            refused: { name: "in the region of the recovery point", round: elsewhere("westeurope"), on: ["copy"] },
        },
    ],
});
