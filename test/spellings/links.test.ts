import {
    attached,
    backupItem,
    disk,
    diskBackup,
    vm,
    osDiskOf,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
} from "../harness/azure";
import { RESTORE_POLICIES } from "../harness/catalogue";
import { Pack } from "../harness/pack";
import { PHASES, roundOf } from "../harness/phases";
import { ref, text, type Content, type Program } from "../harness/program";

/** Ids and names as people and Azure write them: what is the same is found, what only looks alike is not. */

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

function vmId(group: string, name: string, subscription = SUBSCRIPTION): string {
    return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

/** A VM in the group `shop` that is replicated, and a backup item that says in this way which VM is meant. */
function backedUpBy(sourceResourceId: Content, names = "x;x", over: Program = {}): Program {
    return {
        ...SURROUNDINGS,
        rg: resourceGroup("shop"),
        web: vm({ name: "web" }),
        replication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        backup: SURROUNDINGS["backup"]!,
        item: backupItem(sourceResourceId, names),
        ...over,
    };
}

async function findings(program: Program, phase: (typeof PHASES)[number]): Promise<readonly string[]> {
    const violations = await new Pack(RESTORE_POLICIES).analyze(
        roundOf(program, phase, { subscriptionId: SUBSCRIPTION }),
    );
    return violations
        .map(({ policyId, on }) => `${policyId} ${on ?? "-"}`)
        .filter((line) => !line.startsWith("BCDR490"));
}

const SAME: Readonly<Record<string, Program>> = {
    "written out": backedUpBy(vmId("shop", "web")),
    "in capitals": backedUpBy(vmId("SHOP", "WEB").toUpperCase()),
    "with a slash behind": backedUpBy(`${vmId("shop", "web")}/`),
    "with a query behind": backedUpBy(`${vmId("shop", "web")}?id=6f1f`),
    "put together from the group's id": backedUpBy(
        text`${ref("rg.id")}/providers/Microsoft.Compute/virtualMachines/web`,
        "shop;web",
    ),
    "by the item's own names alone": backedUpBy(null, "shop;web"),
    "by the item's own names, made from the VM's": {
        ...backedUpBy(null),
        item: {
            ...backupItem(null, "x"),
            properties: {
                ...backupItem(null, "x").properties,
                containerName: text`iaasvmcontainer;iaasvmcontainerv2;${ref("rg.name")};${ref("web.name")}`,
                protectedItemName: text`vm;iaasvmcontainerv2;${ref("rg.name")};${ref("web.name")}`,
            },
        },
    },
};

describe.each(PHASES.filter((phase) => phase !== "preview of an update"))("%s", (phase) => {
    test.each(Object.entries(SAME))("the same VM: %s", async (_, program) => {
        expect(await findings(program, phase)).toEqual(["BCDR101 web"]);
    });

    test.each<[string, string]>([
        ["a group that is called alike", vmId("shop2", "web")],
        ["a VM that is called alike", vmId("shop", "web2")],
        ["another subscription", vmId("shop", "web", "99999999-2222-3333-4444-555555555555")],
        ["a scale set of that name", vmId("shop", "web").replace("virtualMachines", "virtualMachineScaleSets")],
        ["no id at all", "web"],
    ])("not the same: %s", async (_, id) => {
        expect(await findings(backedUpBy(id), phase)).toEqual([]);
    });

    test.each(["Straße (alt)", "gr.ou-p_1", "Ünïcödé"])("a group called %s", async (group) => {
        const program = backedUpBy(null, `${group.toUpperCase()};web`, { rg: resourceGroup(group) });
        // Azure compares names without case; a letter whose capital is another one, such as ß, stays as it is.
        const sameCase = backedUpBy(null, `${group};web`, { rg: resourceGroup(group) });
        expect(await findings(sameCase, phase)).toEqual(["BCDR101 web"]);
        expect(await findings(program, phase)).toEqual(group.includes("ß") ? [] : ["BCDR101 web"]);
    });

    test("a disk under backup that is known by its written-out id only", async () => {
        const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/SHOP/providers/Microsoft.Compute/disks/DATA`;
        const program: Program = {
            ...SURROUNDINGS,
            rg: resourceGroup("shop"),
            data: disk({ name: "data" }),
            web: vm({ name: "web", dataDisks: [attached(0, ref("data.id"))] }),
            replication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
            dataBackup: diskBackup(id),
        };
        expect(await findings(program, phase)).toEqual(["BCDR102 web"]);
    });
});
