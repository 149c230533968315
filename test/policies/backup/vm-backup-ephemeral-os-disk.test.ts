import { vm, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { backedUp, BACKED_UP_WEB, classicItem, CLASSIC_ENHANCED, ENHANCED, item } from "./programs";

function withOsDisk(osDisk: Properties, webBackup: Declaration = item()): Program {
    return backedUp(booting(osDisk), ENHANCED, webBackup);
}

function booting(osDisk: Properties): Declaration {
    return vm({ name: "web", over: { storageProfile: { osDisk: { createOption: "FromImage", ...osDisk } } } });
}

const MANAGED: Properties = { caching: "ReadOnly" };
const EPHEMERAL: Properties = { ...MANAGED, diffDiskSettings: { option: "Local" } };

function classic(osDisk: Properties): Program {
    const web = classicVm("linux", ref("boot.id"));
    return {
        ...backedUp(
            { ...web, properties: { ...web.properties, osDisk: { ...MANAGED, ...osDisk } } },
            CLASSIC_ENHANCED,
            classicItem(),
        ),
        boot: classicDisk(),
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR308",
    example: withOsDisk(EPHEMERAL),
    fixed: { program: withOsDisk(MANAGED) },
    shows: ["web.storageProfile.osDisk", ...BACKED_UP_WEB],
    holds: [
        { name: "not backed up", round: { ...SURROUNDINGS, web: booting(EPHEMERAL) } },
        { name: "stopped", round: withOsDisk(EPHEMERAL, item({ protectionState: "ProtectionStopped" })) },
        { name: "a managed disk, in an exported state", round: () => roundOf(withOsDisk({}), "exported state") },
    ],
    violated: [
        {
            name: "no data disk is backed up",
            round: withOsDisk(
                EPHEMERAL,
                item({ extendedProperties: { diskExclusionProperties: { diskLunList: [], isInclusionList: true } } }),
            ),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "settings that are not known",
            round: withOsDisk({ diffDiskSettings: ref("rg.id") }),
            waitsFor: '"web": storageProfile.osDisk.diffDiskSettings',
        },
    ],
    inPlace: [
        { name: "in an exported state", round: () => roundOf(withOsDisk(EPHEMERAL), "exported state"), on: ["web"] },
    ],
    limits: [
        {
            allowed: { name: "a managed OS disk", round: withOsDisk(MANAGED) },
            refused: { name: "an ephemeral OS disk", round: withOsDisk(EPHEMERAL), on: ["web"] },
        },
        {
            allowed: { name: "a managed OS disk, classic", round: classic({}) },
            refused: {
                name: "an ephemeral OS disk, classic",
                round: classic({ diffDiskSettings: { option: "Local" } }),
                on: ["web"],
            },
        },
    ],
});
