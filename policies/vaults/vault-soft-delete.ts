import { idsInCli } from "../../src/advice/azure-cli";
import { type Step, ways } from "../../src/advice/fix";
import { compare, NO, unknownAnswer } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import type { Setting, Switch } from "../../src/model/resources";
import type { InputChange } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import type { Circumstances } from "../check";
import { type AnyVault, change, REMEDIATE, type VaultInWords, vaultPolicy } from "./vaults";

interface Configuration {
    readonly retentionDays: number;
}

interface Loss {
    /** The switch, where it is off. */
    readonly off: Switch | undefined;
    /** The days for which deleted backups are kept, where they are too few. */
    readonly days: { readonly setting: Setting<number>; readonly planned: number; readonly wanted: number } | undefined;
    /** Shows what a Recovery Services vault is set to; undefined for other vaults, and where its ID is not known. */
    readonly showCommand: string | undefined;
}

const { SOFT_DELETE, SOFT_DELETE_DAYS, SOFT_DELETE_IN_BACKUP_VAULTS } = VAULT_SETTINGS;
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
    remediationSteps: "Turn on soft delete, or set the policy's level to remediate.",
    settings: {
        properties: {
            retentionDays: {
                type: "integer",
                minimum: least,
                maximum: most,
                default: least,
                description:
                    "Deleted backups must be kept for at least this many days. Recovery Services vaults of the classic provider have no such setting and always pass.",
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
            return { answer: "yes", items: [{ off, days: tooFew, showCommand: showCommand(vault) }] };
        }
        // Azure keeps them for no fewer days than the least, so only a stricter configuration can be violated.
        return planned?.state === "unknown" && retentionDays > SOFT_DELETE_DAYS.limit.least
            ? unknownAnswer(vault, planned.property)
            : NO;
    },

    message: ({ vault: { name, type }, found: [found] }, circumstances): Message => {
        const { off, days } = found;
        return {
            headline: headline(
                (quoted) =>
                    off !== undefined
                        ? `Soft delete is turned off for ${type} ${quoted}.`
                        : `${type} ${quoted} keeps deleted backups for ${days?.planned} days, but your configuration requires ${days?.wanted}.`,
                name,
            ),
            why:
                off !== undefined
                    ? consequence(type)
                    : `After ${days?.planned} days, nobody can recover a backup that was deleted by mistake or in an attack.`,
            fix: ways([...setting(type, found, circumstances), REMEDIATE], circumstances.dryRun),
            ...(off === undefined
                ? {}
                : {
                      notes: [
                          "This policy does not require always-on soft delete, which nobody can ever turn off again.",
                      ],
                  }),
            sources: [off !== undefined ? SOFT_DELETE.page : SOFT_DELETE_DAYS.page],
        };
    },

    remediation: ({ found: [{ off, days }] }): readonly InputChange[] => [
        ...(off === undefined ? [] : [{ property: off.property, value: off.words.on }]),
        ...(days === undefined ? [] : [{ property: days.setting.property, value: days.wanted }]),
    ],
});

function consequence(type: VaultInWords["type"]): string {
    const { enforcedIn, sinceApi } = SOFT_DELETE_IN_BACKUP_VAULTS.limit;
    return type === "Recovery Services vault"
        ? `Azure enforces soft delete for Recovery Services vaults in every region. It refuses this setting (${SOFT_DELETE.limit.refusal}), or ignores it.`
        : `Azure enforces soft delete in ${enforcedIn}, and elsewhere for API versions from ${sinceApi}. With an older API, a backup that is deleted by mistake or in an attack is lost at once.`;
}

/** The ways to set it in the program. */
function setting(
    type: VaultInWords["type"],
    { off, days, showCommand }: Loss,
    circumstances: Circumstances,
): readonly Step[] {
    const isRecovery = type === "Recovery Services vault";
    const turnOn = change(
        off === undefined
            ? `Keep deleted backups for ${days?.wanted} days`
            : days === undefined
              ? "Turn on soft delete"
              : `Turn on soft delete, and keep deleted backups for ${days.wanted} days`,
        [
            ...(off === undefined ? [] : [`${off.property} = ${JSON.stringify(off.words.on)}`]),
            ...(days === undefined ? [] : [`${days.setting.property} = ${days.wanted}`]),
        ].join(", "),
        circumstances,
        [
            ...(off === undefined || isRecovery ? [] : ["Soft delete is also on if you remove the property."]),
            ...(days === undefined
                ? []
                : [`Azure allows ${least} to ${most} days. More than ${free} days cost extra.`]),
            ...(showCommand === undefined || circumstances.dryRun
                ? []
                : ["Check what the vault then shows: Azure has accepted such updates and ignored them."]),
        ],
    );
    const isShown = turnOn.commands !== undefined && showCommand !== undefined;
    return [
        ...(isRecovery && off !== undefined && days === undefined
            ? [change("Remove the property, because soft delete is on by itself", off.property, circumstances)]
            : []),
        isShown ? { ...turnOn, commands: [...turnOn.commands, showCommand] } : turnOn,
    ];
}

function showCommand({ kind, id }: AnyVault): string | undefined {
    const known = kind === "vault" ? valueOf(id) : undefined;
    const ids = known && idsInCli(known);
    return ids && `az backup vault show ${ids} --query properties.securitySettings.softDeleteSettings`;
}
