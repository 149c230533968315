import { backupItem, vm, osDiskOf, replicatedItem, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, protectedVm } from "../../harness/classic";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

function vmOf(vmSize: Content): Program {
    return {
        ...SURROUNDINGS,
        rg: resourceGroup("shop"),
        web: vm({ name: "web", over: { hardwareProfile: { vmSize } } }),
    };
}

function backedUp(vmSize: Content): Program {
    return { ...vmOf(vmSize), webBackup: backupItem(ref("web.id"), "shop;web") };
}

function classic(size: Content): Program {
    const web = classicVm("linux", ref("os.id"));
    return {
        ...SURROUNDINGS,
        os: classicDisk(),
        web: { ...web, properties: { ...web.properties, size } },
        webBackup: protectedVm(ref("web.id")),
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR310",
    example: backedUp("Standard_B1s"),
    fixed: { program: backedUp("Standard_B2s") },
    shows: ["webBackup.properties.sourceResourceId"],
    holds: [
        {
            name: "a small VM that is replicated only, which is BCDR205's",
            round: { ...vmOf("Standard_B1s"), webBackup: replicatedItem(ref("web.id"), [osDiskOf("web")]) },
        },
        {
            name: "backup is stopped",
            round: {
                ...vmOf("Standard_B1s"),
                webBackup: backupItem(ref("web.id"), "shop;web", { protectionState: "ProtectionStopped" }),
            },
        },
        { name: "a classic VM of two cores", round: classic("Standard_B2s") },
    ],
    violated: [
        { name: "less than 1 GB", round: backedUp("Standard_B1ls"), on: ["web"] },
        { name: "a classic VM of one core", round: classic("Standard_F1s"), on: ["web"] },
        { name: "in the state", round: () => new Stack().up(backedUp("Standard_A1_v2")), on: ["web"] },
    ],
    undecided: [
        { name: "a size that is not known", round: backedUp(ref("rg.id")), waitsFor: '"web": hardwareProfile.vmSize' },
        {
            name: "an item whose VM is not known",
            round: { ...vmOf("Standard_B1s"), webBackup: backupItem(ref("rg.id"), "unknown") },
            waitsFor: '"webBackup": properties.sourceResourceId',
        },
    ],
    limits: [
        {
            allowed: { name: "two cores", round: backedUp("Standard_D2_v2") },
            refused: { name: "one core", round: backedUp("Standard_D1_v2"), on: ["web"] },
        },
    ],
});
