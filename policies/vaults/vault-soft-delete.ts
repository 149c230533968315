import { asSteps } from "../../src/advice/fix";
import { compare, NO, unknownAnswer } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import type { Setting, Switch } from "../../src/model/resources";
import type { InputChange } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { occasion, type VaultInWords, vaultPolicy } from "./vaults";

interface Configuration {
    readonly retentionDays: number;
}

interface Loss {
    /** The switch, where it is off. */
    readonly off: Switch | undefined;
    /** The days for which deleted backups are kept, where they are too few. */
    readonly days: { readonly setting: Setting<number>; readonly planned: number; readonly wanted: number } | undefined;
}

const { SOFT_DELETE, SOFT_DELETE_DAYS } = VAULT_SETTINGS;
const { least, most, free } = SOFT_DELETE_DAYS.limit;

/** BCDR501: a vault that does not keep what is deleted from it, or not for long enough (VLT-01, VLT-02, VLT-20 to VLT-23). */
export const vaultSoftDelete = vaultPolicy<Loss, Configuration>({
    id: "BCDR501",
    name: "vault-soft-delete",
    level: "advisory",
    severity: "medium",
    summary: "A vault does not keep deleted backups long enough.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "soft-delete"],
    remediationSteps: "Switch soft delete on, or set the policy's level to remediate.",
    settings: {
        properties: {
            retentionDays: {
                type: "integer",
                minimum: least,
                maximum: most,
                default: least,
                description:
                    "For how many days deleted backups must be kept at least. Recovery Services vaults of the classic provider have no setting for it and are not held to it.",
            },
        },
        read: ({ retentionDays = least }) => ({ retentionDays: retentionDays as number }),
    },

    check: ({ vault, configuration: { retentionDays } }) => {
        const { softDelete, softDeleteDays } = vault;
        const isOff = compare(vault, withDefault(softDelete.value, SOFT_DELETE.limit.whenUnset), (isOn) => !isOn);
        if (isOff.answer === "unknown") {
            return isOff;
        }
        const planned = softDeleteDays && withDefault(softDeleteDays.value, SOFT_DELETE_DAYS.limit.whenUnset);
        const days = planned && valueOf(planned);
        const tooFew =
            softDeleteDays !== undefined && days !== undefined && days < retentionDays
                ? { setting: softDeleteDays, planned: days, wanted: retentionDays }
                : undefined;
        const off = isOff.answer === "yes" ? softDelete : undefined;
        if (off !== undefined || tooFew !== undefined) {
            return { answer: "yes", items: [{ off, days: tooFew }] };
        }
        // Azure takes no fewer days than the least, so more than that have to be asked for to be missed.
        return planned?.state === "unknown" && retentionDays > SOFT_DELETE_DAYS.limit.least
            ? unknownAnswer(vault, planned.property)
            : NO;
    },

    message: ({ vault: { name, type }, found: [{ off, days }] }, circumstances): Message => ({
        headline: headline(
            (quoted) =>
                off !== undefined
                    ? `Soft delete is switched off for the ${type} ${quoted}.`
                    : `The ${type} ${quoted} keeps deleted backups for ${days?.planned} days; ${days?.wanted} are asked for.`,
            name,
        ),
        why: `Soft delete keeps backups that were deleted by mistake or with bad intent, so that they can be brought back. ${enforcement(type)}`,
        fix: { kind: "in order", intro: occasion(circumstances), steps: asSteps(steps(off, days, circumstances)) },
        sources: [off !== undefined ? SOFT_DELETE.page : SOFT_DELETE_DAYS.page],
    }),

    remediation: ({ found: [{ off, days }] }): readonly InputChange[] => [
        ...(off === undefined ? [] : [{ property: off.property, value: off.words.on }]),
        ...(days === undefined ? [] : [{ property: days.setting.property, value: days.wanted }]),
    ],
});

function enforcement(type: VaultInWords["type"]): string {
    return type === "Recovery Services vault"
        ? "Azure enforces it in Recovery Services vaults by now, whatever a program says; only the days still count."
        : "Azure enforces it in Backup vaults of some regions only; in all others this setting counts.";
}

function steps(off: Loss["off"], days: Loss["days"], { dryRun }: Circumstances): readonly string[] {
    return [
        ...(off === undefined
            ? []
            : [
                  `Set ${off.property} to ${JSON.stringify(off.words.on)}, or leave it out: soft delete is on by default.`,
              ]),
        ...(days === undefined
            ? []
            : [
                  `Set ${days.setting.property} to ${days.wanted}; Azure takes ${least} to ${most}, and more than ${free} days are charged.`,
              ]),
        ...(dryRun ? [] : ["Run pulumi up."]),
        'Or set this policy\'s level to "remediate", and Pulumi makes that change to its inputs by itself.',
        "Soft delete that is always on can never be switched off again, so nothing here asks for it.",
    ];
}
