import type { EstateSummary, SummaryVm } from "../../src/cli/estate-summary";
import { summaryOf } from "../../src/cli/summary-of-estate";
import type { ValueMap } from "../../dev/offline/providers/values";
import { estateOf } from "../harness/estate-of";
import {
    attached,
    backupItem,
    disk,
    diskBackup,
    fromRestorePoint,
    LISTED_IMAGE,
    vm,
    NAMED_SURROUNDINGS,
    osDiskOf,
    replicatedItem,
} from "../harness/azure";
import { roundOf, type Phase } from "../harness/phases";
import { ref, type Content, type Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { landingZone } from "../reference-estates/landing-zone";

const STATE: Phase = "exported state";
const ELSEWHERE = "/subscriptions/s/resourceGroups/hub/providers";

function summary(program: Program, phase: Phase = STATE): EstateSummary {
    return summaryOf(estateOf(roundOf({ ...NAMED_SURROUNDINGS, ...program }, phase)));
}

function vmIn({ machines: vms }: EstateSummary, name: string): SummaryVm {
    return vms.find((each) => each.name === name)!;
}

function vaultNamed({ vaults }: EstateSummary, name: string) {
    return vaults.find((each) => each.name === name)!;
}

const BOTH: Program = {
    os: disk({ name: "web-os", over: { osType: "Linux" } }),
    data: disk({ name: "web-data", creationData: fromRestorePoint() }),
    web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(3, ref("data.id"))] }),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    dataBackup: diskBackup(ref("data.id")),
    webReplication: replicatedItem(ref("web.id"), [ref("os.id")], { multiVmGroupName: "front" }),
    db: vm({ name: "db" }),
    dbReplication: replicatedItem(ref("db.id"), [osDiskOf("db")], { multiVmGroupName: "front" }),
};

describe("the picture of a VM under both services", () => {
    const painted = summary(BOTH);
    const web = vmIn(painted, "web");

    test("tells where it is and that nothing is open", () => {
        expect(web).toMatchObject({ region: "westeurope", undecided: false });
        expect(web.urn).toContain("::web");
    });

    test("tells which of its disks are restored, and which replication knows", () => {
        expect(web.disks).toEqual([
            { name: "os", role: "os", lun: undefined, restored: "no", replicated: "yes" },
            { name: "data", role: "data", lun: 3, restored: "yes", replicated: "no" },
        ]);
    });

    test("tells that replication lists no disk that it does not have", () => {
        expect(web.listedOnly).toEqual({ names: [], undecided: false });
    });

    test("tells what protects it, and in which vault", () => {
        const backup = vaultNamed(painted, "backup");
        const recovery = vaultNamed(painted, "recovery");
        expect(backup).toMatchObject({ kind: "Recovery Services vault", inStack: true });
        expect(recovery.region).toBe("northeurope");
        expect(vaultNamed(painted, "diskBackup").kind).toBe("Backup vault");
        expect(web.protections.map(({ kind, name, vault }) => [kind, name, vault])).toEqual([
            ["backup", "webBackup", backup.id],
            ["disk backup", expect.any(String), vaultNamed(painted, "diskBackup").id],
            ["replication", expect.any(String), recovery.id],
        ]);
    });

    test("tells the consistency group that it shares", () => {
        expect(web.protections.find(({ kind }) => kind === "replication")?.group).toBe("front");
        const alone = summary({ ...BOTH, dbReplication: replicatedItem(ref("db.id"), [osDiskOf("db")]) });
        const { protections } = vmIn(alone, "web");
        expect(protections.find(({ kind }) => kind === "replication")?.group).toBeUndefined();
    });
});

describe("disks that replication lists and the VM does not have", () => {
    const replacedBy = (listed: readonly Content[]): Program => ({
        ...BOTH,
        old: disk({ name: "web-os-old", over: { osType: "Linux" } }),
        webReplication: replicatedItem(ref("web.id"), listed),
    });

    test("are named where the list and the VM's disks are known", () => {
        const web = vmIn(summary(replacedBy([ref("old.id"), ref("data.id")])), "web");
        expect(web.listedOnly).toEqual({ names: ["old"], undecided: false });
        expect(web.disks.map(({ name, replicated }) => [name, replicated])).toEqual([
            ["os", "no"],
            ["data", "yes"],
        ]);
    });

    test("are named by their id where no resource of the stack is meant", () => {
        const gone = `${ELSEWHERE}/Microsoft.Compute/disks/web-os-gone`;
        const web = vmIn(summary(replacedBy([gone, ref("os.id"), ref("data.id")])), "web");
        expect(web.listedOnly).toEqual({ names: ["web-os-gone"], undecided: false });
    });

    test("are open where the list is longer than the VM's disks and the plan does not know what it names", () => {
        const unknown = ref("backup.etag");
        const listedOnly = (...listed: readonly Content[]) =>
            vmIn(summary(replacedBy(listed), "first preview"), "web").listedOnly;
        expect(listedOnly(unknown, unknown, unknown)).toEqual({ names: [], undecided: true });
        // As many as the VM has disks: they may be those.
        expect(listedOnly(unknown, unknown)).toEqual({ names: [], undecided: false });
    });

    test("are not given for a VM that is not replicated", () => {
        expect(vmIn(summary({ web: vm({ name: "web" }) }), "web").listedOnly).toBeUndefined();
    });

    test("are not given for a VM outside of the stack, whose disks nobody knows", () => {
        const far = `${ELSEWHERE}/Microsoft.Compute/virtualMachines/far`;
        const painted = summary({ os: disk({ name: "web-os" }), item: replicatedItem(far, [ref("os.id")]) });
        expect(vmIn(painted, "far").listedOnly).toBeUndefined();
    });
});

