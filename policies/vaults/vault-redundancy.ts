import { compare, NO, withEvidence } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import { ways } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { type Configuration, isAccepted, redundancyInWords, redundancySettings } from "./redundancies";
import { backupVaultPolicy, change, exemptible } from "./vaults";

interface Redundancy {
    readonly property: string;
    /** Undefined where Azure has no such redundancy. */
    readonly planned: string | undefined;
    readonly accepted: readonly string[];
}

const { REDUNDANCY } = VAULT_SETTINGS;

/** BCDR503: a vault that stores backups less safely than required (VLT-06, VLT-27). */
export const vaultRedundancy = backupVaultPolicy<Redundancy, Configuration>({
    id: "BCDR503",
    name: "vault-redundancy",
    level: "advisory",
    severity: "medium",
    summary: "A vault's redundancy is not an accepted one.",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Choose the redundancy before the first item is protected. You cannot change it later.",
    settings: redundancySettings,

    check: ({ vault, configuration }) => {
        if (vault.redundancy === undefined) {
            return NO;
        }
        const { property, value } = vault.redundancy;
        const planned = withDefault(value, REDUNDANCY.limit.whenUnset);
        return withEvidence(
            compare(vault, planned, (redundancy) => !isAccepted(redundancy, configuration)),
            () => ({
                property: writtenAt(vault, property),
                planned: redundancyInWords(valueOf(planned) ?? ""),
                accepted: configuration.accepted,
            }),
        );
    },

    message: (
        { vault: { name, type }, provider, found: [{ property, planned, accepted }] },
        circumstances,
    ): Message => ({
        headline: headline(
            (quoted) =>
                planned === undefined
                    ? `${type} ${quoted} sets a storage redundancy that Azure does not have.`
                    : `${type} ${quoted} stores its backups as ${planned}, which is not an accepted redundancy.`,
            name,
        ),
        why: consequence(planned),
        facts: [`Accepted: ${accepted.join(", ") || "none"}`],
        fix: ways(
            [
                change(
                    "If the vault has never held an item, change its redundancy",
                    `${property} = ${settable(accepted)}`,
                    circumstances,
                    [
                        ...(type === "Backup vault" && provider === "azure-classic"
                            ? ["Pulumi replaces the vault."]
                            : []),
                    ],
                ),
                {
                    do: "If the vault has held an item, create a second vault, and move protection there.",
                    note: "The redundancy cannot change after the first item. Keep this vault until its last recovery point has expired.",
                },
            ],
            circumstances.dryRun,
        ),
        notes: [exemptible(type)],
        sources: [REDUNDANCY.page],
    }),
});

/** What a program may set of what is accepted. */
function settable(accepted: readonly string[]): string {
    const words = accepted.filter((each) => REDUNDANCY.limit.settable.includes(each)).map((each) => `"${each}"`);
    return words.join(" or ") || "another value";
}

function consequence(planned: string | undefined): string {
    switch (planned) {
        case "LocallyRedundant":
            return "If the datacenter is lost, the backups are lost with it.";
        case "ZoneRedundant":
            return "You cannot restore the backups while the region is down.";
        case undefined:
            return "Azure can refuse the vault.";
        default:
            return "Your configuration requires a different redundancy.";
    }
}
