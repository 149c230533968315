import { attached, disk, vm } from "../../harness/azure";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    BACKED_UP_WEB,
    classicItem,
    classicWithDisk,
    CLASSIC_ENHANCED,
    ENHANCED,
    item,
    leavingOut,
    withDisk,
    WITH_DISK,
} from "./programs";

function withMode(dataAccessAuthMode: Content, webBackup: Declaration = item()): Program {
    return withDisk({ dataAccessAuthMode }, ENHANCED, webBackup);
}

function withTwoDisks(): Program {
    const dataAccessAuthMode = "AzureActiveDirectory";
    return {
        ...withMode(dataAccessAuthMode),
        web: vm({ name: "web", dataDisks: [attached(1, ref("data.id")), attached(2, ref("logs.id"))] }),
        logs: disk({ over: { dataAccessAuthMode } }),
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR309",
    example: withMode("AzureActiveDirectory"),
    fixed: { program: withMode("None") },
    shows: [...WITH_DISK, ...BACKED_UP_WEB],
    holds: [
        { name: "a disk that says nothing of it", round: withDisk({}, ENHANCED) },
        { name: "a disk that is left out", round: withMode("AzureActiveDirectory", leavingOut(1)) },
        // Its provider has no such property.
        { name: "a classic disk", round: classicWithDisk({}, CLASSIC_ENHANCED) },
        {
            name: "stopped",
            round: withMode("AzureActiveDirectory", item({ protectionState: "ProtectionStopped" })),
        },
    ],
    violated: [{ name: "a classic item", round: withMode("AzureActiveDirectory", classicItem()), on: ["web"] }],
    undecided: [
        {
            name: "a mode that is not known",
            round: withMode(ref("rg.id")),
            waitsFor: '"data": dataAccessAuthMode',
        },
    ],
    inPlace: [
        {
            name: "two disks, once deployed",
            round: () => roundOf(withTwoDisks(), "exported state"),
            on: ["web"],
        },
        {
            name: "in an exported state",
            round: () => roundOf(withMode("AzureActiveDirectory"), "exported state"),
            on: ["web"],
        },
    ],
    limits: [
        {
            allowed: { name: "no authentication asked", round: withMode("None") },
            refused: { name: "Entra ID's alone", round: withMode("AzureActiveDirectory"), on: ["web"] },
        },
    ],
});
