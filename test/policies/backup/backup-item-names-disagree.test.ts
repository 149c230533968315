import { resourceGroup, vault, vm } from "../../harness/azure";
import { roundOf } from "../../harness/phases";
import { policyCases } from "../../harness/policy-cases";
import { ref, text, type Content, type Program, type Properties } from "../../harness/program";
import { Stack, type SentRound } from "../../harness/stack";
import { backedUp, classicItem, CLASSIC_STANDARD, item, STANDARD } from "./programs";
import { classicDisk, classicVm } from "../../harness/classic";

const SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const WEB = `${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web`;
/** A VM outside of the program. */
const ELSEWHERE =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.Compute/virtualMachines/web";
const HUB = `${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.RecoveryServices/vaults/hub`;

/** A VM "web" of a group "shop", whose item and container have these names. */
function native(own = "shop;web", container = "shop;web", over: Properties = {}): Program {
    return called(`vm;iaasvmcontainerv2;${own}`, `iaasvmcontainer;iaasvmcontainerv2;${container}`, over);
}

function called(protectedItemName: Content, containerName: Content, over: Properties = {}): Program {
    const declared = item(over);
    return {
        ...backedUp(vm({ name: "web" })),
        rg: resourceGroup("shop"),
        webBackup: { ...declared, properties: { ...declared.properties, containerName, protectedItemName } },
    };
}

/** The same names, with something else in the item. */
function having(over: Properties): Program {
    return native("shop;web", "shop;web", over);
}

function classic(over: Properties = {}): Program {
    return {
        ...backedUp(classicVm("linux", ref("boot.id")), CLASSIC_STANDARD, classicItem(over)),
        boot: classicDisk(),
        other: vault("other"),
    };
}

/** Once it is deployed, the item gets another VM. */
function changing(): SentRound {
    const stack = new Stack();
    stack.up({ ...native(), db: vm({ name: "db" }) });
    return stack.preview({ ...having({ sourceResourceId: ref("db.id") }), db: vm({ name: "db" }) });
}

const OTHER_CONTAINER = native("$shop;web");

export const cases = policyCases(__filename, {
    policyId: "BCDR324",
    example: OTHER_CONTAINER,
    fixed: { program: native() },
    shows: ["webBackup.containerName", "webBackup.protectedItemName", "webBackup.properties.sourceResourceId"],
    holds: [
        { name: "names of the VM, in another case", round: native("SHOP;Web") },
        {
            name: "in an exported state, where Azure has accepted it",
            round: () => roundOf(OTHER_CONTAINER, "exported state"),
        },
        {
            name: "names that are made of the VM's",
            round: called(
                text`vm;iaasvmcontainerv2;${ref("rg.name")};${ref("web.name")}`,
                text`iaasvmcontainer;iaasvmcontainerv2;${ref("rg.name")};${ref("web.name")}`,
            ),
        },
        { name: "no source", round: having({ sourceResourceId: null }) },
        { name: "classic", round: classic() },
        {
            name: "a group that is not known",
            round: { ...native(), rg: resourceGroup() },
        },
        {
            name: "a policy that comes with the vault",
            round: having({ policyId: text`${ref("vault.id")}/backupPolicies/DefaultPolicy` }),
        },
    ],
    violated: [
        { name: "an item that changes", round: changing, on: ["webBackup"] },
        {
            name: "a name with a part too many",
            round: native("shop;web;1"),
            on: ["webBackup"],
        },
        {
            name: "another VM of the program",
            round: { ...having({ sourceResourceId: ref("db.id") }), db: vm({ name: "db" }) },
            on: ["webBackup"],
        },
        {
            name: "a VM by its ID",
            round: native("shop;db", "shop;db", { sourceResourceId: ELSEWHERE }),
            on: ["webBackup"],
        },
        {
            name: "a policy of another vault, by its ID",
            round: having({ policyId: `${HUB}/backupPolicies/daily` }),
            on: ["webBackup"],
        },
        {
            name: "a policy of another vault of the program, classic",
            round: classic({ recoveryVaultName: ref("other.name") }),
            on: ["webBackup"],
        },
        {
            name: "another VM, and a policy of another vault",
            round: native("shop;db", "shop;web", { policyId: `${HUB}/backupPolicies/daily` }),
            on: ["webBackup"],
        },
    ],
    undecided: [
        {
            name: "a source that is not known",
            round: {
                ...native("shop;db", "shop;db", { sourceResourceId: text`${ref("web.id")}${ref("db.id")}` }),
                db: vm(),
            },
            waitsFor: '"webBackup": properties.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: {
                name: "the group of the VM",
                round: having({ sourceResourceId: WEB }),
            },
            refused: {
                name: "another group",
                round: native("shop2;web", "shop2;web", { sourceResourceId: ELSEWHERE }),
                on: ["webBackup"],
            },
        },
        {
            allowed: {
                name: "a policy of the vault of the item",
                round: { ...native(), other: vault("other") },
            },
            refused: {
                name: "a policy of another vault of the program",
                round: {
                    ...native(),
                    other: vault("other"),
                    policy: { ...STANDARD, properties: { ...STANDARD.properties, vaultName: ref("other.name") } },
                },
                on: ["webBackup"],
            },
        },
    ],
});
