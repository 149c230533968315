import { backupVault, vm } from "../../harness/azure";
import { classicDisk } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { policyCases } from "../../harness/policy-cases";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { classicDiskBackupPolicy, diskBackupPolicy } from "../../harness/protection-policies";
import type { SentRound } from "../../harness/stack";
import { BACKED_UP_DATA, classicInstance, diskUnderBackup, nativeInstance } from "./programs";

const START = "R/2026-03-01T02:00:00+00:00";
const ELSEWHERE =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.DataProtection/backupVaults/hub/backupPolicies/hourly";
const PREMIUM_V2: Properties = { sku: { name: "PremiumV2_LRS" } };

/** The instance with a policy of the program. */
function underPolicy(declared: Declaration = nativeInstance(), policyId: Content = ref("policy.id")): Declaration {
    const properties = declared.properties["properties"] as Properties;
    const policyInfo = properties["policyInfo"] as Properties;
    return {
        ...declared,
        properties: {
            ...declared.properties,
            properties: { ...properties, policyInfo: { ...policyInfo, policyId } },
        },
    };
}

function native(
    intervals: readonly Content[] = [`${START}/PT4H`],
    over: Properties = PREMIUM_V2,
    instance: Declaration = underPolicy(),
): Program {
    return {
        ...diskUnderBackup(over, instance),
        disks: backupVault(),
        policy: diskBackupPolicy(intervals, "P7D"),
    };
}

function classic(interval: string): Program {
    const declared = classicInstance();
    return {
        ...diskUnderBackup(),
        data: classicDisk({
            createOption: "Empty",
            diskSizeGb: 128,
            osType: null,
            storageAccountType: "UltraSSD_LRS",
        }),
        disks: backupVault(),
        policy: classicDiskBackupPolicy([`${START}/${interval}`], "P7D"),
        dataBackup: { ...declared, properties: { ...declared.properties, backupPolicyId: ref("policy.id") } },
    };
}

/** A data disk that Azure makes with a VM, once it is there. */
function madeWithVm(storageAccountType: Content): () => SentRound {
    const web = vm({
        name: "web",
        dataDisks: [{ lun: 0, createOption: "Empty", name: "web-data", managedDisk: { storageAccountType } }],
    });
    const dataBackup = underPolicy(nativeInstance(text`${ref("rg.id")}/providers/Microsoft.Compute/disks/web-data`));
    const { data: _, ...program } = native();
    return () => roundOf({ ...program, web, dataBackup }, "exported state");
}

export const cases = policyCases(__filename, {
    policyId: "BCDR323",
    example: native(),
    fixed: { program: native([`${START}/PT12H`]) },
    shows: ["data.sku", ...BACKED_UP_DATA, "dataBackup.properties.policyInfo.policyId"],
    holds: [
        { name: "a disk of no kind in particular", round: native([`${START}/PT1H`], {}) },
        { name: "every day", round: native([`${START}/P1D`]) },
        { name: "an interval that no disk takes", round: native([`${START}/PT3H`]) },
        {
            name: "a policy outside of the program",
            round: native([`${START}/PT4H`], PREMIUM_V2, underPolicy(nativeInstance(), ELSEWHERE)),
        },
        {
            name: "a Premium SSD that Azure makes with the VM",
            round: madeWithVm("Premium_LRS"),
        },
        {
            name: "twice a day, in an exported state",
            round: () => roundOf(native([`${START}/PT12H`]), "exported state"),
        },
    ],
    violated: [
        {
            name: "an Ultra disk every hour",
            round: native([`${START}/PT1H`], { sku: { name: "UltraSSD_LRS" } }),
            on: ["dataBackup"],
        },
    ],
    undecided: [
        {
            name: "a kind that is not known",
            round: native([`${START}/PT4H`], { sku: { name: ref("rg.id") } }),
            waitsFor: '"data": sku.name',
        },
        {
            name: "a schedule that is not known",
            round: native([ref("rg.id")]),
            waitsFor: '"policy": properties.policyRules[0].trigger.schedule.repeatingTimeIntervals[0]',
        },
        {
            name: "a policy that is not known",
            round: native([`${START}/PT4H`], PREMIUM_V2, underPolicy(nativeInstance(), ref("rg.id"))),
            waitsFor: '"dataBackup": properties.policyInfo.policyId',
        },
    ],
    inPlace: [
        { name: "in the exported state", round: () => roundOf(native(), "exported state"), on: ["dataBackup"] },
        {
            name: "a Premium SSD v2 disk that Azure makes with the VM",
            round: madeWithVm("PremiumV2_LRS"),
            on: ["dataBackup"],
        },
    ],
    limits: [
        {
            allowed: {
                name: "a Premium SSD",
                round: native([`${START}/PT4H`], { sku: { name: "Premium_LRS" } }),
            },
            refused: { name: "a Premium SSD v2 disk", round: native(), on: ["dataBackup"] },
        },
        {
            allowed: { name: "every 12 hours, classic", round: classic("PT12H") },
            refused: { name: "every 8 hours, classic", round: classic("PT8H"), on: ["dataBackup"] },
        },
        {
            allowed: {
                name: "two times a day",
                round: native([`${START}/P1D`, "R/2026-03-01T08:00:00+00:00/P1D"]),
            },
            refused: {
                name: "five times a day",
                round: native([`${START}/P1D`, `${START}/P1D`, "R/2026-03-01T08:00:00+00:00/PT12H", `${START}/P1D`]),
                on: ["dataBackup"],
            },
        },
    ],
});
