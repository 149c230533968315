import { UNKNOWN } from "../../../dev/offline/providers/values";
import { vm, osDiskOf, replicatedItem, resourceGroup, NAMED_SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases, type ViolatedCase } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const REPLICATED: Program = {
    ...NAMED_SURROUNDINGS,
    web: vm({ name: "web" }),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};

function lock(type: string, properties: Properties): Declaration {
    return {
        type: `azure-native:authorization:ManagementLock${type}`,
        properties: { level: "CanNotDelete", lockName: "keep", ...properties },
    };
}

const onGroup = (resourceGroupName: Content): Declaration => lock("AtResourceGroupLevel", { resourceGroupName });

const byName = (resourceType: string): Declaration =>
    lock("AtResourceLevel", {
        resourceGroupName: ref("rg.name"),
        resourceProviderNamespace: "Microsoft.Compute",
        resourceType,
        parentResourcePath: "",
        resourceName: "WEB",
        apiVersion: "2024-11-01",
    });

const HOLDING: Readonly<Record<string, Declaration>> = {
    "by the VM's id": lock("ByScope", { scope: ref("web.id") }),
    "by the VM's name": byName("virtualMachines"),
    "by the group's id": lock("ByScope", { scope: ref("rg.id") }),
};

const ON_GROUP = { ...REPLICATED, keep: onGroup(ref("rg.name")) };

/** Something of another provider, of which the plan knows nothing. */
const ELSEWHERE: Declaration = { type: "azure-native:resources:ResourceGroup", properties: { location: "westeurope" } };

export const cases = policyCases(__filename, {
    policyId: "BCDR411",
    example: ON_GROUP,
    fixed: {
        program: REPLICATED,
        says: "While you disable replication and enable it again, leave the lock out of the program. Add it again afterwards.",
    },
    shows: ["web.resourceGroupName", "webReplication.properties.providerSpecificDetails.fabricObjectId"],
    holds: [
        {
            name: "the VM under the lock is not replicated",
            round: { rg: resourceGroup(), web: vm(), keep: lock("ByScope", { scope: ref("web.id") }) },
        },
        {
            name: "a lock on another resource of the program, whose id is not known",
            round: { ...REPLICATED, keep: lock("ByScope", { scope: ref("backup.id") }) },
        },
        { name: "a lock on something else of that name", round: { ...REPLICATED, keep: byName("availabilitySets") } },
    ],
    violated: [
        {
            name: "on the group of two VMs",
            round: {
                ...ON_GROUP,
                db: vm({ name: "db" }),
                dbReplication: replicatedItem(ref("db.id"), [osDiskOf("db")]),
            },
            on: ["keep"],
        },
        { name: "on the group, in the state", round: () => new Stack().up(ON_GROUP), on: ["keep"] },
        ...Object.entries(HOLDING).flatMap(([name, keep]): ViolatedCase[] => [
            { name: `${name}, at first preview`, round: { ...REPLICATED, keep }, on: ["keep"] },
            { name: `${name}, in the state`, round: () => new Stack().up({ ...REPLICATED, keep }), on: ["keep"] },
        ]),
        {
            name: "all of the classic provider",
            round: {
                ...NAMED_SURROUNDINGS,
                os: classicDisk(),
                web: classicVm("linux", ref("os.id")),
                webReplication: replicatedVm(ref("web.id"), [ref("os.id")]),
                keep: {
                    type: "azure:management/lock:Lock",
                    properties: { scope: ref("web.id"), lockLevel: "CanNotDelete", name: "keep" },
                },
            },
            on: ["keep"],
        },
    ],
    undecided: [
        {
            name: "a lock on something that comes from outside of the program",
            round: { ...REPLICATED, keep: lock("ByScope", { scope: UNKNOWN }) },
            waitsFor: '"keep": scope',
        },
        {
            name: "a locked VM that may be replicated, or another one",
            round: {
                ...NAMED_SURROUNDINGS,
                web: vm(),
                db: vm(),
                some: replicatedItem(text`${ref("web.id")}${ref("db.id")}`, [osDiskOf("web")]),
                keep: lock("ByScope", { scope: ref("web.id") }),
            },
            waitsFor: '"some": properties.providerSpecificDetails.fabricObjectId',
        },
    ],
    limits: [
        {
            allowed: {
                name: "a lock on another group",
                round: { ...REPLICATED, other: ELSEWHERE, keep: onGroup(ref("other.name")) },
            },
            refused: { name: "a lock on the VM's group", round: ON_GROUP, on: ["keep"] },
        },
    ],
});