test("the picture shows VMs and vaults outside of the stack that it has to do with", () => {
    const painted = summary({
        item: {
            type: "azure-native:recoveryservices:ProtectedItem",
            properties: {
                ...backupItem("", "hub;far").properties,
                resourceGroupName: "hub",
                vaultName: "hub-backup",
                properties: {
                    protectedItemType: "Microsoft.Compute/virtualMachines",
                    sourceResourceId: `${ELSEWHERE}/Microsoft.Compute/virtualMachines/far`,
                },
            },
        },
    });
    const far = vmIn(painted, "far");
    expect(far).toMatchObject({ urn: undefined, region: undefined });
    expect(vaultNamed(painted, "hub-backup")).toMatchObject({ inStack: false, region: undefined });
    expect(far.protections).toMatchObject([{ kind: "backup", vault: vaultNamed(painted, "hub-backup").id }]);
});

test("a VM that has failed over is not replicated, but shown with its item", () => {
    const stack = new Stack();
    stack.up({ ...NAMED_SURROUNDINGS, ...BOTH });
    stack.portal("webReplication", (item) => ({
        ...item,
        properties: { ...(item["properties"] as ValueMap), activeLocation: "Recovery" },
    }));
    const { protections, disks } = vmIn(summaryOf(estateOf(stack.refresh())), "web");
    expect(protections.filter(({ kind }) => kind === "replication")).toMatchObject([{ failedOver: true }]);
    expect(disks.map(({ replicated }) => replicated)).toEqual([undefined, undefined]);
});

describe("what a first preview does not know", () => {
    const { properties } = backupItem("", "");
    const painted = summary(
        {
            web: vm({ name: "web" }),
            anyItem: {
                type: "azure-native:recoveryservices:ProtectedItem",
                properties: {
                    ...properties,
                    containerName: ref("backup.etag"),
                    protectedItemName: ref("backup.etag"),
                    properties: {
                        protectedItemType: "Microsoft.Compute/virtualMachines",
                        sourceResourceId: ref("backup.etag"),
                    },
                },
            },
        },
        "first preview",
    );

    test("leaves the VM open, instead of without protection", () => {
        expect(vmIn(painted, "web")).toMatchObject({ protections: [], undecided: true });
    });

    test("does not make up a name for a disk that Azure makes", () => {
        expect(vmIn(painted, "web").disks).toEqual([
            { name: "made with the VM", role: "os", lun: undefined, restored: "no", replicated: undefined },
        ]);
    });
});

test("what Azure Policy turns on counts, with the service that it turns on", () => {
    const painted = summary({
        web: vm({ name: "web", image: LISTED_IMAGE }),
        assigned: {
            type: "azure-native:authorization:PolicyAssignment",
            properties: {
                policyAssignmentName: "back-up-all",
                scope: ref("rg.id"),
                policyDefinitionId:
                    "/providers/Microsoft.Authorization/policyDefinitions/98d0b9f8-fd90-49c9-88e2-d3baf3b0dd86",
                parameters: { vaultLocation: { value: "westeurope" } },
            },
        },
    });
    expect(vmIn(painted, "web").protections).toMatchObject([
        { kind: "azure policy", name: "assigned", turnsOn: "backup", vault: undefined },
    ]);
});

describe.each<Phase>(["exported state", "first preview"])("the picture of the landing zone: %s", (phase) => {
    const painted = summaryOf(estateOf(roundOf(landingZone(), phase)));

    test("holds its forty VMs in two regions, and nothing is open", () => {
        expect(painted.machines).toHaveLength(40);
        expect(new Set(painted.machines.map(({ region }) => region))).toEqual(new Set(["westeurope", "northeurope"]));
        expect(painted.machines.filter(({ undecided }) => undecided)).toEqual([]);
    });

    test("gives VMs and vaults ids of their own, to which the rest refers", () => {
        const { machines: vms, vaults, recoveryPlans } = painted;
        const vmIds = vms.map(({ id }) => id);
        const vaultIds = vaults.map(({ id }) => id);
        expect(new Set([...vmIds, ...vaultIds]).size).toBe(vms.length + vaults.length);
        const named = vms.flatMap(({ protections }) => protections.flatMap(({ vault }) => vault ?? []));
        expect(new Set(named)).toEqual(new Set(vaultIds));
        expect(recoveryPlans.length).toBe(4);
        recoveryPlans.forEach((plan) => {
            expect(plan.machines.length).toBeGreaterThan(0);
            expect(vmIds).toEqual(expect.arrayContaining([...plan.machines]));
        });
    });

    test("tells where each replicated VM is replicated to", () => {
        const ways = painted.machines.flatMap(({ region, protections }) =>
            protections
                .filter(({ kind }) => kind === "replication")
                .map(({ to }) => `${region ?? "?"} to ${to ?? "?"}`),
        );
        expect(new Set(ways)).toEqual(new Set(["westeurope to northeurope", "westeurope to westeurope"]));
    });
});
